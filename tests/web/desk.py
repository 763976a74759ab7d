"""A desk to test on: cases made as the office makes them, on days of one's choice."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.law.channels import Channel
from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import registering
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.registering import Person

APPLICANT = Person(
    name="周晓岚",
    identity_kind="id_card",
    identity_number="11010119900307109X",
    phone="13900001234",
    email="zhou@example.org",
    address="安平县城关镇和平路1号",
)
# What a reply that gives everything must say.
GIVEN = Draft(details={"given": ("供水水质检测结果",), "delivery": "电子文本，随本答复发送"})


def at(day: str, clock: str = "10:00") -> datetime:
    """Return a moment of a day here."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)))


def asked(
    agency: Agency,
    day: str,
    *,
    by: User | None = None,
    channel: Channel = Channel.INTERNET,
    wanted: str = "2024年度供水水质检测结果",
    applicant_kind: str = "natural_person",
    person: Person = APPLICANT,
    **more: object,
) -> InfoRequest:
    """Return a case registered at ten on a day."""
    return registering.register(
        agency=agency, channel=channel, applicant_kind=applicant_kind, person=person, wanted=wanted, by=by,
        now=at(day), **more,
    )  # fmt: skip
