"""Three years of invented reports for the demonstration, sent in as files through the usual services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from gongkai.report.schema import Report
from gongkai.samples import Unplantable, make_series, plant, render
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.choices import ReportStatus
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import publishing, registering

YEARS = (2022, 2023, 2024)
# No PDF among them: setting one needs typst and Chinese fonts, which an empty machine lacks.
LAYOUTS = ("docx_merged", "html_portal", "html_word", "text_rows", "html_clean", "docx_nested", "text_fused")
_NUMBER = re.compile(r"(?<=>)\d+(?=<)")
# What is wrong with the newest reports, body by body; those with faults wait for the supervisor.
FAULTS: tuple[tuple[str, ...], ...] = (
    ("negation", "prose_number", "parts", "percentage", "label"),
    (),
    ("column_sum", "prose_documents", "missing_fee", "ordinals"),
    (),
    ("remedy_sum", "stale_plan", "blank_cells"),
    (),
    ("row_total", "basis", "late"),
)
# Slips of the keyboard in one body's newest report, an HTML page: in which row, which number, typed how.
MISTYPED = "教育局"
SLIPS = (("本年新收政府", 6, "l0"), ("本年新收政府", 0, "8l"), ("予以公开<", 6, "2；"))
SEED = 711
DESPITE = {"despite_errors": True, "despite_illegible": True}


def load_demo_reports(*, agencies: Iterable[Agency], by: User) -> list[AnnualReport]:
    """Register, audit and mostly publish three years of reports for every body.

    Of the newest year, those with planted faults or slips of the keyboard wait for the supervisor.

    Args:
        agencies: the bodies; every one must be overseen by `by`.
        by: the supervisor who collects the reports.
    """
    loaded = []
    for turn, agency in enumerate(agencies):
        series = make_series(SEED, agency.name, YEARS)
        for report in series:
            faults = FAULTS[turn % len(FAULTS)] if report.year == YEARS[-1] else ()
            layout = LAYOUTS[(turn + (report.year or 0)) % len(LAYOUTS)]
            loaded.append(_send(agency, with_faults(report, faults, series), layout, by, bool(faults)))
    return loaded


def with_faults(report: Report, faults: Sequence[str], series: Sequence[Report]) -> Report:
    """Return the report with those of the faults in it that it has a place for."""
    last = series[-2] if len(series) > 1 else None
    for fault in faults:
        try:
            report = plant(report, fault, SEED, last).report
        except Unplantable:
            continue
    return report


def with_slips(page: bytes, slips: Iterable[tuple[str, int, str]] = SLIPS) -> bytes:
    """Return an HTML report with some numbers of its tables mistyped, so that nobody can be sure of them."""
    text = page.decode()
    for label, place, typed in slips:
        start = text.rindex(label)
        for _ in range(place + 1):
            number = _NUMBER.search(text, start)
            if number is None:
                raise ValueError(f"no {label} in the page")
            start = number.end()
        text = text[: number.start()] + typed + text[number.end() :]
    return text.encode()


def _send(agency: Agency, report: Report, layout: str, by: User, is_waiting: bool) -> AnnualReport:
    """Send a report in on the day it says it was published; publish it unless it waits for review."""
    file = render(report, layout, SEED)
    if report.year == YEARS[-1] and agency.name.endswith(MISTYPED):
        file, is_waiting = replace(file, data=with_slips(file.data)), True
    now = datetime.combine(report.published_on, time(2, 30), tzinfo=UTC) - timedelta(hours=1)
    name = f"{agency.short_name}{report.year}年报.{file.name.rsplit('.', 1)[-1]}"
    staged = registering.stage_upload(data=file.data, name=name, by=by, now=now)
    record = registering.upload_report(staged=staged, agency=agency, year=report.year, by=by, now=now)
    registering.audit_report(report=record, by=by, now=now + timedelta(minutes=1))
    record.refresh_from_db()
    if not is_waiting and record.status == ReportStatus.AUDITED:
        publishing.publish_report(report=record, by=by, now=now + timedelta(hours=1), **DESPITE)
        record.refresh_from_db()
    return record
