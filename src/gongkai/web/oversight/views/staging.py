"""Collecting reports: files are sent and read, then registered one by one or all that are beyond doubt."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.web.oversight.forms import RegisterForm, UploadForm
from gongkai.web.oversight.services.reports import collecting, listing, registering
from gongkai.web.oversight.services.reports.presentation import report_view
from gongkai.web.oversight.views.desk import audited, crumbs, page_of

_REFUSED = "annual_reports_refused"
_MOST_REFUSED = 300


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take files and read them; one goes on to be registered, several to the list of those that wait."""
    _check_may_upload(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    refused: list[collecting.Unstaged] = []
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        collected = collecting.stage_files(files=sent, by=request.user, now=timezone.now())
        refused = collected.unstaged
        if collected.staged:
            return _after_upload(request, collected)
    shown = {
        "form": form,
        "refused": refused,
        "limit": registering.MAX_BYTES // 2**20,
        "archive_limit": collecting.MAX_ARCHIVE_BYTES // 2**20,
        "waiting": listing.staged_by(request.user).count(),
        "breadcrumbs_items": crumbs(),
        "header_title": "登记报告",
    }
    status = 422 if refused or form.errors else 200
    return render(request, "oversight/desk/upload.html", shown, status=status)


def _check_may_upload(request: HttpRequest) -> None:
    if not request.user.has_perm("oversight.add_annualreport"):
        raise PermissionDenied("只有主管部门可以登记报告。")


def _after_upload(request: HttpRequest, collected: collecting.Collected) -> HttpResponse:
    if len(collected.staged) == 1 and not collected.unstaged:
        return redirect("annual_reports:register", collected.staged[0].pk)
    _remember(request, collected.unstaged)
    return redirect("annual_reports:waiting")


def _remember(request: HttpRequest, refused: Iterable[collecting.Unstaged]) -> None:
    """Keep what could not be read in the person's session, until they have seen it."""
    request.session[_REFUSED] = [[each.name, each.why] for each in refused][:_MOST_REFUSED]


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """List the files that were read and not registered; register the sure ones, drop one, forget failures."""
    _check_may_upload(request)
    if request.method == "POST":
        return _act(request)
    files = collecting.waiting_files(by=request.user, now=timezone.now())
    shown = {
        "count": len(files),
        "sure": [each for each in files if each.is_sure],
        "doubtful": [each for each in files if not each.is_sure],
        "refused": request.session.get(_REFUSED, []),
        "kept_days": registering.STAGED_FOR.days,
        "breadcrumbs_items": crumbs(("登记报告", reverse("annual_reports:upload"))),
        "header_title": "待登记的文件",
    }
    return render(request, "oversight/desk/waiting.html", shown)


def _act(request: HttpRequest) -> HttpResponse:
    dropped = request.POST.get("discard", "")
    if "forget" in request.POST:
        request.session.pop(_REFUSED, None)
    elif dropped.isdecimal():
        staged = get_object_or_404(listing.staged_by(request.user), pk=dropped)
        registering.discard_upload(staged=staged)
        messages.info(request, f"已放弃登记“{staged.source_name}”。")
    else:
        _register_sure(request)
    left = listing.staged_by(request.user).exists() or request.session.get(_REFUSED)
    return redirect("annual_reports:waiting" if left else "annual_reports:list")


def _register_sure(request: HttpRequest) -> None:
    chosen = {int(each) for each in request.POST.getlist("file") if each.isdecimal()}
    done = collecting.register_sure(chosen=chosen, by=request.user, now=timezone.now())
    if done.reports:
        messages.success(request, f"已登记并核查 {len(done.reports)} 份报告。")
    if done.left:
        messages.warning(request, f"还有 {done.left} 份没有来得及登记，请再按一次“登记”。")
    for each in done.refused[:10]:
        messages.error(request, f"{each.name}：{each.why}")
    if not chosen:
        messages.warning(request, "没有勾选要登记的文件。")


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the body and year the file names; on agreement make it a version and audit it."""
    staged = get_object_or_404(listing.staged_by(request.user), pk=pk)
    proposed = collecting.recognised_agency(staged=staged, by=request.user)
    first = {"agency": proposed, "year": staged.reading["year"]}
    form = RegisterForm(
        request.POST or None, initial=first, by=request.user, staged=staged, proposed=proposed
    )
    if request.method == "POST" and "discard" in request.POST:
        registering.discard_upload(staged=staged)
        messages.info(request, f"已放弃登记“{staged.source_name}”。")
        return redirect(_next(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            report = registering.upload_report(staged=staged, by=request.user, now=now, **form.cleaned_data)
        except registering.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"已登记 {report}，第 {report.version} 版。")
            audited(request, report)
            return redirect(_next(request, page_of(report)))
    shown = {
        "form": form,
        "staged": staged,
        "proposed": proposed,
        "others": listing.staged_by(request.user).exclude(pk=staged.pk).count(),
        "view": report_view(staged),
        "breadcrumbs_items": crumbs(("登记报告", reverse("annual_reports:upload"))),
        "header_title": "核对机关和年度",
    }
    return render(request, "oversight/desk/register.html", shown, status=422 if form.errors else 200)


def _next(request: HttpRequest, otherwise: str = "annual_reports:upload") -> str:
    """Return where to go after one file: to those that still wait, if there are any."""
    return "annual_reports:waiting" if listing.staged_by(request.user).exists() else otherwise
