"""A comparison as values that its outputs share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.cli.wide import clean
from gongkai.report.codec import dump_value
from gongkai.report.compare import Change, Comparison
from gongkai.report.schema import Report

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A comparison and the names of the two files."""

    comparison: Comparison
    before: str
    after: str


def as_json(pair: Pair) -> Json:
    """Return the comparison as JSON values; per cents are numbers, shares from 0 to 1."""
    compared = pair.comparison
    form = compared.after.form
    return {
        "before": _identity(compared.before, pair.before),
        "after": _identity(compared.after, pair.after),
        "cells": [
            {"cell": str(each.cell), "name": form.name(each.cell)} | _change(each)
            for each in compared.changes
        ],
        "unlike": [str(cell) for cell in compared.unlike],
        "chain": [
            {
                "column": link.column.code,
                "name": link.column.label,
                "carried_out": dump_value(link.carried_out),
                "carried_in": dump_value(link.carried_in),
                "holds": link.holds,
            }
            for link in compared.chain
        ],
        "likeness": _rounded(compared.likeness),
        "sections": [
            {
                "code": each.code.value,
                "likeness": _rounded(each.likeness),
                "passages": [
                    {"turn": passage.turn.value, "before": passage.before, "after": passage.after}
                    for passage in each.passages
                ],
            }
            for each in compared.sections
        ],
    }


def _identity(report: Report, name: str) -> Json:
    return {"file": name, "agency": report.agency, "year": report.year, "edition": int(report.edition)}


def _change(change: Change) -> Json:
    return {
        "before": dump_value(change.before),
        "after": dump_value(change.after),
        "difference": None if change.difference is None else dump_value(change.difference),
        "percent": None if change.percent is None else float(change.percent),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def whose(report: Report) -> str:
    """Return whose report for which year."""
    agency = clean(report.agency) if report.agency else "（未写明机关）"
    return f"{agency} {report.year}年" if report.year else f"{agency}（未写明年度）"
