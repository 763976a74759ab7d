"""Opening a collection, changing what it asks, closing and reopening it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.law.calendar import load_calendar
from gongkai.law.clock import Filer, annual_report_due
from gongkai.web.agencies.choices import Kind, NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, check_may_oversee, has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.models import Collection, Member
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing.access import (
    check_may_collect,
    check_open,
    locked_collection,
)
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.registering import FIRST_YEAR

_CHANGES = (Act.OPENED, Act.AMENDED, Act.CLOSED)
_NAMED = 5


def may_open(by: User) -> bool:
    """Whether the person may open a collection for their own body."""
    return by.agency is not None and (by.is_superuser or has_role(by, Role.SUPERVISOR))


def usual_due(year: int) -> date:
    """Return the day by which departments' reports on a year must be public, for a collection's last day.

    Source: R711 art. 49.
    """
    return annual_report_due(year, Filer.DEPARTMENT, load_calendar()).on


def government_of(agency: Agency) -> Agency | None:
    """Return the government whose report the sum is: the body itself, or that whose office it is."""
    return agency if agency.kind == Kind.GOVERNMENT else agency.parent


def usual_members(by: User, government: Agency | None) -> QuerySet[Agency]:
    """Return the active bodies in the person's care, without the government whose report is the sum."""
    bodies = agencies_of(by).filter(is_active=True)
    return bodies.exclude(pk=government.pk) if government else bodies


def version_of(collection: Collection) -> int:
    """Return what changes whenever somebody changes what the collection asks."""
    changes = collection.events.filter(act__in=_CHANGES).order_by("-sequence")
    return changes.values_list("sequence", flat=True).first() or 0


@transaction.atomic
def open_collection(
    *,
    agency: Agency,
    government: Agency | None,
    year: int,
    due_on: date,
    members: Sequence[Agency],
    by: User,
    now: datetime,
    note: str = "",
) -> Collection:
    """Open the collection of a year's reports and tell the members' clerks.

    Args:
        government: whose report the sum is to be; it cannot be a member, or it would be added to itself.
    Raises:
        PermissionDenied: `by` does not supervise the body, or one of the members.
        Refused: the year is not over or too early, nobody is to report, or the body
            collects this year's reports already.
    """
    check_may_oversee(by, agency)
    today = timezone.localtime(now).date()
    if not FIRST_YEAR <= year < today.year:
        raise Refused(f"报告年度应在 {FIRST_YEAR} 年至 {today.year - 1} 年之间：年度结束后才能收报告。")
    _check_due(due_on, year)
    _check_members(by, government, members)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if Collection.objects.filter(agency=agency, year=year).exists():
        raise Refused(f"{agency.name}已经发起过 {year} 年度报告的报送，请在那一次里办理。")
    collection = Collection.objects.create(
        agency=agency,
        government=government,
        year=year,
        due_on=due_on,
        note=note.strip(),
        opened_by=by,
        opened_at=now,
    )
    Member.objects.bulk_create(Member(collection=collection, agency=each) for each in members)
    append_event(
        act=Act.OPENED, by=by, at=now, collection=collection, due_on=str(due_on), members=_names(members)
    )
    _tell(collection, members, f"请于 {due_on:%Y-%m-%d} 前报送 {year} 年度报告", "opened")
    return collection


def _check_due(due_on: date, year: int) -> None:
    if not date(year + 1, 1, 1) <= due_on < date(year + 2, 1, 1):
        raise Refused(f"报送期限应在 {year + 1} 年内。")


def _check_members(by: User, government: Agency | None, members: Sequence[Agency]) -> None:
    if not members:
        raise Refused("请至少选择一个应报单位。")
    if government is not None and government in members:
        raise Refused(f"{government.name}的报告就是汇总的结果，不能作为应报单位。")
    allowed = set(agencies_of(by).values_list("pk", flat=True))
    if any(each.pk not in allowed for each in members):
        raise PermissionDenied("应报单位应当是您主管的机关。")


