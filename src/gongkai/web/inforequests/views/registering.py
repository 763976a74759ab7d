"""Registering a request that came by any way but the site's form, in under a minute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.web.agencies.widgets import DAY
from gongkai.web.inforequests.choices import (
    APPLICANT_CHOICES,
    CHANNEL_CHOICES,
    KIND_CHOICES,
    Delivery,
    IdentityKind,
    SupplyMedium,
)
from gongkai.web.inforequests.services import folding, permissions, registering
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.staff import crumbs

_OPTIONAL = {"required": False, "max_length": 200}


class RegisterForm(forms.Form):
    """What the letter, the fax or the person at the desk says (R711 art. 29); nothing about its purpose."""

    kind = forms.ChoiceField(label="类别", choices=KIND_CHOICES)
    channel = forms.ChoiceField(label="提交方式", choices=CHANNEL_CHOICES)
    reached = forms.DateField(
        label="到达日期", widget=DAY, help_text="当面提交、签收、投递或者进入系统之日；收发室签收也算。"
    )
    wanted = forms.CharField(
        label="所需政府信息",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="照录原文。",
    )
    applicant_kind = forms.ChoiceField(label="申请人类别", choices=APPLICANT_CHOICES)
    name = forms.CharField(label="姓名或者名称", max_length=200)
    identity_kind = forms.ChoiceField(
        label="证件类型", choices=[("", "未提供"), *IdentityKind.choices], required=False
    )
    identity_number = forms.CharField(label="证件号码", **_OPTIONAL)
    contact_person = forms.CharField(label="联系人", **_OPTIONAL)
    phone = forms.CharField(label="联系电话", **_OPTIONAL)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="通信地址", **_OPTIONAL)
    agent_name = forms.CharField(label="代理人", **_OPTIONAL)
    agent_identity_number = forms.CharField(label="代理人证件号码", **_OPTIONAL)
    medium = forms.ChoiceField(label="提供载体", choices=SupplyMedium.choices)
    delivery = forms.ChoiceField(label="获取方式", choices=Delivery.choices, initial=Delivery.POST)
    needs_help = forms.BooleanField(label="阅读、书写、视听有困难，需要协助", required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    PERSON = (
        "name", "identity_kind", "identity_number", "contact_person", "phone", "email", "address",
        "agent_name", "agent_identity_number",
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a request for the clerk's own body."""
    if not permissions.may_register(request.user):
        raise PermissionDenied("登记申请由本机关的经办人员办理。")
    initial = {"reached": folding.today(), "key": get_random_string(32), "channel": "ems"}
    form = RegisterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            case = _registered(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记，编号 {case.number}。")
            return redirect("desk:case", pk=case.pk)
    context = {
        "form": form,
        "agency": request.user.agency,
        "header_title": "登记申请",
        "breadcrumbs_items": crumbs(("", "登记申请")),
    }
    return render(request, "inforequests/staff/register.html", context)


def _registered(request: HttpRequest, given: dict[str, Any]) -> Any:
    person = registering.Person(**{name: given[name] for name in RegisterForm.PERSON})
    return registering.register_by_form(
        agency=request.user.agency,
        by=request.user,
        person=person,
        submission_key=f"{request.user.pk}-{given['key']}",
        **{name: value for name, value in given.items() if name not in (*RegisterForm.PERSON, "key")},
    )
