"""The cases behind a number of the annual report."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.agencies.fact_sources import year_named
from gongkai.web.agencies.permissions import agencies_named
from gongkai.web.inforequests.facts import FACTS
from gongkai.web.inforequests.services import count_tables, facts, retaining
from gongkai.web.inforequests.services.applicants import masked_name, with_names
from gongkai.web.inforequests.views.staff import crumbs

_PER_PAGE = 50
_NAMES = {fact.code.partition(".")[2]: fact.name for fact in FACTS}


@never_cache
@require_safe
def cases_behind(request: HttpRequest, code: str) -> HttpResponse:
    """List the cases that a fact of some bodies (`jiguan`, several times) and a year (`nian`) counts."""
    year = year_named(request.GET.get("nian", ""))
    if code not in facts.CASES or year is None:
        raise Http404("没有这一项统计。")
    agencies = agencies_named(request.user, request.GET.getlist("jiguan"))
    if not count_tables.bodies_of(request.user).exists():
        raise PermissionDenied("您无权查看该机关的统计。")
    found = with_names(facts.cases_behind(code, agencies, year))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("ye", "1"))
    context = {
        "agencies": agencies,
        "results": page,
        "lines": [
            {"case": case, "applicant": masked_name(case.applicant, case.applicant_kind)}
            for case in page.object_list
        ],
        "may_clear": retaining.is_office(request.user),
        "here": "counts",
        "header_title": f"{year}年 {_NAMES[code]}",
        "breadcrumbs_items": crumbs((reverse("desk:counts"), "申请统计"), ("", "案件")),
    }
    return render(request, "inforequests/staff/fact.html", context)
