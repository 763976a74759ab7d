"""The form's sums (勾稽关系) on a report as it stands, and what they say about a cell that is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from gongkai.report.auditing.identities import Verdict, weigh
from gongkai.report.balances import (
    BALANCES_OF_REQUESTS,
    SUMS_OF_REMEDIES,
    Balance,
    balances,
    sums_of_applicants,
    sums_of_outcomes,
)
from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible, Number, Value
from gongkai.report.schema import CellId, Edition, Report
from gongkai.web.oversight.services.reports.tables import short_name


@dataclass(frozen=True, kw_only=True)
class BalanceLine:
    """A sum that does not hold or cannot be checked: its name, what is the matter, its open cells."""

    name: str
    says: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class BalanceSheet:
    """All sums of a report, by how they came out."""

    held: tuple[str, ...]
    broken: tuple[BalanceLine, ...]
    unread: tuple[BalanceLine, ...]
    short: tuple[BalanceLine, ...]

    @property
    def total(self) -> int:
        """How many sums have anything to compare."""
        return len(self.held) + len(self.broken) + len(self.unread) + len(self.short)


@cache
def _named(edition: Edition) -> tuple[tuple[str, Balance], ...]:
    return (
        *((f"表三“{b.name}”列：本年新收＋上年结转＝总计＋结转下年度", b) for b in BALANCES_OF_REQUESTS),
        *((f"表三“{b.name}”列：各项办理结果之和＝（七）总计", b) for b in sums_of_outcomes(edition)),
        *((f"表三“{b.name}”行：各类申请人之和＝总计", b) for b in sums_of_applicants(edition)),
        *((f"表四“{b.name}”：各种结果之和＝总计", b) for b in SUMS_OF_REMEDIES),
    )


def balance_sheet(report: Report) -> BalanceSheet:
    """Return how each sum of the form comes out; one whose cells are all blank has nothing to compare."""
    lines: dict[Verdict, list[BalanceLine]] = defaultdict(list)
    for name, balance in _named(report.edition):
        if all(report.value(cell) is BLANK for cell in (*balance.left, *balance.right)):
            continue
        weighed = weigh(report, balance)
        says = {
            Verdict.HELD: "",
            Verdict.BROKEN: f"{weighed.left} 和 {weighed.right}，相差 {abs(weighed.left - weighed.right)}",
            Verdict.UNREAD: f"还有 {len(weighed.open)} 格待确认",
            Verdict.SHORT: f"已填的是 {weighed.left} 和 {weighed.right}，有 {len(weighed.open)} 格空白",
        }[weighed.verdict]
        shown = weighed.open if weighed.verdict is Verdict.UNREAD else ()
        cells = tuple((str(cell), short_name(report, cell)) for cell in shown)
        lines[weighed.verdict].append(BalanceLine(name=name, says=says, cells=cells))
    return BalanceSheet(
        held=tuple(line.name for line in lines[Verdict.HELD]),
        broken=tuple(lines[Verdict.BROKEN]),
        unread=tuple(lines[Verdict.UNREAD]),
        short=tuple(lines[Verdict.SHORT]),
    )


@cache
def _balances_of(edition: Edition) -> Mapping[CellId, tuple[Balance, ...]]:
    found: dict[CellId, list[Balance]] = defaultdict(list)
    for balance in balances(edition):
        for cell in (*balance.left, *balance.right):
            found[cell].append(balance)
    return {cell: tuple(each) for cell, each in found.items()}


def _decisive(report: Report, cell: CellId) -> Iterator[Balance]:
    """Yield the sums in which this is the only cell still open, so that its value decides them."""
    for balance in _balances_of(report.edition).get(cell, ()):
        others = [c for c in (*balance.left, *balance.right) if c != cell]
        if not any(isinstance(report.value(c), Illegible) for c in others):
            yield balance


def fits(report: Report, cell: CellId, value: Value) -> bool | None:
    """Whether the sums that the cell decides hold with the value; None where they decide nothing."""
    filled = replace(report, cells={**report.cells, cell: Cell(value)})
    verdicts = {weigh(filled, balance).verdict for balance in _decisive(report, cell)} - {Verdict.SHORT}
    return verdicts == {Verdict.HELD} if verdicts else None


def implied(report: Report, cell: CellId) -> Number | None:
    """Return the one number with which every sum that the cell decides holds; None if there is no such."""
    found: set[Number] = set()
    for balance in _decisive(report, cell):
        others = [c for c in (*balance.left, *balance.right) if c != cell]
        if any(report.value(c) is BLANK for c in others):
            continue
        weighed = weigh(report, balance)
        is_left = cell in balance.left
        found.add(weighed.right - weighed.left if is_left else weighed.left - weighed.right)
    number = found.pop() if len(found) == 1 else None
    return number if number is not None and number >= 0 else None
