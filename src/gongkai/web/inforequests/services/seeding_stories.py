"""What happens in an invented case: a plan is drawn, each step of it taken only if the law has it next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.law.calendar import WorkCalendar
from gongkai.law.channels import ONLINE, Channel
from gongkai.law.grounds import GROUNDS
from gongkai.law.practice import Practice
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.folding import fold
from gongkai.law.procedure.states import Action, CaseKind, Event, NotAllowed
from gongkai.law.taxonomy import APPLICANT_KINDS
from gongkai.web.inforequests.services.seeding_texts import ORGANS, THIRD_PARTIES, UNITS

_A = Action
_CHANNELS: Mapping[Channel, int] = {
    Channel.INTERNET: 55, Channel.EMS: 18, Channel.IN_PERSON: 12, Channel.EMAIL: 5, Channel.REGISTERED: 4,
    Channel.PLAIN_MAIL: 3, Channel.FAX: 1, Channel.ORAL: 2,
}  # fmt: skip
_OUTCOMES: Mapping[str, int] = {
    "granted": 340, "partial": 90, "unable.not_held": 270, "unable.needs_creation": 25,
    "declined.petition": 70, "declined.duplicate": 25, "declined.publication": 10,
    "declined.confirm_reissue": 10, "other.misc": 15,
    "denied.state_secret": 3, "denied.law_prohibited": 12, "denied.security_stability": 5,
    "denied.third_party": 20, "denied.internal_affairs": 20, "denied.process_info": 35,
    "denied.enforcement_file": 25, "denied.admin_inquiry": 25,
}  # fmt: skip
_SERVICES: Mapping[str, int] = {"post": 45, "electronic": 35, "in_person": 18, "entrusted": 2}
_ENDINGS: Mapping[str, int] = {
    "upheld": 40, "claim_rejected": 14, "withdrawn": 14, "dismissed": 8, "settled": 4, "revoked": 10,
    "ordered_to_perform": 5, "declared_unlawful": 5,
}  # fmt: skip
_GROUNDS = {
    outcome: tuple(code for code, ground in GROUNDS.items() if ground.outcome == outcome)
    for outcome in _OUTCOMES
    if outcome.startswith("denied.")
}
# What the law has next only before or after some day; the other acts wait for another act alone.
_BY_THE_DAY = frozenset({_A.NOTIFY_CORRECTION, _A.EXTEND, _A.CLOSE_UNCORRECTED, _A.CLOSE_UNPAID})


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a plan: so many working days after the last one, or a day before or after the reply is due.

    `also` is done on the same day, with it or not at all.
    """

    action: Action
    after: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    of_due: int | None = None
    also: Step | None = None

    def events(self, on: date) -> list[Event]:
        """Return what is done, on a day."""
        first = Event(action=self.action, on=on, facts=self.facts)
        return [first, *(self.also.events(on) if self.also else ())]


@dataclass(kw_only=True)
class Story:
    """The events of a case so far and its file at the last of them."""

    dice: Random
    calendar: WorkCalendar
    practice: Practice
    today: date
    events: list[Event]
    file: CaseFile
    is_over: bool = False

    def take(self, step: Step) -> None:
        """Take a step if the law has it next on its day; what would lie after today has not happened yet."""
        on = self._day(step)
        if on > self.today:
            self.is_over = True
            return
        if step.action in _BY_THE_DAY and on != self.file.today:
            self.file = self._folded(self.events, on)
        if all(each.action is not step.action for each in self.file.next_actions):
            return
        longer = [*self.events, *step.events(on)]
        try:
            self.file = self._folded(longer, on)
            self.events = longer
        except NotAllowed:
            return

    def file_on_the_last_day(self) -> CaseFile:
        """Return the case as it stands today; one that is over is as its last event left it."""
        if self.file.closed_on and all(each.turns and each.turns[-1][1] for each in self.file.proceedings):
            return self.file
        return self._folded(self.events, self.today)

    def _folded(self, events: list[Event], on: date) -> CaseFile:
        return fold(events, self.calendar, on, practice=self.practice)

    def _day(self, step: Step) -> date:
        last = self.events[-1].on
        if step.of_due is not None and self.file.due:
            meant = self.file.due.on + timedelta(days=step.of_due)
            return max(last, self.calendar.last_working_day(meant).on)
        return self.calendar.add_working_days(last, step.after).on if step.after else last


