"""A case taken out of the office whole."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.web.inforequests.choices import DeskAct
from gongkai.web.inforequests.services import bundling
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.files import sealed
from gongkai.web.inforequests.views.offices import office_case
from gongkai.web.inforequests.views.staff import case_crumbs, posted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, case: int) -> HttpResponse:
    """Ask what for and with whose data, then hand the package out."""
    row = office_case(request, case)
    if not may(request.user, DeskAct.EXPORT, row):
        raise PermissionDenied("卷宗由本机关经办、审批人员导出。")
    problem = ""
    if request.method == "POST":
        full = request.POST.get("persons") == "full"
        try:
            made = bundling.bundle(case=row, by=request.user, full=full, why=posted(request, "why", 200))
        except Refused as refused:
            problem = str(refused)
        else:
            response = FileResponse(made.file, content_type="application/zip")
            return sealed(response, made.name)
    context = {
        "case": row,
        "problem": problem,
        "given": request.POST,
        "letters": row.letters.count(),
        "files": row.files.filter(removed_at__isnull=True).count(),
        "breadcrumbs_items": case_crumbs(row, ("", "导出卷宗")),
        "header_title": "导出卷宗",
    }
    return render(request, "inforequests/letters/bundle.html", context, status=409 if problem else 200)
