"""Who may see a collection, who runs it, who files in it; and how its rows are locked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import agencies_of, has_role, may_oversee
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Filed
from gongkai.web.oversight.models import Collection, Filing, Member
from gongkai.web.oversight.services.acting import Refused

FILERS = (Role.CLERK, Role.APPROVER)


def visible_collections(by: User) -> QuerySet[Collection]:
    """Return the collections of the person's bodies, and those in which their own body is to report."""
    found = Collection.objects.select_related("agency", "government")
    if not by.is_active or not by.is_authenticated:
        return found.none()
    own = Member.objects.filter(agency=by.agency) if by.agency else Member.objects.none()
    return found.filter(Q(agency__in=agencies_of(by)) | Q(pk__in=own.values("collection")))


def may_collect(by: User, collection: Collection) -> bool:
    """Whether the person runs the collection: a supervisor of the body that opened it."""
    return may_oversee(by, collection.agency)


def check_may_collect(by: User, collection: Collection) -> None:
    """Raise PermissionDenied unless the person runs the collection."""
    if not may_collect(by, collection):
        raise PermissionDenied("只有发起报送的主管部门可以办理。")


def may_file(by: User, member: Member) -> bool:
    """Whether the person files for the member: its clerk or approver, or who runs the collection."""
    own = by.agency_id == member.agency_id and any(has_role(by, role) for role in FILERS)
    return own or may_collect(by, member.collection)


def check_may_file(by: User, member: Member) -> None:
    """Raise PermissionDenied unless the person files for the member."""
    if not may_file(by, member):
        raise PermissionDenied("只有本机关的经办、审批人员或者主管部门可以报送。")


def locked_collection(collection: Collection) -> Collection:
    """Return the collection as it is now, kept from others until the transaction ends."""
    rows = Collection.objects.select_for_update(of=("self",)).select_related("agency", "government")
    return rows.get(pk=collection.pk)


def check_open(collection: Collection) -> None:
    """Raise Refused once the collection was closed."""
    if collection.closed_at is not None:
        raise Refused("这次报送已经结束。要继续办理，请先由主管部门重新打开。")


def locked_filing(filing: Filing, seen: str = "") -> Filing:
    """Return a filing as it is now, its collection kept from others until the transaction ends.

    Args:
        seen: the state in which the person saw it; "" if that does not matter.
    Raises:
        Refused: the collection is closed, the member has filed again, or a colleague was faster.
    """
    collection = locked_collection(filing.member.collection)
    check_open(collection)
    fresh = Filing.objects.select_related("member__agency", "report__agency").get(pk=filing.pk)
    fresh.member.collection = collection
    if fresh.member.latest_id != fresh.pk:
        raise Refused(f"{fresh.member.agency.name}已有更新的报送，请在最新的一次报送上办理。")
    if seen and seen != fresh.state:
        state = Filed(fresh.state).label
        raise Refused(f"这份报送刚刚有人办理过，现在的状态是“{state}”。请核对后再办理。")
    return fresh
