"""Public views beside the tree of pages: search, and the reader's type size."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.publishing import services
from gongkai.web.publishing.context import LARGE, TYPE_COOKIE
from gongkai.web.publishing.models import PER_PAGE

A_YEAR = 365 * 24 * 3600


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """List the public pages that hold the words asked for."""
    query = request.GET.get("q", "").strip()[: services.LONGEST_QUERY]
    words = services.words_of(query)
    context: dict[str, Any] = {"query": query}
    if words:
        page = Paginator(services.search_documents(words), PER_PAGE).get_page(request.GET.get("ye", "1"))
        context["results"] = page
        context["hits"] = [services.document_hit(document, words) for document in page]
        context["beside"] = services.search_beside(words) if page.number == 1 else []
    return render(request, "publishing/search.html", context)


@csrf_exempt
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Keep the reader's type size in a cookie and return to where they were.

    Exempt from the token so that public pages carry none and stay cacheable; nothing but a display
    preference changes.
    """
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=False):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("zihao") == LARGE:
        response.set_cookie(
            TYPE_COOKIE, LARGE, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS
        )
    else:
        response.delete_cookie(TYPE_COOKIE, samesite="Lax")
    return response
