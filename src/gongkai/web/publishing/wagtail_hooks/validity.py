"""Documents' lives in the back office: the entry in the menu, the pages, the way there from a document."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.publishing.choices import Effectiveness
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.views import cleaning, validity

_PAGES = [
    path("", validity.lives, name="lives"),
    path("<int:pk>/", validity.change, name="change"),
    path("jiedu/", validity.interpretation_duties, name="duties"),
    path("qingli/", cleaning.cleanings, name="cleanings"),
    path("qingli/<int:pk>/", cleaning.cleaning, name="cleaning"),
    path("qingli/<int:pk>/jieshu/", cleaning.close, name="close"),
    path("qingli/yijian/<int:pk>/", cleaning.decide, name="decide"),
]


class ValidityMenuItem(MenuItem):
    """The entry in the main menu, for whoever acts for a body."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person acts for any body."""
        return agencies_of(request.user).exists()


@hooks.register("register_admin_urls")
def validity_pages() -> list[URLPattern | URLResolver]:
    """Put the pages under /admin/xiaoli/."""
    return [path("xiaoli/", include((_PAGES, "validity"), namespace="validity"))]


@hooks.register("register_admin_menu_item")
def validity_menu_item() -> MenuItem:
    """Put documents' validity in the main menu."""
    return ValidityMenuItem(
        "文件效力", reverse("validity:lives"), name="validity", icon_name="history", order=170
    )


@hooks.register("register_page_header_buttons")
def validity_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a document with a validity to its life."""
    del view_name, next_url
    document = page.specific
    if not isinstance(document, DocumentPage) or document.effectiveness == Effectiveness.NOT_APPLICABLE:
        return
    if agencies_of(user).filter(pk=document.agency_id).exists():
        yield Button(
            "效力变动", reverse("validity:change", args=[document.pk]), icon_name="history", priority=12
        )
