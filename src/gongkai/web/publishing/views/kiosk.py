"""Terminals in service halls: a mode in which the portal is read, searched, asked and printed, no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.publishing.context import TYPE_COOKIE

KIOSK_COOKIE = "zizhu"
IDLE_SECONDS = 90
_HOME = "publishing:kiosk"
_IN_FRAME = "zhongduan"
_CLOSED = ("/admin/", "/api/")
_FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_LINK = re.compile(r"""<(a|area|form)\b([^>]*?)\s(href|action)=("[^"]*"|'[^']*')([^>]*)>""", re.IGNORECASE)
_NEW_WINDOW = re.compile(r"""\s(target|download)(=("[^"]*"|'[^']*'|[^\s>]*))?(?=[\s>])""", re.IGNORECASE)


def is_kiosk(request: HttpRequest) -> bool:
    """Whether the terminal is in use."""
    return bool(request.COOKIES.get(KIOSK_COOKIE))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the start page; in use, what one can do here."""
    if not is_kiosk(request):
        return render(request, "publishing/kiosk/start.html")
    return render(request, "publishing/kiosk/home.html")


@csrf_exempt
@require_POST
def start(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Begin; the mark lasts until the use is ended, or the browser is closed.

    Exempt from the token like the type size: nothing but how pages are shown changes.
    """
    response = redirect(_HOME)
    response.set_cookie(KIOSK_COOKIE, "1", samesite="Strict", httponly=True, secure=settings.HTTPS)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Forget everything of this use and return to the start; by itself too, after some idle time.

    Outside a terminal's use nothing is forgotten, so that no link elsewhere can log anybody out.
    """
    response = redirect(_HOME)
    if is_kiosk(request):
        request.session.flush()
        for name in (KIOSK_COOKIE, TYPE_COOKIE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            response.delete_cookie(name)
    return response


@require_safe
def view_file(request: HttpRequest) -> HttpResponse:
    """Show a file of this site inside a page, so that the way back stays on the screen."""
    address = request.GET.get("dizhi", "")
    if not is_kiosk(request) or not _is_own(address, request) or not address.startswith("/"):
        raise Http404
    source = f"{address}{'&' if '?' in address else '?'}{_IN_FRAME}=1"
    response = render(request, "publishing/kiosk/file.html", {"source": source})
    response.headers["Content-Security-Policy"] = _FRAME_POLICY
    return response


def keep_to_kiosk(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep a terminal in use on the portal's pages: no outside links, no downloads, nothing kept."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not is_kiosk(request):
            return get_response(request)
        if request.path.startswith(_CLOSED):
            return redirect(_HOME)
        for asked_already in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            request.META.pop(asked_already, None)  # What was kept before the use began has other links.
        response = _shown_only(request, get_response(request))
        add_never_cache_headers(response)
        return response

    return respond


def _shown_only(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    kind = response.headers.get("Content-Type", "").split(";")[0].strip()
    if response.status_code != 200:
        return response
    if kind == "application/pdf":
        if _IN_FRAME not in request.GET:
            _put_away(response)
            return redirect(f"/zizhu/kan/?dizhi={quote(request.get_full_path())}")
        response.headers["Content-Disposition"] = content_disposition_header(False, "wenjian.pdf")
        return response
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    if is_file or kind in {"application/atom+xml", "application/json", "application/zip"}:
        _put_away(response)
        return render(request, "publishing/kiosk/no_file.html", status=403)
    if kind == "text/html" and not response.streaming:
        text = response.content.decode(response.charset)
        response.content = _LINK.sub(lambda found: _inside(found, request), text)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
    return response


def _put_away(response: HttpResponse) -> None:
    """Close the file that is not handed out; closing the answer itself would end the request."""
    file = getattr(response, "file_to_stream", None)
    if file is not None:
        file.close()


def _inside(found: re.Match[str], request: HttpRequest) -> str:
    tag, before, name, quoted, after = found.groups()
    rest = _NEW_WINDOW.sub("", f"{before}\0{after}>")[:-1]
    kept = f" {name}={quoted}" if _is_own(quoted[1:-1], request) else ""
    return f"<{tag}{rest}>".replace("\0", kept)


def _is_own(address: str, request: HttpRequest) -> bool:
    """Whether an address leads to a page of this site that a terminal shows."""
    text = address.replace("&amp;", "&").strip()
    if any(character in text for character in "\\\t\r\n"):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", request.get_host()):
        return False
    return not parts.path.startswith(_CLOSED)
