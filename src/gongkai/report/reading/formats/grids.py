"""Turn the cells of a marked-up table into blocks: a grid with its spans expanded, or what it arranges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, repeat
from operator import attrgetter

from gongkai.report.cells import Box
from gongkai.report.reading.blocks import Block, Grid, Paragraph
from gongkai.report.reading.errors import Unreadable

MAX_POSITIONS = 400_000
# A table within a table is told in both: tables in tables might double what they hold at each step.
MAX_CHARACTERS = 20_000_000
_PROSE = 160


@dataclass(slots=True)
class Area:
    """One cell: where it starts, how far it reaches (in rows and columns), and what is in it."""

    row: int
    column: int
    height: int = 1
    width: int = 1
    blocks: list[Block] = field(default_factory=list)
    box: Box | None = None

    @property
    def text(self) -> str:
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            return self.blocks[0].text
        return "\n".join(_texts(self.blocks)) if self.blocks else ""


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (" ".join(row) for row in block.rows)


def table_blocks(areas: list[Area]) -> list[Block]:
    """Return the blocks of one table in reading order.

    A table that only arranges the page (one column, or holding tables bigger than itself) dissolves into what
    its cells hold. A row of prose inside a table of figures becomes paragraphs and cuts the grid in two.
    """
    areas = sorted(areas, key=attrgetter("row", "column"))
    if _is_layout(areas):
        return [block for area in areas for block in area.blocks]
    blocks: list[Block] = []
    for prose, run in groupby(_rows(areas), key=_is_prose):
        cells = [area for row in run for area in row]
        if prose:
            blocks += [block for area in cells for block in area.blocks]
        else:
            blocks += _grid_blocks(cells)
    return blocks


def _is_layout(areas: list[Area]) -> bool:
    if len({area.column for area in areas}) < 2:
        return True
    inner = sum(_size(block) for area in areas for block in area.blocks if isinstance(block, Grid))
    if not inner:
        return False
    own = sum(1 for area in areas if area.text.strip() and not any(isinstance(b, Grid) for b in area.blocks))
    return inner > own


def _size(grid: Grid) -> int:
    return sum(len(row) for row in grid.rows)


def _rows(areas: list[Area]) -> list[list[Area]]:
    return [list(row) for _, row in groupby(areas, key=attrgetter("row"))]


def _is_prose(row: list[Area]) -> bool:
    """A row of few cells, one of which holds sentences rather than a label, a figure or a filling note."""
    return len(row) <= 2 and any(len(area.text) >= _PROSE and "。" in area.text for area in row)


def _grid_blocks(areas: list[Area]) -> list[Block]:
    row_starts = sorted({area.row for area in areas})
    column_starts = sorted({area.column for area in areas})
    if len(row_starts) * len(column_starts) > MAX_POSITIONS:
        return [block for area in areas for block in area.blocks]
    grid = expand(areas, row_starts, column_starts)
    nested = [block for area in areas for block in area.blocks if isinstance(block, Grid)]
    return [grid, *nested]


def expand(areas: list[Area], row_starts: list[int], column_starts: list[int]) -> Grid:
    """Lay the areas out; rows and columns in which no cell starts are left out, as they repeat others.

    Raises:
        Unreadable: the cells hold more than `MAX_CHARACTERS`.
    """
    size = 0
    rows = [[""] * len(column_starts) for _ in row_starts]
    origin = [list(zip(repeat(r), range(len(column_starts)))) for r in range(len(row_starts))]
    row_at = {start: r for r, start in enumerate(row_starts)}
    column_at = {start: c for c, start in enumerate(column_starts)}
    for area in areas:
        top, left = row_at[area.row], column_at[area.column]
        rows[top][left] = text = area.text
        size += len(text)
        if size > MAX_CHARACTERS:
            raise Unreadable("表格里的文字过多，超出读取上限，请只保留年度报告后再试。")
        if area.height == area.width == 1:
            continue
        bottom = max(bisect_left(row_starts, area.row + area.height), top + 1)
        right = max(bisect_left(column_starts, area.column + area.width), left + 1)
        for r in range(top, bottom):
            rows[r][left:right] = [text] * (right - left)
            origin[r][left:right] = [(top, left)] * (right - left)
    return Grid(rows=rows, origin=origin, boxes=_boxes(areas, origin, row_at, column_at))


def _boxes(
    areas: list[Area], origin: list[list[tuple[int, int]]], row_at: dict[int, int], column_at: dict[int, int]
) -> list[list[Box]]:
    """Where each cell stands on the page; nothing if that is not known of every one."""
    known = {(row_at[area.row], column_at[area.column]): area.box for area in areas if area.box is not None}
    if not known:
        return []
    boxes = [[box for place in row if (box := known.get(place)) is not None] for row in origin]
    return boxes if all(len(a) == len(b) for a, b in zip(boxes, origin, strict=True)) else []
