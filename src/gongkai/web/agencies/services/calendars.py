"""Deadlines in a person's own calendar program, fetched from a secret address that they may withdraw."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from gongkai.web.agencies.calendar_sources import entries
from gongkai.web.agencies.models import CalendarAddress, User

_PRODUCT, _NAME = "-//Gongkai//Deadlines//ZH", "信息公开期限"


def calendar_of(user: User, now: datetime) -> bytes:
    """Return the person's deadlines as an iCalendar file of whole days (RFC 5545)."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", f"NAME:{_NAME}", f"X-WR-CALNAME:{_NAME}"]
    for entry in entries(user, timezone.localdate(now)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.uid)}@{base.partition('://')[2]}",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
            f"URL:{base}{entry.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _text(words: str) -> str:
    """Return words as a value: one line, its separators escaped."""
    one_line = " ".join(words.split())
    return one_line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 bytes, none of which cuts a character in two."""
    pieces, room = [b""], 75
    for letter in line:
        if len(pieces[-1]) + len(letter.encode()) > room:
            pieces.append(b"")
            room = 74  # A space begins each further piece.
        pieces[-1] += letter.encode()
    return b"\r\n ".join(pieces) + b"\r\n"


def address_of(user: User) -> CalendarAddress | None:
    """Return the person's address; None if they have none."""
    return CalendarAddress.objects.filter(user=user).first()


def open_address(*, user: User, on: datetime) -> CalendarAddress:
    """Give the person a new address; an older one leads nowhere from now on."""
    address, _ = CalendarAddress.objects.update_or_create(
        user=user, defaults={"token": secrets.token_urlsafe(32), "made_at": on}
    )
    return address


def close_address(*, user: User) -> None:
    """Withdraw the person's address."""
    CalendarAddress.objects.filter(user=user).delete()


def owner_of(token: str) -> User | None:
    """Return whose address it is; None for nobody's, or somebody's who has left."""
    found = CalendarAddress.objects.filter(token=token, user__is_active=True).select_related("user").first()
    return found.user if found else None
