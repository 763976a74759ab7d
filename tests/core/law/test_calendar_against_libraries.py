"""Every day 2019–2026 against two independent libraries; each difference is listed with its reason.

The last week of 2026 awaits the notice for 2027; there all three give the plain week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from gongkai.law.calendar import load_calendar

YEARS = range(2019, 2027)
# None: both libraries follow the notices as amended (Labour Day 2019, Spring Festival 2020).
DIFFERENCES: dict[date, str] = {}


def days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_chinesecalendar_on_every_day(year: int) -> None:
    calendar = load_calendar()
    differing = {d for d in days(year) if calendar.status(d).is_working != chinese_calendar.is_workday(d)}
    assert differing == {d for d in DIFFERENCES if d.year == year}


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_holidays_on_every_day(year: int) -> None:
    calendar = load_calendar()
    china = holidays.country_holidays("CN", years=year)
    differing = {d for d in days(year) if calendar.status(d).is_working != china.is_working_day(d)}
    assert differing == {d for d in DIFFERENCES if d.year == year}


def superseded_differences(year: int) -> set[date]:
    """The days on which the year's first notice, had it not been amended, differs from what was in force."""
    calendar = load_calendar()
    notice = next(y for y in calendar.years if y.year == year)
    changed: set[date] = set()
    for old in notice.superseded:
        new = next(h for h in notice.holidays if h.name == old.name)
        off = {d for d in set(old.days) ^ set(new.days) if d.weekday() < 5}
        changed |= off | (set(old.makeup) ^ set(new.makeup))
    return changed


def test_the_labour_day_amendment_of_2019_moved_four_days() -> None:
    assert superseded_differences(2019) == {
        date(2019, 4, 28),
        date(2019, 5, 2),
        date(2019, 5, 3),
        date(2019, 5, 5),
    }


def test_the_spring_festival_extension_of_2020_moved_two_days() -> None:
    """31 January became a day off, and Saturday 1 February no make-up day; 2 February was a Sunday anyway."""
    assert superseded_differences(2020) == {date(2020, 1, 31), date(2020, 2, 1)}
    calendar = load_calendar()
    assert calendar.status(date(2020, 1, 31)).notice == "国办发明电〔2020〕1号"
    assert calendar.is_working_day(date(2020, 2, 3))


def test_make_up_days_before_new_year_come_from_the_next_notice() -> None:
    calendar = load_calendar()
    assert calendar.is_working_day(date(2018, 12, 29))
    assert calendar.status(date(2018, 12, 31)).why == "元旦放假"
    assert calendar.status(date(2022, 12, 31)).why == "元旦放假"
