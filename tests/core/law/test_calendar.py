from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import (
    CalendarError,
    DayCount,
    DayKind,
    Due,
    NoNotice,
    WorkCalendar,
    load_calendar,
)

CALENDAR = load_calendar()


def until(year: int) -> WorkCalendar:
    return WorkCalendar(years=tuple(y for y in CALENDAR.years if y.year <= year))


def firm(year: int, month: int, day: int) -> Due:
    return Due(on=date(year, month, day), provisional=False)


def test_every_year_from_2019_to_2026_has_a_numbered_dated_notice() -> None:
    assert [y.year for y in CALENDAR.years] == list(range(2019, 2027))
    for year in CALENDAR.years:
        for notice in year.notices:
            assert notice.number.startswith("国办发明电〔") and notice.number.endswith("号")
            assert notice.published_on.year in (year.year - 1, year.year)
            assert str(year.year) in notice.title


@pytest.mark.parametrize(
    ("day", "kind", "why"),
    [
        (date(2024, 2, 9), DayKind.WORKING, "工作日"),
        (date(2024, 2, 10), DayKind.HOLIDAY, "春节放假"),
        (date(2024, 9, 29), DayKind.MAKEUP, "调休上班"),
        (date(2024, 9, 28), DayKind.WEEKEND, "周末"),
        (date(2025, 10, 6), DayKind.HOLIDAY, "国庆节、中秋节放假"),
        (date(2025, 1, 28), DayKind.HOLIDAY, "春节放假"),
    ],
)
def test_a_day_says_what_it_is_and_why(day: date, kind: DayKind, why: str) -> None:
    status = CALENDAR.status(day)
    assert (status.kind, status.why, status.provisional) == (kind, why, False)
    assert status.is_working == CALENDAR.is_working_day(day)


def test_an_arranged_day_names_its_notice() -> None:
    assert CALENDAR.status(date(2025, 9, 28)).notice == "国办发明电〔2024〕12号"


def test_a_year_without_a_notice_is_provisional_and_never_silently_monday_to_friday() -> None:
    wednesday = date(2031, 7, 2)
    assert not CALENDAR.covers(wednesday)
    assert CALENDAR.status(wednesday).provisional
    with pytest.raises(NoNotice, match="2031年"):
        CALENDAR.is_working_day(wednesday)
    assert CALENDAR.add_working_days(date(2031, 7, 1), 5) == Due(on=date(2031, 7, 8), provisional=True)
    assert CALENDAR.add_calendar_days(date(2031, 7, 1), 15).provisional
    assert CALENDAR.working_days_between(date(2031, 7, 1), date(2031, 7, 8)).provisional


def test_late_december_waits_for_next_years_notice() -> None:
    assert CALENDAR.covers(date(2026, 12, 24))
    assert not CALENDAR.covers(date(2026, 12, 28))
    assert CALENDAR.covers(date(2025, 12, 28))
    assert CALENDAR.add_working_days(date(2026, 12, 21), 3) == firm(2026, 12, 24)
    assert CALENDAR.add_working_days(date(2026, 12, 21), 4) == Due(on=date(2026, 12, 25), provisional=True)


def test_working_days_between_counts_the_end_and_not_the_start() -> None:
    assert CALENDAR.working_days_between(date(2024, 9, 20), date(2024, 10, 23)).days == 20
    assert CALENDAR.working_days_between(date(2024, 10, 23), date(2024, 9, 20)).days == -20
    assert CALENDAR.working_days_between(date(2024, 9, 20), date(2024, 9, 20)).days == 0


@pytest.mark.parametrize("n", [0, -3])
def test_no_period_is_shorter_than_a_day(n: int) -> None:
    for add in (CALENDAR.add_working_days, CALENDAR.add_calendar_days, CALENDAR.add_months):
        with pytest.raises(ValueError):
            add(date(2024, 1, 2), n)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert CALENDAR.add_months(date(2024, 8, 31), 6) == firm(2025, 2, 28)
    assert CALENDAR.add_months(date(2023, 8, 31), 6) == firm(2024, 2, 29)


def test_a_calendar_period_that_ends_on_a_make_up_day_stays_there() -> None:
    assert CALENDAR.add_calendar_days(date(2024, 8, 30), 30) == firm(2024, 9, 29)


def test_a_calendar_period_that_ends_on_a_plain_weekend_moves_on() -> None:
    assert CALENDAR.add_calendar_days(date(2024, 6, 1), 14) == firm(2024, 6, 17)


