"""Cells at the supervisor's desk: settle, correct or take back, look at the original, have it read again."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, quote_etag
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import repair
from gongkai.web.oversight.services.reports.pictures import cell_picture
from gongkai.web.oversight.views.desk import overseen, page_of, standing_asked

KEPT_SECONDS = 600
KEPT_REASON = "核对重新识读的结果后维持"


@require_POST
def decide(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """Settle or correct a cell with `value` (a button) or `other` (written), keep it, or take it back."""
    record = overseen(request, pk)
    try:
        messages.success(request, _done(request, record, cell))
    except repair.Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, record)


def _back(request: HttpRequest, record: AnnualReport) -> HttpResponse:
    show = standing_asked(request)
    return HttpResponseRedirect(f"{page_of(record)}{f'?show={show}' if show else ''}#doubts")


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle the cells that a value was written for, each in the field of its name; the others stay open."""
    record = overseen(request, pk)
    try:
        written = {
            cell: request.POST[cell][:64] for cell in repair.open_cells(record) if request.POST.get(cell)
        }
        values = {cell: repair.stated_value(record, cell, text) for cell, text in written.items()}
        made = repair.settle_cells(report=record, values=values, by=request.user, now=timezone.now())
        messages.success(request, f"已确认 {len(made)} 格。")
    except repair.Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, record)


def _done(request: HttpRequest, record: AnnualReport, cell: str) -> str:
    """Do what was asked and return it as a sentence."""
    common = {"report": record, "cell": cell[:64], "by": request.user, "now": timezone.now()}
    if request.POST.get("act") == "undo":
        repair.undo_cell(**common)
        return "已撤销这一格的人工确认，恢复识读结果。"
    written = request.POST.get("value") or request.POST.get("other", "")
    value = repair.stated_value(record, cell, written[:64])
    reason = KEPT_REASON if request.POST.get("act") == "keep" else request.POST.get("reason", "")[:500]
    decision = repair.decide_cell(**common, value=value, reason=reason)
    return (
        f"已{decision.get_decision_display()}{repair.cell_name(record, cell)}为 {repair.value_text(value)}。"
    )


@require_safe
def picture(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """Show the place of a cell in the original to those who oversee the body."""
    record = overseen(request, pk)
    facts = f"{record.source_sha256} {record.reader} {cell}"
    etag = quote_etag(hashlib.sha256(facts.encode()).hexdigest()[:20])
    if not_modified := get_conditional_response(request, etag=etag):
        return not_modified
    drawn = cell_picture(record, cell)
    if drawn is None:
        raise Http404("这一格没有页面图。")
    response = HttpResponse(drawn, content_type="image/png")
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    return response


@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the original again; what people decided stays."""
    record = overseen(request, pk)
    try:
        done = repair.reread_report(report=record, by=request.user, now=timezone.now())
    except repair.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(record))
    if done.contradicted:
        messages.warning(request, f"已重新识读；{len(done.contradicted)} 格与人工确认不一致，请核对。")
    else:
        text = f"{len(done.changed)} 格有变化" if done.changed else "结果没有变化"
        messages.success(request, f"已重新识读，{text}；人工确认全部保留。")
    return redirect(page_of(record))
