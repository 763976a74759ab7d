"""Numbers no register holds: monthly figures typed or imported, and the fact sheet of a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.fact_sources import asked_for
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.permissions import agencies_named, agencies_of
from gongkai.web.oversight.forms import FigureFileForm, FiguresForm, SheetForm
from gongkai.web.oversight.models import FigureFile, MonthlyFigure, SheetFact
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures import access, importing, monthly, sheet
from gongkai.web.oversight.services.figures.addends import addends
from gongkai.web.oversight.services.figures.progress import progress
from gongkai.web.oversight.services.figures.sheet_lines import LINES
from gongkai.web.oversight.views.desk import crumbs
from gongkai.web.oversight.views.files import attachment

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GET_OR_POST = ["GET", "HEAD", "POST"]


def asked(request: HttpRequest) -> tuple[Agency, int]:
    """Return the body and year that the address names: one's own and the usual one where it names none.

    Raises:
        Http404: a body the person may not see, or a year that no report is made for.
    """
    if not request.user.has_perm("oversight.view_annualreport"):
        raise PermissionDenied("您无权查看年度报告的数据。")
    bodies, slug = agencies_of(request.user), request.GET.get("jiguan", "")
    agency = bodies.filter(slug=slug).first() if slug else _own(request)
    if agency is None:
        raise Http404("没有这个机关的数据。")
    return agency, year_asked(request.GET.get("nian", "") or str(access.usual_year(timezone.localdate())))


def year_asked(year: str) -> int:
    """Return the year that an address names; one that no report is made for is not found."""
    if year not in map(str, access.years(timezone.localdate())):
        raise Http404("没有这一年的数据。")
    return int(year)


def _own(request: HttpRequest) -> Agency | None:
    bodies = agencies_of(request.user)
    return bodies.filter(pk=request.user.agency_id).first() or bodies.first()


def _address(name: str, agency: Agency, year: int) -> str:
    return f"{reverse(f'annual_reports:{name}')}?{asked_for([agency], year)}"


def _shown(request: HttpRequest, agency: Agency, year: int, room: str, title: str) -> dict[str, Any]:
    """What every page on a body's numbers of a year shows."""
    back = [] if room == "figures" else [("数据", _address("figures", agency, year))]
    return {
        "agency": agency,
        "year": year,
        "room": room,
        "asked": asked_for([agency], year),
        "bodies": agencies_of(request.user).filter(is_active=True),
        "years": access.years(timezone.localdate()),
        "may_enter": access.may_enter(request.user, agency),
        "breadcrumbs_items": crumbs(*back),
        "header_title": title,
    }


@never_cache
@require_http_methods(_GET_OR_POST)
def figures(request: HttpRequest) -> HttpResponse:
    """Show a year of monthly figures of a body, and let its office type them."""
    agency, year = asked(request)
    months = monthly.open_months(year, timezone.localdate())
    known = monthly.values_of(agency, year)
    if request.method == "POST":
        access.check_may_enter(request.user, agency)
        form = FiguresForm(request.POST, months=months)
        if form.is_valid() and _figures_saved(request, form, agency, year):
            return redirect(_address("figures", agency, year))
    else:
        first = {FiguresForm.name(*place): row.value for place, row in known.items()}
        form = FiguresForm(
            months=months, initial=first | {"seen": access.last_row(MonthlyFigure, agency, year)}
        )
    sums = monthly.figures_of([agency], year)
    shown = _shown(request, agency, year, "figures", "月度数据") | {
        "form": form,
        "sums": sums.values(),
        "rows": [(month, _cells(form, known, month)) for month in monthly.MONTHS],
        "files": FigureFile.objects.filter(figures__agency=agency, figures__year=year).distinct(),
        "is_whole": all(each.total is not None for each in sums.values()),
    }
    return render(request, "oversight/figures/figures.html", shown, status=422 if form.errors else 200)


def _cells(form: FiguresForm, known: dict[monthly.Place, MonthlyFigure], month: int) -> list[dict[str, Any]]:
    """A row of the grid: each item with its field, none for months still to come, and the row that counts."""
    return [
        {
            "item": item,
            "field": form[form.name(item.code, month)] if month in form.months else None,
            "row": known.get((item.code, month)),
        }
        for item in monthly.ITEMS.values()
    ]


