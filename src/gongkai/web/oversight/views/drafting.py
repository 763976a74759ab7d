"""The desk where a body writes its own report: the list of a year, a draft, its steps, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.inforequests.services.permissions import visible_cases
from gongkai.web.oversight.choices import Basis, DraftState, Scope
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting import (
    acts,
    auditing,
    balancing,
    composing,
    deadlines,
    explaining,
    exporting,
    listing,
    presenting,
    scope,
    workflow,
    writing,
)
from gongkai.web.oversight.services.reports.listing import visible_reports
from gongkai.web.oversight.views.desk import crumbs
from gongkai.web.oversight.views.files import DOCX, XLSX, attachment

_TYPES = {"docx": DOCX, "pdf": "application/pdf", "xlsx": XLSX, "json": "application/json"}


def visible(request: HttpRequest, pk: int) -> Draft:
    """Return a draft the person may see; any other is not found."""
    return get_object_or_404(scope.visible_drafts(request.user), pk=pk)


def written(request: HttpRequest, pk: int) -> Draft:
    """Return a draft the person writes; a stranger's is not found, a colleague is refused."""
    draft = visible(request, pk)
    scope.check_may_write(request.user, draft.agency)
    return draft


def page_of(draft: Draft) -> str:
    """Return the address of a draft's page."""
    return reverse("annual_reports:draft", args=[draft.pk])


def name_of(draft: Draft) -> str:
    """Return what a draft is called in the way back from its pages."""
    return f"{draft.agency.short_name} {draft.year} 年"


def seen_in(request: HttpRequest) -> int:
    """Return the count of saves that the person's page showed; one that is no number was never shown."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


def back(draft: Draft) -> list[dict[str, str]]:
    """Return the way back from a page below a draft's."""
    return crumbs(_list_of(draft), (name_of(draft), page_of(draft)))


def _list_of(draft: Draft) -> tuple[str, str]:
    return "起草", f"{reverse('annual_reports:drafts')}?nian={draft.year}"


