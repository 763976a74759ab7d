"""Read a binary Word file (.doc): paragraphs, and tables with their merged cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.report.reading.blocks import Block, Document, Paragraph
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.grids import Area, table_blocks
from gongkai.report.reading.formats.word97 import End, Line, Shape, read_lines

# Edges of cells that lie nearer than this, in twentieths of a point, are drawn as one line.
_SAME_EDGE = 40
_MAX_CELLS = 100_000


@dataclass(slots=True)
class _Table:
    """A table being gathered: its finished rows, the row and the cell that are open."""

    rows: list[tuple[list[list[Block]], Shape]] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


def read_doc(data: bytes) -> Document:
    """Return the blocks of a .doc file as they stand once every tracked change is accepted.

    Raises:
        Unreadable: damaged, locked, of a Word before 97, or beyond the limits.
    """
    blocks: list[Block] = []
    tables: list[_Table] = []
    cells = 0
    for line in read_lines(data):
        while len(tables) > line.depth:
            _close(tables, blocks)
        tables += [_Table() for _ in range(line.depth - len(tables))]
        cells += line.end is End.CELL
        if cells > _MAX_CELLS:
            raise Unreadable("Word 文件中的表格过大，超出读取上限。")
        _add(line, tables, blocks)
    while tables:
        _close(tables, blocks)
    return Document(blocks)


def _add(line: Line, tables: list[_Table], blocks: list[Block]) -> None:
    if not tables:
        blocks += _paragraph(line.text)
        return
    table = tables[-1]
    if line.end is End.ROW:
        # Some programs mark a row's end as deleted along with words that come next: a row that is, is empty.
        if not line.is_deleted or any(table.row):
            table.rows.append((table.row, line.shape))
        table.row, table.cell = [], []
        return
    table.cell += _paragraph(line.text)
    if line.end is End.CELL:
        table.row.append(table.cell)
        table.cell = []


def _paragraph(text: str) -> list[Block]:
    return [Paragraph(text.strip(" \n\r\u3000"))] if text.strip() else []


def _close(tables: list[_Table], blocks: list[Block]) -> None:
    """Put a finished table into the cell it stands in, or into the document."""
    table = tables.pop()
    if table.row or table.cell:  # its last row has no end: damaged, or cut off
        table.rows.append(([*table.row, table.cell] if table.cell else table.row, Shape()))
    into = tables[-1].cell if tables else blocks
    into += table_blocks(_areas(table.rows))


def _areas(rows: Sequence[tuple[list[list[Block]], Shape]]) -> list[Area]:
    lines = _lines_down([edge for cells, shape in rows if _fits(cells, shape) for edge in shape.edges])
    areas: list[Area] = []
    above: dict[int, Area] = {}
    for r, (cells, shape) in enumerate(rows):
        here: dict[int, Area] = {}
        last: Area | None = None
        for c, content in enumerate(cells):
            left, right = _columns(c, shape, lines) if _fits(cells, shape) else (c, c + 1)
            if c in shape.from_left and last is not None:
                last.width = right - last.column
                continue
            upper = above.get(left)
            if c in shape.from_above and upper is not None and not content:
                upper.height = r + 1 - upper.row
                last = upper
            else:
                last = Area(r, left, 1, right - left, content)
                areas.append(last)
            here[left] = last
        above = here
    return areas


def _fits(cells: list[list[Block]], shape: Shape) -> bool:
    """Whether a row's shape is that of its cells."""
    edges = shape.edges
    return len(edges) == len(cells) + 1 and all(a <= b for a, b in pairwise(edges))


def _lines_down(edges: list[int]) -> list[int]:
    """Return the lines between columns: edges of all rows, those that lie together taken as one."""
    lines: list[int] = []
    for edge in sorted(set(edges)):
        if not lines or edge - lines[-1] >= _SAME_EDGE:
            lines.append(edge)
    return lines


def _columns(c: int, shape: Shape, lines: list[int]) -> tuple[int, int]:
    """Return the columns between which a cell stands; it is never narrower than one."""
    left, right = (bisect_left(lines, shape.edges[i] - _SAME_EDGE + 1) for i in (c, c + 1))
    return left, max(right, left + 1)
