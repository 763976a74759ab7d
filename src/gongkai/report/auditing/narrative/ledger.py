"""The tables as numbers to hold the prose against, and sums over their cells.

A blank cell counts as zero only where the table itself proves it: the filled cells of its line already make
up the line's total. Otherwise it stays unknown, and so does every sum it enters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.report.cells import Cell
from gongkai.report.numerals import Illegible, Number
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
    Report,
)

Numbers = dict[CellId, Number]


@dataclass(frozen=True, slots=True)
class Account:
    """What a number in prose may stand for: the sum of `cells` less that of `less`, under a name.

    `key` is the same for accounts of one kind in different columns (new, all, done); `loose` marks one that
    the words allow but the form does not.
    """

    key: str
    name: str
    cells: tuple[CellId, ...]
    less: tuple[CellId, ...] = ()
    loose: bool = False

    def value(self, numbers: Numbers) -> Number | None:
        """Return the account's value, or None where a cell of it is unknown."""
        total: Number = 0
        for cell in self.cells:
            if cell not in numbers:
                return None
            total += numbers[cell]
        for cell in self.less:
            if cell not in numbers:
                return None
            total -= numbers[cell]
        return total


_PARTS = tuple(c.code for c in APPLICANTS if c.code != TOTAL)
_OUTCOMES = {
    edition: tuple(row for rows in groups.values() for row in rows)
    for edition, groups in OUTCOME_GROUPS.items()
}
_LINES3 = tuple(
    (tuple(CellId(3, row, part) for part in _PARTS), CellId(3, row, TOTAL))
    for row in (NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT)
)
_LINES4 = tuple(
    (
        tuple(CellId(4, row.code, c.code) for c in OUTCOMES_OF_REMEDY if c.code != "total"),
        CellId(4, row.code, "total"),
    )
    for row in TABLE4.rows
)
_COLUMNS3 = {
    edition: tuple(
        (tuple(CellId(3, row, c.code) for row in rows), CellId(3, TOTAL_DONE, c.code)) for c in APPLICANTS
    )
    for edition, rows in _OUTCOMES.items()
}
_ROWS3 = {
    edition: tuple((tuple(CellId(3, row, part) for part in _PARTS), CellId(3, row, TOTAL)) for row in rows)
    for edition, rows in _OUTCOMES.items()
}


_LATEST: list[tuple[Mapping[CellId, Cell], Numbers]] = []


def numbers(report: Report) -> Numbers:
    """Return the numbers of a report's cells, with the blanks the table itself proves to be zero.

    The rules ask for the same report one after another, so the last two answers are kept.
    """
    for cells, known in _LATEST:
        if cells is report.cells:
            return known
    found = _numbers(report)
    _LATEST[:] = [(report.cells, found), *_LATEST[:1]]
    return found


def _numbers(report: Report) -> Numbers:
    known: Numbers = {}
    illegible: set[CellId] = set()
    for cell, read in report.cells.items():
        value = read.value
        if isinstance(value, Illegible):
            illegible.add(cell)
        elif isinstance(value, Number):
            known[cell] = value
    if len(known) < len(report.cells) or len(known) < _size(report.edition):
        _prove(known, illegible, (*_LINES3, *_COLUMNS3[report.edition], *_LINES4))
        for parts, total in _ROWS3[report.edition]:
            if total not in known and total not in illegible and all(part in known for part in parts):
                known[total] = sum(known[part] for part in parts)
    return known


def _size(edition: Edition) -> int:
    return len(_ROWS3[edition]) * len(APPLICANTS) + len(_LINES3) * len(APPLICANTS) + 15


def _prove(
    known: Numbers, illegible: set[CellId], lines: Iterable[tuple[tuple[CellId, ...], CellId]]
) -> None:
    for parts, total in lines:
        if total not in known or not illegible.isdisjoint(parts):
            continue
        if sum(known[part] for part in parts if part in known) == known[total]:
            for part in parts:
                known.setdefault(part, 0)
