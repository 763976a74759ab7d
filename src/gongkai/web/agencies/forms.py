"""Forms for staff: a Chinese name in one piece, a body, roles; nobody is made superuser through the site."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from gongkai.web.agencies.clients import client_of
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import logins

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

    def clean(self) -> dict[str, Any]:
        """Check the password, unless there have been too many wrong ones."""
        who = {"username": self.cleaned_data.get("username", ""), "client": client_of(self.request)}
        if not logins.may_try(**who):
            raise ValidationError(
                f"密码错误次数过多，已暂停登录，请 {logins.MINUTES} 分钟后再试；"
                "忘记密码或者急需登录的，请联系系统管理员。",
                code="held",
            )
        cleaned: dict[str, Any] = super().clean()
        logins.succeeded(**who)
        return cleaned


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
