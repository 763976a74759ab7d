"""Staff's pages on the catalogue: its items and their history, what it covers, and the publication clock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.publishing.models import CatalogueItem
from gongkai.web.publishing.services import catalogue, timeliness


class CatalogueItemForm(WagtailAdminModelForm):
    """An item, and why it is changed."""

    reason = forms.CharField(label="变更原因", max_length=300, help_text="记入变更记录。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = CatalogueItem.objects.filter(parent=None).exclude(
            pk=self.instance.pk
        )
        agency = self.fields["agency"]
        agency.queryset = agencies_of(self.for_user)
        agency.required = not catalogue.may_change_shared(self.for_user)

    def clean(self) -> dict[str, Any]:
        """Refuse to switch off a group with items in use below it."""
        cleaned = super().clean() or {}
        is_group = self.instance.pk and self.instance.children.filter(is_active=True).exists()
        if is_group and cleaned.get("is_active") is False:
            self.add_error("is_active", "请先停用其下级事项。")
        if is_group and cleaned.get("parent"):
            self.add_error("parent", "有下级事项的，不能再列入其他事项之下。")
        return cleaned


class Recorded:
    """A view that saves an item together with its line of history."""

    def save_instance(self) -> CatalogueItem:
        """Save through the service, which appends to the history."""
        item = self.form.save(commit=False)
        reason = self.form.cleaned_data["reason"]
        change = catalogue.save_item(item=item, by=self.request.user, reason=reason)
        self.has_content_changes = change is not None
        return item


class CatalogueIndexView(generic.IndexView):
    """The catalogue as a tree, switched-off items included."""

    any_permission_required = ["add", "change", "view"]
    template_name = "publishing/catalogue/desk.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the tree, and whether the person may add to it."""
        user = self.request.user
        may_change = user.has_perm("publishing.change_catalogueitem")
        return super().get_context_data(*args, **kwargs) | {
            "nodes": catalogue.tree(inactive=True),
            "changeable": catalogue.changeable(user) if may_change else set(),
            "here": "catalogue",
            "header_title": "公开目录",
        }


class CatalogueCreateView(Recorded, generic.CreateView):
    """Add an item."""


class CatalogueEditView(Recorded, generic.EditView):
    """Change an item."""

    def get_object(self, *args: Any, **kwargs: Any) -> CatalogueItem:
        """Return the item, unless the person may not change it."""
        item = super().get_object(*args, **kwargs)
        catalogue.check_may_change(self.request.user, item)
        return item


class CatalogueDeleteView(generic.DeleteView):
    """Nothing is deleted: an item is switched off."""

    def get_object(self, *args: Any, **kwargs: Any) -> CatalogueItem:
        """Refuse."""
        del args, kwargs
        raise PermissionDenied("目录事项不能删除，请停用。")


class CatalogueHistoryView(HistoryView):
    """The item's history as it was appended."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """List the changes, newest first."""
        del args, kwargs
        changes = self.object.changes.select_related("by")
        context = {
            "item": self.object,
            "changes": [(change, catalogue.differences(change)) for change in changes],
            "header_title": f"{self.object.title}：变更记录",
            "here": "catalogue",
            "breadcrumbs_items": [
                {"url": reverse("catalogue:index"), "label": "公开目录"},
                {"url": "", "label": self.object.title},
            ],
        }
        return render(request, "publishing/catalogue/history.html", context)


class CatalogueViewSet(ModelViewSet):
    """The catalogue in the back office."""

    model = CatalogueItem
    name = "catalogue"
    url_prefix = "mulu"
    icon = "list-ul"
    menu_label = "公开目录"
    menu_order = 165
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = CatalogueIndexView
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    delete_view_class = CatalogueDeleteView
    history_view_class = CatalogueHistoryView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
            FieldPanel("title"),
            FieldPanel("content"),
            FieldPanel("parent"),
            FieldPanel("agency"),
            FieldPanel("article20_item"),
            FieldPanel("legal_basis"),
            FieldRowPanel([FieldPanel("column"), FieldPanel("time_limit")]),
            FieldPanel("is_active"),
            FieldPanel("reason"),
        ],
        base_form_class=CatalogueItemForm,
    )


def _body(request: HttpRequest) -> Agency:
    """Return the body that the query string names among the person's; their own without one."""
    agencies = agencies_of(request.user)
    own = agencies.filter(pk=request.user.agency_id).first() or agencies.first()
    if own is None:
        raise PermissionDenied("您不属于任何机关。")
    return agencies.filter(slug=request.GET.get("jiguan", "")).first() or own


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show where a body's catalogue, columns and documents do not meet."""
    agency = _body(request)
    context = {
        "agency": agency,
        "bodies": agencies_of(request.user),
        "coverage": catalogue.coverage(agency),
        "here": "coverage",
        "header_title": "目录覆盖情况",
        "today": timezone.localdate(),
        "breadcrumbs_items": [{"url": "", "label": "目录覆盖情况"}],
    }
    return render(request, "publishing/catalogue/coverage.html", context)


@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    """Show what is to be public and is not, what must be withdrawn, and what came late in a year."""
    agencies = agencies_of(request.user)
    chosen = agencies.filter(slug=request.GET.get("jiguan", "")).first()
    shown = agencies.filter(pk=chosen.pk) if chosen else agencies
    today = timezone.localdate()
    years = timeliness.years(agencies, today)
    asked = request.GET.get("niandu", "")
    year = int(asked) if asked in map(str, years) else years[0]
    published = timeliness.published(shown, year, today)
    late = [one for one in published if one.is_late]
    context = {
        "agency": chosen,
        "bodies": agencies,
        "waiting": timeliness.waiting(shown, today),
        "withdrawals": timeliness.to_withdraw(shown, today),
        "late": late,
        "backdated": [one for one in published if one.is_backdated],
        "published": len(published),
        "in_time": len(published) - len(late),
        "year": year,
        "years": years,
        "here": "clock",
        "header_title": "公开时限",
        "today": today,
        "breadcrumbs_items": [{"url": "", "label": "公开时限"}],
    }
    return render(request, "publishing/catalogue/clock.html", context)
