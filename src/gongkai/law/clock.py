"""When things fall due, and the count of every day behind each date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import DayCount, DayStatus, Due, WorkCalendar
from gongkai.law.periods import (
    CORRECTION_NOTICE,
    EXTENSION,
    PUBLICATION,
    REPLY,
    Period,
    PeriodUnit,
)
from gongkai.law.sources import Citation


@dataclass(frozen=True, kw_only=True)
class Rest:
    """A stretch in which the count rests: after one day, up to and with another; why, by which article."""

    after: date
    until: date
    why: str
    source: Citation


@dataclass(frozen=True, kw_only=True)
class LedgerDay:
    """One day of a count: its number, or None where it is skipped; `status` or `rest` says why."""

    on: date
    number: int | None
    status: DayStatus
    rest: Rest | None = None

    @property
    def why(self) -> str:
        """Why the day counts or does not, in Chinese."""
        return self.rest.why if self.rest and self.status.is_working else self.status.why


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A count of working days, day by day; `start` itself is not counted and not among `days`."""

    start: date
    days: tuple[LedgerDay, ...]

    @property
    def due(self) -> Due:
        """The day the count ends on."""
        return Due(on=self.days[-1].on, provisional=any(day.status.provisional for day in self.days))

    @property
    def made_up(self) -> tuple[LedgerDay, ...]:
        """The weekend days that count because they were made working days."""
        return tuple(day for day in self.days if day.number is not None and day.status.holiday)


def explain(start: date, n: int, calendar: WorkCalendar, rests: Sequence[Rest] = ()) -> Ledger:
    """Return the count of `n` working days after `start`, every day with its number or why it is skipped.

    A rest that begins with the last day counted lets the count end with the rest.

    Raises:
        ValueError: `n` is less than one.
    """
    if n < 1:
        raise ValueError(f"a period has at least one working day, not {n}")
    days: list[LedgerDay] = []
    number = 0
    for day, status in calendar.walk(start):
        rest = next((each for each in rests if each.after < day <= each.until), None)
        if number == n and rest is None:
            break
        counts = status.is_working and rest is None
        number += counts
        days.append(LedgerDay(on=day, number=number if counts else None, status=status, rest=rest))
    while not days[-1].status.is_working:
        days.pop()
    return Ledger(start=start, days=tuple(days))


def period_due(period: Period, start: date, calendar: WorkCalendar) -> Due:
    """Return the last day of a period that runs from `start`, in the unit the law counts it in."""
    if period.unit is PeriodUnit.WORKING_DAYS:
        return calendar.add_working_days(start, period.length)
    if period.unit is PeriodUnit.MONTHS:
        return calendar.add_months(start, period.length)
    return calendar.add_calendar_days(start, period.length)


def reply_due(received: date, calendar: WorkCalendar, *, paused: int = 0) -> Due:
    """Return the last day on which the body may reply in time.

    Args:
        received: day of receipt under R711 art. 31, or of the corrected request; not counted itself.
        calendar: working days, as published so far.
        paused: working days spent consulting third parties or other bodies.
    Raises:
        ValueError: `paused` is negative.
    Source: R711 art. 33(2); art. 33(3) for `paused`.
    """
    if paused < 0:
        raise ValueError(f"a pause cannot last {paused} days")
    return calendar.add_working_days(received, REPLY.length + paused)


def extension_due(original_end: date, calendar: WorkCalendar, *, working_days: int = EXTENSION.length) -> Due:
    """Return the last day of an extended reply, counted from the end of the original period.

    Raises:
        ValueError: longer than the law allows, or shorter than a day.
    Source: R711 art. 33(2).
    """
    if not 1 <= working_days <= EXTENSION.length:
        raise ValueError(f"an extension lasts 1 to {EXTENSION.length} working days, not {working_days}")
    return calendar.add_working_days(original_end, working_days)


def correction_notice_due(received: date, calendar: WorkCalendar) -> Due:
    """Return the last day on which the applicant may be told, once, what to correct.

    Source: R711 art. 30.
    """
    return period_due(CORRECTION_NOTICE, received, calendar)


def publication_due(formed: date, calendar: WorkCalendar, *, working_days: int = PUBLICATION.length) -> Due:
    """Return the last day on which information must be public.

    Args:
        formed: the day it was formed or changed, not the day it was uploaded; not counted itself.
        calendar: working days, as published so far.
        working_days: the shorter limit where another law or regulation sets one.
    Source: R711 art. 26.
    """
    return calendar.add_working_days(formed, working_days)


def paused_working_days(
    spans: Iterable[tuple[date, date]], calendar: WorkCalendar, *, after: date = date.min
) -> DayCount:
    """Return the working days that consultations take out of the reply period.

    Args:
        spans: for each consultation the day it was sent, not counted, and the day it ended, counted: the
            opinion arrived or its period lapsed. Spans may overlap; a day is taken out once.
        calendar: working days, as published so far.
        after: days up to and with this one are left out.
    Raises:
        ValueError: a span ends before it begins.
    Source: R711 art. 33(3).
    """
    days, provisional = 0, False
    reached = after
    for sent, ended in sorted(spans):
        if ended < sent:
            raise ValueError(f"a consultation sent on {sent} cannot end on {ended}")
        begin = max(sent, reached)
        if begin < ended:
            stretch = calendar.working_days_between(begin, ended)
            days, provisional, reached = days + stretch.days, provisional or stretch.provisional, ended
    return DayCount(days=days, provisional=provisional)


class Filer(StrEnum):
    """Whose annual report it is: a department's own, or a government's over its whole area."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"


@dataclass(frozen=True, kw_only=True)
class FilingDue:
    """The date the law names, which no day of rest moves, and the last working day before or on it."""

    on: date
    alarm: Due


def annual_report_due(year: int, filer: Filer, calendar: WorkCalendar) -> FilingDue:
    """Return by when the report on `year` must be public.

    Source: R711 art. 49: 31 January for departments, 31 March for governments. A date never rolls over.
    """
    on = date(year + 1, 1, 31) if filer is Filer.DEPARTMENT else date(year + 1, 3, 31)
    return FilingDue(on=on, alarm=calendar.last_working_day(on))
