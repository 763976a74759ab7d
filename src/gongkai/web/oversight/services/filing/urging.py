"""Reminding members that have not filed: by the superior's hand once a day at most, and by the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.law.calendar import load_calendar
from gongkai.web.agencies.calendar_sources import Entry
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import agencies_of, has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.oversight.choices import Act, Filed
from gongkai.web.oversight.models import Collection, Member
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.filing.access import (
    FILERS,
    check_may_collect,
    check_open,
    locked_collection,
)
from gongkai.web.oversight.services.ledger import append_event

STEPS = (0, 1, 3, 7)  # working days before the day
_LONGEST = 40  # calendar days that seven working days can take, over the Spring Festival


def owing(collection: Collection) -> QuerySet[Member]:
    """Return the members whose report is wanted: not filed, or returned and not filed anew."""
    wanted = Q(latest=None) | Q(latest__state=Filed.RETURNED)
    return collection.members.filter(wanted).select_related("agency", "latest")


@transaction.atomic
def urge(*, collection: Collection, by: User, now: datetime) -> int:
    """Remind every member whose report is wanted; return how many members.

    Raises:
        PermissionDenied: `by` does not run the collection.
        Refused: closed, done today already, or nobody owes a report.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    check_open(collection)
    today = timezone.localtime(now).date()
    if _urged_on(collection, today):
        raise Refused("今天已经催报过一次，请明天再催。")
    members = list(owing(collection))
    if not members:
        raise Refused("各单位都已报送，没有需要催报的。")
    append_event(
        act=Act.URGED, by=by, at=now, collection=collection, members=[each.agency.name for each in members]
    )
    for each in members:
        due = _due(each, collection)
        _tell(
            each,
            collection,
            f"请尽快报送 {collection.year} 年度报告（期限 {due:%Y-%m-%d}）",
            f"urged-{today}",
        )
    return len(members)


def last_urged_at(collection: Collection) -> datetime | None:
    """Return when the members were last reminded by hand."""
    return collection.events.filter(act=Act.URGED).order_by("-sequence").values_list("at", flat=True).first()


def _urged_on(collection: Collection, day: date) -> bool:
    last = last_urged_at(collection)
    return last is not None and timezone.localtime(last).date() == day


def _due(member: Member, collection: Collection) -> date:
    return (member.latest.due_on if member.latest else None) or collection.due_on


def remind(*, on: date) -> int:
    """Send what a day calls for; return how many people learn of something new. Safe to run at any time."""
    told = 0
    for collection in Collection.objects.filter(closed_at=None):
        for member in owing(collection):
            told += _remind(member, collection, on)
    return told


def _remind(member: Member, collection: Collection, today: date) -> int:
    due = _due(member, collection)
    found = _step(due, today)
    if found is None:
        return 0
    kind, step, words = found
    title = f"{collection.year} 年度报告尚未报送，{words}（{due:%Y-%m-%d}）"
    return _tell(member, collection, title, f"{due:%Y%m%d}-{step}", kind)


def _step(due: date, today: date) -> tuple[NotificationKind, str, str] | None:
    """Kind, key and words of the reminder a day calls for; None where it is not yet time.

    The day the law names is not moved by a day of rest, so the last working day before it has its own.
    """
    if today > due:
        return NotificationKind.LATE, "late", "已经逾期"
    if (due - today).days > _LONGEST:
        return None
    calendar = load_calendar()
    if today == calendar.last_working_day(due).on != due:
        return NotificationKind.DUE, "last", "今天是期限前最后一个工作日"
    left = calendar.working_days_between(today, due).days
    step = next((days for days in STEPS if left <= days), None)
    return None if step is None else (NotificationKind.DUE, str(step), _left_said(left, (due - today).days))


def _left_said(working_days: int, days: int) -> str:
    if days <= 1:
        return "明天截止" if days else "今天截止"
    return f"还有{working_days}个工作日" if working_days else "期限前不再有工作日"


def _tell(
    member: Member,
    collection: Collection,
    title: str,
    step: str,
    kind: NotificationKind = NotificationKind.DUE,
) -> int:
    return notify(
        to=holders(member.agency, Role.CLERK),
        kind=kind,
        key=f"collection-{collection.pk}-{member.agency_id}-{step}",
        title=title,
        path=reverse("annual_reports:collection", args=[collection.pk]),
        about=collection,
        due_on=_due(member, collection),
    )


def calendar_of(user: User, today: date) -> Iterator[Entry]:  # noqa: ARG001  what is late stays in sight
    """Yield by when a person's body is to file, and by when the reports they collect are to be in."""
    if any(has_role(user, role) for role in FILERS):
        owed = Q(latest=None) | Q(latest__state=Filed.RETURNED)
        members = Member.objects.filter(owed, agency=user.agency_id, collection__closed_at=None)
        for member in members.select_related("collection", "latest"):
            yield Entry(
                uid=f"filing-{member.pk}",
                day=_due(member, member.collection),
                title=f"报送 {member.collection.year} 年度报告",
                url=reverse("annual_reports:collection", args=[member.collection_id]),
            )
    if has_role(user, Role.SUPERVISOR):
        for collection in Collection.objects.filter(agency__in=agencies_of(user), closed_at=None):
            yield Entry(
                uid=f"collection-{collection.pk}",
                day=collection.due_on,
                title=f"{collection.year} 年度报告报送截止",
                url=reverse("annual_reports:collection", args=[collection.pk]),
            )
