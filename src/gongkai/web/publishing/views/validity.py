"""Staff's pages on documents: what lapses soon, an act on one, what waits to be interpreted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.publishing.choices import ValidityAct
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services import interpreting, validity

STAFF_PER_PAGE = 50
_ACTS = [act for act in ValidityAct if act != ValidityAct.MADE]
_DAY = forms.DateInput(attrs={"type": "date"})


def crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page on documents' validity."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        *({"url": url, "label": label} for url, label in labels),
    ]


class ChangeForm(forms.Form):
    """An act in a document's life."""

    act = forms.ChoiceField(
        label="变动", choices=[("", "请选择"), *((act.value, act.label) for act in _ACTS)]
    )
    on = forms.DateField(label="生效日期", widget=_DAY, help_text="废止、失效的，为不再施行的第一天。")
    until = forms.DateField(
        label="有效期延长至", widget=_DAY, required=False, help_text="延长有效期时填写：最后一天。"
    )
    through = forms.CharField(
        label="依据文件",
        max_length=200,
        required=False,
        help_text="作出变动的文件：填文号、索引号或者完整标题；该文件应当已经录入本平台。",
    )
    provisions = forms.CharField(
        label="涉及条款",
        max_length=300,
        required=False,
        help_text="部分废止的必填，如：第三条、第五条第二款。",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    sure = forms.BooleanField(label="已经核对：废止、失效登记后，网站各处都会标明，不能撤销", required=False)

    def clean_through(self) -> DocumentPage | None:
        """Return the one document of that number, index number or title."""
        words = self.cleaned_data["through"].strip()
        if not words:
            return None
        same = Q(document_number=words) | Q(index_number=words) | Q(title=words)
        found = list(DocumentPage.objects.filter(same)[:2])
        if len(found) != 1:
            raise ValidationError("有几件这样的文件，请填索引号。" if found else "没有找到这件文件。")
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Ask for confirmation of what cannot be undone."""
        cleaned = super().clean() or {}
        if cleaned.get("act") in validity.ENDS and not cleaned.get("sure"):
            self.add_error("sure", "废止、失效不能撤销，请核对后勾选。")
        return cleaned


def own_document(request: HttpRequest, pk: int) -> DocumentPage:
    """Return a document of the person's bodies; any other is not found."""
    pages = DocumentPage.objects.filter(agency__in=agencies_of(request.user))
    return get_object_or_404(pages.select_related("agency"), pk=pk)


@require_safe
def lives(request: HttpRequest) -> HttpResponse:
    """List the bodies' documents with a validity; or those that lapse within some months."""
    agencies = agencies_of(request.user)
    today = timezone.localdate()
    months = request.GET.get("yue", "")
    words = request.GET.get("q", "").strip()[:60]
    counts = [(n, validity.lapsing(agencies, today, n).count()) for n in validity.MONTHS_AHEAD]
    if months in map(str, validity.MONTHS_AHEAD):
        pages = validity.lapsing(agencies, today, int(months))
    else:
        months, pages = "", validity.with_validity(agencies)
    if words:
        pages = pages.filter(Q(title__icontains=words) | Q(document_number__icontains=words))
    context = {
        "results": Paginator(pages, STAFF_PER_PAGE).get_page(request.GET.get("ye", "1")),
        "counts": counts,
        "months": months,
        "query": words,
        "here": "lives",
        "breadcrumbs_items": crumbs(),
        "header_title": "文件效力",
    }
    return render(request, "publishing/staff/lives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document's life, and let who may publish it record an act."""
    page = own_document(request, pk)
    may_change = page.permissions_for_user(request.user).can_publish()
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied("只有本机关有权发布的人员可以登记效力变动。")
        if form.is_valid() and _changed(request, page, form):
            return redirect("validity:change", page.pk)
    context = {
        "document": page,
        "life": validity.life_of(page),
        "form": form if may_change and page.effectiveness not in validity.ENDS.values() else None,
        "here": "lives",
        "breadcrumbs_items": crumbs((reverse("validity:lives"), "文件效力")),
        "header_title": page.title,
    }
    return render(request, "publishing/staff/change.html", context)


def _changed(request: HttpRequest, page: DocumentPage, form: ChangeForm) -> bool:
    given = form.cleaned_data
    try:
        made = validity.change_validity(
            document=page,
            act=ValidityAct(given["act"]),
            on=given["on"],
            by=request.user,
            through=given["through"],
            provisions=given["provisions"],
            note=given["note"],
            until=given["until"],
        )
    except validity.Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"已登记：{made.get_act_display()}，自 {made.on} 起。")
    return True


@require_safe
def interpretation_duties(request: HttpRequest) -> HttpResponse:
    """List the year's policy documents by when they were due to be interpreted."""
    this_year = timezone.localdate().year
    asked = request.GET.get("niandu", "")
    years = range(this_year, this_year - 5, -1)
    year = int(asked) if asked in map(str, years) else this_year
    duties = interpreting.duties(agencies_of(request.user), year)
    context = {
        "open_duties": [duty for duty in duties if duty.done_on is None],
        "done_duties": [duty for duty in duties if duty.done_on is not None],
        "duty": interpreting.DUTY,
        "year": year,
        "years": years,
        "here": "duties",
        "breadcrumbs_items": crumbs((reverse("validity:lives"), "文件效力")),
        "header_title": "解读任务",
    }
    return render(request, "publishing/staff/duties.html", context)
