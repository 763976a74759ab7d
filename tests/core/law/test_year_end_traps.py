"""Traps 19 and 29: a year frozen at its end, carried into the next column by column, summed over bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest
from cases import case, day, event, registered, replied
from specimen import clean, findings, last_year, messages, with_cells

from gongkai.law.counting import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    TOTAL,
    TOTAL_DONE,
    Counted,
    Place,
    count_table3,
    differences,
    imbalances,
)
from gongkai.law.procedure import Event
from gongkai.law.taxonomy import APPLICANT_KINDS
from gongkai.report.auditing import audit
from gongkai.report.schema import Edition, Report, form

Cases = Mapping[str, tuple[Event, ...]]
COLUMNS = (*APPLICANT_KINDS, TOTAL)
NATURAL, BUSINESS = "natural_person", "business"


def counted(cases: Cases, year: int, *, as_of: str) -> Counted:
    return count_table3([(name, case(*events, today=as_of)) for name, events in cases.items()], year)


def named(frozen: Counted, now: Counted) -> dict[Place, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What the differences say: for each cell the cases added and those removed."""
    return {(each.row, each.column): (each.added, each.removed) for each in differences(frozen, now)}


def moved(name: str, *rows: str) -> dict[Place, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The differences of a case put from natural persons to businesses, in the rows it is counted in."""
    added, removed = ((name,), ()), ((), (name,))
    return {(row, BUSINESS): added for row in rows} | {(row, NATURAL): removed for row in rows}


def reporting(report: Report, table: Counted) -> Report:
    """The report with Table 3 as counted."""
    rows = form(Edition.FORM_2021).table(3).rows
    return with_cells(
        report, {f"t3.{row.code}.{c}": table.number(row.code, c) for row in rows for c in COLUMNS}
    )


def test_trap_19_a_chain_whose_totals_agree_and_columns_do_not_is_found_by_its_rule_alone() -> None:
    last = with_cells(last_year(), {"t3.carried_out.natural_person": 3, "t3.carried_out.total": 3})
    one_more = {"carried_in": (1, 3), "granted": (4, 24), "total_done": (5, 42)}
    cells = {f"t3.{row}.business": business for row, (business, _) in one_more.items()}
    cells |= {f"t3.{row}.total": total for row, (_, total) in one_more.items()}
    now = with_cells(clean(), cells)
    assert messages("YR01", now, last=last) == [
        "自然人列：上年结转2，上年报告结转下年度3，两者应相等",
        "商业企业列：上年结转1，上年报告结转下年度0，两者应相等",
    ]
    sound = {finding.code for finding in audit(clean(), last=last_year()).findings}
    assert {finding.code for finding in audit(now, last=last).findings} - sound == {"YR01"}


CARRIED: Cases = {
    name: (registered("2023-12-25"), *replied("2024-01-15")) for name in ("甲〔2023〕1", "甲〔2023〕2")
} | {
    "甲〔2023〕3": (
        registered("2023-12-25"),
        event("amend_record", "2024-01-08", applicant=BUSINESS),
        *replied("2024-01-15"),
    )
}


def test_trap_19_two_years_counted_from_the_same_cases_follow_in_every_column() -> None:
    before, after = (counted(CARRIED, year, as_of="2024-12-31") for year in (2023, 2024))
    for column, number in {NATURAL: 2, BUSINESS: 1, TOTAL: 3}.items():
        assert before.number(CARRIED_OUT, column) == after.number(CARRIED_IN, column) == number
    for column in COLUMNS:
        assert before.names(CARRIED_OUT, column) == after.names(CARRIED_IN, column)
    assert imbalances(before) == imbalances(after) == ()
    assert findings("YR01", reporting(clean(), after), last=reporting(last_year(), before)) == ()


def test_trap_19_what_breaks_the_chain_is_a_later_amendment_and_the_differences_name_its_case() -> None:
    frozen = counted(CARRIED, 2023, as_of="2023-12-31")
    assert [frozen.number(CARRIED_OUT, column) for column in (NATURAL, BUSINESS, TOTAL)] == [3, 0, 3]
    after = counted(CARRIED, 2024, as_of="2024-12-31")
    found = findings("YR01", reporting(clean(), after), last=reporting(last_year(), frozen))
    assert [str(cell) for finding in found for cell in finding.where] == [
        "t3.carried_in.natural_person",
        "t3.carried_in.business",
    ]
    again = counted(CARRIED, 2023, as_of="2024-12-31")
    assert named(frozen, again) == moved("甲〔2023〕3", NEW, CARRIED_OUT)


POSTED = (
    registered("2024-12-03"),
    event("decide", "2024-12-30", outcome="granted"),
    event("serve", "2024-12-31", by="post"),
    event("delivered", "2025-01-02"),
)


def test_trap_19_a_reply_posted_on_the_last_day_and_delivered_in_the_new_year_is_the_old_years() -> None:
    frozen = counted({"甲": POSTED}, 2024, as_of="2024-12-31")
    done = {(row, column): ("甲",) for row in (NEW, "granted", TOTAL_DONE) for column in (NATURAL, TOTAL)}
    assert frozen.cells == done
    assert counted({"甲": POSTED}, 2024, as_of="2025-03-01") == frozen
    assert not counted({"甲": POSTED}, 2025, as_of="2025-12-31").cells


def test_trap_19_a_reply_dated_the_last_day_and_posted_in_the_new_year_is_the_new_years() -> None:
    dated = {"甲": (registered("2024-12-04"), *POSTED[1:2], event("serve", "2025-01-02", by="post"))}
    for as_of in ("2024-12-31", "2025-03-01"):
        old = counted(dated, 2024, as_of=as_of)
        assert [old.number(row) for row in (NEW, TOTAL_DONE, CARRIED_OUT)] == [1, 0, 1]
    new = counted(dated, 2025, as_of="2025-12-31")
    assert [new.number(row) for row in (NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT)] == [0, 1, 1, 0]


@pytest.mark.parametrize(("reached", "year"), [("2024-12-31", 2024), ("2025-01-01", 2025)])
def test_a_request_is_new_in_the_year_it_reached_the_body_and_not_of_its_registration(
    reached: str, year: int
) -> None:
    logged = {"甲": (registered("2025-01-02", "internet", reached=day(reached)),)}
    found = {each: counted(logged, each, as_of="2025-01-31").number(NEW) for each in (2024, 2025)}
    assert found == {2024: int(year == 2024), 2025: int(year == 2025)}


def test_trap_19_an_amendment_of_february_is_a_difference_and_the_frozen_year_stays() -> None:
    amended = {"甲": (*POSTED, event("amend_record", "2025-02-20", applicant=BUSINESS))}
    frozen = counted(amended, 2024, as_of="2024-12-31")
    assert differences(frozen, counted(amended, 2024, as_of="2025-02-19")) == ()
    now = counted(amended, 2024, as_of="2025-02-20")
    assert named(frozen, now) == moved("甲", NEW, "granted", TOTAL_DONE)
    assert frozen == counted({"甲": POSTED}, 2024, as_of="2024-12-31")
    assert frozen.number(NEW) == now.number(NEW) == 1


def test_trap_19_an_amended_day_of_receipt_moves_a_case_between_the_years() -> None:
    late_found = {
        "甲": (
            registered("2025-01-03", "ems"),
            event("amend_record", "2025-02-20", reached=day("2024-12-31")),
        )
    }
    added, removed = (("甲",), ()), ((), ("甲",))
    tables = {
        year: [counted(late_found, year, as_of=as_of) for as_of in ("2025-02-19", "2025-02-20")]
        for year in (2024, 2025)
    }
    assert named(*tables[2024]) == {
        (row, column): added for row in (NEW, CARRIED_OUT) for column in (NATURAL, TOTAL)
    }
    assert named(*tables[2025]) == {
        (row, column): how
        for row, how in ((NEW, removed), (CARRIED_IN, added))
        for column in (NATURAL, TOTAL)
    }


# The first bureau did not hold what was asked and named the second, which registered the same request.
COUNTY: Mapping[str, Cases] = {
    "甲局": {
        "甲局/1": (registered("2024-11-01"), *replied("2024-11-08", "unable.not_held")),
        "甲局/2": (
            registered("2024-12-25"),
            *replied("2025-01-23"),
            event("amend_record", "2025-02-20", applicant=BUSINESS),
        ),
    },
    "乙局": {
        "乙局/7": (registered("2024-11-11"), *replied("2024-11-20")),
        "乙局/8": (registered("2024-10-09", applicant=BUSINESS), *replied("2024-10-30")),
    },
    "县政府办公室": {"县政府办公室/1": (registered("2024-12-30"), *replied("2025-01-20"))},
}


def reported(as_of: str) -> dict[str, Counted]:
    """Each body's table for 2024, as counted on a day."""
    return {body: counted(cases, 2024, as_of=as_of) for body, cases in COUNTY.items()}


def summed(tables: Iterable[Counted]) -> Counter[Place]:
    """The county's cells: those of its bodies added up."""
    cells: Counter[Place] = Counter()
    for table in tables:
        cells.update({place: len(names) for place, names in table.cells.items()})
    return cells


def row_of(cells: Counter[Place], row: str) -> list[int]:
    return [cells[row, column] for column in (NATURAL, BUSINESS, TOTAL)]


def test_trap_29_the_county_is_the_sum_of_its_bodies_and_a_request_two_registered_is_two() -> None:
    county = summed(reported("2025-01-31").values())
    rows = (NEW, "granted", "unable.not_held", TOTAL_DONE, CARRIED_OUT)
    assert {row: row_of(county, row) for row in rows} == {
        NEW: [4, 1, 5],
        "granted": [1, 1, 2],
        "unable.not_held": [1, 0, 1],
        TOTAL_DONE: [2, 1, 3],
        CARRIED_OUT: [2, 0, 2],
    }
    every_case = {name: events for cases in COUNTY.values() for name, events in cases.items()}
    assert summed([counted(every_case, 2024, as_of="2025-01-31")]) == county


def test_trap_29_a_bodys_later_correction_names_cell_and_case_and_tells_that_the_sum_is_stale() -> None:
    frozen, day_before, now = (reported(on) for on in ("2025-01-31", "2025-02-19", "2025-02-20"))
    assert day_before == frozen
    found = {body: named(frozen[body], now[body]) for body in COUNTY}
    assert found == {"甲局": moved("甲局/2", NEW, CARRIED_OUT), "乙局": {}, "县政府办公室": {}}

    old, new = summed(frozen.values()), summed(now.values())
    assert [row_of(new, row) for row in (NEW, CARRIED_OUT)] == [[3, 2, 5], [1, 1, 2]]
    assert {place for place in old | new if old[place] != new[place]} == found["甲局"].keys()
    for place, (added, removed) in found["甲局"].items():
        assert old[place] + len(added) - len(removed) == new[place]
