"""Lists and drawn tables as XLSX; text stays text, whatever it begins with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from gongkai.papers.paper import printable

Value = str | int | float | date | None
_LONGEST = 32_767
_WIDEST = 60
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


@dataclass(frozen=True, kw_only=True)
class DrawnTable:
    """A table with merged cells: the sheet's name, a title line, widths in characters, notes below."""

    name: str
    title: str
    widths: Sequence[int]
    cells: Sequence[Drawn]
    notes: Sequence[str] = ()


def write_drawn(tables: Iterable[DrawnTable]) -> bytes:
    """Return a workbook with a sheet for each table, to be printed on one page across."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **_PLAIN})
    bordered = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    title, label, plain = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({**bordered, "bg_color": "#EEF2F7"}),
        book.add_format(bordered),
    )
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, printable(table.title), title)
        for cell in table.cells:
            style, row = label if cell.is_label else plain, cell.row + 2
            if cell.across > 1 or cell.down > 1:
                sheet.merge_range(
                    row, cell.column, row + cell.down - 1, cell.column + cell.across - 1, "", style
                )
            if isinstance(cell.value, int):
                sheet.write_number(row, cell.column, cell.value, style)
            else:
                sheet.write_string(row, cell.column, printable(str(cell.value or ""))[:_LONGEST], style)
        last = max((cell.row + cell.down for cell in table.cells), default=0) + 3
        for number, note in enumerate(table.notes):
            sheet.write_string(last + number, 0, printable(note))
    book.close()
    return stream.getvalue()
