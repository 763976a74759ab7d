"""Read a PDF that has a text layer: ruled tables from their lines, others from their columns, and prose."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import Any

from gongkai.report.reading.blocks import Block, Document, Paragraph
from gongkai.report.reading.errors import Scanned
from gongkai.report.reading.formats.grids import Area, table_blocks
from gongkai.report.reading.pdf.columns import Columns, find_columns
from gongkai.report.reading.pdf.fields import draw_fields, with_fields
from gongkai.report.reading.pdf.filling import fill
from gongkai.report.reading.pdf.glyphs import MAX_CHARACTERS, Glyph, Sheet, read_sheet
from gongkai.report.reading.pdf.lattice import Lattice, find_lattices
from gongkai.report.reading.pdf.opened import opened
from gongkai.report.reading.pdf.plumber import plumb
from gongkai.report.reading.pdf.typeset import (
    Margins,
    Visual,
    cell_text,
    continues,
    margins,
    visual_lines,
    without_furniture,
)

_SCAN = "这是扫描件或图片，没有可读取的文字，请提供 Word 原稿，或先做文字识别并核对后另存为 .docx。"
_PICTURE, _FEW = 0.4, 20  # a page that is a picture: so much of it is one, and so few characters are text


def read_pdf(data: bytes) -> Document:
    """Return the blocks of a PDF, each with its page.

    Raises:
        Unreadable: damaged, encrypted, or with too many pages.
        Scanned: without text.
    """
    sheets = read_sheets(data)
    return assemble_pages(sheets, [find_lattices(sheet.across, sheet.down) for sheet in sheets])


def read_pdf_second(data: bytes) -> Document:
    """Return the same as `read_pdf`, with ruled tables found by another library: slow.

    Raises:
        Unreadable: as `read_pdf`.
    """
    sheets = read_sheets(data)
    return assemble_pages(sheets, plumb(data, sheets))


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF.

    Raises:
        Unreadable, Scanned: as `read_pdf`.
    """
    sheets: list[Sheet] = []
    room = MAX_CHARACTERS
    with opened(data) as pdf:
        with_fields(pdf)
        for index in range(len(pdf)):
            sheets.append(_sheet(pdf, index, room))
            room -= len(sheets[-1].glyphs)
    if sum(len(sheet.glyphs) for sheet in sheets) < _FEW:
        raise Scanned(_SCAN, tuple(sheet.number for sheet in sheets))
    return sheets


def _sheet(pdf: Any, index: int, room: int) -> Sheet:
    page = pdf[index]
    try:
        if draw_fields(page):
            page.close()
            page = pdf[index]
        return read_sheet(page, index + 1, room)
    finally:
        page.close()


def assemble_pages(sheets: list[Sheet], lattices: list[list[Lattice]]) -> Document:
    """Return pages as one document: the ruled tables given for each, tables without rules, and prose."""
    tables = [_tables(*pair) for pair in zip(sheets, lattices, strict=True)]
    prose = [visual_lines(rest, sheet.number) for sheet, (_, rest) in zip(sheets, tables, strict=True)]
    prose = without_furniture(prose, [sheet.height for sheet in sheets])
    edges = margins([*chain.from_iterable(prose)], min(sheet.width for sheet in sheets))
    blocks: list[Block] = []
    last: Visual | None = None
    above: Columns = []
    for sheet, (found, _), lines in zip(sheets, tables, prose, strict=True):
        free, above = _free(sheet, lines, above)
        for _, item in sorted([*found, *free], key=lambda item: item[0]):
            if isinstance(item, Visual):
                _add_line(blocks, last, item, edges)
                last = item
            else:
                blocks += item
                last = None
    notes = [f"第 {sheet.number} 页图形过多，表格线未全部读取。" for sheet in sheets if sheet.truncated]
    notes += [
        f"第 {sheet.number} 页有 {sheet.unknown} 个字没有编码，无法读取，请对照原文件确认。"
        for sheet in sheets
        if sheet.unknown
    ]
    pictures = [sheet.number for sheet in sheets if sheet.picture >= _PICTURE and len(sheet.glyphs) < _FEW]
    return Document(blocks=blocks, title=_title(prose), notes=notes, pictures=pictures)


