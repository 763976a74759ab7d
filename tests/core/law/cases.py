"""Short ways to write down what happened in a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.law.calendar import load_calendar
from gongkai.law.procedure import Action, CaseFile, Event, fold

CALENDAR = load_calendar()
LATER = date(2026, 12, 1)


def day(text: str) -> date:
    """Return the day of `2025-09-15`."""
    return date.fromisoformat(text)


def event(action: str, on: str, **facts: Any) -> Event:
    """Return an event; facts that are days may be written as text ending in a day."""
    return Event(action=Action(action), on=day(on), facts=facts)


def registered(on: str, channel: str = "in_person", applicant: str = "natural_person", **facts: Any) -> Event:
    """Return the registration of a request."""
    return event("register", on, channel=channel, applicant=applicant, **facts)


def replied(on: str, outcome: str = "granted", **facts: Any) -> tuple[Event, ...]:
    """Return the decision and its handing over on one day."""
    return (
        event("decide", on, outcome=outcome, **facts),
        event("serve", on, by="in_person", online_channel_given=True),
    )


def case(*events: Event, today: str | date = LATER, **options: Any) -> CaseFile:
    """Return the case folded on a day."""
    on = day(today) if isinstance(today, str) else today
    return fold(events, options.pop("calendar", CALENDAR), on, **options)


def codes(file: CaseFile) -> list[str]:
    """Return the codes of a case's defects."""
    return [defect.code for defect in file.defects]


def due(file: CaseFile) -> str | None:
    """Return the day a reply is due, as text."""
    return file.due.on.isoformat() if file.due else None
