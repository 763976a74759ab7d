"""A year's holiday notice as a TOML file: its shape, and plain errors where a file has another.

year = 2024

[[notices]]                 # the year's notice, then any that amended it
number = "国办发明电〔2023〕7号"
number_verified = true      # optional: false where the number was not seen in the notice's text
title = "国务院办公厅关于2024年部分节假日安排的通知"
date = 2023-10-25
date_verified = true        # optional, likewise
amends = ""                 # optional: what it changed

[[holidays]]
name = "国庆节"
first = 2024-10-01          # first and last day off
last = 2024-10-07
makeup = [2024-09-29, 2024-10-12]
notice = "国办发明电〔2023〕7号"   # optional with a single notice

[[superseded]]              # optional: an arrangement a later notice replaced, same keys; never counted with
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_LONGEST_HOLIDAY = 14
_FARTHEST_MAKEUP = 30


class CalendarError(ValueError):
    """A file that is no calendar of working days; `str()` is one Chinese sentence."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A State Council notice: number, title, date; what it amended, if it did."""

    number: str
    title: str
    published_on: date
    amends: str = ""
    number_verified: bool = True
    date_verified: bool = True


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One holiday as arranged: first and last day off, weekend days worked for it, the notice's number."""

    name: str
    first: date
    last: date
    makeup: tuple[date, ...]
    notice: str

    @property
    def days(self) -> tuple[date, ...]:
        """Every day off, from first to last."""
        return tuple(self.first + timedelta(days=i) for i in range((self.last - self.first).days + 1))


@dataclass(frozen=True, kw_only=True)
class YearNotice:
    """A year's arrangement: its notices, the holidays in force, those a later notice replaced."""

    year: int
    notices: tuple[Notice, ...]
    holidays: tuple[Holiday, ...]
    superseded: tuple[Holiday, ...] = ()


def parse_year(text: str, name: str) -> YearNotice:
    """Return the year's arrangement a TOML text gives.

    Args:
        text: the file's text.
        name: the file's name, for the error.
    Raises:
        CalendarError: the text is not TOML, lacks a key, or contradicts itself.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"{name}：不是有效的 TOML 文件（{error}）") from error
    try:
        return _year(table)
    except CalendarError as error:
        raise CalendarError(f"{name}：{error}") from None


def _year(table: Mapping[str, Any]) -> YearNotice:
    _only(table, {"year", "notices", "holidays", "superseded"}, "文件")
    year = table.get("year")
    if type(year) is not int or not 1949 <= year <= 2200:
        raise CalendarError("缺少年度 year，或者不是四位年份")
    notices = tuple(_notice(each) for each in _tables(table, "notices"))
    if not notices:
        raise CalendarError("没有写明依据的通知（[[notices]]）")
    found = YearNotice(
        year=year,
        notices=notices,
        holidays=tuple(_holiday(each, notices) for each in _tables(table, "holidays")),
        superseded=tuple(_holiday(each, notices) for each in _tables(table, "superseded")),
    )
    if not found.holidays:
        raise CalendarError("没有任何节日安排（[[holidays]]）")
    for holiday in (*found.holidays, *found.superseded):
        _check_holiday(holiday, year)
    _check_overlap(found.holidays)
    return found


def _notice(table: Mapping[str, Any]) -> Notice:
    _only(table, {"number", "number_verified", "title", "date", "date_verified", "amends"}, "[[notices]]")
    return Notice(
        number=_words(table, "number"),
        title=_words(table, "title"),
        published_on=_date(table.get("date"), "date"),
        amends=_words(table, "amends") if "amends" in table else "",
        number_verified=_flag(table, "number_verified"),
        date_verified=_flag(table, "date_verified"),
    )


def _holiday(table: Mapping[str, Any], notices: tuple[Notice, ...]) -> Holiday:
    _only(table, {"name", "first", "last", "makeup", "notice"}, "[[holidays]]")
    makeup = table.get("makeup", [])
    if not isinstance(makeup, list):
        raise CalendarError("makeup 应为日期的列表")
    number = _words(table, "notice") if "notice" in table else notices[0].number
    if number not in {notice.number for notice in notices}:
        raise CalendarError(f"节日引用了没有列出的通知：{number}")
    return Holiday(
        name=_words(table, "name"),
        first=_date(table.get("first"), "first"),
        last=_date(table.get("last"), "last"),
        makeup=tuple(_date(day, "makeup") for day in makeup),
        notice=number,
    )


def _check_holiday(holiday: Holiday, year: int) -> None:
    length = (holiday.last - holiday.first).days + 1
    if not 1 <= length <= _LONGEST_HOLIDAY:
        raise CalendarError(f"{holiday.name}放假 {length} 天，起止日期有误")
    for day in (holiday.first, holiday.last, *holiday.makeup):
        if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
            raise CalendarError(f"{holiday.name}的 {day} 不在{year}年及其前后一个月之内")
    if year not in (holiday.first.year, holiday.last.year):
        raise CalendarError(f"{holiday.name}放假没有一天在{year}年")
    for day in holiday.makeup:
        if day.weekday() < 5:
            raise CalendarError(f"{holiday.name}的调休上班日 {day} 不是周末")
        if min(abs(day - holiday.first), abs(day - holiday.last)) > timedelta(days=_FARTHEST_MAKEUP):
            raise CalendarError(f"{holiday.name}的调休上班日 {day} 离假期太远")


def _check_overlap(holidays: tuple[Holiday, ...]) -> None:
    off: dict[date, str] = {}
    for holiday in holidays:
        for day in holiday.days:
            if day in off:
                raise CalendarError(f"{day} 既属于{off[day]}，又属于{holiday.name}")
            off[day] = holiday.name
    worked: set[date] = set()
    for holiday in holidays:
        for day in holiday.makeup:
            if day in off:
                raise CalendarError(f"{day} 既放假（{off[day]}），又调休上班（{holiday.name}）")
            if day in worked:
                raise CalendarError(f"调休上班日 {day} 写了两次")
            worked.add(day)


def _tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise CalendarError(f"{key} 应写作 [[{key}]]")
    return found


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(table.keys() - known):
        raise CalendarError(f"{where}中有不认识的项：{unknown[0]}")


def _words(table: Mapping[str, Any], key: str) -> str:
    words = table.get(key)
    if not isinstance(words, str) or not words.strip():
        raise CalendarError(f"缺少 {key}，或者不是文字")
    return words.strip()


def _flag(table: Mapping[str, Any], key: str) -> bool:
    flag = table.get(key, True)
    if not isinstance(flag, bool):
        raise CalendarError(f"{key} 应为 true 或 false")
    return flag


def _date(value: object, key: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CalendarError(f"{key} 应为日期，写作 2024-10-01，不加引号")
    return value
