"""A case is its events: folding them gives where it stands, until when, what is wrong and what is next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.practice import STRICT, Practice
from gongkai.law.procedure.casefile import CaseFile, Clock, Consulted, NextAction, Track
from gongkai.law.procedure.defects import Defect
from gongkai.law.procedure.draft import Draft, until
from gongkai.law.procedure.intake import amended, opened, was_contacted
from gongkai.law.procedure.states import STATE_NAMES, Action, Event, NotAllowed, State
from gongkai.law.procedure.transitions import TRANSITIONS
from gongkai.law.rulebook import STANDARD, Rulebook


def fold(
    events: Sequence[Event],
    calendar: WorkCalendar,
    today: date,
    *,
    book: Rulebook = STANDARD,
    practice: Practice = STRICT,
    record_refusals: bool = False,
) -> CaseFile:
    """Return the case that its events make, as it stands at the end of `today`.

    Args:
        events: the registration first; the others in any order, as they are taken by their days (those of one
            day in the order given). Events after `today` are left out.
        calendar: working days, as published so far.
        today: the day that is asked about.
        book: rules by date; the case keeps those of the day it was received.
        practice: how the body answers the questions the law leaves open.
        record_refusals: for a history that is told and not made here: an event that cannot be, and the rest
            of its act, is left out and becomes a defect, and nothing else changes.
    Raises:
        NotAllowed: there is no registration, or, unless refusals are recorded, an event cannot be. What was
            late or wrong can.
    Source: R711 arts. 27–45.
    """
    if not events:
        raise NotAllowed("案件要从登记开始")
    draft = opened(amended(events, today), calendar, book, practice)
    begins = {event.act: event for event in reversed(events[1:]) if event.act}
    refused: set[int] = set()
    for event in sorted(events[1:], key=lambda event: event.on):
        if event.on > today or event.act in refused:
            continue
        draft.lapse(event.on)
        known = len(draft.defects)
        try:
            _apply(draft, event, begins.get(event.act))
        except NotAllowed as refusal:
            if not record_refusals:
                raise
            del draft.defects[known:]
            draft.refuse(event, str(refusal), TRANSITIONS[event.action].source[0])
            refused |= {event.act} - {0}
    draft.lapse(today)
    return _file(draft, today)


def _apply(draft: Draft, event: Event, begins: Event | None) -> None:
    if begins and event.on < begins.on:
        raise NotAllowed(f"“{TRANSITIONS[event.action].name}”（{event.on}）早于它所随的一步（{begins.on}）")
    transition = TRANSITIONS[event.action]
    if event.on < draft.reached:
        raise NotAllowed(f"“{transition.name}”不能早于申请到达之日 {draft.reached}")
    if draft.kind not in transition.kinds:
        raise NotAllowed(f"更正本人信息的申请没有“{transition.name}”这一步")
    if event.action is Action.DECIDE and draft.state is State.CLOSED and draft.is_set_aside:
        transition = TRANSITIONS[Action.REDECIDE]
    if draft.state not in transition.sources and event.action is not Action.REGISTER:
        raise NotAllowed(f"“{STATE_NAMES[draft.state]}”时不能“{transition.name}”")
    transition.apply(draft, event)


def _file(draft: Draft, today: date) -> CaseFile:
    clock = draft.clock()
    defects = list(draft.defects)
    open_ = draft.closed is None and draft.answered is None
    if open_ and clock and clock.due and clock.due.on < today:
        defects.append(Defect(code="not_replied", on=clock.due.on, details=until(clock.due)))
    if not was_contacted(draft, today):
        defects.append(Defect(code="not_contacted", on=draft.reached))
    for each in draft.proceedings.values():
        ended = each.turns[0][0] if each.turns else today
        if each.answer_due and each.answer_due.on < ended and not each.answered:
            details = f"{each.ref}，{until(each.answer_due)}"
            code = _UNANSWERED[each.track is Track.RECONSIDERATION]
            defects.append(Defect(code=code, on=each.answer_due.on, details=details))
    return CaseFile(
        kind=draft.kind,
        state=draft.state,
        today=today,
        applicant=draft.applicant,
        channel=draft.channel,
        registered_on=draft.registered,
        amended_on=draft.amended,
        received_on=draft.received,
        prudent_on=min(draft.received or draft.reached, draft.reached),
        clock=clock,
        correction=draft.correction,
        consultations=tuple(draft.consultations.values()),
        reasons_asked_on=draft.reasons_asked,
        reasons_given_on=draft.reasons_given,
        charge=draft.charge,
        outcome=draft.outcome,
        grounds=draft.grounds,
        decided_on=draft.decided,
        redecisions=tuple(draft.redecisions),
        answered_on=draft.answered,
        service=draft.service,
        delivered_on=draft.delivered,
        closed_on=draft.closed,
        proactive_on=draft.proactive,
        proceedings=tuple(draft.proceedings.values()),
        defects=tuple(defects),
        next_actions=tuple(_next(draft, _act_by(draft, clock), today)),
    )


def _act_by(draft: Draft, clock: Clock | None) -> Due | None:
    """Return the last day to act on: the earlier one where the body forgot to contact the applicant."""
    if clock and clock.prudent and not was_contacted(draft, draft.reached):
        return clock.prudent
    return clock.due if clock else None


def _next(draft: Draft, due: Due | None, today: date) -> Iterator[NextAction]:
    """What the law lets or has one do next; periods of the applicant's must have lapsed."""
    for transition in _LEAVING[draft.state]:
        is_open = _OPEN_WHEN.get(transition.action)
        if draft.kind in transition.kinds and (is_open is None or is_open(draft, today)):
            yield NextAction(action=transition.action, by=_by(draft, transition.action, due))


