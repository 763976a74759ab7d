"""Charts as pictures, documents and workbooks; the desk's page of all bodies in a person's care."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.services import charting
from gongkai.web.oversight.views.desk import crumbs
from gongkai.web.oversight.views.files import DOCX, XLSX, attachment

_PAPERS = {"docx": DOCX, "pdf": "application/pdf"}


def _svg(shown: charting.Chart | None, form: str) -> HttpResponse:
    """Return a chart in the form of that name."""
    drawn = charting.picture_of(shown, form) if shown and form in charting.FORMS else None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_safe
def chart(_: HttpRequest, slug: str, name: str, form: str) -> HttpResponse:
    """Show a chart of a body's published reports."""
    agency = get_object_or_404(Agency, slug=slug)
    return _svg(charting.body_charts(agency).get(name), form)


@require_safe
def tiles(_: HttpRequest, year: int, measure: str, form: str) -> HttpResponse:
    """Show the bodies side by side by a number of their published reports."""
    if measure != charting.measure_of(measure):
        raise Http404
    return _svg(charting.public_tiles(year, measure), form)


@require_safe
def annex(_: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand out a body's charts as a document."""
    agency = get_object_or_404(Agency, slug=slug)
    data = charting.annex_of(agency, kind) if kind in _PAPERS else None
    if data is None:
        raise Http404
    return attachment(data, f"{agency.name}历年年度报告图表.{kind}", _PAPERS[kind])


def _asked(request: HttpRequest) -> tuple[list[int], int | None, str]:
    """Return the years there are, the one asked for or else the newest, and the measure asked for."""
    years = charting.years_overseen(request.user)
    asked = request.GET.get("nian", "")
    year = next((each for each in years if str(each) == asked), years[0] if years else None)
    return years, year, charting.measure_of(request.GET.get("shu", ""))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show a year of all bodies in the person's care, from the current versions of their reports."""
    years, year, measure = _asked(request)
    charts = charting.overseen_charts(request.user, year, measure) if year else {}
    shown = {
        "charts": [charting.view_of(name, chart) for name, chart in charts.items()],
        "years": years,
        "year": year,
        "measures": charting.choices(),
        "measure": measure,
        "breadcrumbs_items": crumbs(),
        "header_title": "年度报告图表",
    }
    return render(request, "oversight/charts/desk.html", shown)


@require_safe
def desk_chart(request: HttpRequest, year: int, measure: str, name: str, form: str) -> HttpResponse:
    """Show one of the desk's charts; what it shows depends on who asks."""
    chart = charting.overseen_chart(request.user, year, charting.measure_of(measure), name)
    response = _svg(chart, form)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def desk_workbook(request: HttpRequest) -> HttpResponse:
    """Hand out the numbers of the desk's charts as a workbook."""
    _, year, measure = _asked(request)
    charts = charting.overseen_charts(request.user, year, measure) if year else {}
    if not charts:
        raise Http404
    return attachment(charting.workbook_of(charts.values()), f"{year}年年度报告图表数据.xlsx", XLSX)
