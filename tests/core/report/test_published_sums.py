"""Tables of the form whose sums are known to hold, number by number, against the form's one table of sums."""

from __future__ import annotations

import pytest

from gongkai.report.balances import SUMS_OF_REMEDIES, Balance, sums_of_applicants
from gongkai.report.schema import APPLICANTS, OUTCOMES_OF_REMEDY, TABLE4, CellId, Edition

SUQIAN_REMEDIES = ((119, 25, 91, 24, 259), (7, 0, 15, 6, 28), (21, 1, 7, 9, 38))
HANGZHOU_REMEDIES = ((376, 97, 196, 121, 790), (16, 1, 12, 27, 56), (74, 1, 30, 51, 156))
ROWS_OF_REQUESTS = {
    "new": (3746, 63, 0, 0, 19, 2, 3830),
    "total_done": (13364, 252, 0, 44, 121, 29, 13810),
    "carried_out": (783, 6, 0, 2, 25, 3, 819),
}


def off(balance: Balance, numbers: dict[CellId, int]) -> int:
    """By how much a balance does not hold."""
    return sum(numbers[cell] for cell in balance.left) - sum(numbers[cell] for cell in balance.right)


def remedies(rows: tuple[tuple[int, ...], ...]) -> dict[CellId, int]:
    return {
        CellId(4, row.code, column.code): number
        for row, numbers in zip(TABLE4.rows, rows, strict=True)
        for column, number in zip(OUTCOMES_OF_REMEDY, numbers, strict=True)
    }


@pytest.mark.parametrize("rows", [SUQIAN_REMEDIES, HANGZHOU_REMEDIES], ids=["suqian_2025", "hangzhou_2025"])
def test_every_row_of_table_4_adds_up_and_a_single_one_more_shows(rows: tuple[tuple[int, ...], ...]) -> None:
    numbers = remedies(rows)
    assert [off(balance, numbers) for balance in SUMS_OF_REMEDIES] == [0, 0, 0]
    for cell in numbers:
        more = numbers | {cell: numbers[cell] + 1}
        assert sum(off(balance, more) != 0 for balance in SUMS_OF_REMEDIES) == 1


@pytest.mark.parametrize("row", ROWS_OF_REQUESTS)
def test_every_row_of_table_3_adds_up_over_the_applicants(row: str) -> None:
    values = ROWS_OF_REQUESTS[row]
    numbers = {CellId(3, row, c.code): n for c, n in zip(APPLICANTS, values, strict=True)}
    (balance,) = (b for b in sums_of_applicants(Edition.FORM_2021) if b.right[0].row == row)
    assert off(balance, numbers) == 0
    assert off(balance, numbers | {balance.right[0]: values[-1] - 1}) == 1