def story(
    dice: Random, *, on: date, today: date, applicant_kind: str, calendar: WorkCalendar, practice: Practice
) -> Story:
    """Return what happens in a case that is registered on a day, up to today."""
    channel = _drawn(dice, _CHANNELS)
    kind = CaseKind.RECORDS if dice.random() < 0.01 else CaseKind.REQUEST
    facts: dict[str, Any] = {"kind": kind.value, "applicant": applicant_kind, "channel": channel.value}
    if channel in (Channel.EMS, Channel.REGISTERED) and dice.random() < 0.2:
        facts["reached"] = on - timedelta(days=1)
    events = [Event(action=_A.REGISTER, on=on, facts=facts)]
    told = Story(
        dice=dice, calendar=calendar, practice=practice, today=today, events=events,
        file=fold(events, calendar, on, practice=practice),
    )  # fmt: skip
    for step in _plan(told, channel, kind):
        told.take(step)
        if told.is_over:
            break
    return told


def _plan(told: Story, channel: Channel, kind: CaseKind) -> Iterator[Step]:
    dice = told.dice
    yield from _received(dice, channel)
    if kind is CaseKind.RECORDS:
        facts = {"outcome": "records.corrected"}
        yield Step(action=_A.DECIDE, after=dice.randint(5, 15), facts=facts, also=_serve(dice, channel))
        return
    yield from _handled(told, channel)
    if told.file.closed_on is None:
        yield from _replied(told, channel)
    if dice.random() < 0.02:
        yield Step(action=_A.AMEND_RECORD, after=15, facts={"applicant": dice.choice(list(APPLICANT_KINDS))})
    if told.file.outcome == "granted" and dice.random() < 0.04:
        yield Step(action=_A.TURN_PROACTIVE, after=dice.randint(3, 20))
    if told.file.closed_on and dice.random() < (0.03 if told.file.outcome == "granted" else 0.09):
        yield from _disputed(told, channel)


def _handled(told: Story, channel: Channel) -> Iterator[Step]:
    """What comes between receipt and reply in some cases."""
    dice, turn = told.dice, told.dice.random()
    if turn < 0.12:
        yield from _corrected(told)
    elif turn < 0.22:
        yield from _consulted(dice)
    elif turn < 0.24:
        yield Step(action=_A.WITHDRAW, after=dice.randint(2, 10))
    elif turn < 0.26:
        yield from _charged(dice)
    elif turn < 0.28:
        yield from _reasons(dice, channel)


def _received(dice: Random, channel: Channel) -> Iterator[Step]:
    if channel is Channel.PLAIN_MAIL:
        yield Step(action=_A.CONTACT)
    if channel in (Channel.PLAIN_MAIL, Channel.FAX):
        yield Step(action=_A.CONFIRM_RECEIPT, after=dice.choice((0, 0, 1, 2)))
    if dice.random() < 0.6:
        yield Step(action=_A.ASSIGN, after=dice.choice((0, 1)), facts={"to": dice.choice(UNITS)})


def _corrected(told: Story) -> Iterator[Step]:
    dice = told.dice
    yield Step(action=_A.NOTIFY_CORRECTION, after=dice.randint(1, 5), facts={"days": 15})
    if told.file.correction is None:
        return
    yield Step(action=_A.CORRECTION_NOTICE_RECEIVED, after=dice.randint(0, 3))
    if dice.random() < 0.75:
        yield Step(action=_A.CORRECT, after=dice.randint(1, 12))
    else:
        yield Step(action=_A.CLOSE_UNCORRECTED, after=dice.randint(17, 20))


def _consulted(dice: Random) -> Iterator[Step]:
    third = dice.random() < 0.6
    name = dice.choice(THIRD_PARTIES if third else ORGANS)
    opinion = dice.choice(("agrees", "agrees", "objects"))
    asked = _A.CONSULT_THIRD_PARTY if third else _A.CONSULT_ORGAN
    yield Step(action=asked, after=dice.randint(2, 6), facts={"name": name})
    yield Step(action=_A.CONSULTED_RECEIVED, after=dice.randint(0, 3), facts={"name": name})
    if dice.random() < 0.85:
        yield Step(action=_A.OPINION, after=dice.randint(2, 14), facts={"name": name, "opinion": opinion})
    if third and opinion == "objects" and dice.random() < 0.6:
        yield Step(action=_A.TELL_THIRD_PARTY, after=1, facts={"name": name})


def _charged(dice: Random) -> Iterator[Step]:
    facts = {"tariff": "per_page", "units": dice.randint(31, 260)}
    yield Step(action=_A.CHARGE, after=dice.randint(4, 12), facts=facts)
    yield Step(action=_A.FEE_NOTICE_RECEIVED, after=dice.randint(0, 3))
    if dice.random() < 0.6:
        yield Step(action=_A.PAY, after=dice.randint(1, 15))
    else:
        yield Step(action=_A.CLOSE_UNPAID, after=23)


