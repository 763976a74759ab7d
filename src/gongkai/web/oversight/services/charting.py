"""The charts of reports on pages: what a page says beside them, and the pictures, drawn once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.cache import caches

from gongkai import __version__
from gongkai.charts.annex import paper_of
from gongkai.charts.chart import Chart, Kind, table
from gongkai.charts.drawing import NARROW, WIDE, ChartError, svg
from gongkai.charts.reports import MEASURES, by_body, charts_of_body, outcomes_of_bodies, timeliness
from gongkai.charts.telling import alternative
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import PaperError
from gongkai.papers.pdf import write_pdf
from gongkai.papers.sheets import Drawn, DrawnTable, write_drawn
from gongkai.report.schema import Report
from gongkai.web.agencies.fact_sources import facts
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import listing
from gongkai.web.oversight.services.reports.settled import reports_of, states_of
from gongkai.web.publishing.models.lists import kept

FORMS = ("kuan", "zhai")
FIRST_MEASURE = "new"
TILES, BARS, OUTCOMES, TIMELINESS = "tiles", "bars", "outcomes", "timeliness"
# The facts whose share is charted, and over how many years.
_IN_TIME, _LATE, _YEARS = "按时答复申请", "逾期答复申请", 5
# Tiles have the width of a page, other charts half of it.
_WHOLE_PAGE = 1040
_WIDEST_COLUMN = 40  # characters


@dataclass(frozen=True, kw_only=True)
class ChartView:
    """A chart as a page shows it: the name its picture is asked for by, its words, its table, its note."""

    name: str
    title: str
    alternative: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    is_wide: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A measure that can be chosen."""

    code: str
    name: str


def choices() -> list[Choice]:
    """Return the numbers that bodies can be set side by side by."""
    return [Choice(code=code, name=measure.name) for code, measure in MEASURES.items()]


def measure_of(asked: str) -> str:
    """Return the measure asked for, or the first where there is no such."""
    return asked if asked in MEASURES else FIRST_MEASURE


def view_of(name: str, chart: Chart) -> ChartView:
    """Lay a chart out for a page."""
    head, *rows = table(chart)
    words = alternative(chart)
    return ChartView(
        name=name,
        title=chart.title,
        alternative=words,
        head=head,
        rows=tuple(rows),
        note=chart.note,
        is_wide=chart.kind is Kind.TILES,
    )


def picture_of(chart: Chart, form: str) -> bytes | None:
    """Return a chart as SVG, drawn once for what it shows; None where charts cannot be drawn here.

    Args:
        chart: the chart.
        form: one of `FORMS`: for a page (kuan), or for a phone (zhai).
    """
    width = NARROW if form == "zhai" else _WHOLE_PAGE if chart.kind is Kind.TILES else WIDE
    key = hashlib.sha256(f"{__version__} {width} {chart!r}".encode()).hexdigest()
    drawn: bytes | None = caches["charts"].get(key)
    if drawn is None:
        try:
            drawn = svg(chart, width)
        except ChartError:
            return None
        caches["charts"].set(key, drawn)
    return drawn


def body_charts(agency: Agency) -> dict[str, Chart]:
    """Return by name the charts of a body's published reports."""

    def make() -> dict[str, Chart]:
        return charts_of_body(agency.short_name, reports_of(_published(agency)))

    return kept(f"charts of body {agency.pk} {agency.short_name}", make)


def _published(agency: Agency) -> list[AnnualReport]:
    return list(AnnualReport.objects.published().filter(agency=agency).order_by("year"))


def public_tiles(year: int, measure: str) -> Chart | None:
    """Return the bodies side by side by a number of their published reports; None where there are none.

    A body that has published other years' reports and not this one's has a tile without a number.
    """

    def make() -> Chart | None:
        records = list(
            AnnualReport.objects.published().filter(year=year).select_related("agency").order_by("pk")
        )
        if not records:
            return None
        with_reports = AnnualReport.objects.published().values("agency")
        agencies = Agency.objects.filter(pk__in=with_reports, is_active=True) | Agency.objects.filter(
            pk__in=[record.agency_id for record in records]
        )
        return by_body(year, list(_paired(agencies.distinct(), _standing(records))), measure)

    return kept(f"tiles {year} {measure_of(measure)}", make)


def _standing(records: Sequence[AnnualReport]) -> dict[int, Report]:
    """Return the reports as they stand by the number of their body."""
    return dict(zip((record.agency_id for record in records), reports_of(records), strict=True))


def _paired(
    agencies: Iterable[Agency], standing: Mapping[int, Report]
) -> Iterator[tuple[str, Report | None]]:
    """Yield each body's short name and its report, in the order of the list of bodies."""
    for agency in sorted(agencies, key=lambda each: (each.position, each.name)):
        yield agency.short_name, standing.get(agency.pk)


def years_overseen(by: User) -> list[int]:
    """Return the years of the reports the person may see, newest first."""
    years = listing.visible_reports(by).current().values_list("year", flat=True).distinct()
    return sorted(set(years), reverse=True)


def overseen_charts(by: User, year: int, measure: str) -> dict[str, Chart]:
    """Return by name the charts of a year of the bodies a person looks over; nothing without a report."""
    charts = _of_reports(by, year, measure)
    return charts | _in_time(by, year) if charts else {}


