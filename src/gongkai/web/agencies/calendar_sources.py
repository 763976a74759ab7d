"""What apps put into a person's calendar.

An app names in `AppConfig.ready` the function that yields its entries; who asks never learns who answers:

    calendar_sources.register("gongkai.web.publishing.services.reminding.calendar_of")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from gongkai.web.agencies.models import User


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One day in the calendar; the title leaves the site, so it names no applicant and quotes no draft.

    `uid` names the deadline for good: a program that knows it moves its entry instead of adding one.
    `url` is a path of this site.
    """

    uid: str
    day: date
    title: str
    url: str


Source = Callable[["User", date], Iterable[Entry]]
"""Called with a person and the day; yields what falls due for them, or is late."""

_sources: list[str] = []


def register(source: str) -> None:
    """Ask the function of this dotted name too whenever a calendar is fetched."""
    if source not in _sources:
        _sources.append(source)


def entries(user: User, today: date) -> Sequence[Entry]:
    """Return the person's entries from every source, by day."""
    found = [entry for source in _sources for entry in import_string(source)(user, today)]
    return sorted(found, key=lambda entry: (entry.day, entry.uid))
