"""The sum laid out: the three tables to open cell by cell, a cell's addends, and the sum as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from gongkai.papers.paper import PaperError
from gongkai.papers.sheets import Drawn, DrawnTable, write_drawn
from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import CellId, Report, edition_of, form
from gongkai.report.summing import Imbalance
from gongkai.report.writing import write
from gongkai.report.writing.boxes import draw
from gongkai.report.writing.xlsx import drawn_table
from gongkai.web.oversight.models import Collection, Filing
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.filing.summing import Drift, Sum, sum_of
from gongkai.web.oversight.services.reports.settled import cell_of
from gongkai.web.oversight.services.reports.tables import TableView, short_name, table_views, value_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "xlsx": XLSX,
}


def tables_of(made: Sum) -> list[TableView]:
    """Return tables 2, 3 and 4 of the sum; a cell with numbers wanting shows the sum of the others."""
    partial_sums = {
        name: Cell(Illegible(value_text(found.total)), how=How.SUMMED)
        for name, found in made.summed.cells.items()
        if found.unadded and found.addends
    }
    shown = replace(made.report, cells={**made.report.cells, **partial_sums})
    return list(table_views(shown, {}).values())


@dataclass(frozen=True, kw_only=True)
class Share:
    """A member's part in a cell: the number as its report shows it, or why there is none."""

    filing: Filing
    text: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenCell:
    """A cell of the sum: its name, the sum of what can be added, the addends and whose number is wanting."""

    id: str
    name: str
    total: str
    shares: Sequence[Share]
    wanting: Sequence[Share]
    zeros: int


def open_cell(collection: Collection, asked: str) -> OpenCell:
    """Return a cell of a collection's sum with its addends, the largest first and those of zero last.

    Raises:
        LookupError: the form has no such cell.
    """
    shape = form(edition_of(collection.year))
    cell = cell_of(shape, asked)
    if cell is None:
        raise LookupError(asked)
    made = sum_of(collection, only=cell)
    found = made.summed.cells[cell]
    addends = sorted(found.addends, key=lambda each: -each.value)
    return OpenCell(
        id=asked,
        name=shape.name(cell),
        total=value_text(found.total),
        shares=[Share(filing=made.filings[each.member], text=value_text(each.value)) for each in addends],
        wanting=[
            Share(
                filing=made.filings[each.member],
                text=value_text(each.value),
                why=_why(each.value, each.found),
            )
            for each in found.unadded
        ],
        zeros=sum(each.value == 0 for each in addends),
    )


def _why(value: Value, is_found: bool) -> str:
    if isinstance(value, Illegible):
        return "未能识读"
    return "空白" if is_found else "报告里没有这一格"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A cell in which two numbers are not the same, in words."""

    cell: str
    name: str
    one: str
    other: str
    more: str


def drift_lines(made: Sum, drift: Drift) -> list[Line]:
    """Return the cells that changed since the sum was settled."""
    return [_line(made.report, each.cell, each.before, each.after) for each in drift.cells]


def difference_lines(made: Sum, unlike: Sequence[object]) -> list[Line]:
    """Return the cells in which the government's report is not the sum."""
    return [_line(made.report, each.cell, each.summed, each.published) for each in unlike]


def _line(report: Report, cell: CellId, one: Value, other: Value) -> Line:
    numbers = isinstance(one, int | Decimal) and isinstance(other, int | Decimal)
    return Line(
        cell=str(cell),
        name=short_name(report, cell),
        one=value_text(one),
        other=value_text(other),
        more=f"{other - one:+}" if numbers else "",
    )


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A balance that the sum breaks."""

    name: str
    left: str
    right: str
    members: Sequence[Filing]


def broken(made: Sum, each: Imbalance) -> Broken:
    """Return a balance that the sum breaks, in words, and the filings in which it does not hold."""
    return Broken(
        name=each.balance.name,
        left=value_text(each.left),
        right=value_text(each.right),
        members=[made.filings[member] for member in each.members],
    )


def file_of(made: Sum, kind: str) -> bytes:
    """Return the sum as DOCX, PDF or JSON in the official form, or as a workbook with every addend.

    Raises:
        LookupError: no such kind.
        Refused: a PDF cannot be set on this machine.
    """
    makers: dict[str, Callable[[], bytes]] = {
        kind: partial(write, made.report, kind) for kind in ("docx", "pdf", "json")
    }
    makers["xlsx"] = partial(_workbook, made)
    try:
        return makers[kind]()
    except PaperError as error:
        raise Refused(str(error)) from error


def _workbook(made: Sum) -> bytes:
    """Three tables as the form has them, then for each a sheet with a member to a row."""
    report = made.report
    tables = [draw(report, each.number) for each in report.form.tables]
    sheets = [drawn_table(report, each) for each in tables]
    return write_drawn([*sheets, *(_matrix(made, each.number) for each in tables)])


def _matrix(made: Sum, number: int) -> DrawnTable:
    cells = [cell for cell in made.report.form.cells() if cell.table == number]
    numeral = "零一二三四"[number]
    rows = [(each.name, each.report) for each in made.summed.members]
    notes = [f"没有报送或者没有计入：{name}" for name in made.summed.missing]
    notes += [f"未计入：{each.member.name}，{each.said}" for each in made.aside]
    return DrawnTable(
        name=f"表{numeral} 各单位",
        title=f"表{numeral}各单位数字（{made.collection.year}年度，空白和未能识读的不当作0）",
        widths=[32, *(12 for _ in cells)],
        cells=list(_drawn(cells, report := made.report, [*rows, ("合计", report)])),
        notes=notes,
    )


def _drawn(cells: Sequence[CellId], filled: Report, rows: Sequence[tuple[str, Report]]) -> Iterator[Drawn]:
    yield Drawn(row=0, column=0, value="机关", is_label=True)
    for column, cell in enumerate(cells, 1):
        name = filled.form.name(cell).partition("“")[2].replace("”", " ")
        yield Drawn(row=0, column=column, value=name, is_label=True)
    for row, (name, report) in enumerate(rows, 1):
        yield Drawn(row=row, column=0, value=name, is_label=True, is_left=True)
        for column, cell in enumerate(cells, 1):
            value = report.value(cell)
            shown = None if value is BLANK else value.raw if isinstance(value, Illegible) else value
            yield Drawn(row=row, column=column, value=shown)