def overseen_chart(by: User, year: int, measure: str, name: str) -> Chart | None:
    """Return the one of `overseen_charts` of that name, counting no more than it shows."""
    charts = _in_time(by, year) if name == TIMELINESS else _of_reports(by, year, measure)
    return charts.get(name)


def _of_reports(by: User, year: int, measure: str) -> dict[str, Chart]:
    """Return by name the charts of the current versions of a year that the person may see.

    Bodies with a number each, as tiles and as bars, and what became of all their requests together. For that
    sum, a government whose bodies are among them is left out: its report has theirs in it.
    """
    records = listing.visible_reports(by).current().filter(year=year).order_by("pk")
    known = list(records.defer("reading"))
    if not known:
        return {}
    bodies = [*(record.agency for record in known), *listing.bodies_without_report(by, year)]
    # Each of the page's pictures asks again: what they are made of is read once, until any of it changes.
    drawn = [(each.pk, each.name, each.short_name, each.position, each.parent_id) for each in bodies]
    made_of = f"{__version__} {year} {measure} {drawn} {states_of(known)}"
    key = hashlib.sha256(made_of.encode()).hexdigest()
    charts: dict[str, Chart] | None = caches["charts"].get(key)
    if charts is None:
        charts = _drawn_up(year, measure, bodies, _standing(records))
        caches["charts"].set(key, charts)
    return charts


def _in_time(by: User, last: int) -> dict[str, Chart]:
    """Return the chart of requests answered in time, up to a year; nothing where none was answered.

    It is no number of the reports, but counted over the requests on record here.
    """
    agencies, known = list(agencies_of(by)), facts()
    answered = {}
    for year in range(last - _YEARS + 1, last + 1):
        numbers = [known[name].counted(agencies, year) for name in (_IN_TIME, _LATE)]
        in_time, late = (each if isinstance(each, int) else 0 for each in numbers)
        answered[year] = (in_time, in_time + late)
    first = next((year for year, (_, every) in answered.items() if every), None)
    if first is None:
        return {}
    name = agencies[0].short_name if len(agencies) == 1 else "各机关"
    chart = timeliness(name, {year: pair for year, pair in answered.items() if year >= first})
    return {TIMELINESS: replace(chart, note="按本系统登记的申请统计：在答复期限之内答复的占已答复的比例。")}


def _drawn_up(
    year: int, measure: str, agencies: Sequence[Agency], standing: Mapping[int, Report]
) -> dict[str, Chart]:
    bodies = list(_paired(agencies, standing))
    return {
        TILES: by_body(year, bodies, measure),
        BARS: by_body(year, bodies, measure, Kind.RANKED),
        OUTCOMES: _outcomes(year, [each for each in agencies if each.pk in standing], standing),
    }


def _outcomes(year: int, agencies: Sequence[Agency], standing: Mapping[int, Report]) -> Chart:
    """Return what became of all requests together, no request twice."""
    above = {agency.parent_id for agency in agencies}
    whole = [agency for agency in agencies if agency.is_government and agency.pk in above]
    single = [agency for agency in agencies if agency not in whole]
    chart = outcomes_of_bodies(year, list(_paired(single, standing)))
    if not whole:
        return chart
    names = "、".join(each.name for each in whole)
    return replace(chart, note=f"{names}的报告包含所属各机关，没有重复计入。{chart.note}")


def workbook_of(charts: Iterable[Chart]) -> bytes:
    """Return the numbers of charts as a workbook, a sheet each."""
    return write_drawn([_sheet(at, chart) for at, chart in enumerate(charts, 1)])


def _sheet(at: int, chart: Chart) -> DrawnTable:
    rows = table(chart)
    cells = [
        Drawn(row=r, column=c, value=_value(chart, text, r, c), is_label=r == 0, is_left=c == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    widths = [min(max(2 * len(row[c]) for row in rows) + 4, _WIDEST_COLUMN) for c in range(len(rows[0]))]
    notes = [chart.note] if chart.note else []
    return DrawnTable(name=f"图{at}", title=chart.title, widths=widths, cells=cells, notes=notes)


def _value(chart: Chart, text: str, row: int, column: int) -> str | float:
    """Return a cell of a chart's table as a number where it is one."""
    if row == 0 or column == 0 or text == chart.gap:
        return text
    number = float(text.replace(",", ""))
    return int(number) if number.is_integer() else number


def annex_of(agency: Agency, kind: str) -> bytes | None:
    """Return a body's charts as a document, `docx` or `pdf`; None where there are none, or no tools."""
    charts = body_charts(agency)
    if not charts:
        return None
    key = hashlib.sha256(f"{__version__} {kind} {agency.name} {charts!r}".encode()).hexdigest()
    found: bytes | None = caches["files"].get(key)
    if found is None:
        try:
            paper = paper_of(f"{agency.name}历年政府信息公开工作年度报告图表", charts.values())
            found = write_docx(paper) if kind == "docx" else write_pdf(paper)
        except (ChartError, PaperError):
            return None
        caches["files"].set(key, found)
    return found
