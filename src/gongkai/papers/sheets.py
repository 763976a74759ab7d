"""Lists and drawn tables as XLSX; text stays text, whatever it begins with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongkai.papers.paper import printable

Value = str | int | float | Decimal | date | None
_LONGEST = 32_767
_WIDEST = 60
_LINE = 100  # characters across a sheet of text
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}


def write_xlsx(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int] = ()
) -> bytes:
    """Return a workbook of one sheet; rows are written as they come, so that any number fits in memory.

    Args:
        title: the sheet's name, cut to what a name may be.
        header: the columns' names, kept in sight while scrolling.
        rows: the entries; None is an empty cell, which is not 0.
        widths: of the columns, in characters; what is missing is as wide as its name.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, **_PLAIN})
    sheet = book.add_worksheet(_sheet_name(title))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text, day = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
    )
    for column, name in enumerate(header):
        width = widths[column] if column < len(widths) else 2 * len(name) + 4
        sheet.set_column(column, column, min(width, _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, heading)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, column, printable(value)[:_LONGEST], text)
            elif value is not None:
                sheet.write_number(number, column, value, text)
    book.close()
    return stream.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(each for each in title if each not in "[]:*?/\\'")[:31] or "表"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A cell of a drawn table at its place: how many columns across and rows down it goes."""

    row: int
    column: int
    value: Value
    across: int = 1
    down: int = 1
    is_label: bool = False
    is_left: bool = False


@dataclass(frozen=True, kw_only=True)
class DrawnTable:
    """A table with merged cells: the sheet's name, a title line, widths in characters, notes below.

    `gap` rows are left free between the title and the table.
    """

    name: str
    title: str
    widths: Sequence[int]
    cells: Sequence[Drawn]
    notes: Sequence[str] = ()
    gap: int = 1


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A sheet of text, a line or paragraph to a row; those that are headings are bold."""

    name: str
    lines: Sequence[tuple[str, bool]]


def write_drawn(sheets: Iterable[DrawnTable | Prose], *, made_on: date | None = None) -> bytes:
    """Return a workbook with a sheet for each table or text, a table to be printed on one page.

    With `made_on`, the day the file says it was made, the same sheets give the same bytes.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **_PLAIN})
    if made_on:
        book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
    bordered = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    title, plain = book.add_format({"bold": True, "font_size": 14}), book.add_format(bordered)
    label = book.add_format({**bordered, "bg_color": "#EEF2F7"})
    left = book.add_format({**bordered, "bg_color": "#EEF2F7", "align": "left", "indent": 1})
    heading, text = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for drawn in sheets:
        sheet = book.add_worksheet(_sheet_name(drawn.name))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if isinstance(drawn, Prose):
            sheet.set_column(0, 0, _LINE)
            for row, (line, is_heading) in enumerate(_fitting(drawn.lines)):
                sheet.write_string(row, 0, line, heading if is_heading else text)
            continue
        sheet.set_landscape()
        sheet.fit_to_pages(1, 1)
        for column, width in enumerate(drawn.widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, printable(drawn.title), title)
        top = drawn.gap + 1
        for row, height in _heights(drawn).items():
            sheet.set_row(row + top, height)
        for cell in drawn.cells:
            _write_cell(sheet, cell, top, left if cell.is_left else label if cell.is_label else plain)
        last = max((cell.row + cell.down for cell in drawn.cells), default=0) + top + 1
        for number, note in enumerate(drawn.notes):
            sheet.write_string(last + number, 0, printable(note))
    book.close()
    return stream.getvalue()


def _fitting(lines: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield lines as they can be printed; one too long for a cell goes on in the next row."""
    for line, is_heading in lines:
        whole = printable(line)
        for start in range(0, len(whole) or 1, _LONGEST):
            yield whole[start : start + _LONGEST], is_heading


def _write_cell(sheet: Any, cell: Drawn, top: int, style: Any) -> None:
    row, column = cell.row + top, cell.column
    if cell.across > 1 or cell.down > 1:
        sheet.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", style)
    if isinstance(cell.value, int | float | Decimal):
        sheet.write_number(row, column, float(cell.value), style)
    else:
        sheet.write_string(row, column, printable(str(cell.value or ""))[:_LONGEST], style)


def _heights(table: DrawnTable) -> dict[int, int]:
    """How high each row must be for its texts, as no program measures merged cells by itself."""
    lines: dict[int, int] = {}
    for cell in table.cells:
        room = sum(table.widths[cell.column : cell.column + cell.across]) - 1
        needed = -(-2 * len(str(cell.value or "")) // max(int(room), 1)) if cell.down == 1 else 1
        lines[cell.row] = max(lines.get(cell.row, 1), needed)
    return {row: 5 + 14 * count for row, count in lines.items()}
