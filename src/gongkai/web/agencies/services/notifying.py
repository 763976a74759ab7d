"""One outlet for whatever staff should know: shown in the back office at once, sent outside by a command.

    notify(
        to=holders(agency, Role.CLERK),
        kind=NotificationKind.DUE,
        key=f"request-{case.pk}-due-{due}",
        title=f"申请 {case.number} 应当在 {due} 前答复",
        number=case.number,
        path=reverse("inforequests:case", args=[case.pk]),
        about=case,
        due_on=due,
    )

It is called inside the transaction of the act it tells of, so neither stands without the other. The title
stays in the back office; outside go only kind, number, day and address (docs/notifications.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet

from gongkai.web.agencies.choices import Channel, NotificationKind
from gongkai.web.agencies.models import Agency, Delivery, Notification, User
from gongkai.web.agencies.roles import Role


@dataclass(frozen=True, kw_only=True)
class Holders:
    """Whoever holds a role in a body; if nobody does, whoever takes it next."""

    agency: Agency
    role: Role

    def people(self) -> QuerySet[User]:
        """Return the holders of today."""
        return User.objects.filter(is_active=True, agency=self.agency, groups__name=self.role.value)


def holders(agency: Agency, role: Role) -> Holders:
    """Return a role in a body as an addressee."""
    return Holders(agency=agency, role=role)


@transaction.atomic
def notify(
    *,
    to: User | Holders,
    kind: NotificationKind,
    key: str,
    title: str,
    path: str,
    number: str = "",
    about: Model | None = None,
    due_on: date | None = None,
) -> int:
    """Tell a person, or everybody in a role of a body; return how many learn of something new.

    Args:
        key: names the occasion; whoever was told under it is not told again.
        title: one Chinese line, for the back office only.
        path: the page of this site where it is dealt with.
        number: by what the recipient knows the matter in a letter or message.
    Raises:
        ValueError: `path` is not a path of this site.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"not a path of this site: {path}")
    facts = {
        "kind": kind,
        "title": title[:200],
        "number": number[:80],
        "path": path,
        "due_on": due_on,
        "content_type": ContentType.objects.get_for_model(about) if about is not None else None,
        "object_id": str(about.pk) if about is not None else "",
    }
    if isinstance(to, User):
        return int(_tell(to, key, facts | {"agency": to.agency}))
    facts |= _place(to)
    people = list(to.people())
    if not people and not Notification.objects.filter(key=key, **_place(to)).exists():
        Notification.objects.get_or_create(key=key, recipient=None, **_place(to), defaults=facts)
    return sum(_tell(person, key, facts) for person in people)


def _place(to: Holders) -> dict[str, object]:
    return {"agency": to.agency, "role": to.role.value}


def _tell(person: User, key: str, facts: dict[str, object]) -> bool:
    told, is_new = Notification.objects.get_or_create(key=key, recipient=person, defaults=facts)
    if is_new:
        Delivery.objects.bulk_create(
            Delivery(notification=told, channel=channel) for channel in _channels(person)
        )
    return is_new


def _channels(person: User) -> Iterable[Channel]:
    if person.email:
        yield Channel.EMAIL
    if settings.WEBHOOK_URL:
        yield Channel.WEBHOOK


@transaction.atomic
def hand_over_waiting() -> int:
    """Give what waited for a role to those who hold it by now; return how many were told."""
    told = 0
    waiting = Notification.objects.select_for_update(of=("self",)).filter(recipient=None)
    for one in waiting.select_related("agency"):
        people = list(Holders(agency=one.agency, role=Role(one.role)).people())
        copied = ("kind", "title", "number", "path", "due_on", "content_type", "object_id", "agency", "role")
        facts = {name: getattr(one, name) for name in copied}
        told += sum(_tell(person, one.key, facts) for person in people)
        if people:
            one.delete()
    return told


# What a person sees


def of_person(user: User, *, unread_only: bool = False) -> QuerySet[Notification]:
    """Return the person's notifications, newest first."""
    own = Notification.objects.filter(recipient=user)
    return own.filter(read_at=None) if unread_only else own


def unread(user: User) -> int:
    """Return how many the person has not read."""
    return of_person(user, unread_only=True).count()


def mark_read(*, notifications: QuerySet[Notification], on: datetime) -> int:
    """Mark those not read yet; return how many they were."""
    return notifications.filter(read_at=None).update(read_at=on)
