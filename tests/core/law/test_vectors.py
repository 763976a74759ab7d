"""Every start, length and end of the test table, and what a count without make-up days would say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.calendar import Due, load_calendar
from gongkai.law.clock import explain

CALENDAR = load_calendar()


def naive(start: date, n: int) -> date:
    """Count Monday to Friday, holidays left out, make-up days forgotten."""
    day = start
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5 and CALENDAR.status(day).is_working
    return day


D = date
VECTORS = [
    (D(2024, 2, 2), 7, D(2024, 2, 18), D(2024, 2, 20)),
    (D(2024, 2, 2), 20, D(2024, 3, 6), D(2024, 3, 8)),
    (D(2024, 9, 20), 20, D(2024, 10, 23), D(2024, 10, 25)),
    (D(2024, 9, 25), 7, D(2024, 10, 10), D(2024, 10, 11)),
    (D(2024, 9, 25), 20, D(2024, 10, 28), D(2024, 10, 30)),
    (D(2024, 9, 29), 7, D(2024, 10, 14), D(2024, 10, 15)),
    (D(2024, 12, 3), 20, D(2024, 12, 31), D(2024, 12, 31)),
    (D(2024, 12, 25), 20, D(2025, 1, 23), D(2025, 1, 23)),
    (D(2024, 12, 25), 40, D(2025, 2, 26), D(2025, 2, 28)),
    (D(2025, 1, 20), 20, D(2025, 2, 21), D(2025, 2, 25)),
    (D(2025, 1, 24), 5, D(2025, 2, 7), D(2025, 2, 10)),
    (D(2025, 1, 24), 7, D(2025, 2, 10), D(2025, 2, 12)),
    (D(2025, 1, 24), 10, D(2025, 2, 13), D(2025, 2, 17)),
    (D(2025, 1, 24), 20, D(2025, 2, 27), D(2025, 3, 3)),
    (D(2025, 2, 20), 20, D(2025, 3, 20), D(2025, 3, 20)),
    (D(2025, 3, 3), 5, D(2025, 3, 10), D(2025, 3, 10)),
    (D(2025, 3, 3), 20, D(2025, 3, 31), D(2025, 3, 31)),
    (D(2025, 3, 12), 15, D(2025, 4, 2), D(2025, 4, 2)),
    (D(2025, 3, 26), 15, D(2025, 4, 17), D(2025, 4, 17)),
    (D(2025, 4, 2), 15, D(2025, 4, 24), D(2025, 4, 24)),
    (D(2025, 4, 22), 7, D(2025, 4, 30), D(2025, 5, 6)),
    (D(2025, 4, 25), 20, D(2025, 5, 27), D(2025, 5, 28)),
    (D(2025, 4, 28), 20, D(2025, 5, 29), D(2025, 5, 29)),
    (D(2025, 9, 15), 19, D(2025, 10, 16), D(2025, 10, 20)),
    (D(2025, 9, 15), 20, D(2025, 10, 17), D(2025, 10, 21)),
    (D(2025, 9, 15), 40, D(2025, 11, 14), D(2025, 11, 18)),
    (D(2025, 9, 22), 15, D(2025, 10, 17), D(2025, 10, 21)),
    (D(2025, 9, 24), 20, D(2025, 10, 28), D(2025, 10, 30)),
    (D(2025, 9, 25), 7, D(2025, 10, 11), D(2025, 10, 14)),
    (D(2025, 9, 26), 3, D(2025, 9, 30), D(2025, 10, 9)),
    (D(2025, 9, 26), 20, D(2025, 10, 30), D(2025, 11, 3)),
    (D(2025, 10, 4), 20, D(2025, 11, 4), D(2025, 11, 5)),
    (D(2025, 10, 11), 20, D(2025, 11, 7), D(2025, 11, 7)),
    (D(2025, 12, 15), 20, D(2026, 1, 13), D(2026, 1, 14)),
    (D(2026, 2, 9), 20, D(2026, 3, 13), D(2026, 3, 17)),
    (D(2026, 2, 12), 7, D(2026, 2, 28), D(2026, 3, 3)),
]


@pytest.mark.parametrize(
    ("start", "n", "end", "without_makeup"), VECTORS, ids=[f"{start}+{n}" for start, n, *_ in VECTORS]
)
def test_working_days_end_where_the_table_says(start: date, n: int, end: date, without_makeup: date) -> None:
    assert CALENDAR.add_working_days(start, n) == Due(on=end, provisional=False)
    assert explain(start, n, CALENDAR).due == Due(on=end, provisional=False)
    assert naive(start, n) == without_makeup
    assert (CALENDAR.add_working_days(start, n).on == naive(start, n)) == (end == without_makeup)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (D(2025, 8, 5), D(2025, 10, 9)),
        (D(2024, 12, 2), D(2025, 2, 5)),
        (D(2025, 11, 29), D(2026, 1, 28)),
    ],
)
def test_sixty_calendar_days_end_where_the_table_says(start: date, end: date) -> None:
    assert CALENDAR.add_calendar_days(start, 60) == Due(on=end, provisional=False)
