"""The pages behind a number of the annual report."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.web.agencies.fact_sources import year_named
from gongkai.web.agencies.permissions import agencies_named
from gongkai.web.publishing.facts import PAGES
from gongkai.web.publishing.services import facts

_PER_PAGE = 50
_FACTS = {fact.code.partition(".")[2]: fact for fact in PAGES}


@require_safe
def pages_behind(request: HttpRequest, code: str) -> HttpResponse:
    """List the pages that a fact of some bodies (`jiguan`, several times) and a year (`nian`) counts."""
    year = year_named(request.GET.get("nian", ""))
    if code not in facts.PAGES or year is None:
        raise Http404("没有这一项统计。")
    agencies = agencies_named(request.user, request.GET.getlist("jiguan"))
    pages = facts.pages_behind(code, agencies, year)
    context = {
        "results": Paginator(pages, _PER_PAGE).get_page(request.GET.get("ye", "1")),
        "agencies": agencies,
        "fact": _FACTS[code],
        "header_title": f"{year}年 {_FACTS[code].name}",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": "", "label": _FACTS[code].name},
        ],
    }
    return render(request, "publishing/catalogue/fact.html", context)
