"""Working days as the State Council's yearly notices arrange them.

References:
    The notices named in `calendars/*.toml`, each with its number and date; days off, make-up days and, where
    a later notice changed an arrangement, what stood before.
Checked with:
    Two independent libraries, day by day, in the tests.
Limitations:
    A year without a notice is answered as Monday to Friday and always marked provisional. So are the last
    days of December until next year's notice is out, since it may turn them into days off or make-up days.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from gongkai.law.notices import CalendarError, Holiday, YearNotice, parse_year

__all__ = ["CalendarError", "DayKind", "DayStatus", "Due", "NoNotice", "WorkCalendar", "load_calendar"]

# No notice so far has rearranged a day of the year before earlier than 29 December; a week leaves room.
_NEXT_NOTICE_MAY_REACH = 25
_DAY = timedelta(days=1)


class NoNotice(LookupError):
    """The notice that would settle a day has not been loaded."""


class DayKind(StrEnum):
    """What kind of day it is for an office."""

    WORKING = "working"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, kw_only=True)
class DayStatus:
    """What a day is and by which notice; `provisional` if no notice settles it yet."""

    kind: DayKind
    holiday: str = ""
    notice: str = ""
    provisional: bool = False

    @property
    def is_working(self) -> bool:
        """Whether offices work on this day."""
        return self.kind in (DayKind.WORKING, DayKind.MAKEUP)

    @property
    def why(self) -> str:
        """The reason in Chinese: 工作日, 周末, 调休上班, 国庆节放假."""
        if self.kind is DayKind.HOLIDAY:
            return f"{self.holiday}放假"
        return {DayKind.WORKING: "工作日", DayKind.MAKEUP: "调休上班", DayKind.WEEKEND: "周末"}[self.kind]


@dataclass(frozen=True, kw_only=True)
class Due:
    """The last day of a period; `provisional` if a day that decides it awaits its notice."""

    on: date
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """A number of working days; `provisional` if a day among those looked at awaits its notice."""

    days: int
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """The working days of the years whose notices are given.

    Raises:
        CalendarError: two notices contradict each other about a day, or a year is given twice.
    """

    years: tuple[YearNotice, ...]

    def __post_init__(self) -> None:
        seen = [notice.year for notice in self.years]
        if len(seen) != len(set(seen)):
            raise CalendarError("同一年度的放假安排给出了两次")
        if both := sorted(self._off.keys() & self._makeup.keys()):
            raise CalendarError(f"{both[0]} 在一份通知中放假，在另一份通知中上班")

    @cached_property
    def _off(self) -> Mapping[date, Holiday]:
        return {day: holiday for year in self.years for holiday in year.holidays for day in holiday.days}

    @cached_property
    def _makeup(self) -> Mapping[date, Holiday]:
        return {day: holiday for year in self.years for holiday in year.holidays for day in holiday.makeup}

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(year.year for year in self.years)

    @cached_property
    def _index(self) -> _Index:
        return _Index(self)

    def covers(self, day: date) -> bool:
        """Whether the published notices settle what this day is."""
        if day in self._off or day in self._makeup:
            return True
        if day.month == 12 and day.day >= _NEXT_NOTICE_MAY_REACH and day.year + 1 not in self._years:
            return False
        return day.year in self._years

    def status(self, day: date) -> DayStatus:
        """Return what a day is, and by which notice; a day no notice settles is marked provisional."""
        if holiday := self._off.get(day):
            return DayStatus(kind=DayKind.HOLIDAY, holiday=holiday.name, notice=holiday.notice)
        if holiday := self._makeup.get(day):
            return DayStatus(kind=DayKind.MAKEUP, holiday=holiday.name, notice=holiday.notice)
        kind = DayKind.WORKING if day.weekday() < 5 else DayKind.WEEKEND
        return DayStatus(kind=kind, provisional=not self.covers(day))

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day.

        Raises:
            NoNotice: no notice settles the day; `status` gives the assumption, marked as one.
        """
        status = self.status(day)
        if status.provisional:
            raise NoNotice(f"{day.year}年的放假安排尚未载入，{day} 是否上班不能确定")
        return status.is_working

    def walk(self, start: date) -> Iterator[tuple[date, DayStatus]]:
        """Yield the days after `start`, each with its status, without end."""
        day = start
        while True:
            day += _DAY
            yield day, self.status(day)

    def add_working_days(self, start: date, n: int) -> Due:
        """Return the n-th working day after `start`, which is not counted itself.

        Raises:
            ValueError: `n` is less than one.
        Source: 民法典 art. 201(1): the day a period begins is not counted.
        """
        if n < 1:
            raise ValueError(f"a period has at least one working day, not {n}")
        if found := self._index.after(start, n):
            return found
        day, provisional = start, False
        while n:
            day += _DAY
            status = self.status(day)
            provisional = provisional or status.provisional
            n -= status.is_working
        return Due(on=day, provisional=provisional)

    def working_days_between(self, start: date, end: date) -> DayCount:
        """Return the working days after `start` up to and with `end`; negative if `end` comes first."""
        first, last = min(start, end), max(start, end)
        if (found := self._index.between(first, last)) is not None:
            return DayCount(days=found if start <= end else -found, provisional=False)
        statuses = [self.status(first + i * _DAY) for i in range(1, (last - first).days + 1)]
        days = sum(status.is_working for status in statuses)
        return DayCount(
            days=days if start <= end else -days,
            provisional=any(status.provisional for status in statuses),
        )

    def add_calendar_days(self, start: date, n: int) -> Due:
        """Return the last of `n` calendar days after `start`, moved past holidays and weekends.

        Raises:
            ValueError: `n` is less than one.
        Source: 民法典 art. 201(1), 203(1); 民事诉讼法 art. 85.
        """
        if n < 1:
            raise ValueError(f"a period has at least one day, not {n}")
        return self.first_working_day(start + n * _DAY)

    def add_months(self, start: date, n: int) -> Due:
        """Return the day `n` months after `start` that has its number, or that month's last, moved likewise.

        Raises:
            ValueError: `n` is less than one.
        Source: 民法典 art. 202, 203(1).
        """
        if n < 1:
            raise ValueError(f"a period has at least one month, not {n}")
        years, month = divmod(start.month - 1 + n, 12)
        year, month = start.year + years, month + 1
        return self.first_working_day(date(year, month, min(start.day, gregorian.monthrange(year, month)[1])))

    def first_working_day(self, day: date) -> Due:
        """Return `day`, or if offices rest on it the first working day after it."""
        status = self.status(day)
        provisional = status.provisional
        while not status.is_working:
            day += _DAY
            status = self.status(day)
            provisional = provisional or status.provisional
        return Due(on=day, provisional=provisional)

    def last_working_day(self, day: date) -> Due:
        """Return `day`, or if offices rest on it the last working day before it."""
        status = self.status(day)
        provisional = status.provisional
        while not status.is_working:
            day -= _DAY
            status = self.status(day)
            provisional = provisional or status.provisional
        return Due(on=day, provisional=provisional)


