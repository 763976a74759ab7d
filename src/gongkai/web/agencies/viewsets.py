"""Back-office screens for bodies and staff."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import DeleteView, EditView, UserViewSet

from gongkai.web.agencies.forms import StaffCreationForm, StaffEditForm
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, check_may_act_for


class AgencyViewSet(ModelViewSet):
    """The list of bodies."""

    model = Agency
    name = "agencies"
    icon = "home"
    menu_label = "机关"
    menu_order = 190
    add_to_admin_menu = True
    list_display = [
        "name",
        "level",
        "kind",
        "region_code",
        "parent",
        BooleanColumn("is_active", label="在用"),
    ]
    list_filter = ["level", "kind", "is_active"]
    search_fields = ["name", "short_name"]
    search_backend_name = None
    list_per_page = 100
    copy_view_enabled = False


class OwnAgencyOnly:
    """A screen on one row that belongs to a body: refused unless the viewer may act for the body."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        """Return the row, or raise PermissionDenied."""
        row = super().get_object(*args, **kwargs)
        check_may_act_for(self.request.user, row.agency)
        return row

    def get_form(self, *args: Any, **kwargs: Any) -> ModelForm:
        """Return the form, offering only the viewer's bodies, their own first."""
        form = super().get_form(*args, **kwargs)
        if "agency" in form.fields:
            form.fields["agency"].queryset = agencies_of(self.request.user)
            form.initial.setdefault("agency", self.request.user.agency_id)
        return form


class OwnAgencyIndexView(generic.IndexView):
    """Only the rows of the viewer's bodies."""

    def get_base_queryset(self) -> QuerySet[Model]:
        """Return those rows."""
        return super().get_base_queryset().filter(agency__in=agencies_of(self.request.user))


class OwnAgencyCreateView(OwnAgencyOnly, generic.CreateView):
    """Add a row for one of the viewer's bodies."""


class OwnAgencyEditView(OwnAgencyOnly, generic.EditView):
    """Change a row."""


class OwnAgencyDeleteView(OwnAgencyOnly, generic.DeleteView):
    """Delete a row."""


class OwnAgencyHistoryView(OwnAgencyOnly, HistoryView):
    """See who changed a row."""


class OwnAgencyUsageView(OwnAgencyOnly, UsageView):
    """See where a row is used."""


class AgencyBoundViewSet(ModelViewSet):
    """Screens for a model with an `agency`: everybody sees and touches only their own bodies' rows."""

    index_view_class = OwnAgencyIndexView
    add_view_class = OwnAgencyCreateView
    edit_view_class = OwnAgencyEditView
    delete_view_class = OwnAgencyDeleteView
    history_view_class = OwnAgencyHistoryView
    usage_view_class = OwnAgencyUsageView
    copy_view_enabled = False
    search_backend_name = None


def refuse_superuser(user: User, target: User) -> None:
    """Raise PermissionDenied where a role administrator reaches for a superuser."""
    if target.is_superuser and not user.is_superuser:
        raise PermissionDenied("超级管理员账号只能由超级管理员修改。")


class StaffEditView(EditView):
    """A role administrator must not reach a superuser's password through the staff list."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        """Return the member of staff, unless the viewer may not touch them."""
        target = super().get_object(*args, **kwargs)
        refuse_superuser(self.request.user, target)
        return target


class StaffDeleteView(DeleteView):
    """Nor delete one."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        """Return the member of staff, unless the viewer may not touch them."""
        target = super().get_object(*args, **kwargs)
        refuse_superuser(self.request.user, target)
        return target


class StaffViewSet(UserViewSet):
    """Wagtail's user screens with our forms."""

    edit_view_class = StaffEditView
    delete_view_class = StaffDeleteView
    template_prefix = "agencies/staff/"

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """Return the form for taking on or changing staff."""
        return StaffEditForm if for_update else StaffCreationForm