@given(
    start=st.dates(date(2019, 1, 1), date(2026, 9, 1)),
    n=st.integers(1, 60),
)
def test_adding_and_counting_are_inverse(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    assert CALENDAR.working_days_between(start, due.on).days == n
    assert CALENDAR.status(due.on).is_working


OWN_2027 = """
year = 2027
[[notices]]
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
date = 2026-11-05
[[holidays]]
name = "元旦"
first = 2027-01-01
last = 2027-01-03
makeup = []
[[holidays]]
name = "劳动节"
first = 2027-05-01
last = 2027-05-05
makeup = [2027-04-25, 2027-05-08]
"""


def test_an_office_adds_a_year_from_a_file_or_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(OWN_2027, encoding="utf-8")
    for calendar in (load_calendar(file), load_calendar(tmp_path)):
        assert calendar.is_working_day(date(2027, 5, 8))
        assert not calendar.is_working_day(date(2027, 5, 3))
        assert calendar.covers(date(2026, 12, 28))
        assert calendar.add_working_days(date(2026, 12, 21), 9) == firm(2027, 1, 4)
    assert not load_calendar().covers(date(2027, 5, 3))


def test_an_office_replaces_a_year_of_ours_by_an_amended_one(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text(
        OWN_2027.replace("2027", "2026").replace("2026-04-25, 2026-05-08", "2026-04-26"), encoding="utf-8"
    )
    calendar = load_calendar(file)
    assert calendar.is_working_day(date(2026, 4, 26))
    assert [y.year for y in calendar.years] == list(range(2019, 2027))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("2027-04-25", "2027-04-26", "不是周末"),
        ("2027-04-25", "2027-05-02", "既放假"),
        ("2027-04-25", "2027-02-20", "太远"),
        ("2027-05-08]", "2027-04-25]", "写了两次"),
        ("last = 2027-05-05", "last = 2027-04-30", "起止日期有误"),
        ("last = 2027-01-03", "last = 2027-05-01", "起止日期有误"),
        ("first = 2027-05-01", "first = 2025-05-01", "起止日期有误"),
        ("first = 2027-01-01\nlast = 2027-01-03", "first = 2027-05-05\nlast = 2027-05-06", "既属于"),
        (
            "first = 2027-01-01\nlast = 2027-01-03",
            "first = 2025-01-01\nlast = 2025-01-03",
            "不在2027年及其前后",
        ),
        (
            "first = 2027-01-01\nlast = 2027-01-03",
            "first = 2026-12-30\nlast = 2026-12-31",
            "没有一天在2027年",
        ),
        ("first = 2027-05-01", 'first = "2027-05-01"', "应为日期"),
        ("first = 2027-05-01", "first = 2027-05-01T08:00:00", "应为日期"),
        ("year = 2027", "year = 27", "年度 year"),
        ("year = 2027", "", "年度 year"),
        ("year = 2027", "year = 2027\nyears = 1", "不认识的项：years"),
        ('name = "元旦"', 'name = ""', "缺少 name"),
        ('name = "元旦"', 'name = "元旦"\nnotice = "国办发明电〔2026〕1号"', "没有列出的通知"),
        ("makeup = []", "makeup = 2027-01-09", "列表"),
        ("[[notices]]", "[notices]", "应写作 [[notices]]"),
        ("date = 2026-11-05", "date = 2026-11-05\nnumber_verified = 1", "true 或 false"),
        ("[[holidays]]", "[[holidays", "不是有效的 TOML"),
    ],
)
def test_a_faulty_file_gives_one_plain_error(tmp_path: Path, before: str, after: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    assert before in OWN_2027
    file.write_text(OWN_2027.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CalendarError, match=r"mine\.toml") as caught:
        load_calendar(file)
    assert says in str(caught.value)


def test_a_file_without_notice_or_holidays_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("year = 2027\n", encoding="utf-8")
    with pytest.raises(CalendarError, match="依据的通知"):
        load_calendar(file)
    file.write_text(OWN_2027.split("[[holidays]]")[0], encoding="utf-8")
    with pytest.raises(CalendarError, match="没有任何节日安排"):
        load_calendar(file)


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="找不到"):
        load_calendar(tmp_path / "absent.toml")
    with pytest.raises(CalendarError, match=r"没有 \.toml"):
        load_calendar(tmp_path)
    gbk = tmp_path / "gbk.toml"
    gbk.write_bytes("year = 2027 # 放假".encode("gbk"))
    with pytest.raises(CalendarError, match="UTF-8"):
        load_calendar(gbk)


