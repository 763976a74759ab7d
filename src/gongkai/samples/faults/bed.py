"""The bed a fault is planted in: a clean report, last year's, and the ways to change one thing in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from gongkai.report.cells import Cell
from gongkai.report.numerals import Number
from gongkai.report.schema import (
    OUTCOME_GROUPS,
    OUTCOMES_OF_REMEDY,
    TOTAL,
    CellId,
    Edition,
    Report,
    SectionCode,
)
from gongkai.samples.bodies import Body, body


class Unplantable(ValueError):
    """This report has no place for this fault: no such sentence, no such case, no last report."""


def with_cells(report: Report, values: Mapping[CellId, Number]) -> Report:
    """Return the report with other numbers in some cells."""
    return replace(report, cells=dict(report.cells) | {cell: Cell(value) for cell, value in values.items()})


def t2(row: str, column: str) -> CellId:
    """Return a cell of Table 2."""
    return CellId(2, row, column)


def t3(row: str, column: str = TOTAL) -> CellId:
    """Return a cell of Table 3, by default the row's total."""
    return CellId(3, row, column)


def t4(row: str, column: str = TOTAL) -> CellId:
    """Return a cell of Table 4, by default the group's total."""
    return CellId(4, row, column)


REQUESTS = "依申请公开"
PROACTIVE = "主动公开"
MANAGEMENT = "政府信息管理"
SAFEGUARDS = "监督保障"
_RESULTS = tuple(column.code for column in OUTCOMES_OF_REMEDY[:-1])
_OF_REMEDIES = re.compile("复议|诉讼|被纠正")


