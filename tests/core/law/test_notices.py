"""The edges of what a year's file may say, and what it says where it is silent."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.calendar import WorkCalendar
from gongkai.law.notices import CalendarError, YearNotice, parse_year

YEAR = """
year = 2027
[[notices]]
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
date = 2026-11-05
[[holidays]]
name = "劳动节"
first = 2027-05-01
last = 2027-05-05
makeup = []
"""


def year(*replaced: tuple[str, str]) -> YearNotice:
    text = YEAR
    for before, after in replaced:
        assert before in text
        text = text.replace(before, after, 1)
    return parse_year(text, "2027.toml")


def refused(*replaced: tuple[str, str]) -> str:
    with pytest.raises(CalendarError) as caught:
        year(*replaced)
    return str(caught.value)


def test_what_a_file_does_not_say_is_taken_as_verified_and_amending_nothing() -> None:
    (notice,) = year().notices
    assert (notice.amends, notice.number_verified, notice.date_verified) == ("", True, True)
    assert year().superseded == ()
    assert year().holidays[0].notice == notice.number


def test_what_a_file_says_of_its_notice_is_kept() -> None:
    said = 'date = 2026-11-05\namends = " 劳动节 "\nnumber_verified = false\ndate_verified = false'
    (notice,) = year(("date = 2026-11-05", said)).notices
    assert (notice.amends, notice.number_verified, notice.date_verified) == ("劳动节", False, False)


def test_a_holiday_without_a_notice_is_of_the_first_and_may_name_the_second() -> None:
    second = (
        '[[notices]]\nnumber = "国办发明电〔2027〕1号"\ntitle = "调整的通知"\ndate = 2027-03-01\n[[holidays]]'
    )
    both = ("[[holidays]]", second)
    assert year(both).holidays[0].notice == "国办发明电〔2026〕9号"
    named = ("makeup = []", 'makeup = []\nnotice = "国办发明电〔2027〕1号"')
    assert year(both, named).holidays[0].notice == "国办发明电〔2027〕1号"


def test_a_replaced_arrangement_is_kept_checked_and_never_counted_with() -> None:
    found = year(
        ("[[holidays]]", "[[superseded]]"), ("makeup = []", f"makeup = []\n{YEAR[YEAR.index('[[hol') :]}")
    )
    assert found.superseded == found.holidays
    late = (
        "makeup = []",
        'makeup = []\n[[superseded]]\nname = "元旦"\nfirst = 2027-02-03\nlast = 2027-02-01',
    )
    assert "起止日期有误" in refused(late)


@pytest.mark.parametrize("number", ["1948", "2201", "true", '"2027"'])
def test_a_year_is_one_of_four_digits_within_reason(number: str) -> None:
    assert "年度 year" in refused(("year = 2027", f"year = {number}"))


@pytest.mark.parametrize("number", ["1949", "2200"])
def test_the_first_and_the_last_year_are_years(number: str) -> None:
    assert f"不在{number}年" in refused(("year = 2027", f"year = {number}"))


def test_a_holiday_has_one_day_to_fourteen() -> None:
    for last, days in (("2027-05-01", 1), ("2027-05-14", 14)):
        found = year(("last = 2027-05-05", f"last = {last}")).holidays[0]
        assert (len(found.days), found.days[0], found.days[-1]) == (
            days,
            date(2027, 5, 1),
            date.fromisoformat(last),
        )
    assert "放假 15 天" in refused(("last = 2027-05-05", "last = 2027-05-15"))
    assert "放假 0 天" in refused(("last = 2027-05-05", "last = 2027-04-30"))


@pytest.mark.parametrize(
    ("first", "last", "makeup", "says"),
    [
        ("2024-12-31", "2025-01-02", "2024-12-01", ""),
        ("2024-12-31", "2025-01-02", "2024-11-30", "不在2025年及其前后"),
        ("2025-12-31", "2026-01-02", "2026-01-31", ""),
        ("2025-12-31", "2026-01-02", "2026-02-01", "不在2025年及其前后"),
        ("2026-01-01", "2026-01-03", "", "没有一天在2025年"),
        ("2024-12-30", "2024-12-31", "", "没有一天在2025年"),
    ],
)
def test_a_holiday_reaches_a_month_into_the_years_beside_its_own(
    first: str, last: str, makeup: str, says: str
) -> None:
    replaced = (
        ("year = 2027", "year = 2025"),
        ("first = 2027-05-01", f"first = {first}"),
        ("last = 2027-05-05", f"last = {last}"),
        ("makeup = []", f"makeup = [{makeup}]"),
    )
    if says:
        assert says in refused(*replaced)
    else:
        assert year(*replaced).holidays[0].makeup == (date.fromisoformat(makeup),)


def test_a_make_up_day_is_a_weekend_day_within_thirty_days_of_the_holiday() -> None:
    near = ("first = 2027-05-01", "first = 2027-05-04"), ("makeup = []", "makeup = [2027-04-04]")
    assert year(*near).holidays[0].makeup == (date(2027, 4, 4),)
    assert "太远" in refused(
        ("first = 2027-05-01", "first = 2027-05-05"), ("makeup = []", "makeup = [2027-04-04]")
    )
    assert year(("makeup = []", "makeup = [2027-05-08]")).holidays[0].makeup == (date(2027, 5, 8),)
    assert "不是周末" in refused(("makeup = []", "makeup = [2027-05-07]"))


def test_tables_words_and_lists_are_asked_for_as_such() -> None:
    assert "应写作 [[superseded]]" in refused(("year = 2027", "year = 2027\nsuperseded = [1]"))
    assert "应写作 [[superseded]]" in refused(("year = 2027", "year = 2027\nsuperseded = 1"))
    for words in ('"  "', "5"):
        assert "缺少 name" in refused(('name = "劳动节"', f"name = {words}"))


def test_a_year_alone_settles_the_days_it_arranges_in_the_year_before() -> None:
    first = ("first = 2027-05-01", "first = 2026-12-31")
    found = year(first, ("last = 2027-05-05", "last = 2027-01-02"), ("makeup = []", "makeup = [2026-12-26]"))
    calendar = WorkCalendar(years=(found,))
    assert calendar.is_working_day(date(2026, 12, 26))
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.covers(date(2026, 12, 26)) and calendar.covers(date(2026, 12, 31))
    assert not calendar.covers(date(2026, 12, 30))
