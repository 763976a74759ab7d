"""Where the request desk joins the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.inforequests import desk_urls
from gongkai.web.inforequests.services import permissions


class DeskMenuItem(MenuItem):
    """The entry in the main menu, for whoever sees any body's requests, or is asked something."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is anything for the person here."""
        return permissions.sees_desk(request.user)


@hooks.register("register_admin_urls")
def desk_pages() -> list[URLPattern | URLResolver]:
    """Put the pages under /admin/yishenqing/."""
    return [path("yishenqing/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Put the desk in the main menu."""
    return DeskMenuItem("依申请公开", reverse("desk:list"), name="desk", icon_name="mail", order=165)
