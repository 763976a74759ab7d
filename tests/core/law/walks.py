"""Hypothesis strategies for what may legally happen in a case, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from cases import CALENDAR
from hypothesis import strategies as st

from gongkai.law.channels import Channel
from gongkai.law.grounds import GROUNDS
from gongkai.law.procedure import Action, CaseFile, Event, NotAllowed, fold
from gongkai.law.procedure.disputing import ENDINGS
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES

FIRST, LAST = date(2022, 1, 1), date(2025, 6, 30)
_NAMES = ("甲公司", "乙局", "丙局")
_REFS = ("复1", "诉1", "诉2")
_ENDING_AT_ONCE = (Action.WITHDRAW, Action.MERGE)
Facts = st.SearchStrategy[dict[str, Any]]


def _facts(**facts: Any) -> Facts:
    """Return a strategy for facts: strategies drawn, lists sampled, other values as they are."""
    drawn = {
        name: value
        if isinstance(value, st.SearchStrategy)
        else st.sampled_from(value)
        if isinstance(value, list)
        else st.just(value)
        for name, value in facts.items()
    }
    return st.fixed_dictionaries(drawn)


def _decision(outcome: str) -> Facts:
    fitting = [code for code, g in GROUNDS.items() if outcome in ("partial", g.outcome)]
    grounds = st.tuples(st.sampled_from(fitting)) if fitting else st.just(())
    return _facts(outcome=outcome, grounds=grounds, instrument_rank="法律")


_NAME = _facts(name=list(_NAMES))
_REF = _facts(ref=list(_REFS))
_ENDED = _facts(ref=list(_REFS), ending=sorted(ENDINGS))
_FACTS: Mapping[Action, Facts] = {
    Action.ASSIGN: _facts(to="办公室"),
    Action.AMEND_RECORD: _facts(applicant=sorted(APPLICANT_KINDS)),
    Action.NOTIFY_CORRECTION: _facts(days=st.integers(1, 30)),
    Action.CONSULT_THIRD_PARTY: _NAME,
    Action.CONSULT_CO_MAKER: _NAME,
    Action.CONSULT_ORGAN: _NAME,
    Action.CONSULTED_RECEIVED: _NAME,
    Action.OPINION: _facts(name=list(_NAMES), opinion=["agrees", "objects"]),
    Action.TELL_THIRD_PARTY: _NAME,
    Action.EXTEND: _facts(days=st.integers(1, 25), approved_by=["李主任", ""]),
    Action.DELAY: _facts(until=st.dates(FIRST, date(2026, 6, 30))),
    Action.CHARGE: _facts(tariff=["per_request", "per_page"], units=st.integers(1, 300)),
    Action.MERGE: _facts(into="另一件"),
    Action.DECIDE: st.sampled_from(sorted(OUTCOMES)).flatmap(_decision),
    Action.SERVE: _facts(by=["in_person", "post", "electronic", "entrusted"]),
    Action.RECONSIDERATION_FILED: _REF,
    Action.RECONSIDERATION_ANSWERED: _REF,
    Action.RECONSIDERATION_DECIDED: _ENDED,
    Action.SUIT_FILED: _REF,
    Action.SUIT_ANSWERED: _REF,
    Action.SUIT_JUDGED: _ENDED,
    Action.SUIT_APPEALED: _REF,
    Action.REDECIDE: _facts(outcome="granted"),
}


@st.composite
def histories(draw: Callable[[st.SearchStrategy[Any]], Any], steps: int = 12) -> tuple[Event, ...]:
    """Draw the events of one request, each allowed when it happened."""
    on = draw(st.dates(FIRST, LAST))
    reached = on - timedelta(days=draw(st.integers(0, 3)))
    opening: dict[str, Any] = {
        "applicant": draw(st.sampled_from(sorted(APPLICANT_KINDS))),
        "channel": draw(st.sampled_from([channel.value for channel in Channel])),
        "reached": reached,
    }
    events = (Event(action=Action.REGISTER, on=on, facts=opening),)
    for _ in range(draw(st.integers(0, steps))):
        on += timedelta(days=draw(st.sampled_from((0, 1, 2, 5, 12, 30, 90))))
        choices = [each.action for each in folded(events, on).next_actions]
        rare = draw(st.integers(0, 9)) == 0
        action = draw(st.sampled_from([a for a in choices if rare or a not in _ENDING_AT_ONCE]))
        facts = draw(_FACTS[action]) if action in _FACTS else {}
        longer = (*events, Event(action=action, on=on, facts=facts))
        try:
            folded(longer, on)
        except NotAllowed:
            continue
        events = longer
    return events


def folded(events: tuple[Event, ...], today: date) -> CaseFile:
    """Return the case at the end of a day."""
    return fold(events, CALENDAR, today)


@st.composite
def any_events(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Event:
    """Draw an event that may be possible or not: any act on any day, with fitting facts, others' or none."""
    action = draw(st.sampled_from([each for each in Action if each is not Action.AMEND_RECORD]))
    fitting = _FACTS.get(action, _facts())
    others = st.sampled_from(sorted(_FACTS)).flatmap(lambda other: _FACTS[other])
    nonsense = _facts(
        name=[1, None, ""],
        outcome=["granted", 3],
        grounds=[("99",), "x"],
        by=["post", "dove"],
        remedies_told=[3, True],
        proposed_by_applicant=["?"],
        until=["soon"],
        days=[-1, 0],
        units=[-3],
        tariff=["per_page"],
    )
    facts = draw(st.one_of(fitting, others, nonsense, _facts()))
    on = draw(st.dates(FIRST - timedelta(days=30), date(2026, 6, 30)))
    return Event(action=action, on=on, facts=facts, act=draw(st.sampled_from((0, 1))))
