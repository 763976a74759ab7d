"""The list of consultations in the back office."""

from __future__ import annotations

from wagtail import hooks

from gongkai.web.agencies.viewsets import AgencyBoundViewSet
from gongkai.web.participation.models import Consultation


class ConsultationViewSet(AgencyBoundViewSet):
    """Consultations, each body's own."""

    model = Consultation
    name = "consultations"
    icon = "comment"
    menu_label = "意见征集"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["title", "agency", "opens_on", "closes_on"]
    list_filter = ["agency"]
    search_fields = ["title"]
    form_fields = [
        "agency",
        "title",
        "draft",
        "explanation",
        "opens_on",
        "closes_on",
        "shortening_reason",
    ]


@hooks.register("register_admin_viewset")
def consultations() -> ConsultationViewSet:
    """Put the list in the menu."""
    return ConsultationViewSet()
