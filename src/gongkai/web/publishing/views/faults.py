"""Readers report what is wrong on a page; staff see to it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.clients import client_of
from gongkai.web.publishing.services import faults
from gongkai.web.publishing.views.filtering import asked

_PER_PAGE = 50


class FaultForm(forms.Form):
    """What is wrong, and how to reach the reader if they want an answer."""

    words = forms.CharField(
        label="哪里有错误",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明错在哪里、应当是什么。请勿填写身份证号等个人信息。",
    )
    contact = forms.CharField(
        label="联系方式",
        max_length=120,
        required=False,
        help_text="需要答复的，留下电话或者邮箱；只有处理人员能够看到。",
    )
    address = forms.CharField(max_length=faults.LONGEST_ADDRESS, widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report on the page named in the query string."""
    address = request.GET.get("dizhi", "/")[: faults.LONGEST_ADDRESS]
    if not faults.is_own_address(address):
        address = "/"
    form = FaultForm(request.POST if request.method == "POST" else None, initial={"address": address})
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _sent_in(request, form)
        if status == 302:
            return redirect("publishing:fault_done")
    shown = form["address"].value() or address
    context = {"form": form, "address": shown, "page_reported": faults.page_at(shown)}
    return render(request, "publishing/faults/report.html", context, status=status)


def _sent_in(request: HttpRequest, form: FaultForm) -> int:
    """Save the report and return 302; else add the error to the form and return the answer's status."""
    given = form.cleaned_data
    if given["website"]:  # Only programs fill in what nobody sees.
        return 302
    try:
        fault = faults.report(
            address=given["address"],
            words=given["words"],
            contact=given["contact"],
            client=client_of(request),
        )
    except faults.Refused as refused:
        form.add_error(None, str(refused))
        return 200
    if fault is None:
        form.add_error(None, "提交次数过多，请一小时后再试，或者直接致电本网站主办机关。")
        return 429
    return 302


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Thank the reader and say what happens next."""
    return render(request, "publishing/faults/done.html")


class SettleForm(forms.Form):
    """What was found and done."""

    answer = forms.CharField(
        label="处理结果", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="如：已更正。"
    )


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the reports on pages of the person's bodies, without what their senders wrote."""
    every = faults.of_staff(request.user)
    state = asked(request, "zhuangtai", {"yichuli"})
    shown = every.filter(settled_at__isnull=not state)
    shown = shown.order_by("-settled_at" if state else "reported_at", "pk")
    context = {
        "results": Paginator(shown, _PER_PAGE).get_page(request.GET.get("ye", "1")),
        "counts": faults.counts(every),
        "state": state,
        "header_title": "网页纠错",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": "", "label": "网页纠错"},
        ],
    }
    return render(request, "publishing/faults/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report to the body whose page it is, and take what came of it."""
    fault = get_object_or_404(faults.of_staff(request.user), pk=pk)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            faults.settle(fault=fault, answer=form.cleaned_data["answer"], by=request.user, on=timezone.now())
            messages.success(request, "已登记处理结果。")
        except faults.Refused as refused:
            messages.error(request, str(refused))
        return redirect("faults:list")
    context = {
        "fault": fault,
        "form": form if fault.settled_at is None else None,
        "header_title": f"网页纠错：{fault.page.title if fault.page else fault.address}",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": reverse("faults:list"), "label": "网页纠错"},
        ],
    }
    return render(request, "publishing/faults/settle.html", context)
