"""A person's notifications in the back office, and their deadlines for a calendar program."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.agencies.services import calendars, notifying

_PER_PAGE = 30


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """List the person's own notifications: those not read, or with `?quanbu=1` all."""
    every = request.GET.get("quanbu") == "1"
    address = calendars.address_of(request.user)
    context = {
        "results": Paginator(notifying.of_person(request.user, unread_only=not every), _PER_PAGE).get_page(
            request.GET.get("ye", "1")
        ),
        "every": every,
        "unread": notifying.unread(request.user),
        "calendar": request.build_absolute_uri(reverse("calendar", args=[address.token])) if address else "",
        "today": timezone.localdate(),
        "header_title": "通知",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": "", "label": "通知"},
        ],
    }
    return render(request, "agencies/notifications.html", context)


@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where the matter is dealt with; whoever goes there has read of it."""
    own = notifying.of_person(request.user)
    one = get_object_or_404(own, pk=pk)
    notifying.mark_read(notifications=own.filter(pk=pk), on=timezone.now())
    return redirect(one.path)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark one notification read, or without a number all."""
    chosen = notifying.of_person(request.user)
    if (pk := request.POST.get("pk", "")).isdecimal():
        chosen = chosen.filter(pk=pk)
    count = notifying.mark_read(notifications=chosen, on=timezone.now())
    messages.success(request, f"已将 {count} 条通知标为已读。")
    return redirect(reverse("notifications:list") + ("?quanbu=1" if "quanbu" in request.POST else ""))


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Give the person a new calendar address, or withdraw the one they have."""
    if request.POST.get("act") == "close":
        calendars.close_address(user=request.user)
        messages.success(request, "日历地址已停用，日历软件不再更新。")
    else:
        calendars.open_address(user=request.user, on=timezone.now())
        messages.success(request, "日历地址已生成。请把它添加到您的日历软件，不要发给别人。")
    return redirect(f"{reverse('notifications:list')}#rili")


@require_safe
def calendar(_: HttpRequest, token: str) -> HttpResponse:
    """Hand out the deadlines of whoever has this address, to whoever knows it."""
    owner = calendars.owner_of(token)
    if owner is None:
        raise Http404
    content = calendars.calendar_of(owner, timezone.now())
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="qixian.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
