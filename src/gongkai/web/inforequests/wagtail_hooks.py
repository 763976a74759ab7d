"""The register of requests in the back office."""

from __future__ import annotations

from wagtail import hooks

from gongkai.web.agencies.viewsets import AgencyBoundViewSet
from gongkai.web.inforequests.models import InfoRequest


class InfoRequestViewSet(AgencyBoundViewSet):
    """The register, each body's own."""

    model = InfoRequest
    name = "inforequests"
    icon = "mail"
    menu_label = "依申请公开"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["number", "agency", "channel", "submitted_on", "received_on"]
    list_filter = ["agency", "channel"]
    search_fields = ["number", "wanted"]
    form_fields = ["agency", "number", "channel", "submitted_on", "received_on", "wanted"]


@hooks.register("register_admin_viewset")
def inforequests() -> InfoRequestViewSet:
    """Put the register in the menu."""
    return InfoRequestViewSet()
