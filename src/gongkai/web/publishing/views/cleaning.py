"""Staff's pages on cleaning campaigns: open one, decide document by document, close it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.publishing.choices import ValidityAct
from gongkai.web.publishing.models import BodyPage, Cleaning, CleaningDecision
from gongkai.web.publishing.services import cleaning as services
from gongkai.web.publishing.services.validity import Refused
from gongkai.web.publishing.views.validity import crumbs

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_ACTS = [(act.value, act.label) for act in services.DECISIONS]


class OpenForm(forms.Form):
    """A new campaign."""

    title = forms.CharField(
        label="名称", max_length=100, help_text="如：2026年行政规范性文件清理。公告标题用这个名称。"
    )
    on = forms.DateField(label="开始日期", widget=_DAY, initial=timezone.localdate)


class CloseForm(forms.Form):
    """The end of a campaign."""

    on = forms.DateField(
        label="清理结果生效日期", widget=_DAY, initial=timezone.localdate, help_text="不晚于今天。"
    )
    sure = forms.BooleanField(label="已经核对全部清理意见；废止、失效登记后不能撤销")


class DecisionForm(forms.Form):
    """What becomes of one document."""

    act = forms.ChoiceField(label="清理意见", choices=_ACTS)
    reason = forms.CharField(label="理由", max_length=300, required=False)


def _section(agency: Agency) -> BodyPage | None:
    return BodyPage.objects.filter(agency=agency).first()


def may_lead(user: User, agency: Agency | None) -> bool:
    """Whether the person may open and close campaigns of the body: who may publish its section."""
    section = _section(agency) if agency else None
    return section is not None and section.permissions_for_user(user).can_publish()


def may_decide(user: User, agency: Agency) -> bool:
    """Whether the person may decide in a campaign of the body: who may edit its section."""
    section = _section(agency)
    return section is not None and section.permissions_for_user(user).can_edit()


def _check(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied("您无权办理该机关的清理。")


def own_cleaning(request: HttpRequest, pk: int) -> Cleaning:
    """Return a campaign of the person's bodies; any other is not found."""
    return get_object_or_404(services.cleanings_of(agencies_of(request.user)), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cleanings(request: HttpRequest) -> HttpResponse:
    """List the bodies' campaigns; let who may publish for their own body open one."""
    agency = request.user.agency
    is_lead = may_lead(request.user, agency)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _check(is_lead)
        if form.is_valid():
            try:
                begun = services.open_cleaning(agency=agency, by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("validity:cleaning", begun.pk)
    listed = services.cleanings_of(agencies_of(request.user)).annotate(
        size=Count("decisions"), decided=Count("decisions", filter=~Q(decisions__act=""))
    )
    context = {
        "cleanings": listed,
        "form": form if is_lead else None,
        "agency": agency,
        "here": "cleanings",
        "breadcrumbs_items": crumbs((reverse("validity:lives"), "文件效力")),
        "header_title": "文件清理",
    }
    return render(request, "publishing/staff/cleanings.html", context)


@require_safe
def cleaning(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign: its progress, its documents, what was decided of each."""
    campaign = own_cleaning(request, pk)
    decisions = campaign.decisions.select_related("document", "by")
    decided = [decision for decision in decisions if decision.act]
    only_open = request.GET.get("zhi") == "weiding"
    counts = [(act.label, sum(one.act == act for one in decided)) for act in services.DECISIONS]
    context = {
        "cleaning": campaign,
        "decisions": [one for one in decisions if not (only_open and one.act)],
        "only_open": only_open,
        "size": len(decisions),
        "decided": len(decided),
        "counts": counts,
        "acts": _ACTS,
        "may_decide": campaign.closed_on is None and may_decide(request.user, campaign.agency),
        "may_close": campaign.closed_on is None and may_lead(request.user, campaign.agency),
        "here": "cleanings",
        "breadcrumbs_items": _crumbs(),
        "header_title": campaign.title,
    }
    return render(request, "publishing/staff/cleaning.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what becomes of one document."""
    decision = get_object_or_404(CleaningDecision.objects.select_related("document"), pk=pk)
    campaign = own_cleaning(request, decision.cleaning_id)
    _check(may_decide(request.user, campaign.agency))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有保存：请选择清理意见，理由不超过 300 字。")
    else:
        try:
            services.decide(
                decision=decision,
                act=ValidityAct(form.cleaned_data["act"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as refused:
            messages.error(request, f"《{decision.document.title}》没有保存：{refused}")
    only_open = "?zhi=weiding" if request.POST.get("zhi") == "weiding" else ""
    return redirect(f"{reverse('validity:cleaning', args=[campaign.pk])}{only_open}#d{decision.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then apply the decisions and lead to the draft that announces them."""
    campaign = own_cleaning(request, pk)
    _check(may_lead(request.user, campaign.agency))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            result = services.close_cleaning(cleaning=campaign, on=form.cleaned_data["on"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "清理意见已经执行。清理结果公告已拟好，请核对后送审、发布。")
            return redirect("wagtailadmin_pages:edit", result.pk)
    counts = [(act.label, campaign.decisions.filter(act=act).count()) for act in services.DECISIONS]
    context = {
        "cleaning": campaign,
        "form": form,
        "counts": counts,
        "here": "cleanings",
        "breadcrumbs_items": [
            *_crumbs(),
            {"url": reverse("validity:cleaning", args=[campaign.pk]), "label": campaign.title},
        ],
        "header_title": "结束清理",
    }
    return render(request, "publishing/staff/close.html", context)


def _crumbs() -> list[dict[str, str]]:
    return crumbs((reverse("validity:lives"), "文件效力"), (reverse("validity:cleanings"), "文件清理"))