@dataclass(kw_only=True)
class Bed:
    """What a fault is planted in; `where` gathers the cells it touches."""

    report: Report
    last: Report | None
    rng: Random
    where: tuple[CellId, ...] = ()

    @property
    def body(self) -> Body:
        """The reporting body."""
        return body(self.report.agency or "")

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.report.year or 0

    def pick(self, *choices: str) -> str:
        """Return one of several wordings."""
        return self.rng.choice(choices)

    def need(self, condition: object, why: str) -> None:
        """Give up where the report has no place for the fault.

        Raises:
            Unplantable: the condition does not hold.
        """
        if not condition:
            raise Unplantable(why)

    def need_form(self, edition: Edition) -> None:
        """Give up on the other form."""
        self.need(self.report.edition == edition, f"not the form of {edition.value}")

    # Numbers

    def count(self, cell: CellId) -> int:
        """Return the count in a cell, 0 where there is none."""
        return int(self.report.number(cell) or 0)

    def group(self, group: str) -> int:
        """Return how many requests ended in a group of outcomes."""
        return sum(self.count(t3(row)) for row in OUTCOME_GROUPS[self.report.edition][group])

    def last_count(self, cell: CellId) -> int:
        """Return the count in a cell of last year's report."""
        self.need(self.last is not None, "no last report")
        assert self.last is not None
        return int(self.last.number(cell) or 0)

    def set(self, cell: CellId, value: Number) -> None:
        """Put a number in a cell."""
        self.report = with_cells(self.report, {cell: value})
        self.where = (*self.where, cell)

    def add(self, cell: CellId, change: int) -> None:
        """Add to the number in a cell, never below zero."""
        value = self.report.number(cell)
        if value is None or value + change < 0:
            raise Unplantable(str(cell))
        self.set(cell, value + change)

    def add_to_last(self, changes: Iterable[tuple[CellId, int]]) -> None:
        """Add to numbers of last year's report."""
        self.need(self.last is not None, "no last report")
        assert self.last is not None
        values = {cell: (self.last.number(cell) or 0) + change for cell, change in changes}
        self.last = with_cells(self.last, values)

    def no_remedies(self) -> None:
        """Leave Table 4 with nothing but zeros."""
        cells = (each for each in self.report.form.cells() if each.table == 4)
        self.report = with_cells(self.report, dict.fromkeys(cells, 0))

    def remedies(self, row: str, **results: int) -> int:
        """Fill a group of Table 4 with these results and their sum, which is returned."""
        cases = sum(results.values())
        filled = {t4(row, result): results.get(result, 0) for result in _RESULTS} | {t4(row): cases}
        self.report = with_cells(self.report, filled)
        self.where = (*self.where, *(t4(row, result) for result in results))
        return cases

    # Prose

    def section(self, code: SectionCode) -> str:
        """Return a section's text."""
        found = self.report.section(code)
        if found is None:
            raise Unplantable(code.value)
        return found.text

    def rewrite(self, code: SectionCode, text: str) -> None:
        """Give a section another text."""
        if text == self.section(code):
            raise Unplantable(code.value)
        sections = tuple(replace(s, text=text) if s.code == code else s for s in self.report.sections)
        self.report = replace(self.report, sections=sections)

    def rename(self, code: SectionCode, heading: str) -> None:
        """Give a section another heading."""
        sections = tuple(replace(s, heading=heading) if s.code == code else s for s in self.report.sections)
        self.report = replace(self.report, sections=sections)

    def replace_number(self, code: SectionCode, pattern: str, change: int) -> None:
        """Add to the number that is the first group of the first match."""
        text = self.section(code)
        match = re.search(pattern, text)
        if not match:
            raise Unplantable(pattern)
        a, b = match.span(1)
        self.rewrite(code, f"{text[:a]}{int(match[1]) + change}{text[b:]}")

    def paragraph(self, heading: str) -> str:
        """Return the paragraph under a heading of the overview."""
        return self._lines()[self._line(heading)]

    def retell(self, heading: str, text: str) -> None:
        """Write the paragraph under a heading of the overview anew."""
        lines = self._lines()
        lines[self._line(heading)] = text
        self.rewrite(SectionCode.OVERVIEW, "\n".join(lines))

    def _lines(self) -> list[str]:
        return self.section(SectionCode.OVERVIEW).split("\n")

    def _line(self, heading: str) -> int:
        lines = self._lines()
        for i, line in enumerate(lines[:-1]):
            if line.startswith("（") and line[3:].startswith(heading):
                return i + 1
        raise Unplantable(heading)

    def say(self, heading: str, sentence: str) -> None:
        """Add a sentence to the paragraph under a heading of the overview, before or behind what it says."""
        said = self.paragraph(heading)
        self.retell(heading, said + sentence if self.rng.random() < 0.6 else sentence + said)

    def tell_requests(self, sentences: str) -> None:
        """Tell the requests in these words; what is said of remedies stays."""
        kept = [s for s in _sentences(self.paragraph(REQUESTS)) if _OF_REMEDIES.search(s)]
        self.retell(REQUESTS, sentences + "".join(kept))

    def tell_remedies(self, sentences: str) -> None:
        """Tell reconsideration and suits in these words; what is said of requests stays."""
        kept = [s for s in _sentences(self.paragraph(REQUESTS)) if not _OF_REMEDIES.search(s)]
        self.retell(REQUESTS, "".join(kept) + sentences)


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。]*。", text)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault: the rules that must find it, those that may say its consequences, and how it is planted.

    `also` are codes or beginnings of codes.
    """

    codes: tuple[str, ...]
    also: tuple[str, ...]
    expected: str
    plant: Callable[[Bed], None]


FAULTS: dict[str, Fault] = {}


def fault(
    codes: str, expected: str, *, also: str = ""
) -> Callable[[Callable[[Bed], None]], Callable[[Bed], None]]:
    """Register a fault under its function's name.

    Args:
        codes: the rules each of which must find it, by spaces.
        expected: what an audit is to say, in a Chinese sentence.
        also: codes or beginnings of codes that may speak of its consequences, by spaces.
    """

    def register(planted: Callable[[Bed], None]) -> Callable[[Bed], None]:
        name = planted.__name__
        if name in FAULTS:
            raise ValueError(f"fault {name} is registered twice")
        FAULTS[name] = Fault(
            codes=tuple(codes.split()), also=tuple(also.split()), expected=expected, plant=planted
        )
        return planted

    return register