@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """List every body in the person's care with its report of a year; `?nian=` names the year."""
    today = timezone.localdate()
    years = listing.years(today)
    asked = request.GET.get("nian", "")
    year = int(asked) if asked in map(str, years) else today.year - 1
    shown = {
        "year": year,
        "years": years,
        "lines": listing.lines(request.user, year, today),
        "breadcrumbs_items": crumbs(),
        "header_title": f"{year} 年度报告起草",
    }
    return render(request, "oversight/drafting/list.html", shown)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a body's report."""
    bodies = agencies_of(request.user).select_related("competent_authority")
    agency = get_object_or_404(bodies, slug=request.POST.get("agency", ""))
    year, asked = request.POST.get("year", ""), request.POST.get("scope", "")
    try:
        draft = writing.begin(
            agency=agency,
            year=int(year) if year in map(str, listing.years(timezone.localdate())) else 0,
            scope=Scope(asked) if asked in Scope.values else None,
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('annual_reports:drafts')}?nian={year[:4]}")
    messages.success(request, "已按本年的记录起草，请核对各部分。标有“待填”的地方需要补写。")
    return redirect(page_of(draft))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft with its findings beside it; save the words of its sections."""
    if request.method == "POST":
        return _saved(request, written(request, pk))
    return _shown(request, composing.drafted(visible(request, pk)))


def _saved(request: HttpRequest, record: Draft) -> HttpResponse:
    texts = {code.value: request.POST[code.value] for code in composing.ORDER if code.value in request.POST}
    try:
        _, changed = writing.save_texts(
            draft=record, texts=texts, seen=seen_in(request), by=request.user, now=timezone.now()
        )
    except Refused as refusal:
        return _unsaved(request, record, texts, str(refusal))
    if changed:
        messages.success(request, f"已保存：{'、'.join(changed)}。")
    else:
        messages.info(request, "没有改动，无需保存。")
    return redirect(page_of(record))


def _unsaved(request: HttpRequest, record: Draft, texts: dict[str, str], error: str) -> HttpResponse:
    """Show the page with what the person wrote still in the fields, and why it was not kept."""
    found = composing.drafted(visible(request, record.pk))
    return _shown(request, found, error=error, typed=texts)


def _shown(
    request: HttpRequest, found: composing.Drafted, error: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    draft = found.draft
    may_write = scope.may_write(request.user, draft.agency)
    alike = auditing.alike_of(draft)
    compared = visible_reports(request.user).filter(pk__in=[each.report for each in alike])
    shown: dict[str, Any] = {
        "draft": draft,
        "view": presenting.draft_view(found, typed or {}),
        "gaps": found.gaps,
        "left_out": found.left_out,
        "alike": alike,
        "comparable": set(compared.values_list("pk", flat=True)),
        "last_audit": draft.audit.get("last"),
        "steps": workflow.steps_of(request.user, draft),
        "may_write": may_write and draft.state == DraftState.DRAFTING,
        "may_publish": draft.report is not None and scope.may_publish(request.user, draft.report),
        "due": deadlines.deadline(draft.agency, draft.year),
        "events": draft.events.order_by("-sequence"),
        "kinds": exporting.KINDS,
        "error": error,
        "breadcrumbs_items": crumbs(_list_of(draft)),
        "header_title": f"{name_of(draft)}报告（草稿）",
    }
    return render(request, "oversight/drafting/draft.html", shown, status=422 if error else 200)


@require_POST
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """Count and audit again, as the records stand now."""
    record = written(request, pk)
    try:
        acts.audit_draft(draft=record, now=timezone.now())
        messages.success(request, "已按现在的记录重新核查。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_of(record))


@require_POST
def explain(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Say why a finding does not hold, or take that back."""
    record = written(request, pk)
    common = {"draft": record, "key": key, "by": request.user, "now": timezone.now()}
    try:
        if request.POST.get("act") == "undo":
            explaining.take_back(**common)
        else:
            explaining.explain(**common, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    number = request.POST.get("number", "")
    return redirect(f"{page_of(record)}#f{number if number.isdigit() else ''}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whose records are counted and what changed since the freeze; choose otherwise with a reason."""
    record = written(request, pk) if request.method == "POST" else visible(request, pk)
    error = _chosen(request, record) if request.method == "POST" else None
    if error == "":
        messages.success(request, "已更改统计口径，并重新核查。")
        return redirect(page_of(record))
    may_write = scope.may_write(request.user, record.agency)
    shown = {
        "draft": record,
        "scopes": [(each.value, each.label) for each in scope.scopes_of(record.agency)],
        "bases": Basis.choices,
        "opening": balancing.opening_balance(record),
        "since": balancing.since_frozen(record, visible_cases(request.user)),
        "may_write": may_write and record.state == DraftState.DRAFTING,
        "error": error,
        "reason": request.POST.get("reason", record.basis_reason),
        "breadcrumbs_items": back(record),
        "header_title": "统计口径和结转核对",
    }
    return render(request, "oversight/drafting/count.html", shown, status=422 if error else 200)


def _chosen(request: HttpRequest, record: Draft) -> str:
    """Choose the count; return why not, "" where it was done."""
    asked, basis = request.POST.get("scope", record.scope), request.POST.get("basis", record.basis)
    if asked not in Scope.values or basis not in Basis.values:
        return "没有这种统计口径。"
    try:
        writing.choose_count(
            draft=record,
            scope=Scope(asked),
            basis=Basis(basis),
            reason=request.POST.get("reason", "")[:500],
            seen=seen_in(request),
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refusal:
        return str(refusal)
    return ""


@require_POST
def step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take a step on the draft's way: send up, pass, send back, approve, begin anew."""
    record = visible(request, pk)
    chosen = workflow.STEPS.get(code)
    if chosen is None:
        raise Http404("没有这种办理。")
    if why := workflow.why_not(request.user, record, chosen):
        raise PermissionDenied(why)
    try:
        workflow.take_step(
            draft=record,
            step=code,
            seen=seen_in(request),
            by=request.user,
            now=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, f"已{chosen.label}。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page_of(record))


@never_cache
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand the draft out as a file, said in its name to be one."""
    record = visible(request, pk)
    if kind not in exporting.KINDS:
        raise Http404
    try:
        data, name = exporting.file_of(record, kind)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(record))
    return attachment(data, name, _TYPES[kind])
