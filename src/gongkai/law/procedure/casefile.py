"""What folding a case's events gives: where it stands, until when, why, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.law.calendar import Due
from gongkai.law.channels import Channel
from gongkai.law.procedure.defects import Defect
from gongkai.law.procedure.states import Action, CaseKind, Service, State


class Consulted(StrEnum):
    """Who is asked, which decides what silence means."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    ORGAN = "organ"


class Opinion(StrEnum):
    """What was said; `UNSTATED` where the record does not say, `SILENT` once the period lapsed,
    `DEEMED_CONSENT` where silence is consent."""

    AGREES = "agrees"
    OBJECTS = "objects"
    UNSTATED = "unstated"
    SILENT = "silent"
    DEEMED_CONSENT = "deemed_consent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Consultation:
    """One consultation: who, sent and received when, until when an opinion is due, and what came of it.

    `counts` is false where it was sent after the reply period had ended: then nothing is taken out.
    `ends` is the last day taken out: the answer's, or the limit; None while nothing limits it. `ended` is
    that day where the reply period had run out before they received the letter: then it moves no more.
    """

    name: str
    consulted: Consulted
    sent: date
    received: date | None = None
    limit: Due | None = None
    answered: date | None = None
    opinion: Opinion | None = None
    ended: date | None = None
    counts: bool

    @property
    def ends(self) -> date | None:
        """The last day that is taken out of the reply period."""
        if self.ended:
            return self.ended
        if self.limit is None:
            return self.answered
        return min(self.answered, self.limit.on) if self.answered else self.limit.on


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """The applicant was told to correct: when, when the notice was in hand, until when, and when the
    corrected request came. `is_stated` is false where the record does not say how long the notice gave: the
    law names no number, so nothing is held against what was done by then."""

    notified: date
    limit: Due
    is_stated: bool
    delivered: date | None = None
    received: date | None = None
    counts: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """A fee was asked: how many yuan (None: not on record), when, when the notice was in hand, until when,
    and when it was paid.

    `limit` is None until the notice is known to be in hand: without that nothing lapses. `earliest` is the
    limit had it been in hand at once, which is reckoned with where the body has no proof of more.
    """

    amount: Decimal | None
    notified: date
    earliest: Due
    delivered: date | None = None
    limit: Due | None = None
    paid: date | None = None
    counts: bool

    @property
    def ends(self) -> date | None:
        """The last day that is taken out of the reply period: payment, but not beyond the time to pay."""
        return min(self.paid, (self.limit or self.earliest).on) if self.paid else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """How the reply period runs: from `start` for `length` working days less pauses, extended by `extended`.

    `delayed` is the day set under R711 art. 35, which holds if it is the later one. `prudent` is the earlier
    end to act on where the letter lay before it was confirmed. `pauses` are spans (day of sending, not
    counted; last day taken out), as they stand today.
    """

    start: date
    length: int
    extended: int
    pauses: tuple[tuple[date, date], ...] = ()
    original: Due | None = None
    due: Due | None = None
    prudent: Due | None = None
    delayed: date | None = None
    is_paused: bool = False


class Track(StrEnum):
    """The three groups of Table 4."""

    RECONSIDERATION = "reconsideration"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"


class Result(StrEnum):
    """The results of Table 4; pending is the want of one."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proceeding:
    """A reconsideration or a lawsuit over the case; `turns` are (day, result), None where it was reopened."""

    ref: str
    track: Track
    filed: date
    answer_due: Due | None = None
    answered: date | None = None
    turns: tuple[tuple[date, Result | None], ...] = ()

    def result_on(self, day: date, *, appealed_is_pending: bool = True) -> Result | None:
        """Return the result that stands at the end of a day; None while it is pending."""
        standing = None
        for on, result in self.turns:
            if on <= day and (result is not None or appealed_is_pending):
                standing = result
        return standing


@dataclass(frozen=True, kw_only=True, slots=True)
class NextAction:
    """What may be done next, and by when where the law says."""

    action: Action
    by: Due | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """A case as its events make it; see `fold`.

    `applicant` is a column of Table 3; `outcome` a row of it. `received_on` is the day of receipt under R711
    art. 31, `prudent_on` the earlier day to act on where the two differ. `answered_on` is the day that counts
    for being in time, `closed_on` the one that counts for the year; `redecisions` are what was decided anew,
    day and outcome, and counted nowhere. `amended_on` is when the registration was last put right.
    """

    kind: CaseKind
    state: State
    today: date
    applicant: str
    channel: Channel
    registered_on: date
    amended_on: date | None
    received_on: date | None
    prudent_on: date
    clock: Clock | None
    correction: Correction | None = None
    consultations: tuple[Consultation, ...] = ()
    reasons_asked_on: date | None = None
    reasons_given_on: date | None = None
    charge: Charge | None = None
    outcome: str | None = None
    grounds: tuple[str, ...] = ()
    decided_on: date | None = None
    redecisions: tuple[tuple[date, str], ...] = ()
    answered_on: date | None = None
    service: Service | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    proactive_on: date | None = None
    proceedings: tuple[Proceeding, ...] = ()
    defects: tuple[Defect, ...] = ()
    next_actions: tuple[NextAction, ...] = ()

    @property
    def due(self) -> Due | None:
        """The last day to reply in time; None while none runs or no law sets one."""
        return self.clock.due if self.clock else None

    @property
    def is_overdue(self) -> bool:
        """Whether the period has ended without an answer."""
        due = self.due
        return due is not None and self.answered_on is None and self.closed_on is None and due.on < self.today

    @property
    def counted_in(self) -> tuple[int | None, int | None]:
        """The years of the annual reports that count it as new and as done; (None, None) outside Table 3."""
        if self.kind is not CaseKind.REQUEST or self.received_on is None:
            return None, None
        return self.received_on.year, self.closed_on.year if self.closed_on else None
