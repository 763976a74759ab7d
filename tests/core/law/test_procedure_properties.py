"""What holds for a case whatever legally happens to it, and for any set of cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from cases import CALENDAR
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walks import any_events, folded, histories

from gongkai.law.counting import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    TOTAL,
    TOTAL_DONE,
    Counted,
    count_table3,
    count_table4,
    imbalances,
)
from gongkai.law.periods import REPLY
from gongkai.law.procedure import TRANSITIONS, Action, Event, NotAllowed, State, fold
from gongkai.law.procedure.casefile import Track
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES

LONG_AFTER = date(2026, 12, 31)
YEARS = range(2021, 2027)
COLUMNS = (*APPLICANT_KINDS, TOTAL)


THOROUGH = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@THOROUGH
@given(st.lists(histories(8), min_size=1, max_size=5))
def test_every_year_balances_in_every_column_and_carries_into_the_next(
    cases: list[tuple[Event, ...]],
) -> None:
    files = [(f"{i}", folded(events, LONG_AFTER)) for i, events in enumerate(cases)]
    tables = [count_table3(files, year) for year in YEARS]
    for table in tables:
        assert not imbalances(table)
        for column in COLUMNS:
            parts = sum(table.number(row, column) for row in OUTCOMES)
            done, out = table.number(TOTAL_DONE, column), table.number(CARRIED_OUT, column)
            assert parts == done
            assert table.number(NEW, column) + table.number(CARRIED_IN, column) == done + out
        for row in (NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT, *OUTCOMES):
            assert sum(table.number(row, c) for c in APPLICANT_KINDS) == table.number(row)
    for before, after in pairwise(tables):
        for column in COLUMNS:
            assert before.names(CARRIED_OUT, column) == after.names(CARRIED_IN, column)


@THOROUGH
@given(st.lists(histories(6), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_counts_do_not_depend_on_the_order_cases_are_given_in(
    cases: list[tuple[Event, ...]], dice: Random
) -> None:
    files = [(f"{i}", folded(events, LONG_AFTER)) for i, events in enumerate(cases)]
    shuffled = list(files)
    dice.shuffle(shuffled)
    for year in YEARS:
        for count in (count_table3, count_table4):
            assert _sorted(count(files, year)) == _sorted(count(shuffled, year))


def _sorted(table: Counted) -> dict[tuple[str, str], list[str]]:
    return {place: sorted(names) for place, names in table.cells.items()}


@settings(max_examples=80, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=4))
def test_every_row_of_table_4_adds_up(cases: list[tuple[Event, ...]]) -> None:
    files = [(f"{i}", folded(events, LONG_AFTER)) for i, events in enumerate(cases)]
    for year in YEARS:
        table = count_table4(files, year)
        for track in Track:
            results = sum(table.number(track.value, c) for c in ("upheld", "corrected", "other", "pending"))
            assert results == table.number(track.value)


@THOROUGH
@given(histories(), st.randoms(use_true_random=False))
def test_folding_is_a_function_of_the_events_alone(events: tuple[Event, ...], dice: Random) -> None:
    assert folded(events, LONG_AFTER) == folded(events, LONG_AFTER)
    later = list(events[1:])
    if len({event.on for event in later}) == len(later):
        dice.shuffle(later)
        assert folded((events[0], *later), LONG_AFTER) == folded(events, LONG_AFTER)


@THOROUGH
@given(histories(), st.integers(0, 400))
def test_no_order_of_events_makes_the_deadline_earlier_than_the_law_allows(
    events: tuple[Event, ...], days: int
) -> None:
    file = folded(events, events[0].on + timedelta(days=days))
    told = file.correction
    begun = told.received if told and told.counts and told.received else file.received_on
    if file.due is not None and begun is not None:
        assert file.due.on >= CALENDAR.add_working_days(begun, REPLY.length).on


@THOROUGH
@given(histories(), any_events())
def test_an_event_that_cannot_be_changes_nothing_but_the_defects(
    events: tuple[Event, ...], added: Event
) -> None:
    known = (events[0], *(each for each in events[1:] if each.on <= added.on))
    try:
        folded((*known, added), LONG_AFTER)
    except NotAllowed as refusal:
        without = folded(events, LONG_AFTER)
        told = fold((*events, added), CALENDAR, LONG_AFTER, record_refusals=True)
        assert replace(told, defects=()) == replace(without, defects=())
        more = Counter(told.defects) - Counter(without.defects)
        assert [(each.code, each.on, each.details) for each in more] == [
            ("not_allowed", added.on, str(refusal))
        ]
        assert not Counter(without.defects) - Counter(told.defects)
    else:
        assert fold((*known, added), CALENDAR, LONG_AFTER, record_refusals=True) == folded(
            (*known, added), LONG_AFTER
        )


LATE_ACTS = (
    (Action.NOTIFY_CORRECTION, {}),
    (Action.EXTEND, {"approved_by": "李主任"}),
    (Action.DELAY, {"until": date(2028, 1, 4)}),
    (Action.CHARGE, {"tariff": "per_page", "units": 68}),
    (Action.CONSULT_THIRD_PARTY, {"name": "丁公司"}),
    (Action.CONSULT_CO_MAKER, {"name": "丁局"}),
    (Action.CONSULT_ORGAN, {"name": "丁局"}),
)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_no_act_after_the_end_moves_it_and_each_goes_on_record(events: tuple[Event, ...]) -> None:
    file = folded(events, events[-1].on)
    if file.due is None or file.due.on < events[-1].on or file.state is not State.IN_HAND:
        return
    late = file.due.on + timedelta(days=1)
    before = folded(events, late)
    for action, facts in LATE_ACTS:
        try:
            after = folded((*events, Event(action=action, on=late, facts=facts)), late)
        except NotAllowed:
            continue
        assert after.due == before.due
        assert len(after.defects) > len(before.defects)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_act_leaves_the_case_where_the_table_says(events: tuple[Event, ...]) -> None:
    for i, event in enumerate(events):
        target = TRANSITIONS[event.action].target
        assert target in (None, folded(events[: i + 1], event.on).state)


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 400))
def test_what_a_day_sees_does_not_depend_on_what_comes_later(events: tuple[Event, ...], days: int) -> None:
    today = events[0].on + timedelta(days=days)
    known = tuple(event for event in events if event.on <= today)
    assert folded(events, today) == folded(known, today)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_a_closed_case_has_a_day_and_an_outcome_and_is_never_overdue(events: tuple[Event, ...]) -> None:
    file = folded(events, LONG_AFTER)
    assert (file.state is State.CLOSED) == (file.closed_on is not None)
    if file.state is State.CLOSED:
        assert file.outcome in OUTCOMES
        assert not file.is_overdue
        assert "not_replied" not in [defect.code for defect in file.defects]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_defect_names_its_article_and_every_late_reply_is_one(events: tuple[Event, ...]) -> None:
    file = folded(events, LONG_AFTER)
    for defect in file.defects:
        assert str(defect.kind.source) in str(defect)
    late = file.answered_on is not None and file.due is not None and file.answered_on > file.due.on
    assert late == ("reply_late" in [defect.code for defect in file.defects])
