"""The processing fee (信息处理费): two progressive tariffs, of which a request is charged by one.

References:
    《政府信息公开信息处理费管理办法》, 国办函〔2020〕109号: tables A (per request) and B (per page), charged
    from 2021-01-01. Read second-hand; that pages of different requests are not added up is not verified.
Limitations:
    Whether a frequency is beyond reason is the body's judgement (R711 art. 42); this only counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.law.periods import Evidence
from gongkai.law.sources import FEES2020, Citation

_SOURCE = FEES2020.part("")


class Tariff(StrEnum):
    """By which a request is charged."""

    PER_REQUEST = "per_request"
    PER_PAGE = "per_page"


TARIFF_NAMES: Mapping[Tariff, str] = {Tariff.PER_REQUEST: "按件计收", Tariff.PER_PAGE: "按量计收"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a tariff: units up to and with `upto` (None: no end) at `rate` yuan each."""

    upto: int | None
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A tariff from a day on. Past the last step each further `every` units cost `more` yuan more each."""

    tariff: Tariff
    since: date
    steps: tuple[Step, ...]
    every: int | None = None
    more: Decimal = Decimal(0)
    source: Citation = _SOURCE
    evidence: Evidence = Evidence.SECOND_HAND

    def rate(self, unit: int) -> Decimal:
        """Return what the unit of that number (from 1) costs."""
        for step in self.steps:
            if step.upto is None or unit <= step.upto:
                return step.rate
        last = self.steps[-1]
        assert last.upto is not None and self.every is not None
        beyond = (unit - last.upto - 1) // self.every + 1
        return last.rate + beyond * self.more


SCHEDULES = (
    Schedule(
        tariff=Tariff.PER_REQUEST,
        since=FEES2020.since,
        steps=(Step(upto=10, rate=Decimal(0)), Step(upto=30, rate=Decimal(100))),
        every=10,
        more=Decimal(100),
    ),
    Schedule(
        tariff=Tariff.PER_PAGE,
        since=FEES2020.since,
        steps=(
            Step(upto=30, rate=Decimal(0)),
            Step(upto=100, rate=Decimal(10)),
            Step(upto=200, rate=Decimal(20)),
            Step(upto=None, rate=Decimal(40)),
        ),
    ),
)


class NoTariff(LookupError):
    """No fee may be charged on that day: no tariff was in force."""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """A stretch of units at one rate: from, to (both counted, from 1), yuan each, yuan in all."""

    first: int
    last: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """Yuan for the stretch."""
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, kw_only=True)
class Fee:
    """A fee in yuan and how it comes about."""

    tariff: Tariff
    lines: tuple[FeeLine, ...]
    source: Citation

    @property
    def amount(self) -> Decimal:
        """Yuan in all."""
        return sum((line.amount for line in self.lines), Decimal(0))


def schedule(tariff: Tariff, on: date) -> Schedule:
    """Return the tariff in force on a day.

    Raises:
        NoTariff: none was.
    """
    found = [each for each in SCHEDULES if each.tariff is tariff and each.since <= on]
    if not found:
        raise NoTariff(f"{on} 还没有信息处理费的收费标准")
    return found[-1]


def fee(tariff: Tariff, units: int, on: date, *, before: int = 0) -> Fee:
    """Return the fee for `units` requests or pages.

    Args:
        tariff: by requests of one applicant in one natural month, or by pages of one request.
        units: how many are charged now.
        on: the day that decides which tariff is in force.
        before: requests of the same applicant earlier in the same month; always 0 by pages.
    Raises:
        NoTariff: no tariff was in force.
        ValueError: a negative number, or earlier pages, which are not added up.
    Source: 国办函〔2020〕109号.
    """
    if units < 0 or before < 0:
        raise ValueError("requests and pages are not negative")
    if before and tariff is Tariff.PER_PAGE:
        raise ValueError("pages of different requests are not added up")
    rates = schedule(tariff, on)
    lines: list[FeeLine] = []
    for unit in range(before + 1, before + units + 1):
        rate = rates.rate(unit)
        if lines and lines[-1].rate == rate:
            lines[-1] = FeeLine(first=lines[-1].first, last=unit, rate=rate)
        else:
            lines.append(FeeLine(first=unit, last=unit, rate=rate))
    return Fee(tariff=tariff, lines=tuple(lines), source=rates.source)


def month_fees(received: Iterable[date]) -> dict[tuple[int, int], Fee]:
    """Return one applicant's fee by requests for each natural month, from the days of receipt.

    Source: 国办函〔2020〕109号: cumulative within one natural month, starting anew in the next.
    """
    months: dict[tuple[int, int], list[date]] = {}
    for day in received:
        months.setdefault((day.year, day.month), []).append(day)
    return {month: fee(Tariff.PER_REQUEST, len(days), max(days)) for month, days in sorted(months.items())}
