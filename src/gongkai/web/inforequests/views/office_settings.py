"""The office's settings: seen by the office, changed by its approvers, every change on record."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.web.inforequests.forms.settings import OfficeForm
from gongkai.web.inforequests.models import DeskSettings
from gongkai.web.inforequests.services import office_settings
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.staff import crumbs, seen

_SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change the settings; a switch is saved only after what it moves was shown."""
    if not office_settings.may_see(request.user):
        raise PermissionDenied("依申请公开设置供本机关的经办、审核、审批人员查看。")
    agency, may_change = request.user.agency, office_settings.may_change(request.user)
    form = OfficeForm(request.POST or None, instance=DeskSettings.of(agency))
    moved, problem = None, ""
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied(f"依申请公开设置由{agency}的审批人员修改。")
        if form.is_valid():
            practice = form.practice()
            is_other = practice != DeskSettings.of(agency).practice
            if is_other and "confirm" not in request.POST:
                moved = office_settings.moved(agency, practice)
            else:
                problem = _saved(request, form)
                if not problem:
                    return redirect("desk:settings")
    changes = list(agency.desk_settings_changes.select_related("by")[:_SHOWN])
    context = {
        "agency": agency,
        "form": form,
        "may_change": may_change,
        "moved": moved,
        "problem": problem,
        "seen": changes[0].pk if changes else 0,
        "changes": [(change, office_settings.differences(change)) for change in changes],
        "breadcrumbs_items": crumbs(("", "设置")),
        "header_title": "依申请公开设置",
    }
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "inforequests/letters/settings.html", context, status=status)


def _saved(request: HttpRequest, form: OfficeForm) -> str:
    """Save, and return why it was not saved; "" if it was."""
    try:
        change = office_settings.save(
            agency=request.user.agency, values=form.values(), practice=form.practice(), by=request.user,
            reason=form.cleaned_data["reason"], seen=seen(request),
        )  # fmt: skip
    except Refused as refused:
        return str(refused)
    messages.success(request, "已保存，在办案件的期限已重新计算。" if change else "没有变动。")
    return ""