def _reasons(dice: Random, channel: Channel) -> Iterator[Step]:
    yield Step(action=_A.ASK_REASONS, after=dice.randint(2, 8))
    if dice.random() < 0.5:
        yield Step(action=_A.REASONS_GIVEN, after=dice.randint(1, 6))
    else:
        facts, served = {"outcome": "declined.excessive"}, _serve(dice, channel)
        yield Step(action=_A.DECIDE, after=dice.randint(3, 8), facts=facts, also=served)


def _replied(told: Story, channel: Channel) -> Iterator[Step]:
    dice = told.dice
    if dice.random() < 0.09:
        facts = {"days": 20, "approved_by": "公开工作机构负责人"}
        yield Step(action=_A.EXTEND, of_due=-dice.randint(1, 4), facts=facts)
    corrected = told.file.correction is not None and told.file.correction.received is not None
    outcome = "unable.still_unclear" if corrected and dice.random() < 0.15 else _drawn(dice, _OUTCOMES)
    day = dice.randint(1, 9) if dice.random() < 0.03 else -min(int(dice.expovariate(0.12)), 25)
    served = _serve(dice, channel)
    yield Step(action=_A.DECIDE, of_due=day, facts=_decision(dice, outcome), also=served)
    if dice.random() < 0.9:
        yield Step(action=_A.DELIVERED, after=dice.randint(1, 4))


def _decision(dice: Random, outcome: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"outcome": outcome}
    if outcome == "partial":
        facts["grounds"] = (dice.choice(("personal_privacy", "trade_secret", "discussion_record")),)
    elif outcome in _GROUNDS:
        facts["grounds"] = (dice.choice(_GROUNDS[outcome]),)
    if outcome == "denied.law_prohibited":
        facts["instrument_rank"] = "法律"
    return facts


def _serve(dice: Random, channel: Channel) -> Step:
    by = "electronic" if channel in ONLINE and dice.random() < 0.6 else _drawn(dice, _SERVICES)
    return Step(action=_A.SERVE, facts={"by": by, "online_channel_given": by == "electronic"})


def _disputed(told: Story, channel: Channel) -> Iterator[Step]:
    """A reconsideration, perhaps a suit after it; or a suit at once; what is set aside is decided anew."""
    dice, on = told.dice, told.events[-1].on
    serial = dice.randrange(1, 900)
    review, suit = f"复决字〔{on.year}〕{serial}号", f"（{on.year}）行初{serial}号"
    first = dice.random() < 0.75
    if first:
        simple = dice.random() < 0.7
        facts = {"ref": review, "simple": simple}
        yield Step(action=_A.RECONSIDERATION_FILED, after=dice.randint(8, 38), facts=facts)
        if dice.random() < 0.93:
            answered = dice.randint(2, 5 if simple else 10)
            yield Step(action=_A.RECONSIDERATION_ANSWERED, after=answered, facts={"ref": review})
        ending = {"ref": review, "ending": _drawn(dice, _ENDINGS)}
        yield Step(action=_A.RECONSIDERATION_DECIDED, after=dice.randint(15, 38), facts=ending)
    if not first or (dice.random() < 0.3 and not _set_aside(told)):
        yield from _sued(dice, suit, review if first else "")
    if _set_aside(told):
        facts, served = _decision(dice, "granted"), _serve(dice, channel)
        yield Step(action=_A.REDECIDE, after=dice.randint(5, 20), facts=facts, also=served)


def _sued(dice: Random, suit: str, review: str) -> Iterator[Step]:
    facts = {"ref": suit, "after": review} if review else {"ref": suit}
    yield Step(action=_A.SUIT_FILED, after=dice.randint(5, 60), facts=facts)
    yield Step(action=_A.SUIT_ANSWERED, after=dice.randint(4, 10), facts={"ref": suit})
    ending = {"ref": suit, "ending": _drawn(dice, _ENDINGS)}
    yield Step(action=_A.SUIT_JUDGED, after=dice.randint(30, 110), facts=ending)
    if dice.random() < 0.3:
        yield Step(action=_A.SUIT_APPEALED, after=dice.randint(5, 10), facts={"ref": suit})
        yield Step(action=_A.SUIT_JUDGED, after=dice.randint(30, 60), facts={"ref": suit, "ending": "upheld"})


def _set_aside(told: Story) -> bool:
    return any(each.turns and each.turns[-1][1] == "corrected" for each in told.file.proceedings)


def _drawn(dice: Random, weights: Mapping[Any, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
