"""Public pages and caches: anybody may keep a page, nobody shows it without asking whether it still holds.

Whether it holds is told by the content itself, so it is right at once after whatever changed. So as not to
make a page anew for every such question, each thread keeps its last pages for as long as the database says
that nothing at all has been written: the only thing an anonymous page depends on, beside the day.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, quote_etag

from gongkai.web.publishing.models.lists import one_reading

REVALIDATE, PERSONAL = "public, no-cache", "private, no-store"
KEPT_PAGES, LARGEST_KEPT = 200, 256 * 1024
_STAFF = "/admin/"
_TOKEN = b"csrfmiddlewaretoken"


def database_state(database: Any) -> Hashable | None:
    """Return what is equal at two moments only if nothing was written to the database between them.

    None where that cannot be told: within a transaction, or on a database that does not tell. The value
    means something for this connection only.
    """
    if database.in_atomic_block:
        return None
    database.ensure_connection()
    if database.vendor == "sqlite":
        # What others have committed, and what this connection itself has changed.
        with database.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return (*cursor.fetchone(), database.connection.total_changes)
    if database.vendor == "postgresql":
        # Equal snapshots see the same transactions.
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return str(cursor.fetchone()[0])
    return None


@dataclass(frozen=True, kw_only=True)
class _Kept:
    state: Hashable
    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


class _Shelf(threading.local):
    """A thread's pages, the least recently asked for first; they go with the connection they were made on."""

    def __init__(self) -> None:
        self.made_on: Any = None
        self.pages: OrderedDict[Hashable, _Kept] = OrderedDict()

    def find(self, key: Hashable, state: Hashable) -> _Kept | None:
        if self.made_on is not connection.connection:
            self.made_on = connection.connection
            self.pages.clear()
        kept = self.pages.get(key)
        if kept is None or kept.state != state:
            return None
        self.pages.move_to_end(key)
        return kept

    def keep(self, key: Hashable, kept: _Kept) -> None:
        if self.made_on is not connection.connection:
            return
        self.pages[key] = kept
        self.pages.move_to_end(key)
        while len(self.pages) > KEPT_PAGES:
            self.pages.popitem(last=False)


_shelf = _Shelf()


def revalidated(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tag what the public reads, answer 304 to whoever has it; keep what is for one reader from caches."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(_STAFF):
            return get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            with one_reading():
                return _personal(get_response(request))
        state = None if settings.DEBUG else database_state(connection)
        key = _key(request)
        kept = _shelf.find(key, state) if state is not None else None
        with one_reading():
            response = kept.response() if kept else _public(get_response(request))
        if state is not None and kept is None and request.method == "GET" and _may_keep(response):
            _shelf.keep(key, _Kept(state=state, content=response.content, headers=dict(response.headers)))
        etag = response.headers.get("ETag")
        if etag is None or response.status_code != 200:
            return response
        return get_conditional_response(request, etag=etag, response=response) or response

    return respond


def _key(request: HttpRequest) -> Hashable:
    """Return all that an anonymous page may depend on beside the database."""
    address = (request.scheme, request.get_host(), request.get_full_path())
    return *address, frozenset(request.COOKIES.items()), settings.DEMO, timezone.localdate()


def _personal(response: HttpResponse) -> HttpResponse:
    """Keep what was made for one reader out of every cache."""
    if "private" not in response.headers.get("Cache-Control", ""):
        response["Cache-Control"] = PERSONAL
    return response


def _public(response: HttpResponse) -> HttpResponse:
    """Let caches keep the answer on condition that they ask; one with a cookie or token is for one reader."""
    is_whole = response.status_code == 200 and not response.streaming
    if response.cookies or (is_whole and _TOKEN in response.content):
        return _personal(response)
    response.headers.setdefault("Cache-Control", REVALIDATE)
    if response.get("Content-Type", "").startswith("text/html"):
        patch_vary_headers(response, ["Cookie"])
    if is_whole and "no-store" not in response["Cache-Control"]:
        response.headers.setdefault("ETag", quote_etag(hashlib.sha256(response.content).hexdigest()[:32]))
    return response


def _may_keep(response: HttpResponse) -> bool:
    is_public = "ETag" in response.headers and "private" not in response["Cache-Control"]
    is_ours = response.status_code == 200 and not response.streaming and not response.cookies
    return is_public and is_ours and len(response.content) <= LARGEST_KEPT
