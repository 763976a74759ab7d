"""The supervisor's desk: collect a report, see how it was read and what is wrong, decide, publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.permissions import check_may_oversee, may_oversee
from gongkai.web.oversight import exports, listing, services
from gongkai.web.oversight.auditing import last_years, latest_reviews, latest_run
from gongkai.web.oversight.choices import PUBLISHABLE, ReportStatus, Standing
from gongkai.web.oversight.forms import FilterForm, ReasonForm, RegisterForm, UploadForm
from gongkai.web.oversight.models import AnnualReport, AuditRun
from gongkai.web.oversight.presentation import report_view
from gongkai.web.oversight.views.files import attachment, report_file

PER_PAGE = 50


def _crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page below the list; the page itself is named by its heading."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": reverse("annual_reports:list"), "label": "年度报告"},
        *({"url": url, "label": label} for label, url in labels),
    ]


def _visible(request: HttpRequest, pk: int) -> AnnualReport:
    return get_object_or_404(listing.visible_reports(request.user), pk=pk)


def _overseen(request: HttpRequest, pk: int) -> AnnualReport:
    """Return a report the person may act on; a stranger's is not found, a colleague's is refused."""
    report = _visible(request, pk)
    check_may_oversee(request.user, report.agency)
    return report


def _page(report: AnnualReport) -> str:
    return reverse("annual_reports:report", args=[report.pk])


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the latest version of every report in the person's care."""
    form = FilterForm(request.GET, by=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(listing.listed_reports(request.user, chosen), PER_PAGE).get_page(request.GET.get("p"))
    year = chosen.get("year")
    query = request.GET.copy()
    query.pop("p", None)
    shown: dict[str, Any] = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "is_filtered": any(chosen.values()),
        "missing": listing.bodies_without_report(request.user, year) if year else [],
        "year": year,
        "may_upload": request.user.has_perm("oversight.add_annualreport"),
        "breadcrumbs_items": _crumbs()[:1],
        "header_title": "年度报告",
    }
    return render(request, "oversight/desk/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and read it, then ask whose report it is; refuse one that cannot be read."""
    if not request.user.has_perm("oversight.add_annualreport"):
        raise PermissionDenied("只有主管部门可以登记报告。")
    form = UploadForm(request.POST or None, request.FILES or None)
    sent = request.FILES.get("file")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = services.stage_upload(
                data=file.read(), name=file.name, by=request.user, now=timezone.now()
            )
        except services.Refused as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("annual_reports:register", staged.pk)
    shown = {
        "form": form,
        "sent_name": sent.name if sent else "",
        "limit": services.MAX_BYTES // 1024 // 1024,
        "breadcrumbs_items": _crumbs(),
        "header_title": "登记报告",
    }
    return render(request, "oversight/desk/upload.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the body and year the file names; on agreement make it a version and audit it."""
    staged = get_object_or_404(listing.staged_by(request.user), pk=pk)
    proposed = services.recognised_agency(staged=staged, by=request.user)
    first = {"agency": proposed, "year": staged.reading["year"]}
    form = RegisterForm(
        request.POST or None, initial=first, by=request.user, staged=staged, proposed=proposed
    )
    if request.method == "POST" and "discard" in request.POST:
        services.discard_upload(staged=staged)
        messages.info(request, f"已放弃登记“{staged.source_name}”。")
        return redirect("annual_reports:upload")
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            report = services.upload_report(staged=staged, by=request.user, now=now, **form.cleaned_data)
        except services.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"已登记 {report}，第 {report.version} 版。")
            _audit(request, report)
            return redirect(_page(report))
    shown = {
        "form": form,
        "staged": staged,
        "proposed": proposed,
        "view": report_view(staged),
        "breadcrumbs_items": _crumbs(("登记报告", reverse("annual_reports:upload"))),
        "header_title": "核对机关和年度",
    }
    return render(request, "oversight/desk/register.html", shown, status=422 if form.errors else 200)


def _standing(request: HttpRequest) -> Standing | None:
    asked = request.POST.get("show") or request.GET.get("show")
    return Standing(asked) if asked in Standing.values else None


def _differences(record: AnnualReport) -> Iterator[str]:
    """Yield a sentence for each thing the file says otherwise than it was registered."""
    agency, year = record.reading["agency"], record.reading["year"]
    if agency and agency != record.agency.name:
        yield f"文件中写的机关是“{agency}”，登记为“{record.agency.name}”。"
    if year and year != record.year:
        yield f"文件中写的年度是 {year} 年，登记为 {record.year} 年。"


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report as read, with its findings beside the text."""
    record = _visible(request, pk)
    run = latest_run(record)
    show = _standing(request)
    earlier = last_years(record)
    shown = {
        "record": record,
        "run": run,
        "view": report_view(record, run, latest_reviews(record), show),
        "show": str(show or "all"),
        "differs": list(_differences(record)),
        "last": earlier,
        "is_stale": run is not None and run.last_report_id != (earlier.pk if earlier else None),
        "versions": listing.visible_reports(request.user)
        .filter(agency=record.agency_id, year=record.year)
        .defer("reading"),
        "events": record.events.order_by("-sequence"),
        "may_act": record.is_current and may_oversee(request.user, record.agency),
        "may_withdraw": record.status == ReportStatus.PUBLISHED and may_oversee(request.user, record.agency),
        "may_publish": record.status in PUBLISHABLE,
        "breadcrumbs_items": _crumbs(),
        "header_title": str(record),
    }
    return render(request, "oversight/desk/report.html", shown)


def _audit(request: HttpRequest, record: AnnualReport) -> AuditRun | None:
    """Audit, or tell the person why not; the report stays registered either way."""
    try:
        return services.audit_report(report=record, by=request.user, now=timezone.now())
    except services.Refused as reason:
        messages.error(request, str(reason))
        return None


@require_POST
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """Audit again, by today's rules and against last year's report as it stands."""
    record = _overseen(request, pk)
    if run := _audit(request, record):
        messages.success(request, f"已重新核查，发现 {len(run.findings)} 个问题；已有的处理全部保留。")
    return redirect(_page(record))


@require_POST
def review(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Confirm a finding, dismiss it with a reason, or take the decision back."""
    record = _overseen(request, pk)
    common = {"report": record, "key": key, "by": request.user, "now": timezone.now()}
    reason = request.POST.get("reason", "")[:500]
    acts = {
        "confirm": lambda: services.confirm_finding(**common, reason=reason),
        "dismiss": lambda: services.dismiss_finding(**common, reason=reason),
        "undo": lambda: services.undo_review(**common),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponse("没有这种处理。", status=400, content_type="text/plain; charset=utf-8")
    try:
        act()
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_back_to_finding(request, record))


def _back_to_finding(request: HttpRequest, record: AnnualReport) -> str:
    show = _standing(request)
    number = request.POST.get("number", "")
    query = f"?show={show}" if show else ""
    return f"{_page(record)}{query}#f{number if number.isdigit() else ''}"


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is about to become public, ask where errors are open, and publish."""
    record = _overseen(request, pk)
    error = ""
    if request.method == "POST":
        meant = request.POST.get("despite_errors") == "on"
        try:
            services.publish_report(report=record, by=request.user, now=timezone.now(), despite_errors=meant)
        except services.Refused as reason:
            error = str(reason)
        else:
            messages.success(request, f"已公开 {record}。")
            return redirect(_page(record))
    view = report_view(record, latest_run(record), latest_reviews(record), Standing.OPEN)
    shown = {
        "record": record,
        "view": view,
        "open_errors": [f for f in view.shown if f.level == "error"],
        "error": error,
        "public": AnnualReport.objects.published().filter(agency=record.agency, year=record.year).first(),
        "breadcrumbs_items": _crumbs((f"{record.agency.name} {record.year} 年", _page(record))),
        "header_title": "公开报告",
    }
    return render(request, "oversight/desk/publish.html", shown, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and take the report off the public site."""
    record = _overseen(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_report(report=record, by=request.user, now=timezone.now(), **form.cleaned_data)
        except services.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"已撤回 {record}。")
            return redirect(_page(record))
    shown = {
        "record": record,
        "form": form,
        "breadcrumbs_items": _crumbs((f"{record.agency.name} {record.year} 年", _page(record))),
        "header_title": "撤回报告",
    }
    return render(request, "oversight/desk/withdraw.html", shown, status=422 if form.errors else 200)


@require_safe
def printout(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report and its findings as one page to print; `?download` gives it as a file of its own."""
    record = _visible(request, pk)
    run = latest_run(record)
    shown = {
        "record": record,
        "run": run,
        "view": report_view(record, run, latest_reviews(record), _standing(request)),
        "css": Path(finders.find("oversight/review.css")).read_text("utf-8"),
    }
    response = render(request, "oversight/desk/printout.html", shown)
    if "download" in request.GET:
        name = f"{record.agency.name}{record.year}年报核查.html"
        return attachment(response.content, name, "text/html; charset=utf-8")
    return response


@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse | FileResponse:
    """Hand out the original, the report as DOCX, JSON or CSV, or its audit as JSON."""
    record = _visible(request, pk)
    if kind == "audit.json":
        name = f"{record.agency.name}{record.year}年报核查.json"
        return attachment(exports.audit_json_of(record), name, "application/json")
    return report_file(record, kind)
