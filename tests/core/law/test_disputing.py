"""Reconsiderations and lawsuits over a case: by when the body answers, and what stands in the end."""

from __future__ import annotations

from typing import Any

import pytest
from cases import CALENDAR, case, codes, day, event, registered, replied

from gongkai.law.calendar import WorkCalendar
from gongkai.law.procedure import CaseFile, Event
from gongkai.law.procedure.casefile import Proceeding, Result, Track
from gongkai.law.procedure.disputing import ENDINGS

CLOSED = (registered("2024-12-03"), *replied("2024-12-31"))


def filed(kind: str, on: str = "2025-01-24", **facts: Any) -> Event:
    return event(f"{kind}_filed", on, ref="1", **facts)


def proceeding(file: CaseFile) -> Proceeding:
    (found,) = file.proceedings
    return found


@pytest.mark.parametrize(
    ("kind", "facts", "last", "after"),
    [
        ("reconsideration", {}, "2025-02-07", "2025-02-08"),
        ("reconsideration", {"simple": True}, "2025-02-07", "2025-02-08"),
        ("reconsideration", {"simple": False}, "2025-02-13", "2025-02-14"),
        ("suit", {}, "2025-02-08", "2025-02-09"),
    ],
)
def test_an_answer_is_late_the_day_after_its_last_day(
    kind: str, facts: dict[str, Any], last: str, after: str
) -> None:
    of = "court" if kind == "suit" else "reconsideration"
    story = (*CLOSED, filed(kind, **facts))
    for on, late in ((last, []), (after, [f"{of}_answer_late"])):
        answered = event(f"{kind}_answered", on, ref="1")
        assert codes(case(*story, answered, today=on)) == late
    assert not case(*story, today=last).defects
    (defect,) = case(*story, today=after).defects
    assert (defect.code, str(defect.on)) == (f"{of}_not_answered", last)
    assert last in defect.text


@pytest.mark.parametrize("kind", ["reconsideration", "suit"])
def test_what_ends_by_the_last_day_to_answer_needs_no_answer(kind: str) -> None:
    closing = {"reconsideration": "reconsideration_decided", "suit": "suit_judged"}[kind]
    last = {"reconsideration": "2025-02-07", "suit": "2025-02-08"}[kind]
    ended = event(closing, last, ref="1", ending="withdrawn")
    assert not case(*CLOSED, filed(kind), ended).defects


@pytest.mark.parametrize("kind", ["reconsideration", "suit"])
def test_without_the_copy_no_answer_is_due(kind: str) -> None:
    file = case(*CLOSED, filed(kind, copy_received=False))
    assert (proceeding(file).answer_due, file.defects) == (None, ())
    assert proceeding(case(*CLOSED, filed(kind, copy_received=True))).answer_due is not None


def test_the_rule_on_answering_is_that_of_the_day_it_was_brought() -> None:
    old = (registered("2023-11-01"), *replied("2023-11-15"))
    before, since = (case(*old, filed("reconsideration", on)) for on in ("2023-12-29", "2024-01-02"))
    assert proceeding(before).answer_due is None
    assert proceeding(since).answer_due is not None


def test_a_last_day_to_answer_that_is_a_guess_is_said_to_be_one() -> None:
    until_2024 = WorkCalendar(years=tuple(year for year in CALENDAR.years if year.year <= 2024))
    story = (*CLOSED, filed("reconsideration"))
    firm, guessed = (case(*story, today="2025-03-03", calendar=each) for each in (CALENDAR, until_2024))
    assert "暂定" not in firm.defects[-1].text and "暂定" in guessed.defects[-1].text


def test_a_suit_follows_the_reconsideration_it_names() -> None:
    for after, track in ((None, Track.DIRECT_SUIT), ("复1", Track.SUIT_AFTER_RECONSIDERATION)):
        before = event("reconsideration_filed", "2025-01-06", ref="复1")
        facts = {"after": after} if after else {}
        file = case(*CLOSED, before, filed("suit", **facts))
        assert [each.track for each in file.proceedings] == [Track.RECONSIDERATION, track]


@pytest.mark.parametrize(("ending", "result"), [(code, result) for code, (_, result) in ENDINGS.items()])
def test_an_end_stands_from_its_day_on(ending: str, result: Result) -> None:
    judged = event("suit_judged", "2025-06-20", ref="1", ending=ending)
    found = proceeding(case(*CLOSED, filed("suit"), judged))
    assert [found.result_on(day(on)) for on in ("2025-06-19", "2025-06-20")] == [None, result]


def test_what_is_appealed_is_open_from_that_day_until_it_ends_again() -> None:
    found = proceeding(
        case(
            *CLOSED,
            filed("suit"),
            event("suit_judged", "2025-06-20", ref="1", ending="revoked"),
            event("suit_appealed", "2025-06-27", ref="1"),
            event("suit_judged", "2025-09-01", ref="1", ending="upheld"),
        )
    )
    days = [day(on) for on in ("2025-06-26", "2025-06-27", "2025-08-31", "2025-09-01")]
    assert [found.result_on(on) for on in days] == [Result.CORRECTED, None, None, Result.UPHELD]
    first = [found.result_on(on, appealed_is_pending=False) for on in days]
    assert first == [Result.CORRECTED, Result.CORRECTED, Result.CORRECTED, Result.UPHELD]
