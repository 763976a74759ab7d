"""Digits without separators are cut by proof, or left open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.reading.tables.solve import balanced, splits, summed_splits, without_strays

NUMBERS = st.integers(0, 999)


def test_a_row_with_one_split_that_adds_up_is_that_split() -> None:
    assert summed_splits(["810030185"], 7) == [(81, 0, 0, 3, 0, 1, 85)]


def test_a_row_with_two_splits_gives_both() -> None:
    assert summed_splits(["330000336"], 7) == [(3, 30, 0, 0, 0, 3, 36), (33, 0, 0, 0, 0, 3, 36)]


def test_a_row_that_cannot_add_up_has_no_split() -> None:
    assert summed_splits(["9000008"], 7) == []


def test_too_many_open_ways_are_not_called_none() -> None:
    assert summed_splits(["1" * 60], 7) is None


def test_a_break_between_runs_is_kept() -> None:
    assert summed_splits(["410", "000041"], 7) == [(41, 0, 0, 0, 0, 0, 41)]
    assert summed_splits(["4", "10000041"], 7) == []


def test_fifteen_numbers_in_three_groups() -> None:
    assert summed_splits(["20103" + "25021744" + "00000"], 5, 3) == [
        (2, 0, 1, 0, 3, 25, 0, 2, 17, 44, 0, 0, 0, 0, 0)
    ]
    assert len(summed_splits(["20103" + "1100011" + "00000"], 5, 3) or []) == 2


def test_no_number_but_zero_begins_with_zero() -> None:
    assert list(splits(["100"], 3)) == [(1, 0, 0)]
    assert list(splits(["102"], 2)) == [(10, 2)]


def test_a_page_number_among_the_cells_is_dropped_if_that_makes_the_sum_hold() -> None:
    assert without_strays([6, 0, 0, 4, 0, 0, 0, 6], 7) == [(6, 0, 0, 0, 0, 0, 6)]
    assert without_strays([6, 0, 0, 0, 0, 0, 7, 9], 7) == []


def test_column_sums_close_what_row_sums_leave_open() -> None:
    rows = {
        "new": summed_splits(["370000340"], 7) or [],
        "carried_in": [(0,) * 7],
        "granted": [(4, 0, 0, 0, 0, 0, 4)],
        "other": summed_splits(["330000336"], 7) or [],
        "done": summed_splits(["370000340"], 7) or [],
        "carried_out": [(0,) * 7],
    }
    assert len(rows["other"]) == 2
    solved = balanced(rows, ("granted", "other"), "done", (("new", "carried_in"), ("done", "carried_out")))
    assert solved is not None
    assert solved["other"] == [(33, 0, 0, 0, 0, 3, 36)]
    assert solved["done"] == [(37, 0, 0, 0, 0, 3, 40)]


def test_a_table_that_contradicts_itself_has_no_solution() -> None:
    rows = {
        "new": [(1, 1)],
        "carried_in": [(0, 0)],
        "a": [(1, 1)],
        "done": [(2, 2)],
        "carried_out": [(0, 0)],
    }
    assert balanced(rows, ("a",), "done", (("new", "carried_in"), ("done", "carried_out"))) is None


@given(st.lists(NUMBERS, min_size=6, max_size=6))
def test_the_true_split_is_always_among_those_found(addends: list[int]) -> None:
    row = (*addends, sum(addends))
    found = summed_splits(["".join(map(str, row))], 7)
    assert found is None or row in found
