"""Where the agencies app joins the back office: the list of bodies, and a front page that leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import admin_menu
from wagtail.admin.ui.components import Component

from gongkai.web.agencies.models import User
from gongkai.web.agencies.viewsets import AgencyViewSet, refuse_superuser


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