class _Index:
    """The working days of the years with notices, numbered, so that a count need not visit each day.

    `numbers[i]` says how many working days there are up to and with day i after `first`; `days` are those
    days. Only stretches that the notices settle are answered from it.
    """

    def __init__(self, calendar: WorkCalendar) -> None:
        years = sorted(notice.year for notice in calendar.years)
        # The first stretch without a gap; a year apart from the others is walked.
        whole = [year for i, year in enumerate(years) if year == years[0] + i]
        self.first = date(whole[0], 1, 1) if whole else date.min
        self.days: list[date] = []
        self.numbers: list[int] = []
        day = self.first
        while whole and day.year <= whole[-1] and calendar.covers(day):
            if calendar.status(day).is_working:
                self.days.append(day)
            self.numbers.append(len(self.days))
            day += _DAY

    def after(self, start: date, n: int) -> Due | None:
        """Return the n-th working day after `start`; None where the index does not reach."""
        at = (start - self.first).days
        if not 0 <= at < len(self.numbers):
            return None
        wanted = self.numbers[at] + n - 1
        return Due(on=self.days[wanted], provisional=False) if wanted < len(self.days) else None

    def between(self, start: date, end: date) -> int | None:
        """Return the working days after `start` up to and with `end`; None where the index does not reach."""
        a, b = (start - self.first).days, (end - self.first).days
        if 0 <= a <= b < len(self.numbers):
            return self.numbers[b] - self.numbers[a]
        return None


@cache
def _published() -> tuple[YearNotice, ...]:
    folder = files("gongkai.law").joinpath("calendars")
    found = (f for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(
        parse_year(f.read_text(encoding="utf-8"), f.name) for f in sorted(found, key=lambda f: f.name)
    )


@cache
def _default() -> WorkCalendar:
    return WorkCalendar(years=_published())


def load_calendar(extra: Path | None = None) -> WorkCalendar:
    """Return the calendar of all published years, with an office's own file or folder of files.

    A year in `extra` replaces the same year of ours: a notice may be amended in the course of its year.

    Raises:
        CalendarError: a file cannot be read or is not such a calendar; says which and why, in Chinese.
    """
    if extra is None:
        return _default()
    own = [parse_year(_text(path), path.name) for path in _own_files(extra)]
    replaced = {notice.year for notice in own}
    kept = [notice for notice in _published() if notice.year not in replaced]
    return WorkCalendar(years=tuple(sorted([*kept, *own], key=lambda notice: notice.year)))


def _own_files(extra: Path) -> list[Path]:
    if not extra.exists():
        raise CalendarError(f"找不到放假安排文件：{extra}")
    if not extra.is_dir():
        return [extra]
    if found := sorted(extra.glob("*.toml")):
        return found
    raise CalendarError(f"文件夹中没有 .toml 放假安排文件：{extra}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarError(f"{path.name}：不是 UTF-8 编码的文本") from error
    except OSError as error:
        raise CalendarError(f"{path.name}：无法打开（{error.strerror}）") from error
