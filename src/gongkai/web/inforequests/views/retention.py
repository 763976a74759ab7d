"""Personal data whose time is over: the list, put forward by one approver, confirmed by another person."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.models import Destruction
from gongkai.web.inforequests.services import retaining
from gongkai.web.inforequests.services.applicants import masked_name
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.staff import crumbs, number, show

_PER_PAGE = 100


def _own(request: HttpRequest) -> Agency:
    """Return the person's body, if they are of its office."""
    agency = request.user.agency
    if agency is None or not retaining.is_office(request.user):
        raise PermissionDenied("到期清除由受理机关的经办、审核、审批人员办理。")
    return agency


@never_cache
@require_safe
def expired(request: HttpRequest) -> HttpResponse:
    """List what may be cleared, what waits for confirmation, what was cleared."""
    agency, today = _own(request), timezone.localdate()
    waiting = list(retaining.open_lists([agency]))
    listed = {number for each in waiting for number, *_ in each.cases}
    found = retaining.expired([agency], today).exclude(number__in=listed)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("ye", "1"))
    context = {
        "results": page,
        "lines": [(case, masked_name(case.applicant, case.applicant_kind)) for case in page.object_list],
        "waiting": waiting,
        "done": [(each, retaining.is_intact(each)) for each in retaining.done_lists(agency)],
        "may_propose": retaining.may_propose(request.user),
        "may_confirm": {each.pk for each in waiting if retaining.may_confirm(request.user, each)},
        "may_clear": retaining.is_office(request.user),
        "here": "expired",
        "header_title": "到期清除个人信息",
        "breadcrumbs_items": crumbs(("", "到期清除")),
    }
    return render(request, "inforequests/staff/expired.html", context)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put the chosen cases forward."""
    chosen = [number(value) for value in request.POST.getlist("case")]
    try:
        made = retaining.propose(agency=_own(request), cases=chosen, by=request.user)
        messages.success(request, f"已提请清除 {len(made.cases)} 件，由另一人确认后执行。")
    except Refused as refused:
        show(request, refused)
    return redirect("desk:expired")


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a list that was put forward, or send it back."""
    destruction = get_object_or_404(Destruction, pk=pk, agency=_own(request))
    by: User = request.user
    try:
        if request.POST.get("yijian") == "queren":
            if not request.POST.get("sure"):
                raise Refused("清除后不能恢复，请核对清单后勾选确认。")
            retaining.confirm(destruction=destruction, by=by)
            messages.success(request, f"已清除 {len(destruction.cases)} 件的申请人信息，清单已签名存档。")
        else:
            retaining.withdraw(destruction=destruction, by=by)
            messages.success(request, "已退回，没有清除任何信息。")
    except Refused as refused:
        show(request, refused)
    return redirect("desk:expired")
