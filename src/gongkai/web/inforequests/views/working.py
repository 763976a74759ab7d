"""The work list: filters, saved views, export."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.inforequests.choices import CHANNEL_CHOICES, OUTCOME_CHOICES, STATE_CHOICES
from gongkai.web.inforequests.models import SavedView
from gongkai.web.inforequests.services import (
    applicants,
    exporting,
    office_settings,
    permissions,
    tasks,
    working,
)
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.files import sheet
from gongkai.web.inforequests.views.staff import crumbs, posted, show

_PER_PAGE = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what is open, the most urgent first, or what is asked for."""
    wanted = working.Wanted.of(request.GET)
    cases = applicants.with_names(working.found(request.user, wanted)).select_related("handler")
    page = Paginator(cases, _PER_PAGE).get_page(request.GET.get("ye", "1"))
    agencies = agencies_of(request.user)
    context = {
        "results": page,
        "lines": list(working.lines(list(page.object_list))),
        "wanted": wanted,
        "scopes": working.SCOPES,
        "counts": working.scope_counts(request.user),
        "states": STATE_CHOICES,
        "channels": CHANNEL_CHOICES,
        "outcomes": OUTCOME_CHOICES,
        "agencies": agencies if agencies.count() > 1 else [],
        "years": range(timezone.localdate().year, timezone.localdate().year - 6, -1),
        "views": request.user.desk_views.all(),
        "open_tasks": tasks.open_tasks(request.user).count(),
        "may_register": permissions.may_register(request.user),
        "sees_settings": office_settings.may_see(request.user),
        "header_title": "依申请公开",
        "breadcrumbs_items": [*crumbs()[:-1], {"url": "", "label": "依申请公开"}],
    }
    return render(request, "inforequests/staff/list.html", context)


@require_safe
def spreadsheet(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a spreadsheet, applicants masked."""
    wanted = working.Wanted.of(request.GET)
    return sheet(exporting.work_list(working.found(request.user, wanted)), "yishenqing")


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is asked for."""
    wanted = working.Wanted.of(request.POST)
    try:
        view = working.save_view(user=request.user, name=posted(request, "name", 40), wanted=wanted)
        messages.success(request, f"已保存“{view.name}”。")
    except Refused as refused:
        show(request, refused)
    return redirect(f"{reverse('desk:list')}?{wanted.query()}")


@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved view of one's own."""
    get_object_or_404(SavedView, pk=pk, user=request.user).delete()
    messages.success(request, "已删除。")
    return redirect("desk:list")
