"""The office's wording of its letters: standard text beside its own, checked and shown before it is kept."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.services import office_settings, previewing, templating
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.staff import crumbs, posted, seen

_LONGEST = 20_000
_GROUPS = ("程序性文书", "答复", "内部材料")


def _agency(request: HttpRequest) -> Agency:
    if not office_settings.may_see(request.user):
        raise PermissionDenied("文书模板供本机关的经办、审核、审批人员查看。")
    return request.user.agency


@never_cache
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List the kinds of letter, each with whose wording holds."""
    agency = _agency(request)
    lines = templating.lines(agency)
    context = {
        "agency": agency,
        "groups": [(group, [line for line in lines if line.group == group]) for group in _GROUPS],
        "breadcrumbs_items": crumbs((reverse("desk:settings"), "设置"), ("", "文书模板")),
        "header_title": "文书模板",
    }
    return render(request, "inforequests/letters/templates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a letter's wording, and let an approver change it: check, read, keep, restore."""
    agency = _agency(request)
    try:
        found = templating.wording(agency, kind)
    except KeyError:
        raise Http404 from None
    may_change, problem = office_settings.may_change(request.user), ""
    text, deed = found.own or found.standard, request.POST.get("do", "")
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied(f"文书模板由{agency}的审批人员修改。")
        text = posted(request, "text", _LONGEST)
        if deed in ("save", "restore"):
            problem = _saved(request, agency, kind, "" if deed == "restore" else text)
            if not problem:
                return redirect("desk:template", kind)
    problems = templating.problems(kind, text)
    found = templating.wording(agency, kind)
    context = {
        "agency": agency,
        "wording": found,
        "text": text,
        "may_change": may_change,
        "problem": "" if problems else problem,
        "problems": problems,
        "slots": templating.slots(kind),
        "flags": templating.flags(),
        "page": None if problems else previewing.page_of(templating.sample(agency, kind, text)),
        "breadcrumbs_items": crumbs(
            (reverse("desk:settings"), "设置"), (reverse("desk:templates"), "文书模板"), ("", found.name)
        ),
        "header_title": f"{found.name}：模板",
    }
    status = 409 if problem else 422 if problems and request.method == "POST" else 200
    return render(request, "inforequests/letters/template.html", context, status=status)


def _saved(request: HttpRequest, agency: Agency, kind: str, text: str) -> str:
    """Keep the wording, and return why it was not kept; "" if it was."""
    try:
        templating.save(
            agency=agency, kind=kind, text=text, by=request.user,
            seen=seen(request),
        )  # fmt: skip
    except Refused as refused:
        return str(refused)
    messages.success(
        request, "已恢复通用模板。" if not text.strip() else "已保存，此后的文书按本机关的模板写。"
    )
    return ""