def test_two_files_of_one_year_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(OWN_2027, encoding="utf-8")
    with pytest.raises(CalendarError, match="给出了两次"):
        load_calendar(tmp_path)


def test_two_notices_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    text = OWN_2027.replace("makeup = []", "makeup = [2026-12-27]").replace(
        'name = "劳动节"\nfirst = 2027-05-01\nlast = 2027-05-05\nmakeup = [2027-04-25, 2027-05-08]',
        'name = "劳动节"\nfirst = 2027-05-01\nlast = 2027-05-05\nmakeup = []',
    )
    file.write_text(text, encoding="utf-8")
    assert load_calendar(file).is_working_day(date(2026, 12, 27))
    other = tmp_path / "2026.toml"
    other.write_text(
        OWN_2027.replace("2027", "2026")
        .replace("2026-04-25, 2026-05-08", "")
        .replace("first = 2026-05-01\nlast = 2026-05-05", "first = 2026-12-26\nlast = 2026-12-27"),
        encoding="utf-8",
    )
    with pytest.raises(CalendarError, match="2026-12-27"):
        load_calendar(tmp_path)


def test_the_shortest_period_is_the_next_day_or_month() -> None:
    assert CALENDAR.add_working_days(date(2025, 3, 3), 1) == firm(2025, 3, 4)
    assert CALENDAR.add_calendar_days(date(2025, 3, 3), 1) == firm(2025, 3, 4)
    assert CALENDAR.add_months(date(2025, 3, 3), 1) == firm(2025, 4, 3)


def test_a_year_apart_from_the_others_is_counted_as_firmly() -> None:
    apart = WorkCalendar(years=tuple(y for y in CALENDAR.years if y.year in (2022, 2024, 2026)))
    assert apart.add_working_days(date(2026, 3, 2), 5) == firm(2026, 3, 9)
    assert apart.working_days_between(date(2026, 3, 2), date(2026, 3, 9)) == DayCount(
        days=5, provisional=False
    )
    assert apart.add_working_days(date(2022, 3, 1), 1) == firm(2022, 3, 2)
    assert apart.add_working_days(date(2023, 3, 1), 1) == Due(on=date(2023, 3, 2), provisional=True)


def test_a_calendar_without_any_notice_counts_provisionally() -> None:
    none = WorkCalendar(years=())
    assert none.add_working_days(date(2025, 10, 1), 5) == Due(on=date(2025, 10, 8), provisional=True)
    assert none.working_days_between(date(2025, 10, 8), date(2025, 10, 1)) == DayCount(
        days=-5, provisional=True
    )


def test_the_count_is_firm_up_to_christmas_eve_and_provisional_the_day_after() -> None:
    eve, after = date(2026, 12, 24), date(2026, 12, 25)
    assert CALENDAR.covers(eve) and not CALENDAR.covers(after)
    assert CALENDAR.working_days_between(date(2026, 12, 23), eve) == DayCount(days=1, provisional=False)
    assert CALENDAR.working_days_between(eve, after) == DayCount(days=1, provisional=True)
    assert CALENDAR.working_days_between(date(2026, 12, 23), after) == DayCount(days=2, provisional=True)
    assert CALENDAR.add_working_days(eve, 1) == Due(on=after, provisional=True)
    assert CALENDAR.add_working_days(after, 1) == Due(on=date(2026, 12, 28), provisional=True)
    assert CALENDAR.covers(date(2026, 11, 30))


def test_a_period_moved_over_an_unsettled_day_is_provisional() -> None:
    saturday = date(2022, 12, 24)
    assert until(2022).covers(saturday)
    assert until(2022).first_working_day(saturday) == Due(on=date(2022, 12, 26), provisional=True)
    assert CALENDAR.first_working_day(saturday) == firm(2022, 12, 26)
    assert CALENDAR.first_working_day(date(2022, 12, 23)) == firm(2022, 12, 23)


def test_the_working_day_before_is_provisional_where_the_year_before_is_not_known() -> None:
    since_2026 = WorkCalendar(years=tuple(y for y in CALENDAR.years if y.year == 2026))
    assert since_2026.last_working_day(date(2026, 1, 1)) == Due(on=date(2025, 12, 31), provisional=True)
    assert CALENDAR.last_working_day(date(2026, 1, 1)) == firm(2025, 12, 31)


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").mkdir()
    with pytest.raises(CalendarError, match=r"2027\.toml：无法打开"):
        load_calendar(tmp_path)
