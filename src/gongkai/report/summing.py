"""A government's report as the sum of its members' (汇总): every cell with its addends, no body added twice.

A government's report covers its area, an office's or a department's only itself, so the government's own
report is no addend of itself, and whoever is within another member's report is not added beside it. A cell
that is blank or illegible in one report is not zero: the sum then says whose cell is wanting.

Source: R711 art. 49, 50; FORM2021.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gongkai.report.auditing.identities import Weighed, weigh
from gongkai.report.balances import Balance, balances
from gongkai.report.cells import Cell, How, Place
from gongkai.report.members import Aside, Member, Why, sort_members
from gongkai.report.numerals import BLANK, Blank, Illegible, Number, Value, is_exact
from gongkai.report.schema import SECTION_TITLES, CellId, Edition, Report, Section, edition_of, form
from gongkai.report.writing.boxes import show_value

__all__ = ["Aside", "Member", "Summed", "SummedCell", "Why", "differences", "imbalances", "sum_reports"]


class Addend(NamedTuple):
    """A number of a sum: whose it is and where it stands in that report."""

    member: Member
    value: Number
    place: Place | None


class Unadded(NamedTuple):
    """A cell that could not be added; `found` is false where the report has no such cell at all."""

    member: Member
    value: Blank | Illegible
    found: bool
    place: Place | None


class SummedCell(NamedTuple):
    """A cell of a sum: its addends, and the members whose cell is wanting."""

    addends: tuple[Addend, ...]
    unadded: tuple[Unadded, ...]

    @property
    def total(self) -> Number:
        """The sum of what could be added, exact."""
        total = sum((addend.value for addend in self.addends), 0)
        return int(total) if isinstance(total, Decimal) and total == int(total) else total

    @property
    def value(self) -> Value:
        """The cell as it stands in the summed report: a number only if every member's could be added."""
        total = self.total
        if self.unadded:
            return Illegible(
                f"{show_value(total)}（另有{len(self.unadded)}家不能相加）" if self.addends else ""
            )
        if not self.addends:
            return BLANK
        return total if is_exact(total) else Illegible(show_value(total))


@dataclass(frozen=True, kw_only=True)
class Summed:
    """A sum: its members, what was set aside, who is missing, every cell of the form with its addends."""

    agency: str
    year: int
    edition: Edition
    members: tuple[Member, ...]
    aside: tuple[Aside, ...]
    missing: tuple[str, ...]
    cells: Mapping[CellId, SummedCell]

    @property
    def own(self) -> Member | None:
        """The summing body's own report, if it was among those offered."""
        return next((each.member for each in self.aside if each.why is Why.OWN), None)

    @property
    def is_whole(self) -> bool:
        """Whether every report offered was added, everyone expected sent one, and every cell could be."""
        return (
            not self.missing
            and all(each.why is Why.OWN for each in self.aside)
            and not any(cell.unadded for cell in self.cells.values())
        )

    @cached_property
    def report(self) -> Report:
        """The sum as a report: its tables, and the statutory headings with nothing under them yet."""
        name = self.agency or None
        return Report(
            agency=name,
            year=self.year,
            edition=self.edition,
            title=f"{self.agency}{self.year}年政府信息公开工作年度报告",
            cells={name: Cell(cell.value, how=How.SUMMED) for name, cell in self.cells.items()},
            sections=tuple(Section(code=code, heading=title) for code, title in SECTION_TITLES.items()),
        )


def sum_reports(
    members: Iterable[Member],
    *,
    year: int,
    agency: str = "",
    expected: Iterable[str] = (),
    only: Collection[CellId] | None = None,
) -> Summed:
    """Return the sum of members' reports for a year.

    Args:
        members: the reports offered; which are added, `members.sort_members` says.
        year: the year reported on; it decides the form.
        agency: the government whose report the sum is to be; "" if nobody is said to be.
        expected: the names of the bodies that are to report; empty if nobody knows.
        only: the cells to add; None for all of the form.

    Source: R711 art. 49; for money, the form's unit 万元, added as exact decimals.
    """
    sorting = sort_members(members, year=year, agency=agency, expected=expected)
    edition = edition_of(year)
    return Summed(
        agency=agency,
        year=year,
        edition=edition,
        members=sorting.members,
        aside=sorting.aside,
        missing=sorting.missing,
        cells={
            cell: _sum_of(cell, sorting.members)
            for cell in form(edition).cells()
            if only is None or cell in only
        },
    )


def _sum_of(name: CellId, members: Iterable[Member]) -> SummedCell:
    addends: list[Addend] = []
    unadded: list[Unadded] = []
    for member in members:
        cell = member.report.cells.get(name)
        if cell is None:
            unadded.append(Unadded(member, BLANK, False, None))
        elif cell.value is BLANK or isinstance(cell.value, Illegible):
            unadded.append(Unadded(member, cell.value, True, cell.place))
        else:
            addends.append(Addend(member, cell.value, cell.place))
    return SummedCell(tuple(addends), tuple(unadded))


class Imbalance(NamedTuple):
    """A balance that does not hold in the sum, and the members in whose reports it does not."""

    balance: Balance
    left: Number
    right: Number
    members: tuple[Member, ...]


def imbalances(summed: Summed) -> Iterator[Imbalance]:
    """Yield the balances of the form that the sum breaks; those with cells wanting are passed over."""
    for each in balances(summed.edition):
        weighed = weigh(summed.report, each)
        if _is_broken(weighed):
            members = (member for member in summed.members if _is_broken(weigh(member.report, each)))
            yield Imbalance(each, weighed.left, weighed.right, tuple(members))


def _is_broken(weighed: Weighed) -> bool:
    return not weighed.open and weighed.left != weighed.right


class Difference(NamedTuple):
    """A cell in which a published report is not the sum: how much more it has, None where none can say."""

    cell: CellId
    summed: Value
    published: Value
    more: Number | None


def differences(summed: Summed, published: Report) -> Iterator[Difference]:
    """Yield the cells in which a published report of the same year is not the sum of its members'.

    Raises:
        ValueError: the report is for another year or on another form; the message, in Chinese, says so.
    """
    if published.year != summed.year:
        told = f"{published.year}年度" if published.year else "没有写明年度"
        raise ValueError(f"这份报告是{told}的，不是{summed.year}年度的，不能与汇总数核对。")
    if published.edition != summed.edition:
        raise ValueError(f"这份报告用的是{int(published.edition)}年版格式，不能与汇总数核对。")
    for name, cell in summed.cells.items():
        value, reported = cell.value, published.number(name)
        if not isinstance(value, int | Decimal) or reported is None:
            yield Difference(name, value, published.value(name), None)
        elif value != reported:
            yield Difference(name, value, reported, reported - value)
