"""The supervisor's desk: collect a report, see how it was read and what is wrong, decide, publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.permissions import check_may_oversee, may_oversee
from gongkai.web.oversight.choices import PUBLISHABLE, WITHDRAWABLE, Standing
from gongkai.web.oversight.forms import FilterForm, ReasonForm
from gongkai.web.oversight.models import AnnualReport, AuditRun
from gongkai.web.oversight.services.drafting.scope import check_may_publish
from gongkai.web.oversight.services.reports import exports, listing, publishing, registering
from gongkai.web.oversight.services.reports.auditing import (
    is_drafted,
    last_years,
    latest_reviews,
    latest_run,
    reader_version,
)
from gongkai.web.oversight.services.reports.doubts import doubts_of
from gongkai.web.oversight.services.reports.presentation import report_view
from gongkai.web.oversight.services.reports.settled import changed_since, decisions_in_force
from gongkai.web.oversight.views.files import attachment, report_file

PER_PAGE = 50


def crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page below the list; the page itself is named by its heading."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": reverse("annual_reports:list"), "label": "年度报告"},
        *({"url": url, "label": label} for label, url in labels),
    ]


def visible(request: HttpRequest, pk: int) -> AnnualReport:
    """Return a report the person may see; any other is not found."""
    return get_object_or_404(listing.visible_reports(request.user), pk=pk)


def overseen(request: HttpRequest, pk: int) -> AnnualReport:
    """Return a report the person may act on; a stranger's is not found, a colleague's is refused."""
    report = visible(request, pk)
    check_may_oversee(request.user, report.agency)
    return report


def publishable(request: HttpRequest, pk: int) -> AnnualReport:
    """Return a report the person may publish: its supervisor; of one drafted here, its approver too."""
    report = visible(request, pk)
    check_may_publish(request.user, report)
    return report


def page_of(report: AnnualReport) -> str:
    """Return the address of a report's page."""
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
        "waiting": listing.staged_by(request.user).count(),
        "may_upload": request.user.has_perm("oversight.add_annualreport"),
        "breadcrumbs_items": crumbs()[:1],
        "header_title": "年度报告",
    }
    return render(request, "oversight/desk/list.html", shown)


def standing_asked(request: HttpRequest) -> Standing | None:
    """Return which findings the person wants to see; None is all."""
    asked = request.POST.get("show") or request.GET.get("show")
    return Standing(asked) if asked in Standing.values else None


def _is_stale(run: AuditRun, earlier: AnnualReport | None) -> bool:
    """Whether last year's report is another one since the audit, or other figures stand in it."""
    if earlier is None or run.last_report_id != earlier.pk:
        return run.last_report_id != (earlier.pk if earlier else None)
    return changed_since(earlier, run.at)


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
    record = visible(request, pk)
    run = latest_run(record)
    show = standing_asked(request)
    earlier = last_years(record)
    shown = {
        "record": record,
        "run": run,
        "view": report_view(record, run, latest_reviews(record), show, decisions_in_force(record)),
        "doubts": doubts_of(record, request.GET.get("cell", "")[:64]),
        "show": str(show or "all"),
        "differs": list(_differences(record)),
        "last": earlier,
        "is_stale": run is not None and _is_stale(run, earlier),
        "versions": listing.visible_reports(request.user)
        .filter(agency=record.agency_id, year=record.year)
        .defer("reading"),
        "events": record.events.order_by("-sequence"),
        "can_set_pdf": exports.can_set_pdf(),
        "is_reader_old": record.reader != reader_version() and not is_drafted(record),
        "may_look": may_oversee(request.user, record.agency),
        "may_act": record.is_current and may_oversee(request.user, record.agency),
        "may_withdraw": record.status in WITHDRAWABLE and may_oversee(request.user, record.agency),
        "may_publish": record.status in PUBLISHABLE,
        "breadcrumbs_items": crumbs(),
        "header_title": str(record),
    }
    return render(request, "oversight/desk/report.html", shown)


def audited(request: HttpRequest, record: AnnualReport) -> AuditRun | None:
    """Audit, or tell the person why not; the report stays registered either way."""
    try:
        return registering.audit_report(report=record, by=request.user, now=timezone.now())
    except registering.Refused as reason:
        messages.error(request, str(reason))
        return None


@require_POST
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """Audit again, by today's rules and against last year's report as it stands."""
    record = overseen(request, pk)
    if run := audited(request, record):
        messages.success(request, f"已重新核查，发现 {len(run.findings)} 个问题；已有的处理全部保留。")
    return redirect(page_of(record))


@require_POST
def review(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Confirm a finding, dismiss it with a reason, or take the decision back."""
    record = overseen(request, pk)
    common = {"report": record, "key": key, "by": request.user, "now": timezone.now()}
    reason = request.POST.get("reason", "")[:500]
    acts = {
        "confirm": lambda: registering.confirm_finding(**common, reason=reason),
        "dismiss": lambda: registering.dismiss_finding(**common, reason=reason),
        "undo": lambda: registering.undo_review(**common),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponse("没有这种处理。", status=400, content_type="text/plain; charset=utf-8")
    try:
        act()
    except registering.Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_back_to_finding(request, record))


def _back_to_finding(request: HttpRequest, record: AnnualReport) -> str:
    show = standing_asked(request)
    number = request.POST.get("number", "")
    query = f"?show={show}" if show else ""
    return f"{page_of(record)}{query}#f{number if number.isdigit() else ''}"


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is about to become public, ask where errors are open, and publish."""
    record = publishable(request, pk)
    error = ""
    if request.method == "POST":
        meant = {name: request.POST.get(name) == "on" for name in ("despite_errors", "despite_illegible")}
        try:
            publishing.publish_report(
                report=record,
                by=request.user,
                now=timezone.now(),
                check=lambda person, _: check_may_publish(person, record),
                reason=request.POST.get("reason", "")[:200],
                **meant,
            )
        except registering.Refused as reason:
            error = str(reason)
        else:
            messages.success(request, f"已公开 {record}。")
            return redirect(page_of(record))
    view = report_view(record, latest_run(record), latest_reviews(record), Standing.OPEN)
    shown = {
        "record": record,
        "view": view,
        "open_errors": [f for f in view.shown if f.level == "error"],
        "error": error,
        "public": AnnualReport.objects.published().filter(agency=record.agency, year=record.year).first(),
        "breadcrumbs_items": crumbs((f"{record.agency.name} {record.year} 年", page_of(record))),
        "header_title": "公开报告",
    }
    return render(request, "oversight/desk/publish.html", shown, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and take the report off the public site."""
    record = overseen(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw_report(
                report=record, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except registering.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"已撤回 {record}。")
            return redirect(page_of(record))
    shown = {
        "record": record,
        "form": form,
        "breadcrumbs_items": crumbs((f"{record.agency.name} {record.year} 年", page_of(record))),
        "header_title": "撤回报告",
    }
    return render(request, "oversight/desk/withdraw.html", shown, status=422 if form.errors else 200)


@require_safe
def printout(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report and its findings as one page to print; `?download` gives it as a file of its own."""
    record = visible(request, pk)
    run = latest_run(record)
    shown = {
        "record": record,
        "run": run,
        "view": report_view(
            record, run, latest_reviews(record), standing_asked(request), decisions_in_force(record)
        ),
        "doubts": doubts_of(record),
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
    record = visible(request, pk)
    if kind == "audit.json":
        name = f"{record.agency.name}{record.year}年报核查.json"
        return attachment(exports.audit_json_of(record), name, "application/json")
    return report_file(record, kind)
