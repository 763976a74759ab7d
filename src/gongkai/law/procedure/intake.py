"""Acts of intake: registration, confirmation of receipt, correction; and of the record itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.channels import ONLINE, SIGNED, Channel, receipt_day
from gongkai.law.practice import Practice
from gongkai.law.procedure.casefile import Correction
from gongkai.law.procedure.draft import Draft, day, flag, number, text
from gongkai.law.procedure.states import Action, CaseKind, Event, NotAllowed, State
from gongkai.law.rulebook import Rulebook
from gongkai.law.sources import R711
from gongkai.law.taxonomy import APPLICANT_KINDS

_E = TypeVar("_E", bound=StrEnum)
_AMENDABLE = {"applicant", "channel", "reached"}


def one_of(event: Event, name: str, kind: type[_E], default: _E | None = None) -> _E:
    """Return a fact that is one of a set of codes.

    Raises:
        NotAllowed: it is none of them.
    """
    given = text(event, name, default.value if default else None)
    try:
        return kind(given)
    except ValueError:
        raise NotAllowed(f"“{name}”不能是“{given}”") from None


def opened(event: Event, calendar: WorkCalendar, book: Rulebook, practice: Practice) -> Draft:
    """Return the case that its first event opens.

    Raises:
        NotAllowed: the event is no registration, or lacks a fact.
    """
    if event.action is not Action.REGISTER:
        raise NotAllowed("案件要从登记开始")
    draft = Draft(
        calendar=calendar,
        book=book,
        practice=practice,
        kind=one_of(event, "kind", CaseKind, CaseKind.REQUEST),
        applicant=_applicant(event),
        channel=one_of(event, "channel", Channel),
        registered=event.on,
        reached=day(event, "reached", event.on),
    )
    if draft.reached > event.on:
        raise NotAllowed("到达之日不能晚于登记之日")
    _receive(draft, None)
    return draft


def _applicant(event: Event) -> str:
    applicant = text(event, "applicant")
    if applicant not in APPLICANT_KINDS:
        raise NotAllowed(f"没有“{applicant}”这类申请人")
    return applicant


def _receive(draft: Draft, confirmed: date | None) -> None:
    receipt = receipt_day(
        draft.channel,
        reached=draft.registered if _signed_later(draft) else draft.reached,
        confirmed=confirmed,
        own_rule=draft.practice.online_by_confirmation,
    )
    if receipt.on and not R711.applies(receipt.on):
        raise NotAllowed(f"{R711}自{R711.in_force}起施行，此前收到的申请不能按其计算期限")
    draft.received = receipt.on
    draft.state = State.IN_HAND if receipt.on else State.REGISTERED


def _signed_later(draft: Draft) -> bool:
    """Whether signed mail counts from the office's entry and not from the gate's signature."""
    return draft.channel in SIGNED and not draft.practice.mailroom_signature_counts


def contact(draft: Draft, event: Event) -> None:
    """The office tries to reach the applicant; the first time counts."""
    draft.contacted = draft.contacted or event.on


def confirm_receipt(draft: Draft, event: Event) -> None:
    """Both sides confirm: the day of receipt of plain mail and fax; online the system did so before."""
    if draft.confirmed or (draft.received and draft.channel not in ONLINE):
        raise NotAllowed(f"申请已于 {draft.received} 收到")
    if draft.received is None:
        _receive(draft, event.on)
    draft.confirmed = event.on


def was_contacted(draft: Draft, today: date) -> bool:
    """Whether a letter's sender was called the day it came, or that day is not over (R711 art. 31(2))."""
    if draft.channel is not Channel.PLAIN_MAIL:
        return True
    return (draft.contacted or draft.confirmed or today) <= draft.reached


def assign(_: Draft, event: Event) -> None:
    """Handed on inside the body: no effect on any clock."""
    text(event, "to")


