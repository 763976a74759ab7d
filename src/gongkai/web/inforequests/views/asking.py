"""The request form: filled in, looked over beside what is public already, sent once; then the receipt."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.papers.paper import PaperError
from gongkai.web.agencies.clients import client_of
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import NATURAL_PERSON, FileKind
from gongkai.web.inforequests.forms.asking import FilesForm, RequestForm
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import asking, following, granting, guiding, numbering, registering
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.publishing.views.kiosk import is_kiosk
from gongkai.web.publishing.views.policies import as_download, not_set

ORGANISATION, RECORDS = "zuzhi", "gengzheng"
_FILES = {
    "identity": FileKind.IDENTITY,
    "authorisation": FileKind.AUTHORISATION,
    "material": FileKind.REQUEST,
}
_TOO_OFTEN = "提交次数过多，请一小时后再试；着急的，可以当面或者邮寄提出，请见办理指南。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a request: fill in (`buzhou` absent), look over (`yulan`), mend (`xiugai`), send (`tijiao`)."""
    agency = get_object_or_404(guiding.bodies(), slug=slug)
    if not guiding.takes_online(agency):
        return render(request, "inforequests/closed.html", {"agency": agency})
    organisation = request.GET.get("wei") == ORGANISATION
    records = request.GET.get("shi") == RECORDS
    form = RequestForm(
        request.POST if request.method == "POST" else None, organisation=organisation, records=records
    )
    step = request.POST.get("buzhou", "")
    if request.method != "POST" or not form.is_valid() or step == "xiugai":
        return render(request, "inforequests/form.html", _context(request, agency, form))
    if step == "tijiao":
        return _send(request, agency, form)
    files = FilesForm(initial={"key": secrets.token_urlsafe(24)}, **_variant(request, form))
    return _preview(request, agency, form, files)


def _variant(request: HttpRequest, form: RequestForm) -> dict[str, bool]:
    return {"has_agent": form.has_agent, "records": form.records, "terminal": is_kiosk(request)}


def _context(request: HttpRequest, agency: Agency, form: RequestForm) -> dict[str, Any]:
    return {
        "agency": agency,
        "form": form,
        "address": request.get_full_path(),
        "organisation_mark": ORGANISATION,
        "records_mark": RECORDS,
        "terminal": is_kiosk(request),
    }


def _preview(
    request: HttpRequest, agency: Agency, form: RequestForm, files: FilesForm, status: int = 200
) -> HttpResponse:
    context = _context(request, agency, form)
    context |= {
        "files": files,
        "hidden": [(name, request.POST.get(name, "")) for name in form.fields if name in request.POST],
        "hits": [] if form.records else asking.already_published(form.cleaned_data["wanted"]),
    }
    return render(request, "inforequests/preview.html", context, status=status)


def _send(request: HttpRequest, agency: Agency, form: RequestForm) -> HttpResponse:
    files = FilesForm(request.POST, request.FILES, **_variant(request, form))
    if not files.is_valid():
        return _preview(request, agency, form, files)
    if not asking.within_limit(client_of(request)):
        files.add_error(None, _TOO_OFTEN)
        return _preview(request, agency, form, files, status=429)
    try:
        case = _submitted(agency, form, files)
    except Refused as refused:
        files.add_error(None, str(refused))
        return _preview(request, agency, form, files)
    granting.give(request.session, case, now=timezone.now(), is_new=True)
    return redirect("inforequests:receipt")


def _submitted(agency: Agency, form: RequestForm, files: FilesForm) -> InfoRequest:
    given = form.cleaned_data
    uploads = [
        (kind, upload) for name, kind in _FILES.items() for upload in files.cleaned_data.get(name) or ()
    ]
    return asking.submit(
        agency=agency,
        kind=form.kind,
        applicant_kind=given.get("applicant_kind") or NATURAL_PERSON,
        person=form.person,
        wanted=given["wanted"],
        medium=given["medium"],
        delivery=given["delivery"],
        needs_help=given["needs_help"],
        uploads=uploads,
        submission_key=files.cleaned_data["key"],
    )


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show number and code of the request just sent, the day it counts as received, and what is next."""
    grant = granting.given(request.session, now=timezone.now())
    if grant is None or not grant.is_new:
        return redirect("inforequests:enter")
    context = {
        "case": grant.case,
        "code": numbering.query_code(grant.case),
        "received": following.receipt_words(grant.case),
        "due": registering.due_text(grant.case),
    }
    return render(request, "inforequests/receipt.html", context)


@never_cache
@require_safe
def receipt_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Hand out the receipt as DOCX or PDF."""
    grant = granting.given(request.session, now=timezone.now())
    if grant is None:
        raise Http404
    try:
        data, name = following.receipt_file(grant.case, suffix)
    except PaperError as error:
        return not_set(error)
    return as_download(data, name, suffix)
