"""Requests no browser of ours sends are refused; headers keep a page to itself."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# Wagtail's back office writes inline scripts and styles; strangers never see it.
STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
STAFF_PREFIX = "/admin/"
# Above every form's own limit; what is larger is not even written to a temporary file.
LARGEST_BODY_MB = 32


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the content security policy and switch off device access; a view's own policy stands."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = STAFF_POLICY if request.path.startswith(STAFF_PREFIX) else PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

    return respond


def refuse_implausible(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body above LARGEST_BODY_MB unread, and null characters, on which PostgreSQL fails."""

    def respond(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("null character in the address")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > LARGEST_BODY_MB * 1024 * 1024:
            text = f"上传的内容超过 {LARGEST_BODY_MB} MB，没有保存。请返回，压缩或者拆分后再上传。"
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return respond


class KeepWhatIsReferredTo:
    """Answer in plain words where somebody deletes a row with history: a person, a body, a file in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that says why nothing was deleted; None for any other exception."""
        if isinstance(exception, ProtectedError):
            return render(request, "409.html", status=409)
        return None
