"""What researchers import: `read`, `audit` and `to_frame`, over the core."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from gongkai.report import auditing, schema
from gongkai.report.findings import Audit
from gongkai.report.frames import Library, frame
from gongkai.report.reading import Reading, read
from gongkai.report.schema import Report

__all__ = ["audit", "read", "to_frame"]


def audit(
    report: Reading | Report,
    *,
    last: Reading | Report | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Audit:
    """Return what every rule says of a report, given as read or as such.

    Args:
        report: what `read` gave, or its report.
        last: the same body's report for the year before, for the rules that compare years.
        select: codes or prefixes of codes to run; empty runs all.
        ignore: codes or prefixes of codes to leave out.

    Raises:
        ValueError: a code is no rule's, nor the beginning of one.
    """
    before = None if last is None else _report(last)
    return auditing.audit(_report(report), last=before, select=select, ignore=ignore)


def to_frame(reports: Iterable[Reading | Report], library: Library | None = None) -> Any:
    """Return the cells of several reports in one data frame, as `Report.to_frame` gives them for one.

    Raises:
        ModuleNotFoundError: neither pandas nor polars is installed, or not the one asked for.
    """
    records = [record for each in reports for record in _report(each).records()]
    return frame(records, schema.COLUMNS, library)


def _report(given: Reading | Report) -> Report:
    return given.report if isinstance(given, Reading) else given
