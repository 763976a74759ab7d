"""The processing fee: every step of both tariffs, earlier requests of the month, the day charging began."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from cases import case, event, registered

from gongkai.law.fees import FeeLine, NoTariff, Tariff, fee, month_fees, schedule
from gongkai.law.procedure import NotAllowed

IN_FORCE = date(2021, 1, 1)
ON = date(2025, 9, 30)
REQUESTS, PAGES = Tariff.PER_REQUEST, Tariff.PER_PAGE
# Yuan for each request of a month, by number: 1-10, 11-30, 31-40, 41-50, 51-60.
EACH = [0] * 10 + [100] * 20 + [200] * 10 + [300] * 10 + [400] * 10


def lines(tariff: Tariff, units: int, before: int = 0) -> list[tuple[int, int, int]]:
    return [(line.first, line.last, int(line.rate)) for line in fee(tariff, units, ON, before=before).lines]


@pytest.mark.parametrize(
    ("requests", "yuan"),
    [
        (0, 0),
        (10, 0),
        (11, 100),
        (30, 2000),
        (31, 2200),
        (34, 2800),
        (40, 4000),
        (41, 4300),
        (50, 7000),
        (51, 7400),
    ],
)
def test_requests_of_a_month_are_charged_step_by_step(requests: int, yuan: int) -> None:
    assert fee(REQUESTS, requests, ON).amount == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
)
def test_pages_of_a_request_are_charged_step_by_step(pages: int, yuan: int) -> None:
    assert fee(PAGES, pages, ON).amount == yuan


@pytest.mark.parametrize(
    ("tariff", "unit", "rate"),
    [
        *((REQUESTS, unit, rate) for unit, rate in [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200)]),
        *((REQUESTS, unit, rate) for unit, rate in [(40, 200), (41, 300), (50, 300), (51, 400), (101, 900)]),
        *((PAGES, unit, rate) for unit, rate in [(1, 0), (30, 0), (31, 10), (100, 10), (101, 20)]),
        *((PAGES, unit, rate) for unit, rate in [(200, 20), (201, 40), (250, 40), (5000, 40)]),
    ],
)
def test_the_rate_changes_with_the_first_unit_past_a_step(tariff: Tariff, unit: int, rate: int) -> None:
    assert schedule(tariff, ON).rate(unit) == rate


@pytest.mark.parametrize("tariff", Tariff)
def test_a_further_unit_never_costs_less(tariff: Tariff) -> None:
    rates = [schedule(tariff, ON).rate(unit) for unit in range(1, 401)]
    assert all(one <= next_one for one, next_one in pairwise(rates))


def test_a_fee_shows_its_stretches() -> None:
    assert lines(REQUESTS, 34) == [(1, 10, 0), (11, 30, 100), (31, 34, 200)]
    assert lines(PAGES, 250) == [(1, 30, 0), (31, 100, 10), (101, 200, 20), (201, 250, 40)]
    assert lines(REQUESTS, 5, before=28) == [(29, 30, 100), (31, 33, 200)]
    assert lines(REQUESTS, 0) == []
    assert FeeLine(first=31, last=34, rate=schedule(REQUESTS, ON).rate(31)).amount == 800


def test_however_a_month_is_split_its_requests_cost_the_same() -> None:
    for before in range(61):
        for units in range(61 - before):
            asked = fee(REQUESTS, units, ON, before=before).amount
            assert asked == sum(EACH[before : before + units])
            assert asked == fee(REQUESTS, before + units, ON).amount - fee(REQUESTS, before, ON).amount


def test_a_month_starts_anew() -> None:
    september, october = date(2025, 9, 30), date(2025, 10, 9)
    months = month_fees([october] * 9 + [september] * 9)
    assert {month: each.amount for month, each in months.items()} == {(2025, 9): 0, (2025, 10): 0}
    [(month, each)] = month_fees([date(2025, 9, 1)] * 17 + [september] * 17).items()
    assert month == (2025, 9) and each.amount == 2800


def test_the_same_month_of_two_years_is_two_months() -> None:
    found = month_fees([date(2024, 9, 30)] * 9 + [date(2025, 9, 1)] * 11)
    assert {month: each.amount for month, each in found.items()} == {(2024, 9): 0, (2025, 9): 100}


@pytest.mark.parametrize("tariff", Tariff)
def test_no_fee_before_2021_and_from_its_first_day(tariff: Tariff) -> None:
    assert fee(tariff, 31, IN_FORCE).amount == {REQUESTS: 2200, PAGES: 10}[tariff]
    with pytest.raises(NoTariff, match="2020-12-31"):
        fee(tariff, 31, date(2020, 12, 31))
    with pytest.raises(NoTariff):
        month_fees([date(2020, 12, 31)])


@pytest.mark.parametrize("tariff", Tariff)
@pytest.mark.parametrize(("units", "before"), [(-1, 0), (1, -1), (-1, -1)])
def test_a_negative_number_is_refused(tariff: Tariff, units: int, before: int) -> None:
    with pytest.raises(ValueError):
        fee(tariff, units, ON, before=before)


def test_earlier_pages_are_not_added_up() -> None:
    with pytest.raises(ValueError):
        fee(PAGES, 68, ON, before=1)


@pytest.mark.parametrize(("first", "second"), [(REQUESTS, PAGES), (PAGES, REQUESTS), (PAGES, PAGES)])
def test_a_request_is_never_charged_by_both_tariffs(first: Tariff, second: Tariff) -> None:
    charged = (
        registered("2025-09-15"),
        event("charge", "2025-09-22", tariff=first.value, units=68),
        event("fee_notice_received", "2025-09-22"),
        event("pay", "2025-09-24"),
    )
    once = case(*charged, today="2025-09-24").charge
    assert once is not None and once.amount == {REQUESTS: 15000, PAGES: 380}[first]
    with pytest.raises(NotAllowed, match="一件申请只能收一次费"):
        case(*charged, event("charge", "2025-09-25", tariff=second.value, units=68))
