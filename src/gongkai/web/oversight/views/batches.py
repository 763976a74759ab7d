"""Files by the dozen: sent in, watched while a job reads them, and what it was not sure of decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.services import jobs
from gongkai.web.oversight.choices import BatchState
from gongkai.web.oversight.forms import ClaimForm, UploadForm
from gongkai.web.oversight.models import Batch, BatchFile
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import access, batches, matching
from gongkai.web.oversight.views.collections import collected, crumbs_of


def _batch(request: HttpRequest, pk: int) -> Batch:
    """Return a batch of a collection the person runs; strangers' are not found, colleagues' refused."""
    rows = Batch.objects.select_related("collection__agency", "collection__government", "by")
    found = get_object_or_404(rows, pk=pk, collection__in=access.visible_collections(request.user))
    access.check_may_collect(request.user, found.collection)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take files and put them into the queue."""
    asked = collected(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = batches.start_batch(
                collection=asked, files=form.cleaned_data["file"], by=request.user, now=timezone.now()
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("annual_reports:batch", made.pk)
    shown = {
        "form": form,
        "collection": asked,
        "said": batches.limits_said(),
        "limit": batches.MAX_BYTES // 2**20,
        "archive_limit": batches.MAX_ARCHIVE_BYTES // 2**20,
        "breadcrumbs_items": crumbs_of(asked),
        "header_title": "批量上传",
    }
    return render(request, "oversight/collections/upload.html", shown, status=422 if form.errors else 200)


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a batch is and what became of each file; what is unsure is decided here."""
    return _page(request, _batch(request, pk))


def _page(
    request: HttpRequest, asked: Batch, *, file: int = 0, question: str = "", agency: int = 0
) -> HttpResponse:
    found = batches.progress_of(asked)
    files = list(batches.files_of(asked))
    shown = {
        "batch": asked,
        "collection": asked.collection,
        "progress": found,
        "unsure": [each for each in files if each.state == BatchState.UNMATCHED],
        "refused": [each for each in files if each.state == BatchState.REFUSED],
        "rest": [each for each in files if each.state in (BatchState.WAITING, BatchState.FILED)],
        "bodies": matching.bodies_of(asked.collection) if found.unmatched else [],
        "asked_file": file,
        "asked_agency": agency,
        "question": question,
        "is_stalled": not found.is_done and jobs.is_stalled(now=timezone.now()),
        "breadcrumbs_items": crumbs_of(asked.collection),
        "header_title": "批量上传",
    }
    return render(request, "oversight/collections/batch.html", shown, status=422 if question else 200)


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Return how far a batch is, for the page's script."""
    found = batches.progress_of(_batch(request, pk))
    return JsonResponse({"percent": found.percent, "said": found.said, "done": found.is_done})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose report a file is, or drop it."""
    row = get_object_or_404(BatchFile.objects.select_related("agency", "report", "staged"), pk=pk)
    row.batch = _batch(request, row.batch_id)
    if request.POST.get("act") == "drop":
        return _dropped(request, row)
    known = [each.pk for each in matching.bodies_of(row.batch.collection)]
    form = ClaimForm(request.POST, choices=Agency.objects.filter(pk__in=known))
    if not form.is_valid():
        messages.error(request, f"请先为“{row.name}”选择机关。")
        return redirect("annual_reports:batch", row.batch_id)
    agency = form.cleaned_data["agency"]
    try:
        matching.claim(
            row=row,
            agency=agency,
            by=request.user,
            now=timezone.now(),
            despite=request.POST.get("despite") == "on",
        )
    except NeedsConfirmation as reason:
        return _page(request, row.batch, file=row.pk, question=str(reason), agency=agency.pk)
    except Refused as reason:
        messages.error(request, f"{row.name}：{reason}")
    else:
        messages.success(request, f"“{row.name}”已作为{agency.name}的报告办理。")
    return redirect("annual_reports:batch", row.batch_id)


def _dropped(request: HttpRequest, row: BatchFile) -> HttpResponse:
    try:
        matching.drop(row=row, by=request.user, now=timezone.now())
        messages.info(request, f"已放弃“{row.name}”。")
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("annual_reports:batch", row.batch_id)
