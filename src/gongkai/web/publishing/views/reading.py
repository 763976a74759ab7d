"""How a reader wants the portal shown: the type size."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.web.publishing.context import LARGE, TYPE_COOKIE

A_YEAR = 365 * 24 * 3600


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