def _figures_saved(request: HttpRequest, form: FiguresForm, agency: Agency, year: int) -> bool:
    given = form.cleaned_data
    try:
        changed = monthly.save_figures(
            agency=agency,
            year=year,
            values=form.values(),
            by=request.user,
            now=timezone.now(),
            seen=given["seen"],
            source=given["source"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    _tell(request, changed)
    return True


def _tell(request: HttpRequest, changed: int) -> None:
    if changed:
        messages.success(request, f"已保存，修改了 {changed} 项。")
    else:
        messages.info(request, "没有改动，未保存。")


@never_cache
@require_safe
def figure_history(request: HttpRequest) -> HttpResponse:
    """Show everything that was entered in a cell of the grid (`xiang` of `yue`)."""
    agency, year = asked(request)
    item, month = monthly.ITEMS.get(request.GET.get("xiang", "")), request.GET.get("yue", "")
    if item is None or month not in map(str, monthly.MONTHS):
        raise Http404("没有这一格。")
    shown = _shown(request, agency, year, "history", f"{year}年{month}月 {item.heading}") | {
        "entries": monthly.history(agency, year, item.code, int(month)),
        "unit": item.unit,
        "back": _address("figures", agency, year),
    }
    return render(request, "oversight/figures/history.html", shown)


@require_safe
def figure_template(request: HttpRequest) -> HttpResponse:
    """Hand out the table to fill in, with what is known already."""
    agency, year = asked(request)
    name = f"{agency.short_name}{year}年月度数据.xlsx"
    return attachment(importing.template(agency, year), name, _XLSX)


@never_cache
@require_http_methods(_GET_OR_POST)
def import_figures(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet, show what it would change, and write that once it is confirmed."""
    agency, year = asked(request)
    access.check_may_enter(request.user, agency)
    if token := request.POST.get("token", ""):
        return _confirmed(request, agency, year, token)
    form = FigureFileForm(request.POST or None, request.FILES or None)
    preview = (
        _previewed(request, form, agency, year) if request.method == "POST" and form.is_valid() else None
    )
    shown = _shown(request, agency, year, "import", "导入月度数据") | {
        "form": form,
        "preview": preview,
        "limit": importing.MAX_BYTES // 2**20,
    }
    return render(request, "oversight/figures/import.html", shown, status=422 if form.errors else 200)


def _previewed(
    request: HttpRequest, form: FigureFileForm, agency: Agency, year: int
) -> importing.Preview | None:
    file = form.cleaned_data["file"]
    try:
        return importing.preview(
            agency=agency,
            year=year,
            data=file.read(importing.MAX_BYTES + 1),
            name=file.name,
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error("file", str(refused))
        return None


def _confirmed(request: HttpRequest, agency: Agency, year: int, token: str) -> HttpResponse:
    try:
        changed = importing.import_figures(
            agency=agency, year=year, token=token, by=request.user, now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(_address("import_figures", agency, year))
    _tell(request, changed)
    return redirect(_address("figures", agency, year))


@require_safe
def figure_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a spreadsheet that figures were taken from, always as a download."""
    kept = get_object_or_404(FigureFile, pk=pk, agency__in=agencies_of(request.user))
    try:
        file = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("原件已不在存储目录中，请联系系统管理员。") from error
    response = FileResponse(
        file, as_attachment=True, filename=kept.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_http_methods(_GET_OR_POST)
def fact_sheet(request: HttpRequest) -> HttpResponse:
    """Show a body's fact sheet of a year, last year's beside it, and let its office fill it in."""
    agency, year = asked(request)
    filled = sheet.sheet_of(agency, year)
    if request.method == "POST":
        access.check_may_enter(request.user, agency)
        form = SheetForm(request.POST)
        if form.is_valid() and _sheet_saved(request, form, agency, year):
            return redirect(_address("sheet", agency, year))
    else:
        form = SheetForm(initial=_sheet_initial(filled) | {"seen": access.last_row(SheetFact, agency, year)})
    lines = [line for _, of_group in filled for line in of_group]
    shown = _shown(request, agency, year, "sheet", "年度事实") | {
        "form": form,
        "groups": [(name, [_line(form, line) for line in of_group]) for name, of_group in filled],
        "known": sum(line.value is not None for line in lines),
        "all": len(lines),
    }
    return render(request, "oversight/figures/sheet.html", shown, status=422 if form.errors else 200)


def _sheet_initial(filled: sheet.Sheet) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for _, lines in filled:
        for each in lines:
            first[each.line.code] = each.value
            first[f"{each.line.code}-source"] = each.row.source if each.row else ""
    return first


def _line(form: SheetForm, filled: sheet.Filled) -> dict[str, Any]:
    code = filled.line.code
    return {"filled": filled, "field": form[code], "source": form[f"{code}-source"]}


def _sheet_saved(request: HttpRequest, form: SheetForm, agency: Agency, year: int) -> bool:
    try:
        changed = sheet.save_sheet(
            agency=agency,
            year=year,
            entries=form.entries(),
            by=request.user,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    _tell(request, changed)
    return True


@never_cache
@require_safe
def fact_history(request: HttpRequest) -> HttpResponse:
    """Show everything that was entered on a line of the sheet (`xiang`)."""
    agency, year = asked(request)
    line = LINES.get(request.GET.get("xiang", ""))
    if line is None:
        raise Http404("没有这一项。")
    shown = _shown(request, agency, year, "history", f"{year}年 {line.name}") | {
        "entries": sheet.history(agency, year, line.code),
        "unit": line.unit,
        "back": _address("sheet", agency, year),
    }
    return render(request, "oversight/figures/history.html", shown)


@never_cache
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Show a superior how far each body is with its numbers of a year."""
    agency, year = asked(request)
    shown = _shown(request, agency, year, "bodies", "各机关填报情况")
    months = monthly.open_months(year, timezone.localdate())
    shown["progress"] = progress(list(shown["bodies"]), year, months)
    shown["whole"] = sum(each.is_whole for each in shown["progress"])
    return render(request, "oversight/figures/bodies.html", shown)


@never_cache
@require_safe
def sum_of(request: HttpRequest) -> HttpResponse:
    """Show what each of several bodies (`jiguan`, several times) adds to a figure or fact (`xiang`)."""
    agencies = agencies_named(request.user, request.GET.getlist("jiguan"))
    year = request.GET.get("nian", "")
    try:
        found = addends(agencies, year_asked(year), request.GET.get("xiang", ""))
    except LookupError:
        raise Http404("没有这一项。") from None
    shown = {
        "sum": found,
        "year": year,
        "breadcrumbs_items": crumbs(("数据", reverse("annual_reports:figures"))),
        "header_title": f"{year}年 {found.name}",
    }
    return render(request, "oversight/figures/addends.html", shown)
