"""The list of consultations in the back office."""

from __future__ import annotations

from django_filters import NumberFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet

from gongkai.web.agencies.viewsets import AgencyBoundViewSet
from gongkai.web.participation.models import Consultation


class ConsultationFilters(WagtailFilterSet):
    """By body, and by the year a draft was opened for comment."""

    opens_on__year = NumberFilter(field_name="opens_on", lookup_expr="year", label="开始年份")

    class Meta:
        model = Consultation
        fields = ("agency",)


class ConsultationViewSet(AgencyBoundViewSet):
    """Consultations, each body's own."""

    model = Consultation
    name = "consultations"
    icon = "comment"
    menu_label = "意见征集"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["title", "agency", "opens_on", "closes_on"]
    filterset_class = ConsultationFilters
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