def amended(events: Sequence[Event], today: date) -> Event:
    """Return the registration as what was amended by the end of a day has it.

    An amendment says how things were from the beginning, so all that follows is judged by it; what was frozen
    before it was made shows it as a difference.

    Raises:
        NotAllowed: it amends nothing, or what cannot be amended.
    """
    facts = dict(events[0].facts)
    for event in sorted(events[1:], key=lambda event: event.on):
        if event.action is Action.AMEND_RECORD and event.on <= today:
            if not event.facts:
                raise NotAllowed("没有写明更正什么")
            if others := event.facts.keys() - _AMENDABLE:
                raise NotAllowed(f"登记事项中的“{min(others)}”不能更正")
            facts |= event.facts
    return replace(events[0], facts=facts)


def amend_record(draft: Draft, event: Event) -> None:
    """The registration was wrong; `amended` has taken what it says now."""
    draft.amended = event.on


def notify_correction(draft: Draft, event: Event) -> None:
    """Tell the applicant, once, what to correct (R711 art. 30)."""
    assert draft.received is not None  # no one is told before receipt
    if draft.correction is not None:
        draft.defect("correction_notice_second", event.on)
        draft.asked_again = True
        return
    late = event.on > draft.limit("correction_notice", draft.received).on
    counts = not late or draft.practice.late_correction_counts or bool(event.facts.get("override_by"))
    if late:
        draft.defect("correction_notice_late", event.on)
    draft.correction = Correction(
        notified=event.on,
        limit=_correct_by(draft, event),
        is_stated="days" in event.facts,
        counts=counts,
    )
    if counts:
        draft.state = State.AWAITING_CORRECTION


def _correct_by(draft: Draft, event: Event) -> Due:
    usual = draft.book.period("correction", draft.governed_from).length
    days = number(event, "days", usual)
    if days < 1:
        raise NotAllowed("补正的天数应为正数")
    return draft.calendar.add_working_days(event.on, days)


def _uncorrected(draft: Draft) -> Correction:
    if draft.correction is None or draft.correction.received:
        raise NotAllowed("没有等待补正的告知")
    return draft.correction


def correction_notice_received(draft: Draft, event: Event) -> None:
    """The applicant has the notice in hand: the period to correct runs from here."""
    told = _uncorrected(draft)
    if told.delivered:
        raise NotAllowed("补正告知书已经签收")
    length = draft.calendar.working_days_between(told.notified, told.limit.on).days
    limit = draft.calendar.add_working_days(event.on, length)
    draft.correction = replace(told, delivered=event.on, limit=limit)


def correct(draft: Draft, event: Event) -> None:
    """The corrected request is in hand: a full new reply period begins, if the notice was in time.

    What was extended was the old period; the new one may be extended once.
    """
    if draft.asked_again and draft.correction and draft.correction.received:
        draft.asked_again = False  # what follows a second notice moves nothing
        return
    draft.correction = replace(_uncorrected(draft), received=event.on)
    draft.state = State.IN_HAND
    if draft.correction.counts:
        draft.extended, draft.is_extended = 0, False


def close_uncorrected(draft: Draft, event: Event) -> None:
    """No correction without good reason by the end of the period: deemed abandoned (R711 art. 30)."""
    told = _uncorrected(draft)
    until = told.limit.on if told.is_stated else told.delivered or told.notified
    if event.on <= until:
        raise NotAllowed(f"补正期限到 {until} 才届满")
    draft.end_unanswered("other.no_correction", event.on)


def withdraw(draft: Draft, event: Event) -> None:
    """The applicant takes the request back."""
    draft.end_unanswered("other.misc", event.on)


def merge(draft: Draft, event: Event) -> None:
    """The same request once more, handled with the other one."""
    text(event, "into")
    draft.end_unanswered("other.misc", event.on)


def turn_proactive(draft: Draft, event: Event) -> None:
    """What several asked for is published for all (R711 art. 44)."""
    flag(event, "proposed_by_applicant", default=False)
    draft.proactive = event.on
