"""The sums and balances the form lays down (勾稽关系): one table for readers, rules, counting and pages."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOME_GROUPS,
    OUTCOMES_OF_REMEDY,
    TABLE4,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    form,
)


class Balance(NamedTuple):
    """Two groups of cells that must have the same sum; `name` says whose (a column, a row)."""

    name: str
    left: tuple[CellId, ...]
    right: tuple[CellId, ...]


BALANCES_OF_REQUESTS = tuple(
    Balance(
        column.label,
        (CellId(3, NEW, column.code), CellId(3, CARRIED_IN, column.code)),
        (CellId(3, TOTAL_DONE, column.code), CellId(3, CARRIED_OUT, column.code)),
    )
    for column in APPLICANTS
)
SUMS_OF_REMEDIES = tuple(
    Balance(
        row.label,
        tuple(CellId(4, row.code, c.code) for c in OUTCOMES_OF_REMEDY if c.code != TOTAL),
        (CellId(4, row.code, TOTAL),),
    )
    for row in TABLE4.rows
)


@cache
def sums_of_outcomes(edition: Edition) -> tuple[Balance, ...]:
    """All outcomes against （七）总计, for each column of table 3."""
    outcomes = [row for group in OUTCOME_GROUPS[edition].values() for row in group]
    return tuple(
        Balance(
            column.label,
            tuple(CellId(3, row, column.code) for row in outcomes),
            (CellId(3, TOTAL_DONE, column.code),),
        )
        for column in APPLICANTS
    )


@cache
def sums_of_applicants(edition: Edition) -> tuple[Balance, ...]:
    """All kinds of applicant against 总计, for each row of table 3."""
    return tuple(
        Balance(
            row.label,
            tuple(CellId(3, row.code, c.code) for c in APPLICANTS if c.code != TOTAL),
            (CellId(3, row.code, TOTAL),),
        )
        for row in form(edition).table(3).rows
    )


@cache
def balances(edition: Edition) -> tuple[Balance, ...]:
    """Every balance of an edition's tables 3 and 4; table 2 has none."""
    return (
        *BALANCES_OF_REQUESTS,
        *sums_of_outcomes(edition),
        *sums_of_applicants(edition),
        *SUMS_OF_REMEDIES,
    )