_UNANSWERED = {True: "reconsideration_not_answered", False: "court_not_answered"}
_LEAVING = {state: [each for each in TRANSITIONS.values() if state in each.sources] for state in State}


def _may_notify_correction(draft: Draft, today: date) -> bool:
    if draft.correction is not None or draft.received is None:
        return False
    return today <= draft.limit("correction_notice", draft.received).on


def _may_receive_notice(draft: Draft, _: date) -> bool:
    told = draft.correction
    return told is not None and told.received is None and told.delivered is None


def _may_correct(draft: Draft, _: date) -> bool:
    return draft.correction is not None and draft.correction.received is None


def _has_lapsed_uncorrected(draft: Draft, today: date) -> bool:
    correction = draft.correction
    return correction is not None and correction.received is None and correction.limit.on < today


_OPEN_WHEN: Mapping[Action, Callable[[Draft, date], bool]] = {
    Action.NOTIFY_CORRECTION: _may_notify_correction,
    Action.CORRECTION_NOTICE_RECEIVED: _may_receive_notice,
    Action.CORRECT: _may_correct,
    Action.CLOSE_UNCORRECTED: _has_lapsed_uncorrected,
    Action.CONSULTED_RECEIVED: lambda d, _: any(not (c.received or c.answered) for c in d.asked()),
    Action.OPINION: lambda d, _: any(not c.answered for c in d.asked()),
    Action.TELL_THIRD_PARTY: lambda d, _: any(c.name not in d.told for c in d.asked(Consulted.THIRD_PARTY)),
    Action.EXTEND: lambda d, today: not d.is_extended and d.is_in_time(today),
    Action.ASK_REASONS: lambda d, _: d.reasons_asked is None,
    Action.REASONS_GIVEN: lambda d, _: d.reasons_asked is not None and d.reasons_given is None,
    Action.DELAY: lambda d, today: d.reasons_asked is not None and not d.delayed and d.is_in_time(today),
    Action.CHARGE: lambda d, today: d.charge is None and d.is_in_time(today),
    Action.FEE_NOTICE_RECEIVED: lambda d, _: bool(d.charge and not (d.charge.paid or d.charge.delivered)),
    Action.PAY: lambda d, _: d.charge is not None and not d.charge.paid,
    Action.CLOSE_UNPAID: lambda d, _: d.outcome == "other.fee_unpaid" and d.answered is None,
    Action.CONFIRM_RECEIPT: lambda d, _: d.received is None,
    Action.SERVE: lambda d, _: d.awaits_service,
    Action.DELIVERED: lambda d, _: bool(d.answered and not d.delivered and not d.awaits_service),
    Action.REDECIDE: lambda d, _: d.is_set_aside,
    Action.RECONSIDERATION_ANSWERED: lambda d, _: d.awaits(answer=True, court=False),
    Action.RECONSIDERATION_DECIDED: lambda d, _: d.awaits(answer=False, court=False),
    Action.SUIT_ANSWERED: lambda d, _: d.awaits(answer=True, court=True),
    Action.SUIT_JUDGED: lambda d, _: d.awaits(answer=False, court=True),
    Action.SUIT_APPEALED: lambda d, _: any(
        p.track is not Track.RECONSIDERATION and p.turns and p.turns[-1][1] for p in d.proceedings.values()
    ),
}


def _by(draft: Draft, action: Action, due: Due | None) -> Due | None:
    if action is Action.NOTIFY_CORRECTION and draft.received:
        return draft.limit("correction_notice", draft.received)
    if action is Action.CORRECT and draft.correction:
        return draft.correction.limit
    if action is Action.PAY and draft.charge:
        return draft.charge.limit
    if draft.closed is None and action in (
        Action.DECIDE,
        Action.SERVE,
        Action.EXTEND,
        Action.DELAY,
        Action.CHARGE,
    ):
        return due
    return None
