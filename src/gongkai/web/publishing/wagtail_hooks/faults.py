"""Readers' reports of errors in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.publishing.views import faults

_PAGES = [
    path("", faults.listing, name="list"),
    path("<int:pk>/", faults.settle, name="settle"),
]


class FaultMenuItem(MenuItem):
    """The entry in the main menu, for whoever acts for a body."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person acts for any body."""
        return agencies_of(request.user).exists()


@hooks.register("register_admin_urls")
def fault_pages() -> list[URLPattern | URLResolver]:
    """Put the pages under /admin/jiucuo/."""
    return [path("jiucuo/", include((_PAGES, "faults"), namespace="faults"))]


@hooks.register("register_admin_menu_item")
def fault_menu_item() -> MenuItem:
    """Put the reports in the main menu."""
    return FaultMenuItem("网页纠错", reverse("faults:list"), name="faults", icon_name="warning", order=175)
