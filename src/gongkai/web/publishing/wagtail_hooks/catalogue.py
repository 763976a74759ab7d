"""The catalogue in the back office: its pages, and what a document's edit view says of clock and column."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services import catalogue, timeliness
from gongkai.web.publishing.views.catalogue_desk import CatalogueViewSet, clock, coverage
from gongkai.web.publishing.views.facts_desk import pages_behind

_PAGES = [
    path("fugai/", coverage, name="coverage"),
    path("shixian/", clock, name="clock"),
    path("shishi/<slug:code>/", pages_behind, name="fact"),
]


@hooks.register("register_admin_viewset")
def catalogue_items() -> CatalogueViewSet:
    """Put the catalogue in the main menu."""
    return CatalogueViewSet()


@hooks.register("register_admin_urls")
def catalogue_pages() -> list[URLPattern | URLResolver]:
    """Put the pages on coverage and clock beside it."""
    return [path("mulu/", include((_PAGES, "catalogue_desk"), namespace="catalogue_desk"))]


@hooks.register("before_edit_page")
def tell_clock_and_column(request: HttpRequest, page: Page) -> None:
    """Say on opening a draft by when it must be public, and whether its column is its item's."""
    if request.method != "GET" or not isinstance(page, DocumentPage):
        return
    if doubt := catalogue.column_doubt(page):
        messages.warning(request, doubt)
    clock_of = timeliness.timing(page, timezone.localdate())
    is_wrong = clock_of is not None and (clock_of.is_late or clock_of.is_backdated)
    if clock_of is None or (page.live and not is_wrong):
        return
    tell = messages.warning if is_wrong else messages.info
    tell(request, timeliness.sentence(clock_of))