_Placed = tuple[float, Visual | list[Block]]


def _free(sheet: Sheet, lines: list[Visual], above: Columns) -> tuple[list[_Placed], Columns]:
    """What stands outside ruled tables, each with its height on the page: lines, and tables without rules.

    Also where the values of a table stand that goes on to the foot of the page.
    """
    placed: list[_Placed] = []
    done = 0
    open_columns: Columns = []
    for stretch in find_columns(lines, above, sheet.box):
        placed += [(line.base, line) for line in lines[done : stretch.first]]
        stretch.grid.page = sheet.number
        placed.append((lines[stretch.first].base, [stretch.grid]))
        done = stretch.end
        open_columns = stretch.columns if done == len(lines) else []
    return [*placed, *((line.base, line) for line in lines[done:])], open_columns


def _add_line(blocks: list[Block], last: Visual | None, line: Visual, edges: Margins) -> None:
    if last is not None and continues(last, line, edges) and isinstance(blocks[-1], Paragraph):
        blocks[-1].text += line.text
    else:
        blocks.append(Paragraph(text=line.text, page=line.page))


def _tables(sheet: Sheet, lattices: list[Lattice]) -> tuple[list[_Placed], list[Glyph]]:
    """Return the page's ruled tables, each with its height on the page, and the characters outside them."""
    rest = [*sheet.glyphs, *(glyph for glyph in sheet.aside if _is_inside(glyph, lattices))]
    found: list[_Placed] = []
    # A table inside a frame takes its characters before the frame does.
    for lattice in sorted(lattices, key=_extent):
        cells, outside = fill(lattice, rest, sheet.number)
        if cells:
            found.append((lattice.ys[0], _blocks(lattice, cells, sheet)))
            rest = outside
    return found, rest


def _is_inside(glyph: Glyph, lattices: list[Lattice]) -> bool:
    return any(lattice.locate((glyph.x0 + glyph.x1) / 2, glyph.middle) for lattice in lattices)


def _extent(lattice: Lattice) -> float:
    return (lattice.ys[-1] - lattice.ys[0]) * (lattice.xs[-1] - lattice.xs[0])


def _blocks(lattice: Lattice, cells: dict[tuple[int, int], list[Glyph]], sheet: Sheet) -> list[Block]:
    areas: dict[tuple[int, int], Area] = {}
    for r, row in enumerate(lattice.origin):
        for c, start in enumerate(row):
            area = areas.get(start)
            if area is None:
                area = areas[start] = Area(row=start[0], column=start[1])
            area.height, area.width = r - area.row + 1, c - area.column + 1
    xs, ys, page = lattice.xs, lattice.ys, sheet.number
    for start, area in areas.items():
        left, right = xs[area.column], xs[area.column + area.width]
        area.box = sheet.box(left, ys[area.row], right, ys[area.row + area.height])
        if glyphs := cells.get(start):
            area.blocks.append(Paragraph(text=cell_text(glyphs, page, right - left), page=page))
    blocks = table_blocks(_without_slivers(list(areas.values())))
    for block in blocks:
        block.page = page
    return blocks


def _without_slivers(areas: list[Area]) -> list[Area]:
    """Leave out a row in which only blanks begin, while most of it is covered by areas from above."""
    from_above: dict[int, int] = defaultdict(int)
    for area in areas:
        for row in range(area.row + 1, area.row + area.height):
            from_above[row] += area.width if area.blocks else 0
    columns = max(area.column + area.width for area in areas)
    full = {area.row for area in areas if area.blocks}
    return [area for area in areas if area.row in full or 2 * from_above[area.row] <= columns]


def _title(pages: list[list[Visual]]) -> str:
    """The large lines at the head of the first page."""
    lines = pages[0] if pages else []
    sizes: list[float] = []
    for line in chain.from_iterable(pages):
        sizes += [line.size] * len(line.glyphs)
    if not sizes:
        return ""
    body = sorted(sizes)[len(sizes) // 2]
    parts: list[str] = []
    for line in lines[:12]:
        if line.size > 1.15 * body:
            parts.append(line.text)
        elif parts:
            break
    return "".join(parts)
