"""A case and others: split, merged, passed on, noted as alike; what other bodies pass on here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import DeskAct, RelationKind
from gongkai.web.inforequests.models import CaseRelation, InfoRequest
from gongkai.web.inforequests.services import relating
from gongkai.web.inforequests.services.applicants import masked_name, with_names
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import NeedsConfirmation, Refused
from gongkai.web.inforequests.views.staff import case_crumbs, crumbs, own_case_or_404, posted, seen, show


class SplitForm(forms.Form):
    """What is split off."""

    matters = forms.CharField(
        label="拆分出来的事项",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一项，照申请人的原话写；每项登记为一件新申请，收到日期与本件相同，本件办理其余事项。",
    )


class MergeForm(forms.Form):
    """Into which case it goes."""

    number = forms.CharField(
        label="并入的申请", max_length=40, help_text="同一申请人尚未办结的另一件申请的登记编号。"
    )
    as_it_was = forms.BooleanField(label="留有瑕疵也照实登记", required=False)


class OfferForm(forms.Form):
    """To which body it is passed on, and that the applicant agreed."""

    to = forms.ModelChoiceField(label="移送给", queryset=Agency.objects.none(), empty_label="请选择")
    consent = forms.CharField(
        label="申请人同意移送的情况",
        max_length=300,
        help_text="何时、以何种方式同意，如“2026年3月2日电话同意”。对方接收后登记为它收到的申请；"
        "本机关仍应答复申请人不掌握该信息。",
    )


class RelateForm(forms.Form):
    """Another case and how this one stands to it."""

    kind = forms.ChoiceField(
        label="关系", choices=[(kind.value, label) for kind, label in relating.SIMPLE.items()]
    )
    number = forms.CharField(label="另一件申请的登记编号", max_length=40)


_FORMS: Mapping[str, tuple[str, type[forms.Form]]] = {
    "chaifen": ("拆分", SplitForm),
    "bingru": ("并入另一件", MergeForm),
    "yisong": ("移送其他机关", OfferForm),
    "guanlian": ("登记关联", RelateForm),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case's relations and what may be done about them."""
    case = own_case_or_404(request, pk)
    code = request.POST.get("act", "")
    filled = {name: _form(name, request if name == code else None, case) for name in _FORMS}
    if code in filled and filled[code].is_valid():
        try:
            messages.success(request, _ACTS[code](request, case, filled[code]))
            return redirect("desk:relations", case.pk)
        except NeedsConfirmation as refused:
            filled[code].add_error(None, "；".join(refused.defects) + "。属实的，勾选“照实登记”再提交。")
        except Refused as refused:
            filled[code].add_error(None, str(refused))
    is_open = case.closed_on is None
    shown = ["guanlian"] if may(request.user, DeskAct.RELATE, case) else []
    if is_open and shown:
        shown = ["chaifen", "yisong", *shown]
    if is_open and may(request.user, "merge", case):
        shown = ["bingru", *shown]
    context = {
        "case": case,
        "forms": [(name, _FORMS[name][0], filled[name]) for name in shown],
        "relations": case.relations.select_related("other__agency"),
        "related_from": case.related_from.select_related("case__agency"),
        "header_title": f"{case.number} 的关联",
        "breadcrumbs_items": case_crumbs(case, ("", "关联")),
    }
    return render(request, "inforequests/staff/relations.html", context)


def _form(name: str, request: HttpRequest | None, case: InfoRequest) -> forms.Form:
    form = _FORMS[name][1](request.POST if request else None, auto_id=f"{name}_%s")
    if isinstance(form, OfferForm):
        form.fields["to"].queryset = relating.receivers(case)
    return form


def _split(request: HttpRequest, case: InfoRequest, form: forms.Form) -> str:
    matters = form.cleaned_data["matters"].splitlines()
    made = relating.split(case=case, matters=matters, by=request.user)
    return f"已拆分，新登记 {'、'.join(each.number for each in made)}。"


def _merge(request: HttpRequest, case: InfoRequest, form: forms.Form) -> str:
    into = relating.own_case(case, form.cleaned_data["number"])
    as_it_was = form.cleaned_data["as_it_was"]
    relating.merge(case=case, into=into, by=request.user, seen=seen(request), as_it_was=as_it_was)
    return f"已并入 {into.number}，本件办结。"


def _offer(request: HttpRequest, case: InfoRequest, form: forms.Form) -> str:
    to = form.cleaned_data["to"]
    relating.offer(case=case, to=to, consent=form.cleaned_data["consent"], by=request.user)
    return f"已移送{to}，等待对方接收；本机关的答复期限照常计算。"


def _relate(request: HttpRequest, case: InfoRequest, form: forms.Form) -> str:
    other = relating.own_case(case, form.cleaned_data["number"])
    relating.relate(case=case, other=other, kind=RelationKind(form.cleaned_data["kind"]), by=request.user)
    return "已登记。"


_ACTS: Mapping[str, Callable[[HttpRequest, InfoRequest, forms.Form], str]] = {
    "chaifen": _split,
    "bingru": _merge,
    "yisong": _offer,
    "guanlian": _relate,
}


@never_cache
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """List what other bodies pass on to the person's."""
    context = {
        "lines": [
            (each, masked_name(each.case.applicant, each.case.applicant_kind))
            for each in with_names(relating.offers_to(request.user), "case__")
        ],
        "header_title": "待接收的移送",
        "breadcrumbs_items": crumbs(("", "待接收的移送")),
    }
    return render(request, "inforequests/staff/transfers.html", context)


@require_POST
def settle_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is passed on, or send it back."""
    relation = get_object_or_404(CaseRelation.objects.select_related("case__agency"), pk=pk)
    try:
        if request.POST.get("yijian") == "jieshou":
            case = relating.take(relation=relation, by=request.user)
            messages.success(request, f"已接收，登记为 {case.number}，自今天起计算答复期限。")
            return redirect("desk:case", case.pk)
        relating.send_back(relation=relation, reason=posted(request, "reason"), by=request.user)
        messages.success(request, "已退回。")
    except Refused as refused:
        show(request, refused)
    return redirect("desk:transfers")
