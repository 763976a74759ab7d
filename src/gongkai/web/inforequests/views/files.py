"""Files of a case: put in, taken out, handed out; who opens a document of identity says why."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.inforequests.choices import PERSONAL_FILES, FileKind
from gongkai.web.inforequests.services import exporting, files
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.offices import office_case, office_file
from gongkai.web.inforequests.views.staff import case_crumbs, posted, show

_KINDS = [(kind.value, kind.label) for kind in FileKind if kind is not FileKind.LETTER]
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": exporting.XLSX,
}


def handed_out(data: bytes, name: str, content_type: str = "") -> HttpResponse:
    """Return a file to be saved, never shown in the browser or kept by it."""
    kind = content_type or _TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    return sealed(HttpResponse(data, content_type=kind), name)


def sheet(data: bytes, name: str) -> HttpResponse:
    """Return a workbook to be saved, named by what it lists and the day."""
    return handed_out(data, f"{name}-{timezone.localdate()}.xlsx")


def sealed(response: HttpResponse, name: str) -> HttpResponse:
    """Return a response as one that is saved under a name, and neither guessed at nor kept."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class AttachForm(forms.Form):
    """Files to be put into a case, and what they are."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *_KINDS],
        help_text="要随文书提供给申请人的，选“答复附件”，起草文书时再勾选；文书发出后，申请人才能下载。",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, case: int) -> HttpResponse:
    """Put files into a case; each is looked at, and those that may not be kept are named."""
    row = office_case(request, case)
    form = AttachForm(request.POST or None, initial={"kind": request.GET.get("leibie", "")})
    sent, refused = request.FILES.getlist("file"), []
    if request.method == "POST" and form.is_valid() and sent:
        given = form.cleaned_data
        for each in sent:
            try:
                files.attach(
                    case=row, upload=files.checked(each.name, each), kind=FileKind(given["kind"]),
                    by=request.user,
                )  # fmt: skip
            except Refused as problem:
                refused.append(str(problem))
        if len(sent) > len(refused):
            messages.success(request, f"已附卷 {len(sent) - len(refused)} 个文件。")
        if not refused:
            return redirect("desk:case", row.pk)
    elif request.method == "POST" and not sent:
        refused.append("请选择文件。")
    context = {
        "case": row,
        "form": form,
        "refused": refused,
        "kept": row.files.filter(removed_at__isnull=True).select_related("by"),
        "types": "、".join(sorted(files.TYPES)),
        "accepts": ",".join(f".{suffix}" for suffix in sorted(files.TYPES)),
        "megabytes": files.LARGEST // 2**20,
        "breadcrumbs_items": case_crumbs(row, ("", "案卷文件")),
        "header_title": "案卷文件",
    }
    status = 422 if refused or form.errors else 200
    return render(request, "inforequests/letters/files.html", context, status=status)


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of the case's list, for a reason."""
    item = office_file(request, pk)
    try:
        files.detach(item=item, reason=posted(request, "reason"), by=request.user)
        messages.success(request, f"已移出“{item.name}”，记录中可以查到。")
    except Refused as refused:
        show(request, refused)
    return redirect("desk:attach", item.case_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file; of a document of identity only for a reason, which stays on record."""
    item = office_file(request, pk)
    is_personal, problem = item.kind in PERSONAL_FILES, ""
    if not is_personal or request.method == "POST":
        try:
            data = files.open_file(item=item, by=request.user, why=posted(request, "why", 200))
        except Refused as refused:
            problem = str(refused)
        else:
            return handed_out(data, item.name, item.content_type)
    context = {
        "item": item,
        "case": item.case,
        "problem": problem,
        "breadcrumbs_items": case_crumbs(
            item.case, (reverse("desk:attach", args=[item.case_id]), "案卷文件")
        ),
        "header_title": item.get_kind_display(),
    }
    return render(request, "inforequests/letters/file.html", context, status=409 if problem else 200)
