"""A cell of a draft: what the records give and where they stand, and the number typed over it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.web.oversight.choices import DraftState
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting import overriding, scope
from gongkai.web.oversight.services.drafting.cell_pages import cell_page
from gongkai.web.oversight.views.drafting import back, page_of, seen_in, visible, written


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """Show a cell with its history; put another number in it with a reason, or count it again."""
    record = written(request, pk) if request.method == "POST" else visible(request, pk)
    try:
        page = cell_page(record, cell)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    error = ""
    if request.method == "POST":
        error = _done(request, record, cell)
        if not error:
            return redirect(f"{page_of(record)}#{page.cell.id}")
    may_write = scope.may_write(request.user, record.agency)
    shown = {
        "draft": record,
        "page": page,
        "may_write": may_write and record.state == DraftState.DRAFTING,
        "error": error,
        "typed": request.POST.get("value", ""),
        "reason": request.POST.get("reason", ""),
        "breadcrumbs_items": back(record),
        "header_title": page.name,
    }
    return render(request, "oversight/drafting/cell.html", shown, status=422 if error else 200)


def _done(request: HttpRequest, record: Draft, cell: str) -> str:
    """Do what was asked; return why not, "" where it was done."""
    common = {"draft": record, "cell": cell, "seen": seen_in(request), "by": request.user}
    try:
        if request.POST.get("act") == "restore":
            overriding.restore(**common, now=timezone.now())
            messages.success(request, "已恢复统计数。")
            return ""
        value = overriding.stated_value(record, cell, request.POST.get("value", "")[:64])
        reason = request.POST.get("reason", "")[:500]
        overriding.type_over(**common, value=value, reason=reason, now=timezone.now())
    except Refused as refusal:
        return str(refusal)
    messages.success(request, "已填写。统计数仍保留在旁边，随时可以恢复。")
    return ""
