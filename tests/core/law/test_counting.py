"""Tables 3 and 4 as counts over cases; freezing a year, and what comes after."""

from __future__ import annotations

import pytest
from cases import case, event, registered

from gongkai.law.counting import count_table3, count_table4, differences, form_of
from gongkai.law.practice import Practice
from gongkai.law.procedure import CaseFile
from gongkai.law.sources import FORM2019, FORM2021


def answered(on: str, closed: str, outcome: str = "granted", **facts: object) -> CaseFile:
    return case(
        registered(on, **facts),
        event("decide", closed, outcome=outcome, grounds=("draft",) if outcome.startswith("denied") else ()),
        event("serve", closed, by="in_person"),
    )


def test_every_number_opens_onto_its_cases() -> None:
    cases = [
        ("甲1", answered("2024-03-01", "2024-03-20")),
        ("甲2", answered("2024-03-04", "2024-03-20", "denied.process_info", applicant="business")),
        ("甲3", case(registered("2024-12-30"))),
    ]
    table = count_table3(cases, 2024)
    assert table.names("new") == ("甲1", "甲2", "甲3")
    assert table.names("denied.process_info", "business") == ("甲2",)
    assert table.names("carried_out", "natural_person") == ("甲3",)
    assert table.number("carried_in") == 0
    assert (table.table, table.names("new", "total")) == (3, table.names("new"))


def test_what_is_not_received_or_outside_the_table_is_not_counted() -> None:
    letter = case(registered("2024-03-01", "plain_mail"))
    records = case(
        registered("2024-03-01", kind="records"),
        event("decide", "2024-03-20", outcome="records.corrected"),
        event("serve", "2024-03-20", by="in_person"),
    )
    assert records.due is None and not records.defects
    assert not count_table3([("甲", letter), ("乙", records)], 2024).cells


def test_a_carried_case_is_carried_through_every_year_until_it_is_done() -> None:
    cases = [("甲", answered("2022-12-01", "2024-03-20"))]
    rows = ("new", "carried_in", "total_done", "carried_out")
    found = {y: [count_table3(cases, y).number(r) for r in rows] for y in range(2021, 2026)}
    assert found == {
        2021: [0, 0, 0, 0],
        2022: [1, 0, 0, 1],
        2023: [0, 1, 0, 1],
        2024: [0, 1, 1, 0],
        2025: [0, 0, 0, 0],
    }


def test_the_form_follows_the_year() -> None:
    assert (form_of(2020), form_of(2021)) == (FORM2019, FORM2021)
    old = ("甲", case(registered("2020-03-02"), event("withdraw", "2020-03-10")))
    assert count_table3([old], 2020).number("other") == 1
    new = ("甲", case(registered("2021-03-02"), event("withdraw", "2021-03-10")))
    assert count_table3([new], 2021).number("other.misc") == 1


def test_a_late_correction_comes_out_as_a_difference_and_leaves_the_frozen_table() -> None:
    events = (registered("2024-03-01"), event("withdraw", "2024-03-10"))
    frozen = count_table3([("甲", case(*events))], 2024)
    amended = case(*events, event("amend_record", "2025-02-20", applicant="business"))
    now = count_table3([("甲", amended)], 2024)
    found = {(d.row, d.column): (d.added, d.removed) for d in differences(frozen, now)}
    assert found["new", "business"] == (("甲",), ())
    assert found["new", "natural_person"] == ((), ("甲",))
    assert ("new", "total") not in found
    assert frozen.number("new", "natural_person") == 1
    assert not differences(frozen, frozen)
    with pytest.raises(ValueError):
        differences(frozen, count_table3([], 2023))


CLOSED = (
    registered("2023-11-01"),
    event("decide", "2023-11-15", outcome="granted"),
    event("serve", "2023-11-15", by="in_person"),
)


def test_table_4_counts_a_proceeding_in_each_year_it_was_open() -> None:
    cases = [
        (
            "甲",
            case(
                *CLOSED,
                event("reconsideration_filed", "2023-12-20", ref="复1"),
                event("reconsideration_decided", "2024-02-10", ref="复1", ending="revoked"),
                event("suit_filed", "2024-03-01", ref="诉1", after="复1"),
                event("suit_judged", "2024-09-01", ref="诉1", ending="claim_rejected"),
            ),
        )
    ]
    first, second, third = (count_table4(cases, year) for year in (2023, 2024, 2025))
    assert first.names("reconsideration", "pending") == ("甲/复1",)
    assert second.names("reconsideration", "corrected") == ("甲/复1",)
    assert second.names("suit_after_reconsideration", "upheld") == ("甲/诉1",)
    assert second.number("direct_suit") == 0
    assert not third.cells


def test_an_appealed_judgment_is_pending_unless_the_switch_says_otherwise() -> None:
    events = (
        *CLOSED,
        event("suit_filed", "2024-03-01", ref="诉1"),
        event("suit_judged", "2024-09-01", ref="诉1", ending="revoked"),
        event("suit_appealed", "2024-09-10", ref="诉1"),
        event("suit_judged", "2025-04-01", ref="诉1", ending="withdrawn"),
    )
    cases = [("甲", case(*events))]
    assert count_table4(cases, 2024).names("direct_suit", "pending") == ("甲/诉1",)
    assert count_table4(cases, 2025).names("direct_suit", "other") == ("甲/诉1",)
    first_counts = Practice(appealed_is_pending=False)
    assert count_table4(cases, 2024, practice=first_counts).number("direct_suit", "corrected") == 1
    assert not count_table4(cases, 2025, practice=first_counts).cells
    assert not count_table4(cases, 2026).cells


def test_a_judgment_of_one_year_appealed_in_the_next_is_pending_in_that_one() -> None:
    events = (
        *CLOSED,
        event("suit_filed", "2024-03-01", ref="诉1"),
        event("suit_judged", "2024-09-01", ref="诉1", ending="revoked"),
        event("suit_appealed", "2025-01-10", ref="诉1"),
    )
    cases = [("甲", case(*events))]
    assert count_table4(cases, 2024).names("direct_suit", "corrected") == ("甲/诉1",)
    table = count_table4(cases, 2025)
    assert (table.table, table.cells) == (
        4,
        {("direct_suit", "pending"): ("甲/诉1",), ("direct_suit", "total"): ("甲/诉1",)},
    )
    assert not count_table4(cases, 2025, practice=Practice(appealed_is_pending=False)).cells


def test_what_is_brought_on_the_last_day_of_a_year_belongs_to_it() -> None:
    cases = [("甲", case(*CLOSED, event("suit_filed", "2023-12-31", ref="诉1")))]
    assert count_table4(cases, 2022).cells == {}
    assert count_table4(cases, 2023).number("direct_suit", "pending") == 1


def test_a_new_decision_after_the_first_was_set_aside_is_not_counted_again() -> None:
    events = (
        *CLOSED,
        event("reconsideration_filed", "2023-12-20", ref="复1"),
        event("reconsideration_decided", "2024-02-10", ref="复1", ending="revoked"),
        event("redecide", "2024-03-01", outcome="partial", grounds=("draft",)),
    )
    file = case(*events)
    assert count_table3([("甲", file)], 2023).number("granted") == 1
    assert not count_table3([("甲", file)], 2024).cells
