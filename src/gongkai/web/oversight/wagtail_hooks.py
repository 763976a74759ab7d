"""Where the supervisor's desk joins the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.oversight import desk_urls


class ReportsMenuItem(MenuItem):
    """The entry in the main menu, for whoever may see reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may see reports at all."""
        return request.user.has_perm("oversight.view_annualreport")


@hooks.register("register_admin_urls")
def desk() -> list[URLPattern | URLResolver]:
    """Put the desk under /admin/nianbao/."""
    return [path("nianbao/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put the list of reports in the main menu."""
    return ReportsMenuItem(
        "年度报告", reverse("annual_reports:list"), name="annual-reports", icon_name="doc-full", order=180
    )
