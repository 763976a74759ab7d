"""Read a workbook (.xlsx, .xls, .ods): its visible sheets in order, each as lines of prose and grids."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from itertools import groupby, product

from gongkai.report.reading.blocks import Block, Document, Paragraph
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive
from gongkai.report.reading.formats.grids import MAX_POSITIONS, Area, table_blocks
from gongkai.report.reading.formats.margins import (
    FIGURE,
    WORDS,
    Heads,
    Row,
    extra_columns,
    filled,
    headings,
    serial_columns,
)
from gongkai.report.reading.formats.ods import read_ods
from gongkai.report.reading.formats.worksheet import Tab
from gongkai.report.reading.formats.xls import read_xls
from gongkai.report.reading.formats.xlsx import read_xlsx

_REQUESTS = re.compile(r"\s*(?:一[、.．])?\s*本年(?:度)?(?:新收|收到)\S{0,14}(?:数量?|申请)\s*")
_HEADING = re.compile(
    r"\s*[一二三四五六1-6]\s*[、.．]\s*.{0,12}(?:总体情况|主动公开|收到和处理|行政复议|主要问题|其他需要)"
)
_TOO_LARGE = "工作簿中的表格过大，超出读取上限。"
_SENTENCE, _LONG = 20, 60
_LINES = -1


def read_sheet(data: bytes) -> Document:
    """Return the blocks of a workbook's visible worksheets.

    Raises:
        Unreadable: damaged, encrypted, of an unknown kind, or beyond the limits.
    """
    tabs, notes = read_tabs(data)
    blocks: list[Block] = []
    for tab in tabs:
        heads: Heads = {}
        for lines, run in groupby(_marked(_rows(tab)), key=lambda marked: marked[0]):
            rows = [row for _, row in run]
            if lines == _LINES:
                blocks += _paragraphs(rows)
                heads = {}
                continue
            rows = _without(rows, serial_columns(rows))
            heads = heads | headings(rows)
            extra = extra_columns(rows, heads)
            notes += [f"工作表“{tab.name[:40]}”中{name}，没有读取。" for name in extra.values()]
            rows = _without(rows, extra)
            blocks += table_blocks([area for row in _tidy(rows) for area in row])
    several = [tab.name for tab in tabs if any(_REQUESTS.fullmatch(text) for text in tab.cells.values())]
    if len(several) > 1:
        notes.append(
            f"有{len(several)}个工作表都像是表三，只读了最前面的“{several[0][:40]}”，请按单位拆开再读。"
        )
    return Document(blocks, notes=list(dict.fromkeys(notes)))


def read_tabs(data: bytes) -> tuple[list[Tab], list[str]]:
    """Return a workbook's visible worksheets as they were found, and notes.

    Raises:
        Unreadable: as `read_sheet`.
    """
    if not data.startswith(b"PK"):
        return read_xls(data)
    with open_archive(data) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return read_xlsx(data)
    if "xl/workbook.bin" in names:
        raise Unreadable("这是二进制工作簿（.xlsb），请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
    return read_ods(data)


def _rows(tab: Tab) -> list[Row]:
    """The sheet's filled rows, each with the areas that begin in it, the blank ones between them included."""
    rows = sorted({row for row, _ in tab.cells})
    columns = sorted({column for _, column in tab.cells})
    if len(rows) * len(columns) > MAX_POSITIONS:
        raise Unreadable(_TOO_LARGE)
    areas = {place: _area(*place, tab.cells.get(place, "")) for place in product(rows, columns)}
    budget = 4 * MAX_POSITIONS
    for top, left, bottom, right in tab.merged:
        places = [*product(_between(rows, top, bottom), _between(columns, left, right))]
        budget -= len(places) + 1
        if budget < 0:
            raise Unreadable(_TOO_LARGE)
        # What stands under a merged cell nobody sees.
        covered = [areas.pop(place) for place in places if place in areas]
        if covered:
            text = tab.cells.get((top, left), "")
            row, column = covered[0].row, covered[0].column
            areas[row, column] = _area(row, column, text, bottom - row + 1, right - column + 1)
    laid = ([areas[r, c] for c in columns if (r, c) in areas] for r in rows)
    return [row for row in laid if filled(row)]


def _between(values: list[int], first: int, last: int) -> list[int]:
    return values[bisect_left(values, first) : bisect_right(values, last)]


def _area(row: int, column: int, text: str, height: int = 1, width: int = 1) -> Area:
    blocks: list[Block] = [Paragraph(text)] if text else []
    return Area(row=row, column=column, height=height, width=width, blocks=blocks)


def _marked(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """Each row with the number of the table it belongs to, or `_LINES`.

    Lines are sentences and headings and, on a sheet that has any, what stands alone above the first table. A
    table ends with them and where a row was left empty, unless a merged cell reaches across.
    """
    table, bottom = 0, -1
    begun = not any(_is_prose(row) for row in rows)
    for row in rows:
        begun = begun or len(filled(row)) > 1
        if _is_prose(row) or not begun:
            yield _LINES, row
            continue
        table += row[0].row > bottom + 1
        bottom = max(bottom, *(area.row + area.height - 1 for area in row))
        yield table, row


def _is_prose(row: Row) -> bool:
    cells = filled(row)
    if len(cells) != 1:
        return False
    text = cells[0].text
    return bool(_HEADING.match(text)) or len(text) >= _LONG or ("。" in text and len(text) >= _SENTENCE)


def _paragraphs(rows: list[Row]) -> Iterator[Paragraph]:
    for row in rows:
        for area in filled(row):
            yield from (Paragraph(line) for line in area.text.split("\n") if line.strip())


def _without(rows: list[Row], columns: Container[int]) -> list[Row]:
    return [kept for row in rows if (kept := [area for area in row if area.column not in columns])]


def _tidy(rows: list[Row]) -> list[Row]:
    """Leave out empty columns; a blank between a label and the first column of figures is the label's."""
    used = {area.column for row in rows for area in filled(row)}
    figures = [area.column for row in rows for area in row if FIGURE.fullmatch(area.text)]
    labels = _label_columns(rows, min(figures, default=0))
    tidy: list[Row] = []
    for row in rows:
        kept: Row = []
        for area in row:
            if not area.blocks and area.column not in used:
                continue
            if not area.blocks and area.column in labels and kept and kept[-1].blocks:
                kept[-1].width = max(kept[-1].width, area.column + area.width - kept[-1].column)
                continue
            kept.append(area)
        tidy.append(kept)
    return tidy


def _label_columns(rows: list[Row], end: int) -> set[int]:
    """The columns before `end` that have words in rows of figures, not just a heading."""
    counted = [row for row in rows if any(FIGURE.fullmatch(area.text) for area in row)]
    return {a.column for row in counted for a in row if a.column < end and WORDS.search(a.text)}
