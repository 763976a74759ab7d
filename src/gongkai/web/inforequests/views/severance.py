"""The page on which a PDF is marked, area by area, and the severed copy made; it works without its script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.web.inforequests.choices import DeskAct
from gongkai.web.inforequests.forms.severing import DrawForm, FindForm, WhyForm
from gongkai.web.inforequests.models import CaseFileItem, Severance
from gongkai.web.inforequests.services import severance
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.severance import Made
from gongkai.web.inforequests.views.offices import office_file
from gongkai.web.inforequests.views.staff import case_crumbs, number, seen

_MOST_PAGES = 300


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sever(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page with its marks; mark, unmark, and make the copy."""
    item = office_file(request, pk)
    if not severance.is_severable(item):
        raise Http404
    if not may(request.user, DeskAct.ATTACH, item.case):
        raise PermissionDenied("区分处理由本机关经办人员办理。")
    page = min(max(number(request.GET.get("ye", ""), 1), 1), _MOST_PAGES)
    work, forms, problem, made = severance.work_of(item), _unbound(), "", None
    if request.method == "POST":
        deed = _DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise Http404
        try:
            told, forms, made = deed(request, work, page)
            if told:
                messages.success(request, told)
                return redirect(f"{reverse('desk:sever', args=[item.pk])}?ye={page}")
        except Refused as refused:
            problem = str(refused)
        work = severance.work_of(item)
    context = _context(item, work, page, problem) | forms | {"elsewhere": made}
    status = 409 if context["problem"] else 422 if request.method == "POST" and not made else 200
    return render(request, "inforequests/letters/sever.html", context, status=status)


def _unbound() -> dict[str, WhyForm]:
    return {"find": FindForm(prefix="find"), "draw": DrawForm(prefix="draw")}


def _context(item: CaseFileItem, work: Severance, page: int, problem: str) -> dict[str, Any]:
    view = None
    try:
        view = severance.view(work, page)
    except Refused as refused:
        problem = problem or str(refused)
    return severance.context_of(work) | {
        "item": item,
        "case": item.case,
        "view": view,
        "problem": problem,
        "breadcrumbs_items": case_crumbs(
            item.case, (reverse("desk:attach", args=[item.case_id]), "案卷文件")
        ),
        "header_title": f"区分处理：{item.name}",
    }


_Answer = tuple[str, dict[str, WhyForm], Made | None]


def _find(request: HttpRequest, work: Severance, _: int) -> _Answer:
    form = FindForm(request.POST, prefix="find")
    if not form.is_valid():
        return "", _unbound() | {"find": form}, None
    count = severance.find(work=work, by=request.user, seen=seen(request), **form.cleaned_data)
    return (f"已标出 {count} 处。" if count else "没有找到，或者都已标出。"), {}, None


def _suggest(request: HttpRequest, work: Severance, _: int) -> _Answer:
    ground = severance.USUAL_GROUND
    count = severance.suggest(work=work, ground=ground, by=request.user, seen=seen(request))
    told = (
        f"已标出疑似个人信息 {count} 处，请逐处核对。" if count else "没有发现新的疑似个人信息，请人工核对。"
    )
    return told, {}, None


def _draw(request: HttpRequest, work: Severance, page: int) -> _Answer:
    form = DrawForm(request.POST, prefix="draw")
    if not form.is_valid():
        return "", _unbound() | {"draw": form}, None
    given = form.cleaned_data
    count = severance.draw(
        work=work, page=page, box=form.box(), ground=given["ground"], reason=given["reason"],
        by=request.user, seen=seen(request),
    )  # fmt: skip
    return ("已标出。" if count else "这一处已经标出。"), {}, None


def _remove(request: HttpRequest, work: Severance, _: int) -> _Answer:
    indexes = {number(each) for each in request.POST.getlist("mark")}
    count = severance.remove(work=work, indexes=indexes, by=request.user, seen=seen(request))
    return (f"已去掉 {count} 处标记。" if count else "请先勾选要去掉的标记。"), {}, None


def _add_listed(request: HttpRequest, work: Severance, _: int) -> _Answer:
    listed = request.POST.get("listed", "")
    count = severance.add_listed(work=work, listed=listed, by=request.user, seen=seen(request))
    return f"已加上 {count} 处标记。", {}, None


def _produce(request: HttpRequest, work: Severance, _: int) -> _Answer:
    despite = bool(request.POST.get("despite"))
    made = severance.produce(work=work, despite=despite, by=request.user, seen=seen(request))
    if made.item is None:
        return "", _unbound(), made
    return f"已生成“{made.item.name}”，列为答复附件；原件不变。", {}, None


_Deed = Callable[[HttpRequest, Severance, int], _Answer]
_DEEDS: dict[str, _Deed] = {
    "find": _find,
    "suggest": _suggest,
    "draw": _draw,
    "remove": _remove,
    "add_listed": _add_listed,
    "produce": _produce,
}
