"""A member in a collection: it files, its superior returns or accepts, and both see what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.oversight.forms import MemberFileForm, ReturnForm
from gongkai.web.oversight.models import AnnualReport, Collection, Filing, Member
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import access, board, deciding, handing_in, letters, sum_tables
from gongkai.web.oversight.services.reports.registering import MAX_BYTES
from gongkai.web.oversight.views.collections import crumbs_of
from gongkai.web.oversight.views.files import attachment

_TO_CORRECT = timedelta(days=7)


def _member(request: HttpRequest, pk: int) -> Member:
    """Return a member the person may see: any of a collection they run, or their own body."""
    collections = access.visible_collections(request.user)
    found = get_object_or_404(
        Member.objects.select_related("agency", "collection__agency", "collection__government", "latest"),
        pk=pk,
        collection__in=collections,
    )
    if found.agency_id != request.user.agency_id and not access.may_collect(request.user, found.collection):
        raise Http404
    return found


def _filing(request: HttpRequest, pk: int) -> Filing:
    filing = get_object_or_404(Filing.objects.select_related("report").defer("report__reading"), pk=pk)
    filing.member = _member(request, filing.member_id)
    return filing


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is asked of the member, what it filed, and what may be done now."""
    return _page(request, _member(request, pk))


def _page(
    request: HttpRequest,
    asked: Member,
    *,
    question: str = "",
    uploading: forms.Form | None = None,
    returning: forms.Form | None = None,
) -> HttpResponse:
    collection = asked.collection
    filings = asked.filings.select_related("report", "filed_by", "decided_by").defer("report__reading")
    latest = next((each for each in filings if each.pk == asked.latest_id), None)
    version = handing_in.version_to_file(asked)
    is_open = collection.closed_at is None
    may_collect = access.may_collect(request.user, collection)
    shown: dict[str, Any] = {
        "member": asked,
        "collection": collection,
        "line": board.line_of(asked, today=timezone.localdate()),
        "latest": latest,
        "filings": sorted(filings, key=lambda each: -each.pk),
        "version": version,
        "is_new": version is not None and all(each.report_id != version.pk for each in filings),
        "may_file": is_open and access.may_file(request.user, asked),
        "may_decide": is_open and may_collect and latest is not None,
        "may_collect": may_collect,
        "findings": deciding.findings_to_name(latest.report) if latest and may_collect else [],
        "question": question,
        "uploading": uploading or MemberFileForm(),
        "returning": returning or ReturnForm(initial=_proposed(collection, latest)),
        "limit": MAX_BYTES // 2**20,
        "breadcrumbs_items": crumbs_of(collection) if may_collect else crumbs_of(),
        "header_title": asked.agency.name,
    }
    bad = bool(question) or any(form is not None and form.errors for form in (uploading, returning))
    return render(request, "oversight/collections/member.html", shown, status=422 if bad else 200)


def _proposed(collection: Collection, latest: Filing | None) -> dict[str, Any]:
    due = max(timezone.localdate() + _TO_CORRECT, collection.due_on)
    return {"due_on": due, "seen": latest.state if latest else ""}


def _done(request: HttpRequest, asked: Member, act: Callable[[], object], said: str) -> HttpResponse:
    """Act, and return to the member's page with what became of it; a question is asked on the page itself."""
    try:
        act()
    except NeedsConfirmation as reason:
        return _page(request, asked, question=str(reason))
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect("annual_reports:member", asked.pk)


@require_POST
def file_version(request: HttpRequest, pk: int) -> HttpResponse:
    """File the version of the report that stands in the library."""
    asked = _member(request, pk)
    access.check_may_file(request.user, asked)
    given = request.POST.get("report", "")
    report = get_object_or_404(
        AnnualReport,
        pk=given if given.isdecimal() else 0,
        agency=asked.agency,
        year=asked.collection.year,
    )
    return _done(
        request,
        asked,
        lambda: handing_in.file_report(member=asked, report=report, by=request.user, now=timezone.now()),
        f"已报送第 {report.version} 版，等待主管部门审核。",
    )


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a file as the member's newest version and file it."""
    asked = _member(request, pk)
    access.check_may_file(request.user, asked)
    form = MemberFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, asked, uploading=form)
    file = form.cleaned_data["file"]
    try:
        handing_in.file_upload(
            member=asked,
            data=file.read(),
            name=file.name,
            by=request.user,
            now=timezone.now(),
            despite=form.cleaned_data["despite_file"],
        )
    except NeedsConfirmation as reason:
        form.add_error(None, f"{reason}是的话，请勾选下方的确认，重新选择文件上传。")
        return _page(request, asked, uploading=form)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _page(request, asked, uploading=form)
    messages.success(request, "文件已经识读、核查并报送，等待主管部门审核。")
    return redirect("annual_reports:member", pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a filing."""
    filing = _filing(request, pk)
    access.check_may_collect(request.user, filing.member.collection)
    return _done(
        request,
        filing.member,
        lambda: deciding.accept_filing(
            filing=filing,
            by=request.user,
            now=timezone.now(),
            despite_errors=request.POST.get("despite_errors") == "on",
            seen=request.POST.get("seen", ""),
        ),
        f"已接收{filing.member.agency.name}的报告。",
    )


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a filing with a letter."""
    filing = _filing(request, pk)
    access.check_may_collect(request.user, filing.member.collection)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, filing.member, returning=form)
    return _done(
        request,
        filing.member,
        lambda: deciding.return_filing(
            filing=filing, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        f"已退回{filing.member.agency.name}的报告，退回通知已送达。",
    )


@require_safe
def letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse | FileResponse:
    """Hand out the letter of a returned filing: the DOCX as it was sent, or the same as PDF."""
    filing = _filing(request, pk)
    stem = f"关于退回修改{filing.member.agency.name}{filing.member.collection.year}年年报的通知"
    if not filing.letter or kind not in ("docx", "pdf"):
        raise Http404
    if kind == "docx":
        try:
            file = filing.letter.open("rb")
        except FileNotFoundError as error:
            raise Http404("通知原件已不在存储目录中，请联系系统管理员。") from error
        return FileResponse(
            file, as_attachment=True, filename=f"{stem}.docx", content_type=sum_tables.FILES["docx"]
        )
    try:
        return attachment(letters.letter_pdf(filing), f"{stem}.pdf", "application/pdf")
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("annual_reports:member", filing.member_id)
