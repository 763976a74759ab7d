"""The edges of what the clock accepts, and what a year without a notice leaves uncertain."""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import DayCount, Due, load_calendar
from gongkai.law.clock import explain, extension_due, paused_working_days

CALENDAR = load_calendar()


def test_an_extension_may_last_a_single_day() -> None:
    found = extension_due(date(2025, 10, 17), CALENDAR, working_days=1)
    assert found == Due(on=date(2025, 10, 20), provisional=False)
    assert explain(date(2025, 10, 17), 1, CALENDAR).due == found


def test_an_opinion_given_on_the_day_it_was_asked_for_takes_nothing_out() -> None:
    asked = date(2025, 3, 10)
    assert paused_working_days([(asked, asked)], CALENDAR) == DayCount(days=0, provisional=False)


def test_a_consultation_is_provisional_where_any_of_it_awaits_its_notice() -> None:
    settled = (date(2025, 3, 10), date(2025, 3, 12))
    unsettled = (date(2031, 7, 1), date(2031, 7, 3))
    assert paused_working_days([settled], CALENDAR) == DayCount(days=2, provisional=False)
    assert paused_working_days([settled, unsettled], CALENDAR) == DayCount(days=4, provisional=True)
