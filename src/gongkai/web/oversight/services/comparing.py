"""Two reports side by side, laid out for pages and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from gongkai.report.compare import (
    Change,
    Comparison,
    Link,
    Passage,
    SectionChange,
    Turn,
    compare,
    word_by_word,
)
from gongkai.report.compare_words import (
    HOLDS,
    difference_text,
    likeness_text,
    percent_text,
    tally,
    title_of,
)
from gongkai.report.numerals import BLANK
from gongkai.report.schema import Report
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports.settled import report_of
from gongkai.web.oversight.services.reports.tables import value_text

_NUMERALS = "零一二三四"
_FIRST = 8


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """A cell in both reports, as text."""

    column: str
    before: str
    after: str
    difference: str
    percent: str
    is_change: bool


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """A row of the form with its cells; `group` is the merged label before it, if any."""

    label: str
    group: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """A table of the form: its rows, how many of its cells changed and how many are the same.

    `blank` are those blank in the one and 0 in the other: another way to write most often, not another
    number, so they are counted apart and told only where all is.
    """

    number: int
    title: str
    rows: tuple[RowChange, ...]
    changed: int
    same: int
    blank: int


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """A column of the chain from one year's carried out to the next year's carried in."""

    name: str
    carried_out: str
    carried_in: str
    verdict: str
    is_broken: bool


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that both have (`kept`), only the first (`removed`), only the second (`added`)."""

    kept: str = ""
    removed: str = ""
    added: str = ""


@dataclass(frozen=True, kw_only=True)
class PassageView:
    """A sentence and what became of it; of a run of sentences left out, only how many (`skipped`)."""

    turn: str
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section's prose in both reports."""

    code: str
    title: str
    tally: str
    likeness: str
    passages: tuple[PassageView, ...]
    is_changed: bool


@dataclass(frozen=True, kw_only=True)
class ComparisonView:
    """Two reports compared, as plain data."""

    before: AnnualReport
    after: AnnualReport
    tables: tuple[TableChange, ...]
    chain: tuple[LinkView, ...]
    sections: tuple[SectionView, ...]
    likeness: str
    unlike: int

    @property
    def changed(self) -> int:
        """How many cells changed."""
        return sum(table.changed for table in self.tables)

    @property
    def same(self) -> int:
        """How many cells are the same."""
        return sum(table.same for table in self.tables)

    @property
    def blank(self) -> int:
        """How many cells are blank in the one and 0 in the other."""
        return sum(table.blank for table in self.tables)

    @property
    def first_changes(self) -> tuple[tuple[str, CellChange], ...]:
        """The first cells that changed, each after its row's label: for a page that has room for a few."""
        cells = (
            (row.label, cell)
            for table in self.tables
            for row in table.rows
            for cell in row.cells
            if cell.is_change
        )
        return tuple(islice(cells, _FIRST))

    @property
    def changed_sections(self) -> tuple[SectionView, ...]:
        """The sections in whose words anything changed."""
        return tuple(each for each in self.sections if each.is_changed)

    @property
    def is_one_body(self) -> bool:
        """Whether both are one body's."""
        return self.before.agency_id == self.after.agency_id

    @property
    def are_versions(self) -> bool:
        """Whether they are two versions of one report."""
        return self.is_one_body and self.before.year == self.after.year

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called where both are in sight: by their year, their version, or in full."""
        if self.are_versions:
            return f"第 {self.before.version} 版", f"第 {self.after.version} 版"
        if self.is_one_body:
            return f"{self.before.year} 年", f"{self.after.year} 年"
        first, second = ((each.agency.short_name, each.year) for each in (self.before, self.after))
        return f"{first[0]} {first[1]} 年", f"{second[0]} {second[1]} 年"


def in_order(one: AnnualReport, other: AnnualReport) -> tuple[AnnualReport, AnnualReport]:
    """Return two reports as they are compared: of one body the earlier year first, else as they came."""
    is_later = one.agency_id == other.agency_id and (one.year, one.version) > (other.year, other.version)
    return (other, one) if is_later else (one, other)


def comparison_of(before: AnnualReport, after: AnnualReport, *, only_changed: bool) -> ComparisonView:
    """Return two reports compared, as they stand.

    Args:
        before, after: the reports.
        only_changed: leave out what is the same in both, cells and sentences.
    """
    compared = compare(report_of(before), report_of(after))
    return ComparisonView(
        before=before,
        after=after,
        tables=tuple(_tables(compared, only_changed=only_changed)),
        chain=tuple(_link(each) for each in compared.chain),
        sections=tuple(_section(each, only_changed=only_changed) for each in compared.sections),
        likeness=likeness_text(compared.likeness),
        unlike=len(compared.unlike),
    )


def _tables(compared: Comparison, *, only_changed: bool) -> Iterator[TableChange]:
    for number, group in groupby(compared.changes, key=lambda each: each.cell.table):
        changes = list(group)
        blank = [each for each in changes if _is_blank_beside_zero(each)]
        changed = [each for each in changes if each.is_change and each not in blank]
        yield TableChange(
            number=number,
            title=f"表{_NUMERALS[number]} {compared.after.form.table(number).title}",
            rows=tuple(_rows(compared.after, changed if only_changed else changes)),
            changed=len(changed),
            same=len(changes) - len(changed) - len(blank),
            blank=len(blank),
        )


def _is_blank_beside_zero(change: Change) -> bool:
    return {change.before, change.after} == {BLANK, 0}


def _rows(report: Report, changes: Iterable[Change]) -> Iterator[RowChange]:
    for (number, code), group in groupby(changes, key=lambda each: each.cell[:2]):
        row = report.form.table(number).row(code)
        cells = tuple(_cell(report, each) for each in group)
        yield RowChange(label=row.label, group=row.group or row.block, cells=cells)


def _cell(report: Report, change: Change) -> CellChange:
    return CellChange(
        column=report.form.column(change.cell).label,
        before=value_text(change.before),
        after=value_text(change.after),
        difference=difference_text(change),
        percent=percent_text(change),
        is_change=change.is_change,
    )


def _link(link: Link) -> LinkView:
    return LinkView(
        name=link.column.label,
        carried_out=value_text(link.carried_out),
        carried_in=value_text(link.carried_in),
        verdict=HOLDS[link.holds],
        is_broken=link.holds is False,
    )


def _section(section: SectionChange, *, only_changed: bool) -> SectionView:
    return SectionView(
        code=section.code.value,
        title=title_of(section.code),
        tally=tally(section),
        likeness="" if section.likeness is None else likeness_text(section.likeness),
        passages=tuple(_passages(section.passages, only_changed=only_changed)),
        is_changed=any(each.turn is not Turn.SAME for each in section.passages),
    )


def _passages(passages: Iterable[Passage], *, only_changed: bool) -> Iterator[PassageView]:
    for is_same, group in groupby(passages, key=lambda each: each.turn is Turn.SAME):
        run = list(group)
        if is_same and only_changed:
            yield PassageView(turn=Turn.SAME.value, skipped=len(run))
        else:
            yield from (PassageView(turn=each.turn.value, pieces=_pieces(each)) for each in run)


def _pieces(passage: Passage) -> tuple[Piece, ...]:
    parts = word_by_word(*passage[1:]) if passage.turn is Turn.CHANGED else [passage]
    return tuple(
        Piece(kept=each.after) if each.turn is Turn.SAME else Piece(removed=each.before, added=each.after)
        for each in parts
    )
