"""The search page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.publishing.models import PER_PAGE
from gongkai.web.publishing.services import searching

# By name of a facet the parameter that narrows by it.
PARAMETERS = {
    "kind": "leixing",
    "agency": "jigou",
    "column": "lanmu",
    "year": "nian",
    "topic": "zhuti",
    "validity": "xiaoli",
}
BY_DATE = "shijian"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """List what answers the words asked for, narrowed and sorted as the reader chose."""
    query = request.GET.get("q", "").strip()[: searching.LONGEST_QUERY]
    chosen = {name: request.GET.get(parameter, "")[:60] for name, parameter in PARAMETERS.items()}
    by_date = request.GET.get("paixu") == BY_DATE
    context: dict[str, Any] = {"query": query, "by_date": by_date}
    if query:
        answer = searching.search(query, chosen, by_date=by_date)
        page = Paginator(answer.numbers, PER_PAGE).get_page(request.GET.get("ye", "1"))
        context |= {
            "answer": answer,
            "results": page,
            "hits": searching.hits_of(page.object_list, answer.words),
            "facets": [
                _linked(facet, request.GET)
                for facet in answer.facets
                if len(facet.choices) > 1 or facet.chosen
            ],
            "narrowed": [_linked(facet, request.GET) for facet in answer.facets if facet.chosen],
            "relevance": _address(request.GET, "paixu", ""),
            "newest": _address(request.GET, "paixu", BY_DATE),
            "all": _address(QueryDict(), "q", query),
        }
    return render(request, "publishing/search.html", context)


def _linked(facet: searching.Facet, asked: QueryDict) -> dict[str, Any]:
    """Return a facet with the addresses of its values, and the one without it."""
    parameter = PARAMETERS[facet.name]
    return {
        "label": facet.label,
        "chosen": facet.chosen,
        "without": _address(asked, parameter, ""),
        "choices": [(choice, _address(asked, parameter, choice.value)) for choice in facet.choices],
    }


def _address(asked: QueryDict, parameter: str, value: str) -> str:
    """Return the query string with one parameter set, or left out, from the first page on."""
    changed = asked.copy()
    for name in (parameter, "ye"):
        changed.pop(name, None)
    if value:
        changed[parameter] = value
    return f"?{changed.urlencode()}"
