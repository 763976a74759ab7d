"""Forms for staff: a Chinese name in one piece, a body, roles; nobody is made superuser through the site."""

from django import forms
from django.contrib.auth.models import Group
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role

_FIELDS = {"username", "display_name", "agency", "email", "groups"}
_WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class StaffLoginForm(LoginForm):
    """Wagtail's login form in whole Chinese words."""

    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"placeholder": "输入密码", "autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["placeholder"] = "输入用户名"


def offer_roles(form: forms.ModelForm) -> None:
    """Offer the six roles and no other group."""
    form.fields["groups"].queryset = Group.objects.filter(name__in=[role.value for role in Role])
    form.fields["groups"].label = "角色"


class StaffCreationForm(UserCreationForm):
    """Take on a member of staff."""

    first_name = None
    last_name = None
    is_superuser = None
    display_name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False)

    class Meta:
        model = User
        fields = _FIELDS
        widgets = _WIDGETS

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self)


class StaffEditForm(UserEditForm):
    """Change a member of staff."""

    first_name = None
    last_name = None
    is_superuser = None
    display_name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False)

    class Meta:
        model = User
        fields = _FIELDS | {"is_active"}
        widgets = _WIDGETS

    def __init__(self, *args: object, **kwargs: object) -> None:
        editing_self = bool(kwargs.pop("editing_self", False))
        super().__init__(*args, **kwargs)
        offer_roles(self)
        if editing_self:
            del self.fields["is_active"]
