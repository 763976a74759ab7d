"""The request desk in the back office: its pages under one address, its entries in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.inforequests.services import permissions
from gongkai.web.inforequests.views import case, registering, tasks, working
from gongkai.web.inforequests.wagtail_hooks.counts import COUNT_PAGES
from gongkai.web.inforequests.wagtail_hooks.disputes import DISPUTE_PAGES
from gongkai.web.inforequests.wagtail_hooks.letters import LETTER_PAGES
from gongkai.web.inforequests.wagtail_hooks.relations import RELATION_PAGES
from gongkai.web.inforequests.wagtail_hooks.retention import RETENTION_PAGES

_CASES = [
    path("", working.listing, name="list"),
    path("biaoge.xlsx", working.spreadsheet, name="spreadsheet"),
    path("shaixuan/", working.save_view, name="save_view"),
    path("shaixuan/<int:pk>/shanchu/", working.drop_view, name="drop_view"),
    path("dengji/", registering.register, name="register"),
    path("<int:pk>/", case.show_case, name="case"),
    path("<int:pk>/banli/<slug:code>/", case.act, name="act"),
    path("<int:pk>/qixian/", case.clock, name="clock"),
    path("<int:pk>/shuoming/", case.note, name="note"),
    path("<int:pk>/guilei/", case.classify, name="classify"),
    path("<int:pk>/jingban/", case.hand_over, name="hand_over"),
    path("<int:pk>/shenqingren/", case.unmask, name="applicant"),
    path("<int:pk>/zuofei/<int:sequence>/", case.void, name="void"),
    path("<int:pk>/bulu/<int:proposal>/", case.settle, name="settle"),
    path("<int:pk>/jiaoban/", tasks.give, name="give_task"),
    path("jiaoban/", tasks.listing, name="tasks"),
    path("jiaoban/<int:pk>/", tasks.task, name="task"),
    path("jiaoban/<int:pk>/cuiban/", tasks.urge, name="urge"),
    path("jiaoban/<int:pk>/chehui/", tasks.recall, name="recall"),
]
_PAGES = [*_CASES, *LETTER_PAGES, *COUNT_PAGES, *DISPUTE_PAGES, *RELATION_PAGES, *RETENTION_PAGES]


class DeskMenuItem(MenuItem):
    """The entry in the main menu, for whoever sees any body's requests, or is asked something."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is anything for the person here."""
        return permissions.sees_desk(request.user)


@hooks.register("register_admin_urls")
def desk_pages() -> list[URLPattern | URLResolver]:
    """Put the pages under /admin/yishenqing/."""
    return [path("yishenqing/", include((_PAGES, "desk"), namespace="desk"))]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Put the desk in the main menu."""
    return DeskMenuItem("依申请公开", reverse("desk:list"), name="desk", icon_name="mail", order=165)
