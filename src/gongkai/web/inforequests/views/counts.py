"""Tables 3 and 4 on screen: every number opens onto its cases; what was frozen stands beside what is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.inforequests.services import count_tables, counting, exporting, freezing, retaining
from gongkai.web.inforequests.services.applicants import masked_name, with_names
from gongkai.web.inforequests.services.count_tables import Scope
from gongkai.web.inforequests.services.permissions import visible_cases
from gongkai.web.inforequests.views.files import sheet
from gongkai.web.inforequests.views.staff import crumbs

_PER_PAGE = 50
_MOST_MOVED = 200


def scope_asked(request: HttpRequest) -> Scope:
    """Return whose cases the address asks to count; those of other bodies are refused."""
    try:
        return count_tables.scope(request.user, request.GET.get("jiguan", ""))
    except LookupError:
        raise PermissionDenied("您无权查看该机关的统计。") from None


def _year(request: HttpRequest, years: list[int]) -> int:
    asked = request.GET.get("niandu", "")
    return int(asked) if asked in map(str, years) else years[0]


def _context(request: HttpRequest) -> dict[str, Any]:
    scope = scope_asked(request)
    years = count_tables.years(scope.agencies)
    year = _year(request, years)
    cases = visible_cases(request.user)
    tables = [count_tables.count_table(scope.agencies, year, number, cases) for number in (3, 4)]
    return {
        "scope": scope,
        "bodies": count_tables.bodies_of(request.user),
        "all": count_tables.ALL,
        "year": year,
        "years": years,
        "tables": tables,
        "is_empty": all(table.is_empty for table in tables),
        "is_over": year < timezone.localdate().year,
        "most_moved": _MOST_MOVED,
        "today": timezone.localdate(),
        "may_clear": retaining.is_office(request.user),
        "here": "counts",
        "header_title": f"{year}年申请统计",
        "breadcrumbs_items": crumbs(("", "申请统计")),
    }


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Show both tables of a body, or of all a supervisor sees, for a year."""
    return render(request, "inforequests/staff/counts.html", _context(request))


@never_cache
@require_safe
def printout(request: HttpRequest) -> HttpResponse:
    """Show them as they are to be printed."""
    return render(request, "inforequests/staff/counts_printout.html", _context(request))


@never_cache
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Hand them out as a spreadsheet."""
    scope = scope_asked(request)
    year = _year(request, count_tables.years(scope.agencies))
    return sheet(count_tables.workbook(scope.agencies, year, scope.name), f"tongji-{year}")


def _named(year: int, table: int, row: str, column: str) -> str:
    try:
        return count_tables.cell_name(year, table, row, column)
    except LookupError:
        raise Http404("没有这一格。") from None


@never_cache
@require_safe
def cell(request: HttpRequest, year: int, table: int, row: str, column: str) -> HttpResponse:
    """List the cases behind a number."""
    scope = scope_asked(request)
    name = _named(year, table, row, column)
    if table == 3:
        found = counting.cases_in(scope.agencies, year, row, column)
        found = with_names(found).order_by("received_on", "pk")
    else:
        found = count_tables.disputes_in(scope.agencies, year, row, column)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("ye", "1"))
    back = f"{reverse('desk:counts')}?niandu={year}&jiguan={scope.asked}"
    cases = [each if table == 3 else each.case for each in page.object_list]
    context = {
        "scope": scope,
        "year": year,
        "table": table,
        "row": row,
        "column": column,
        "results": page,
        "lines": [
            {"case": case, "applicant": masked_name(case.applicant, case.applicant_kind), "dispute": each}
            for case, each in zip(cases, page.object_list, strict=True)
        ],
        "back": back,
        "may_clear": retaining.is_office(request.user),
        "here": "counts",
        "header_title": f"{year}年 {name}",
        "breadcrumbs_items": crumbs((back, "申请统计"), ("", "案件")),
    }
    return render(request, "inforequests/staff/cell.html", context)


@never_cache
@require_safe
def cell_list(request: HttpRequest, year: int, row: str, column: str) -> HttpResponse:
    """Hand out the cases behind a number of Table 3 as a spreadsheet."""
    scope = scope_asked(request)
    _named(year, 3, row, column)
    found = counting.cases_in(scope.agencies, year, row, column).order_by("received_on", "pk")
    return sheet(exporting.work_list(found), f"anjian-{year}")


@never_cache
@require_safe
def differences(request: HttpRequest, year: int, table: int) -> HttpResponse:
    """Hand out, case by case, what is counted otherwise than when the year was frozen."""
    scope = scope_asked(request)
    kept = freezing.frozen(scope.agencies, year, table)
    if kept is None:
        raise Http404("这一年尚未冻结。")
    moved = count_tables.moved_lines(kept, year, visible_cases(request.user))
    return sheet(exporting.moves(moved, year), f"chayi-{year}")
