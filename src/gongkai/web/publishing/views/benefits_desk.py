"""Staff's screens on policy items: each sees those of their own bodies' documents."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from gongkai.web.publishing.models import Benefit, DocumentPage
from gongkai.web.publishing.services import benefits

_REFUSED = "政策事项即时公开，只能由有权发布该文件的人员办理。"


class BenefitForm(WagtailAdminModelForm):
    """An item of a document that the person may publish."""

    def clean_document(self) -> DocumentPage:
        """Refuse another body's document."""
        document: DocumentPage = self.cleaned_data["document"].specific
        if not benefits.may_change(self.for_user, document):
            self.add_error("document", _REFUSED)
        return document


class OwnDocumentsOnly:
    """A screen on one item: refused unless the person may change it."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Benefit:
        """Return the item, or raise PermissionDenied."""
        benefit: Benefit = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not benefits.may_change(self.request.user, benefit.document):
            raise PermissionDenied(_REFUSED)
        return benefit


class BenefitIndexView(generic.IndexView):
    """The items of the person's bodies' documents."""

    any_permission_required = ["add", "change", "view"]

    def get_base_queryset(self) -> QuerySet[Benefit]:
        """Return those items."""
        return benefits.of_staff(self.request.user)


class BenefitEditView(OwnDocumentsOnly, generic.EditView):
    """Change an item."""


class BenefitDeleteView(OwnDocumentsOnly, generic.DeleteView):
    """Delete an item, asked for confirmation."""


class BenefitHistoryView(OwnDocumentsOnly, HistoryView):
    """See who changed an item."""


class BenefitUsageView(OwnDocumentsOnly, UsageView):
    """See where an item is used."""


class BenefitViewSet(ModelViewSet):
    """The items in the back office."""

    model = Benefit
    name = "benefits"
    url_prefix = "zhengceshixiang"
    icon = "tag"
    menu_label = "政策事项"
    menu_order = 168
    add_to_admin_menu = True
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["title", "document__title"]
    list_display = [
        "title",
        Column("audience", label="适用对象", accessor="get_audience_display"),
        Column("document", label="政策文件"),
        "deadline",
    ]
    list_filter = ["audience"]
    index_view_class = BenefitIndexView
    edit_view_class = BenefitEditView
    delete_view_class = BenefitDeleteView
    history_view_class = BenefitHistoryView
    usage_view_class = BenefitUsageView
    edit_handler = ObjectList(Benefit.panels, base_form_class=BenefitForm)
