"""A case while its events are being folded: what is known so far, and the clock as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.channels import Channel
from gongkai.law.clock import paused_working_days, period_due
from gongkai.law.practice import FeeClock, Practice
from gongkai.law.procedure.casefile import (
    Charge,
    Clock,
    Consultation,
    Consulted,
    Correction,
    Opinion,
    Proceeding,
    Result,
    Track,
)
from gongkai.law.procedure.defects import Defect
from gongkai.law.procedure.states import (
    FACT_NAMES,
    LONGEST,
    CaseKind,
    Event,
    Fact,
    NotAllowed,
    Service,
    State,
)
from gongkai.law.rulebook import Rulebook
from gongkai.law.sources import Citation

_T = TypeVar("_T")


@dataclass(kw_only=True, slots=True)
class Draft:
    """A case so far."""

    calendar: WorkCalendar
    book: Rulebook
    practice: Practice
    kind: CaseKind
    applicant: str
    channel: Channel
    registered: date
    reached: date
    state: State = State.REGISTERED
    received: date | None = None
    correction: Correction | None = None
    consultations: dict[str, Consultation] = field(default_factory=dict)
    extended: int = 0
    is_extended: bool = False
    reasons_asked: date | None = None
    reasons_given: date | None = None
    delayed: date | None = None
    contacted: date | None = None
    confirmed: date | None = None
    amended: date | None = None
    charge: Charge | None = None
    outcome: str | None = None
    grounds: tuple[str, ...] = ()
    decided: date | None = None
    answered: date | None = None
    service: Service | None = None
    delivered: date | None = None
    closed: date | None = None
    proactive: date | None = None
    asked_again: bool = False
    redecisions: list[tuple[date, str]] = field(default_factory=list)
    is_sent_anew: bool = False
    told: set[str] = field(default_factory=set)
    proceedings: dict[str, Proceeding] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)

    def defect(self, code: str, on: date, details: str = "") -> None:
        """Note a defect."""
        self.defects.append(Defect(code=code, on=on, details=details))

    def refuse(self, event: Event, why: str, article: Citation) -> None:
        """Note an event that cannot be, with what it was to be by."""
        self.defects.append(Defect(code="not_allowed", on=event.on, details=why, article=article))

    @property
    def awaits_applicant(self) -> bool:
        """Whether a correction or a payment asked for in time has not come: no reply period runs."""
        correction, charge = self.correction, self.charge
        return bool(
            (correction and correction.counts and not correction.received)
            or (charge and charge.counts and not charge.paid)
        )

    @property
    def governed_from(self) -> date:
        """The day whose rules the case keeps: that of receipt, and until it is known of registration."""
        return self.received or self.registered

    def limit(self, code: str, start: date, *, rule_of: date | None = None) -> Due:
        """Return the end of a period of that code, by the rule of the day the case was received.

        Raises:
            LookupError: there was no such rule on that day, or on `rule_of`.
        """
        return period_due(self.book.period(code, rule_of or self.governed_from), start, self.calendar)

    @property
    def start(self) -> date | None:
        """The day the reply period runs from: receipt, or what began it anew last."""
        starts = [self.received] if self.received else []
        correction, charge = self.correction, self.charge
        if correction and correction.received and correction.counts:
            starts.append(correction.received)
        if charge and charge.paid and charge.counts and self.practice.fee_clock is FeeClock.RESTART:
            starts.append(charge.paid)
        return max(starts, default=None)

    def clock(self) -> Clock | None:
        """Return the clock as it stands; None where no law sets one."""
        start = self.start
        if start is None or self.kind is not CaseKind.REQUEST:
            return None
        length = self.book.period("reply", self.governed_from).length
        spans, endless = self._spans(start)
        clock = Clock(start=start, length=length, extended=self.extended, pauses=spans, delayed=self.delayed)
        if endless or self.awaits_applicant:
            return replace(clock, is_paused=True)
        paused = paused_working_days(spans, self.calendar, after=start).days if spans else 0
        original = self._original(start, length, spans)
        due = self.calendar.add_working_days(start, length + paused + self.extended)
        if self.delayed:
            due = max(due, Due(on=self.delayed, provisional=False), key=lambda each: each.on)
        prudent = None
        if start == self.received and self.reached < start and not self.delayed:
            prudent = self.calendar.add_working_days(self.reached, length + paused + self.extended)
        return replace(clock, original=original, due=due, prudent=prudent)

    def _original(self, start: date, length: int, spans: tuple[tuple[date, date], ...]) -> Due:
        """Return the end before any extension: of the consultations, those begun by then rest it."""
        end = self.calendar.add_working_days(start, length)
        begun: list[tuple[date, date]] = []
        while len(begun) < len(now := [span for span in spans if span[0] <= end.on]):
            begun = now
            paused = paused_working_days(begun, self.calendar, after=start).days
            end = self.calendar.add_working_days(start, length + paused)
        return end

    def _spans(self, start: date) -> tuple[tuple[tuple[date, date], ...], bool]:
        """What is taken out after `start`, and whether one of it has no end yet."""
        found: list[tuple[date, date]] = []
        for consultation in self.consultations.values():
            if not consultation.counts:
                continue
            ends = consultation.ends
            if ends is None:
                return tuple(found), True
            found.append((consultation.sent, max(ends, consultation.sent)))
        if self.reasons_asked and self.practice.reasons_stop_clock:
            if self.reasons_given is None:
                return tuple(found), True
            found.append((self.reasons_asked, self.reasons_given))
        charge = self.charge
        if charge and charge.counts and charge.ends:
            found.append((charge.notified, charge.ends))
        return tuple(span for span in found if span[1] > start), False

    def is_in_time(self, on: date) -> bool:
        """Whether the reply period, as it stands, has not ended before a day."""
        clock = self.clock()
        return clock is None or clock.due is None or on <= clock.due.on

    def end_unanswered(self, outcome: str, on: date) -> None:
        """Close the case without a reply; that none came in time stays on record."""
        clock = self.clock()
        if clock and clock.due and on > clock.due.on:
            self.defect("ended_late", on, until(clock.due))
        self.outcome, self.closed, self.state = outcome, on, State.CLOSED

    def consultation(self, event: Event) -> Consultation:
        """Return the consultation an event is about.

        Raises:
            NotAllowed: there is none of that name.
        """
        name = text(event, "name")
        if name not in self.consultations:
            raise NotAllowed(f"没有向“{name}”征求过意见")
        return self.consultations[name]

    def asked(self, consulted: Consulted | None = None) -> list[Consultation]:
        """Return the consultations of a kind, or all."""
        return [each for each in self.consultations.values() if consulted in (None, each.consulted)]

    def awaits(self, *, answer: bool, court: bool) -> bool:
        """Whether a court, or a reconsideration, waits for the body's answer, or for its own end."""
        return any(
            (not each.answered if answer else not each.turns or each.turns[-1][1] is None)
            for each in self.proceedings.values()
            if (each.track is not Track.RECONSIDERATION) is court
        )

    @property
    def is_set_aside(self) -> bool:
        """Whether the last decision was revoked, changed or ordered anew, and no appeal holds that up."""
        since = self.redecisions[-1][0] if self.redecisions else date.min
        ends = (each.turns[-1] for each in self.proceedings.values() if each.turns)
        return any(result is Result.CORRECTED and on > since for on, result in ends)

    @property
    def awaits_service(self) -> bool:
        """Whether a decision has yet to go out: the first, or one made anew."""
        return self.closed is None if not self.redecisions else not self.is_sent_anew

    def lapse(self, today: date) -> None:
        """Let the periods that ended before a day have the effect the law gives their end.

        A fee not paid by then is a request given up (国办函〔2020〕109号), from the day after; that a
        correction was left out without good reason is for the body to find (R711 art. 30).
        Those asked are silent only if they are known to have received the letter: from there their period
        runs. Without that the clock runs on as from the sending, but nobody has consented.
        """
        for name, each in self.consultations.items():
            if each.opinion is None and each.received and each.limit and has_passed(each.limit, today):
                consent = each.consulted is Consulted.CO_MAKER
                opinion = Opinion.DEEMED_CONSENT if consent else Opinion.SILENT
                self.consultations[name] = replace(each, opinion=opinion)
        charge = self.charge
        if (
            self.state is State.AWAITING_PAYMENT
            and charge
            and charge.limit
            and has_passed(charge.limit, today)
        ):
            self.outcome, self.state = "other.fee_unpaid", State.CLOSED
            self.closed = charge.limit.on + timedelta(days=1)


