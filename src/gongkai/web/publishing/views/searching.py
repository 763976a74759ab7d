"""The search page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.publishing.models import PER_PAGE
from gongkai.web.publishing.services import searching


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """List the public pages that hold the words asked for."""
    query = request.GET.get("q", "").strip()[: searching.LONGEST_QUERY]
    words = searching.words_of(query)
    context: dict[str, Any] = {"query": query}
    if words:
        page = Paginator(searching.search_documents(words), PER_PAGE).get_page(request.GET.get("ye", "1"))
        context["results"] = page
        context["hits"] = [searching.document_hit(document, words) for document in page]
        context["beside"] = searching.search_beside(words) if page.number == 1 else []
    return render(request, "publishing/search.html", context)
