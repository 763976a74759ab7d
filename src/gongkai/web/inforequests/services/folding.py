"""A case's records as the law engine reads them, and what it makes of them written back to the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from gongkai.law.calendar import WorkCalendar, load_calendar
from gongkai.law.explaining import Step, explain_case
from gongkai.law.practice import STRICT, FeeClock, Practice
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.casefile import Proceeding as Disputed
from gongkai.law.procedure.folding import fold
from gongkai.law.procedure.states import Action, Event, Fact
from gongkai.web.inforequests.choices import LEGAL_ACTS, DeskAct
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, Proceeding, Record

_DAYS = frozenset({"reached", "approved_on", "until"})
_YUAN = frozenset({"amount"})
_LISTS = frozenset({"grounds"})


def kept_facts(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return an event's facts as JSON keeps them."""
    return {name: _kept(value) for name, value in facts.items()}


def _kept(value: Fact) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return (
        value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    )


def told_facts(kept: Mapping[str, Any]) -> dict[str, Fact]:
    """Return facts kept as JSON as the engine takes them."""
    return {name: _told(name, value) for name, value in kept.items()}


def _told(name: str, value: Any) -> Fact:
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _YUAN:
        return Decimal(value)
    return tuple(value) if name in _LISTS else value


def events_of(records: Iterable[Record]) -> tuple[Event, ...]:
    """Return the acts of the procedure among a case's records, without what was voided."""
    kept = list(records)
    voided = {record.facts["sequence"] for record in kept if record.act == DeskAct.VOID}
    return tuple(
        Event(action=Action(each.act), on=each.on, facts=told_facts(each.facts))
        for each in kept
        if each.act in LEGAL_ACTS and each.sequence not in voided
    )


@cache
def calendar() -> WorkCalendar:
    """Return the working days as published so far."""
    return load_calendar()


def today() -> date:
    """Return the day it is here."""
    return timezone.localdate()


def practice_of(agency_id: int) -> Practice:
    """Return how a body answers the open questions; strict where it has not said."""
    settings = DeskSettings.objects.filter(agency_id=agency_id).only("practice").first()
    return practice_from(settings.practice) if settings else STRICT


def practice_from(switches: Mapping[str, Any]) -> Practice:
    """Return the practice that kept switches make; unknown ones are passed over."""
    known = {field.name for field in fields_of(Practice)}
    given = {name: value for name, value in switches.items() if name in known}
    if "fee_clock" in given:
        given["fee_clock"] = FeeClock(given["fee_clock"])
    return Practice(**given)


def fold_records(
    records: Iterable[Record], *, practice: Practice = STRICT, on: date | None = None
) -> CaseFile:
    """Return the case that records make, as it stands at the end of a day."""
    return fold(events_of(records), calendar(), on or today(), practice=practice, record_refusals=True)


def case_file(case: InfoRequest, *, on: date | None = None) -> CaseFile:
    """Return a case as its records make it at the end of a day, today if none is given.

    Source: R711 arts. 27–45.
    """
    return fold_records(case.records.all(), practice=practice_of(case.agency_id), on=on)


def explanation(found: CaseFile) -> tuple[Step, ...]:
    """Return why a case's dates are what they are, day by day."""
    return explain_case(found, calendar())


def derive(case: InfoRequest, found: CaseFile) -> None:
    """Write onto the row, unsaved, what follows from the records."""
    due = found.due
    case.state = found.state.value
    case.channel = found.channel.value
    case.applicant_kind = found.applicant
    case.registered_on = found.registered_on
    case.received_on = found.received_on
    case.due_on = due.on if due else None
    case.due_provisional = bool(due and due.provisional)
    case.is_paused = bool(found.closed_on is None and found.clock and found.clock.is_paused)
    case.outcome = found.outcome or ""
    case.decided_on = found.decided_on
    case.answered_on = found.answered_on
    case.closed_on = found.closed_on
    case.defects = len(found.defects)
    case.next_due_on = _next_due(found)


def _next_due(found: CaseFile) -> date | None:
    """The first day by which anything falls due in an open case; answers to courts too, whenever they do.

    Of a letter not yet confirmed it is the day it came, on which the applicant is to be called; of one that
    lay before it was confirmed, the earlier end the law has the office act by (R711 art. 31(2)).
    """
    days = [each.answer_due for each in found.proceedings if not (each.answered or each.turns)]
    known = {due.on for due in days if due}
    if found.closed_on is None:
        known |= {each.by.on for each in found.next_actions if each.by and each.action in _PRESSING}
        known |= {found.due.on} if found.due else set()
        known |= {found.prudent_on} if found.received_on is None else set()
    return min(known, default=None)


_PRESSING = frozenset({Action.CORRECT, Action.DECIDE, Action.SERVE})
_DERIVED = (
    "state", "channel", "applicant_kind", "registered_on", "received_on", "due_on", "due_provisional",
    "next_due_on", "is_paused", "outcome", "decided_on", "answered_on", "closed_on", "defects",
)  # fmt: skip


def would_change(case: InfoRequest, found: CaseFile) -> bool:
    """Whether what follows from the records differs from what the row says."""
    before = [getattr(case, name) for name in _DERIVED]
    derive(case, found)
    return [getattr(case, name) for name in _DERIVED] != before


def refresh(case: InfoRequest, found: CaseFile) -> bool:
    """Save what follows from the records, disputes too; whether anything had changed."""
    changed = would_change(case, found)
    _refresh_proceedings(case, found)
    if changed:
        case.save(update_fields=[*_DERIVED])
    return changed


def _refresh_proceedings(case: InfoRequest, found: CaseFile) -> None:
    for each in found.proceedings:
        Proceeding.objects.update_or_create(case=case, ref=each.ref, defaults=proceeding_columns(each))
    case.proceedings.exclude(ref__in=[each.ref for each in found.proceedings]).delete()


def proceeding_columns(found: Disputed) -> dict[str, Any]:
    """Return the derived columns of a proceeding's row."""
    result = found.turns[-1][1] if found.turns else None
    return {
        "track": found.track.value,
        "filed_on": found.filed,
        "answer_due_on": found.answer_due.on if found.answer_due else None,
        "answered_on": found.answered or None,
        "turns": [[on.isoformat(), turn.value if turn else None] for on, turn in found.turns],
        "result": result.value if result else "",
        "ended_on": found.turns[-1][0] if result else None,
    }
