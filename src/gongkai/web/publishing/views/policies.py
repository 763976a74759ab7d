"""The library of policy documents, its statistics, and documents as files."""

from __future__ import annotations

import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.papers.paper import PaperError
from gongkai.web.publishing.models import PER_PAGE, DocumentPage
from gongkai.web.publishing.services import policies, typesetting
from gongkai.web.publishing.views.filtering import asked

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST_NAME = 80


@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """List policy documents by the filters asked for."""
    found = policies.policy_list(request.GET.dict())
    page = Paginator(found.numbers, PER_PAGE).get_page(request.GET.get("ye", "1"))
    page.object_list = policies.in_order(page.object_list)
    orders = [(value, label) for value, (label, _) in policies.ORDERS.items()]
    context = {"library": found, "results": page, "orders": orders}
    return render(request, "publishing/policies.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show how many normative documents each body made, ended and has in force in a year."""
    years = policies.years_counted()
    year = int(asked(request, "niandu", [str(year) for year in years]) or years[-1])
    lines, total = policies.statistics(year)
    context = {
        "year": year,
        "years": reversed(years),
        "lines": lines,
        "total": total,
        "is_running": year == timezone.localdate().year,
    }
    return render(request, "publishing/policy_statistics.html", context)


@require_safe
def document_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:  # noqa: ARG001
    """Hand out a disclosed document as DOCX or PDF."""
    page = get_object_or_404(DocumentPage.objects.disclosed().select_related("agency"), pk=pk)
    name = page.title if page.is_in_force else f"{page.title}（已{page.validity.label}）"
    try:
        data = typesetting.document_file(page, suffix)
    except PaperError as error:
        return not_set(error)
    return as_download(data, name, suffix)


def as_download(data: bytes, name: str, suffix: str) -> HttpResponse:
    """Return a file under a name that every system can keep."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip()[:_LONGEST_NAME] or "文件"
    disposition = content_disposition_header(True, f"{plain}.{suffix}")
    return HttpResponse(data, content_type=_TYPES[suffix], headers={"Content-Disposition": disposition})


def not_set(error: PaperError) -> HttpResponse:
    """Say in plain words that the file cannot be made here now."""
    text = f"暂时不能生成文件：{error}请返回网页阅读正文，或者稍后再试。"
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
