"""Tables 3 and 4 as counts: each cell is the list of the cases in it, so that every number opens onto them.

A case is counted as new in the year of its receipt, and as done in the year it was answered or closed; every
year between carries it. So new + carried in = done + carried out holds for every column by construction, and
what a year carries out the next carries in. A year is frozen at 24:00 on 31 December; what is recorded later
about it comes out as differences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.practice import STRICT, Practice
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.sources import FORM2019, FORM2021, Instrument
from gongkai.law.taxonomy import APPLICANT_KINDS, OTHER_2019, OUTCOMES

NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT = "new", "carried_in", "total_done", "carried_out"
TOTAL, PENDING = "total", "pending"
_FIRST_OF_2021_FORM = 2021

Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A table of one year: (row, column) to the names of what is counted there, in the order given.

    Cells not in `cells` hold nothing: zero, not blank.
    """

    year: int
    table: int
    cells: Mapping[Place, tuple[str, ...]]

    def names(self, row: str, column: str = TOTAL) -> tuple[str, ...]:
        """Return what is counted in a cell."""
        return self.cells.get((row, column), ())

    def number(self, row: str, column: str = TOTAL) -> int:
        """Return the number of a cell."""
        return len(self.names(row, column))


def form_of(year: int) -> Instrument:
    """Return the format a report on that year is made on.

    Source: 国办公开办函〔2019〕60号 for 2019 and 2020; 国办公开办函〔2021〕30号 from the report on 2021.
    """
    return FORM2021 if year >= _FIRST_OF_2021_FORM else FORM2019


def count_table3(cases: Iterable[tuple[str, CaseFile]], year: int) -> Counted:
    """Return Table 3 of a year.

    Args:
        cases: name and case file of each, folded for 31 December of the year or later; read once.
        year: the year reported on; years before 2021 have one row for the other outcomes.
    Source: 《政府信息公开工作年度报告格式》 table 3; that a case counts in the year of receipt and of
        answering is practice [I].
    """
    cells: defaultdict[Place, list[str]] = defaultdict(list)
    for name, case in cases:
        for row in _rows(case, year):
            cells[row, case.applicant].append(name)
            cells[row, TOTAL].append(name)
    return Counted(year=year, table=3, cells={place: tuple(names) for place, names in cells.items()})


def _rows(case: CaseFile, year: int) -> Iterator[str]:
    received, done = case.counted_in
    if received is None or received > year or (done is not None and done < year):
        return
    yield NEW if received == year else CARRIED_IN
    if done != year:
        yield CARRIED_OUT
        return
    outcome = OUTCOMES[case.outcome or ""].code
    yield OTHER_2019 if year < _FIRST_OF_2021_FORM and outcome.startswith("other.") else outcome
    yield TOTAL_DONE


def count_table4(cases: Iterable[tuple[str, CaseFile]], year: int, *, practice: Practice = STRICT) -> Counted:
    """Return Table 4 of a year: what was brought by its end and had not ended before its beginning.

    What is counted is named `case/reference`. A proceeding open at the end of the year is pending, and comes
    again the next year; so years are never added up [U].

    Args:
        cases: as for `count_table3`.
        practice: whether a judgment under appeal is pending.
    """
    cells: defaultdict[Place, list[str]] = defaultdict(list)
    before, end = date(year - 1, 12, 31), date(year, 12, 31)
    pending = practice.appealed_is_pending
    for name, case in cases:
        for each in case.proceedings:
            ended_before = each.result_on(before, appealed_is_pending=pending) is not None
            reopened = pending and any(on.year == year and result is None for on, result in each.turns)
            if each.filed > end or (ended_before and not reopened):
                continue
            result = each.result_on(end, appealed_is_pending=pending)
            for column in (result.value if result else PENDING, TOTAL):
                cells[each.track.value, column].append(f"{name}/{each.ref}")
    return Counted(year=year, table=4, cells={place: tuple(names) for place, names in cells.items()})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell that no longer holds what it held when the year was frozen."""

    row: str
    column: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def differences(frozen: Counted, now: Counted) -> tuple[Difference, ...]:
    """Return what late corrections changed against a frozen table; the frozen one stays as it is.

    Raises:
        ValueError: the two are not of one table and year.
    """
    if (frozen.table, frozen.year) != (now.table, now.year):
        raise ValueError("two different tables or years are compared")
    found = []
    for row, column in sorted(frozen.cells.keys() | now.cells.keys()):
        before, after = frozen.names(row, column), now.names(row, column)
        known_before, known_after = set(before), set(after)
        added = tuple(name for name in after if name not in known_before)
        removed = tuple(name for name in before if name not in known_after)
        if added or removed:
            found.append(Difference(row=row, column=column, added=added, removed=removed))
    return tuple(found)


def imbalances(table: Counted) -> tuple[str, ...]:
    """Return the columns of Table 3 whose balance, case by case, does not hold; there are none."""
    return tuple(
        column
        for column in (*APPLICANT_KINDS, TOTAL)
        if sorted((*table.names(NEW, column), *table.names(CARRIED_IN, column)))
        != sorted((*table.names(TOTAL_DONE, column), *table.names(CARRIED_OUT, column)))
    )
