"""Two reports side by side: at the desk any that the person may see, in public the published ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services import comparing, correcting
from gongkai.web.oversight.services.comparing_workbook import workbook_of
from gongkai.web.oversight.services.reports import listing
from gongkai.web.oversight.views.desk import crumbs
from gongkai.web.oversight.views.files import XLSX, attachment

Find = Callable[[str], AnnualReport]
Shelves = list[tuple[Agency, list[AnnualReport]]]


def _shelves(reports: Iterable[AnnualReport]) -> Shelves:
    """Return reports by body, for a list to choose from."""
    by_body: dict[Agency, list[AnnualReport]] = {}
    for report in reports:
        by_body.setdefault(report.agency, []).append(report)
    return list(by_body.items())


def _pair(request: HttpRequest, find: Find) -> tuple[AnnualReport, AnnualReport] | None:
    """Return the two reports asked for, None while one is still to be chosen.

    Raises:
        Http404: one is asked for that there is not, or that is not for this person.
    """
    asked = [request.GET.get(name, "")[:120] for name in ("a", "b")]
    if not all(asked):
        return None
    one, other = (find(each) for each in asked)
    return comparing.in_order(one, other)


def _shown(request: HttpRequest, find: Find) -> dict[str, Any]:
    pair = _pair(request, find)
    everything = "quanbu" in request.GET
    is_same = pair is not None and pair[0].pk == pair[1].pk
    view = comparing.comparison_of(*pair, only_changed=not everything) if pair and not is_same else None
    return {"view": view, "is_same": is_same, "everything": everything}


def _workbook(request: HttpRequest, find: Find) -> HttpResponse:
    pair = _pair(request, find)
    if pair is None:
        raise Http404
    view = comparing.comparison_of(*pair, only_changed=False)
    first, second = view.names
    return attachment(workbook_of(view), f"年度报告比较（{first}、{second}）.xlsx", XLSX)


def _published(key: str) -> AnnualReport:
    """Return the published report that an address names, such as jiaoyuju-2024."""
    slug, _, year = key.rpartition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404
    reports = AnnualReport.objects.published().select_related("agency")
    return get_object_or_404(reports, agency__slug=slug, year=int(year))


def _key(report: AnnualReport) -> str:
    return f"{report.agency.slug}-{report.year}"


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Compare two published reports, `?a=jiaoyuju-2023&b=jiaoyuju-2024`; `&quanbu` shows all of them."""
    reports = listing.public_reports().order_by("agency__position", "agency__name", "-year")
    shown = {
        **_shown(request, _published),
        "options": [
            (agency, [(_key(each), each.year) for each in kept]) for agency, kept in _shelves(reports)
        ],
        "a": request.GET.get("a", ""),
        "b": request.GET.get("b", ""),
    }
    return render(request, "oversight/library/compare.html", shown)


@require_safe
def public_workbook(request: HttpRequest) -> HttpResponse:
    """Hand out the same as a workbook."""
    return _workbook(request, _published)


@require_safe
def correction(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show what a version changed in the one published before; `?ban=` chooses among several."""
    record = get_object_or_404(
        AnnualReport.objects.published().select_related("agency"), agency__slug=slug, year=year
    )
    corrections = correcting.corrections_of(record)
    if not corrections:
        raise Http404
    asked = request.GET.get("ban", "")
    chosen = next((each for each in corrections if str(each.after.version) == asked), corrections[0])
    everything = "quanbu" in request.GET
    shown = {
        "record": record,
        "corrections": corrections,
        "chosen": chosen,
        "everything": everything,
        "view": comparing.comparison_of(chosen.before, chosen.after, only_changed=not everything),
    }
    return render(request, "oversight/library/correction.html", shown)


def _visible(request: HttpRequest) -> Find:
    """Return what finds a report the person may see; any other is not found."""

    def find(key: str) -> AnnualReport:
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise Http404
        return get_object_or_404(listing.visible_reports(request.user), pk=int(key))

    return find


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Compare two reports the person may see, `?a=<pk>&b=<pk>`; the list offers the current versions."""
    reports = listing.visible_reports(request.user).current().defer("reading")
    reports = reports.order_by("agency__position", "agency__name", "-year")
    shown = {
        **_shown(request, _visible(request)),
        "options": [
            (agency, [(str(each.pk), each.year) for each in kept]) for agency, kept in _shelves(reports)
        ],
        "a": request.GET.get("a", ""),
        "b": request.GET.get("b", ""),
        "breadcrumbs_items": crumbs(),
        "header_title": "比较年度报告",
    }
    return render(request, "oversight/comparing/desk.html", shown)


@require_safe
def desk_workbook(request: HttpRequest) -> HttpResponse:
    """Hand out the same as a workbook."""
    return _workbook(request, _visible(request))
