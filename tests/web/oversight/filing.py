"""Reports for the tests of oversight: rendered as files and sent in through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gongkai.samples import Rendered, make_series, plant, render
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.demo import with_slips
from gongkai.web.oversight.services.reports import publishing, registering

NOW = datetime(2025, 2, 10, 2, 0, tzinfo=UTC)
SEED = 20
FAULTY = ("column_sum", "prose_number")
# Typed where 10, 6 and 5 should stand: new requests in all, those of natural persons, and granted in all.
UNCLEAR = {"t3.new.total": "l0", "t3.new.natural_person": "6l", "t3.granted.total": "5；"}
_PLACES = {"t3.new.total": ("本年新收政府", 6), "t3.new.natural_person": ("本年新收政府", 0)}
_PLACES["t3.granted.total"] = ("予以公开<", 6)


def file_of(
    agency: Agency, year: int = 2024, faults: tuple[str, ...] = (), layout: str = "html_clean", years: int = 2
) -> Rendered:
    """Return the body's report as a file; the same body and year give the same report in every layout."""
    series = make_series(SEED, agency.name, range(year - years + 1, year + 1))
    report, last = series[-1], series[-2] if years > 1 else None
    for fault in faults:
        report = plant(report, fault, SEED, last).report
    return render(report, layout, SEED)


def unclear_file(agency: Agency, cells: dict[str, str] = UNCLEAR) -> Rendered:
    """Return the body's report of 2024 as a page in which some cells are mistyped, as `cells` says."""
    file = file_of(agency)
    return replace(
        file, data=with_slips(file.data, [(*_PLACES[cell], typed) for cell, typed in cells.items()])
    )


def send_file(file: Rendered, agency: Agency, by: User, year: int = 2024, at: datetime = NOW) -> AnnualReport:
    """Send a file in, registered and audited."""
    staged = registering.stage_upload(data=file.data, name=file.name, by=by, now=at)
    report = registering.upload_report(staged=staged, agency=agency, year=year, by=by, now=at)
    registering.audit_report(report=report, by=by, now=at + timedelta(minutes=1))
    report.refresh_from_db()
    return report


def send(
    agency: Agency, by: User, year: int = 2024, faults: tuple[str, ...] = (), **more: str
) -> AnnualReport:
    """Render the body's report for the year and send it in."""
    return send_file(file_of(agency, year, faults, **more), agency, by, year)


def published(agency: Agency, by: User, year: int = 2024) -> AnnualReport:
    """Send a report in and publish it."""
    report = send(agency, by, year)
    publishing.publish_report(report=report, by=by, now=NOW, despite_errors=True)
    report.refresh_from_db()
    return report


def finding_of(report: AnnualReport, family: str) -> str:
    """Return the key of the first finding of a family in the latest audit."""
    return next(f["key"] for f in report.audits.first().findings if f["code"].startswith(family))