@transaction.atomic
def amend_collection(
    *,
    collection: Collection,
    due_on: date,
    members: Sequence[Agency],
    by: User,
    now: datetime,
    note: str = "",
    seen: int | None = None,
) -> Collection:
    """Change the last day, the note or the members; who is new is told, who leaves must not have filed.

    Args:
        seen: `version_of` as the person saw it; None if that does not matter.
    Raises:
        PermissionDenied: `by` does not run the collection, or supervise a new member.
        Refused: closed, changed by a colleague meanwhile, or a member that leaves has filed.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    check_open(collection)
    if seen is not None and seen != version_of(collection):
        raise Refused("报送要求刚刚有人改过，您的修改没有保存。请核对现在的内容后再改。")
    _check_due(due_on, collection.year)
    _check_members(by, collection.government, members)
    wanted = {each.pk for each in members}
    leaving = list(collection.members.exclude(agency__in=wanted).select_related("agency"))
    if filed := [each.agency.name for each in leaving if each.latest_id]:
        raise Refused(f"{'、'.join(filed[:_NAMED])}已经报送，不能从应报单位中去掉。")
    known = set(collection.members.values_list("agency", flat=True))
    new = [each for each in members if each.pk not in known]
    Member.objects.filter(pk__in=[each.pk for each in leaving]).delete()
    Member.objects.bulk_create(Member(collection=collection, agency=each) for each in new)
    before, collection.due_on, collection.note = collection.due_on, due_on, note.strip()
    collection.save(update_fields=["due_on", "note"])
    append_event(
        act=Act.AMENDED,
        by=by,
        at=now,
        collection=collection,
        due_on=[str(before), str(due_on)],
        joined=_names(new),
        left=[each.agency.name for each in leaving],
    )
    _tell(collection, new, f"请于 {due_on:%Y-%m-%d} 前报送 {collection.year} 年度报告", "opened")
    if before != due_on:
        old = [each.agency for each in collection.members.filter(agency__in=known).select_related("agency")]
        _tell(
            collection,
            old,
            f"{collection.year} 年度报告报送期限改为 {due_on:%Y-%m-%d}",
            f"due-{due_on:%Y%m%d}",
        )
    return collection


@transaction.atomic
def close_collection(*, collection: Collection, by: User, now: datetime, despite: bool = False) -> Collection:
    """End the collection: nobody files any more, and nobody is reminded.

    Raises:
        PermissionDenied: `by` does not run the collection.
        NeedsConfirmation: somebody has not filed, or a filing is not decided on, and `despite` is not said.
        Refused: it is closed already.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    check_open(collection)
    open_ones = collection.members.exclude(latest__state="accepted").count()
    if open_ones and not despite:
        raise NeedsConfirmation(f"还有 {open_ones} 家没有接收，确认仍要结束报送吗？")
    collection.closed_by, collection.closed_at = by, now
    collection.save(update_fields=["closed_by", "closed_at"])
    append_event(act=Act.CLOSED, by=by, at=now, collection=collection, without=open_ones)
    return collection


@transaction.atomic
def reopen_collection(*, collection: Collection, by: User, now: datetime) -> Collection:
    """Open a closed collection again, as it was.

    Raises:
        PermissionDenied: `by` does not run the collection.
        Refused: it is open.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    if collection.closed_at is None:
        raise Refused("这次报送没有结束，无需重新打开。")
    collection.closed_by, collection.closed_at = None, None
    collection.save(update_fields=["closed_by", "closed_at"])
    append_event(act=Act.OPENED, by=by, at=now, collection=collection, again=True)
    return collection


def _names(agencies: Iterable[Agency]) -> list[str]:
    return [each.name for each in agencies]


def _tell(collection: Collection, agencies: Iterable[Agency], title: str, occasion: str) -> None:
    for agency in agencies:
        notify(
            to=holders(agency, Role.CLERK),
            kind=NotificationKind.ARRIVED,
            key=f"collection-{collection.pk}-{occasion}-{agency.pk}",
            title=title,
            path=reverse("annual_reports:collection", args=[collection.pk]),
            about=collection,
            due_on=collection.due_on,
        )
