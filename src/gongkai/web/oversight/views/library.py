"""The public library of annual reports: by body and year, only what is published."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services import charting, comparing, correcting
from gongkai.web.oversight.services.filing import summing
from gongkai.web.oversight.services.reports import exports, listing
from gongkai.web.oversight.services.reports.presentation import report_view
from gongkai.web.oversight.views.files import report_file


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every body with its published years; `?nian=` and `?jiguan=` narrow the list."""
    reports = listing.public_reports().order_by("agency__position", "agency__name", "-year")
    years = sorted({report.year for report in reports}, reverse=True)
    year = request.GET.get("nian", "")
    words = request.GET.get("jiguan", "").strip()[:60]
    chosen = [
        report
        for report in reports
        if (not year or str(report.year) == year) and (not words or words in report.agency.name)
    ]
    shelves: dict[Agency, dict[int, AnnualReport]] = {}
    for report in chosen:
        shelves.setdefault(report.agency, {})[report.year] = report
    columns = [each for each in years if not year or str(each) == year]
    shown = {
        "shelves": [(agency, [(y, kept.get(y)) for y in columns]) for agency, kept in shelves.items()],
        "years": years,
        "year": year,
        "words": words,
        "count": len(chosen),
        **_tiles(request, years, year, narrowed=bool(words)),
    }
    return render(request, "oversight/library/index.html", shown)


def _tiles(request: HttpRequest, years: list[int], asked: str, *, narrowed: bool) -> dict[str, Any]:
    """Return the chart of all bodies in the year asked for, else the newest; none of a narrowed list."""
    year = next((each for each in years if str(each) == asked), years[0] if years else None)
    measure = charting.measure_of(request.GET.get("shu", ""))
    chart = charting.public_tiles(year, measure) if year and not narrowed else None
    return {
        "tiles": charting.view_of("tiles", chart) if chart else None,
        "tiles_year": year,
        "measure": measure,
        "measures": charting.choices(),
    }


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """List one body's published reports."""
    agency = get_object_or_404(Agency, slug=slug)
    shown = {
        "agency": agency,
        "reports": listing.public_reports().filter(agency=agency).order_by("-year"),
        "charts": [charting.view_of(name, chart) for name, chart in charting.body_charts(agency).items()],
        "can_set_pdf": exports.can_set_pdf(),
    }
    return render(request, "oversight/library/body.html", shown)


@require_safe
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show a published report: its six sections and three tables, its files, its neighbours in time."""
    record = get_object_or_404(
        AnnualReport.objects.published().select_related("agency"), agency__slug=slug, year=year
    )
    years = listing.published_years(record.agency)
    at = years.index(year)
    corrections = correcting.corrections_of(record)
    latest = corrections[0] if corrections else None
    shown = {
        "record": record,
        "view": report_view(record),
        "source_kind": PurePath(record.source_file.name).suffix.removeprefix(".").upper(),
        "years": years,
        "previous": years[at - 1] if at else None,
        "next": years[at + 1] if at + 1 < len(years) else None,
        "correction": latest,
        "differences": comparing.comparison_of(latest.before, record, only_changed=True) if latest else None,
        "mended": correcting.mended_since(record),
        "members": summing.public_members(record),
        "can_set_pdf": exports.can_set_pdf(),
    }
    return render(request, "oversight/library/report.html", shown)


@require_safe
def download(_: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse | FileResponse:
    """Hand out a published report as a file."""
    record = get_object_or_404(
        AnnualReport.objects.published().select_related("agency"), agency__slug=slug, year=year
    )
    return report_file(record, kind)