def has_passed(limit: Due, today: date) -> bool:
    """Whether a period ended before a day; not while its end is provisional: nothing lapses on a guess."""
    return limit.on < today and not limit.provisional


def until(due: Due) -> str:
    """Return the end of a period for the sentence of a defect."""
    return f"期限为 {due.on}{'，放假安排公布前为暂定' if due.provisional else ''}"


def _fact(event: Event, name: str, kind: type[_T], default: _T | None) -> _T:
    value: Fact | None = event.facts.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise NotAllowed(f"{FACT_NAMES.get(name, name)}没有填写或者填写不对")
    return value


def text(event: Event, name: str, default: str | None = None) -> str:
    """Return a text an event carries.

    Raises:
        NotAllowed: it carries none.
    """
    return _fact(event, name, str, default)


def number(event: Event, name: str, default: int | None = None) -> int:
    """Return a whole number an event carries; raises as `text`, and where it is beyond all reason."""
    found = _fact(event, name, int, default)
    if found > LONGEST:
        raise NotAllowed(f"{FACT_NAMES.get(name, name)}不能是 {found:.3g}，最多 {LONGEST}")
    return found


def decimal(event: Event, name: str) -> Decimal:
    """Return yuan an event carries; raises as `text`."""
    return _fact(event, name, Decimal, None)


def day(event: Event, name: str, default: date | None = None) -> date:
    """Return a day an event carries; raises as `text`."""
    return _fact(event, name, date, default)


def flag(event: Event, name: str, *, default: bool) -> bool:
    """Return a yes or no an event carries; raises as `text`."""
    return _fact(event, name, bool, default)


def words(event: Event, name: str) -> tuple[str, ...]:
    """Return the texts an event carries; none if it has not that fact."""
    return _fact(event, name, tuple, ())
