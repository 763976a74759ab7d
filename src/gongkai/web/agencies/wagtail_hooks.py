"""Where the agencies app joins the back office: bodies, notifications, a front page that leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from gongkai.web.agencies import views
from gongkai.web.agencies.models import User
from gongkai.web.agencies.services import notifying
from gongkai.web.agencies.viewsets import AgencyViewSet, refuse_superuser

_NOTIFICATION_PAGES = [
    path("", views.notifications, name="list"),
    path("<int:pk>/", views.follow, name="follow"),
    path("yidu/", views.mark_read, name="mark_read"),
    path("rili/", views.calendar_address, name="calendar_address"),
]


class NotificationsMenuItem(MenuItem):
    """The entry in the main menu, with the number of what the person has not read."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the entry as the person sees it now; the item itself is kept between requests."""
        count = notifying.unread(request.user)
        label = f"{self.label}（{count} 条未读）" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class ShortcutsPanel(Component):
    """Large links to what the person may open: the main menu, less its sub-menus."""

    name = "shortcuts"
    order = 50
    template_name = "agencies/shortcuts.html"

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the entries of the person's own menu."""
        request = (parent_context or {})["request"]
        shown = admin_menu.menu_items_for_request(request)
        entries = [item for item in shown if item.url and item.url.startswith("/")]
        return {"entries": sorted(entries, key=lambda item: item.order)}


@hooks.register("register_admin_viewset")
def agencies() -> AgencyViewSet:
    """Put the list of bodies in the main menu."""
    return AgencyViewSet()


@hooks.register("register_icons")
def icons(known: list[str]) -> list[str]:
    """Add what Wagtail has no picture of."""
    return [*known, "agencies/icons/bell.svg"]


@hooks.register("register_admin_urls")
def notification_pages() -> list[URLPattern | URLResolver]:
    """Put the notifications under /admin/tongzhi/."""
    pages = include((_NOTIFICATION_PAGES, "notifications"), namespace="notifications")
    return [path("tongzhi/", pages)]


@hooks.register("register_admin_menu_item")
def notifications_menu_item() -> MenuItem:
    """Put the notifications first in the main menu."""
    return NotificationsMenuItem(
        "通知", reverse("notifications:list"), name="notifications", icon_name="bell", order=10
    )


@hooks.register("before_bulk_action")
def superusers_are_out_of_reach(
    request: HttpRequest, _action: str, objects: Iterable[Model], _instance: object
) -> None:
    """Keep a role administrator from switching a superuser off, or changing one, in bulk."""
    for row in objects:
        if isinstance(row, User):
            refuse_superuser(request.user, row)


@hooks.register("construct_homepage_panels")
def shortcuts(_request: HttpRequest, panels: list[Component]) -> None:
    """Lead from the front page to the work."""
    panels.append(ShortcutsPanel())
