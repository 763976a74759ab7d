"""A superior's collections of annual reports: opened, looked over, changed, urged, closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight import models
from gongkai.web.oversight.forms import DemandForm, OpeningForm
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import access, board, opening, urging
from gongkai.web.oversight.views.desk import crumbs
from gongkai.web.oversight.views.files import XLSX, attachment


def crumbs_of(collection: models.Collection | None = None) -> list[dict[str, str]]:
    """Return the way back from a page of collections, or of one."""
    labels = [("报送汇总", reverse("annual_reports:collections"))]
    if collection is not None:
        labels.append((f"{collection.year} 年度", reverse("annual_reports:collection", args=[collection.pk])))
    return crumbs(*labels)


def visible(request: HttpRequest, pk: int) -> models.Collection:
    """Return a collection the person may see; any other is not found."""
    return get_object_or_404(access.visible_collections(request.user), pk=pk)


def collected(request: HttpRequest, pk: int) -> models.Collection:
    """Return a collection the person runs; a stranger's is not found, a colleague's is refused."""
    collection = visible(request, pk)
    access.check_may_collect(request.user, collection)
    return collection


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """List the collections the person runs, and those in which their body is to report."""
    today = timezone.localdate()
    found = list(access.visible_collections(request.user).order_by("-year", "-pk"))
    run = [each for each in found if access.may_collect(request.user, each)]
    member_of = (
        models.Member.objects.filter(agency=request.user.agency_id, collection__in=found)
        .select_related("collection__agency", "agency")
        .order_by("-collection__year")
    )
    shown = {
        "run": [(each, board.board_of(each, today=today)) for each in run],
        "own": [board.line_of(each, today=today) for each in member_of],
        "may_open": opening.may_open(request.user),
        "breadcrumbs_items": crumbs(),
        "header_title": "报送汇总",
    }
    return render(request, "oversight/collections/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_collection(request: HttpRequest) -> HttpResponse:
    """Ask of whom and by when, and open the collection."""
    if not opening.may_open(request.user):
        raise PermissionDenied("只有主管部门可以发起报送。")
    agency = request.user.agency
    government = opening.government_of(agency)
    choices = opening.usual_members(request.user, government)
    last_year = timezone.localdate().year - 1
    first = {"year": last_year, "due_on": opening.usual_due(last_year), "members": list(choices)}
    form = OpeningForm(request.POST or None, initial=first, choices=choices, this_year=last_year + 1)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("year", "due_on", "note", "members")}
        given["members"] = list(given["members"])
        try:
            made = opening.open_collection(
                agency=agency, government=government, by=request.user, now=timezone.now(), **given
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, f"已发起 {made.year} 年度报告的报送，{len(given['members'])} 家已收到通知。"
            )
            return redirect("annual_reports:collection", made.pk)
    shown = {
        "form": form,
        "government": government,
        "action": "发起报送",
        "breadcrumbs_items": crumbs_of(),
        "header_title": "发起报送",
    }
    return render(request, "oversight/collections/demand.html", shown, status=422 if form.errors else 200)


@require_safe
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who runs the collection every member's standing; a member is shown its own page."""
    asked = visible(request, pk)
    if not access.may_collect(request.user, asked):
        own = get_object_or_404(asked.members, agency=request.user.agency_id)
        return redirect("annual_reports:member", own.pk)
    only = request.GET.get("zhuangtai", "")
    shown = {
        "collection": asked,
        "board": board.board_of(asked, today=timezone.localdate(), only=only),
        "only": only,
        "late": board.LATE,
        "batches": asked.batches.select_related("by")[:5],
        "urged_at": urging.last_urged_at(asked),
        "events": asked.events.order_by("-sequence")[:20],
        "breadcrumbs_items": crumbs_of(),
        "header_title": str(asked),
    }
    return render(request, "oversight/collections/board.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the last day, what is asked, or the members."""
    asked = collected(request, pk)
    members = Agency.objects.filter(memberships__collection=asked)
    choices = (opening.usual_members(request.user, asked.government) | members).distinct()
    first = {
        "due_on": asked.due_on,
        "note": asked.note,
        "members": list(members),
        "seen": opening.version_of(asked),
    }
    form = DemandForm(request.POST or None, initial=first, choices=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"members": list(form.cleaned_data["members"])}
        try:
            opening.amend_collection(collection=asked, by=request.user, now=timezone.now(), **given)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "报送要求已经修改，有变化的单位已收到通知。")
            return redirect("annual_reports:collection", pk)
    shown = {
        "form": form,
        "collection": asked,
        "government": asked.government,
        "action": "保存",
        "breadcrumbs_items": crumbs_of(asked),
        "header_title": "修改报送要求",
    }
    return render(request, "oversight/collections/demand.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is still open, and end the collection."""
    asked = collected(request, pk)
    question = error = ""
    if request.method == "POST":
        try:
            opening.close_collection(
                collection=asked,
                by=request.user,
                now=timezone.now(),
                despite=request.POST.get("despite") == "on",
            )
        except NeedsConfirmation as reason:
            question = str(reason)
        except Refused as reason:
            error = str(reason)
        else:
            messages.success(request, "报送已经结束。需要时可以重新打开。")
            return redirect("annual_reports:collection", pk)
    shown = {
        "collection": asked,
        "board": board.board_of(asked, today=timezone.localdate()),
        "question": question,
        "error": error,
        "breadcrumbs_items": crumbs_of(asked),
        "header_title": "结束报送",
    }
    return render(
        request, "oversight/collections/close.html", shown, status=422 if question or error else 200
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed collection again."""
    asked = collected(request, pk)
    try:
        opening.reopen_collection(collection=asked, by=request.user, now=timezone.now())
        messages.success(request, "报送已经重新打开。")
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("annual_reports:collection", pk)


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those whose report is wanted."""
    asked = collected(request, pk)
    try:
        count = urging.urge(collection=asked, by=request.user, now=timezone.now())
        messages.success(request, f"已提醒 {count} 家尽快报送。")
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("annual_reports:collection", pk)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the board as a spreadsheet."""
    asked = collected(request, pk)
    data = board.board_xlsx(asked, today=timezone.localdate())
    return attachment(data, f"{asked.year}年度报告报送情况.xlsx", XLSX)
