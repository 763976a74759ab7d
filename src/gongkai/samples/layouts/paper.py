"""A sheet set on A4 pages by hand: where each line of text and each rule stands, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.cutting import width, wrap
from gongkai.samples.sheets import Line, Sheet

WIDTH, HEIGHT = 210.0, 297.0
_LEFT, _TOP, _FOOT = 22.0, 26.0, 268.0
_MEASURE = WIDTH - 2 * _LEFT
_TITLE, _BODY, _SMALL = 6.35, 4.23, 2.9
_PAD = 0.8


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A line of text: left end, baseline and size of its type."""

    text: str
    x: float
    base: float
    size: float


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The outline of a cell."""

    x: float
    y: float
    width: float
    height: float


@dataclass(kw_only=True)
class Paper:
    """One page: its lines of text and its cells' outlines."""

    marks: list[Mark] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def set_pages(sheet: Sheet, *, roomy: bool = False) -> list[Paper]:
    """Return the sheet on as many pages as it takes, each table on one page.

    With `roomy`, the columns of Table 3 are as wide as their longest number needs without rules.
    """
    press = _Press(roomy=roomy)
    for text in wrap(sheet.title, round(_MEASURE / _TITLE * 2)):
        press.centred(text, _TITLE)
    press.centred(f"发布日期：{sheet.published}", _BODY)
    for block in sheet.blocks:
        if isinstance(block, Line):
            press.prose(block.text)
        else:
            press.table(block)
    return press.pages


@dataclass(kw_only=True)
class _Press:
    roomy: bool
    pages: list[Paper] = field(default_factory=lambda: [Paper()])
    y: float = _TOP

    def need(self, height: float) -> None:
        """Turn the page if less than `height` is left of it."""
        if self.y + height > _FOOT:
            self.pages.append(Paper())
            self.y = _TOP

    def mark(self, text: str, x: float, base: float, size: float) -> None:
        self.pages[-1].marks.append(Mark(text=text, x=round(x, 3), base=round(base, 3), size=size))

    def centred(self, text: str, size: float) -> None:
        self.need(2 * size)
        self.mark(text, (WIDTH - width(text) * size / 2) / 2, self.y + size, size)
        self.y += 1.8 * size

    def prose(self, text: str) -> None:
        """A paragraph, its first line indented by two characters."""
        room = int(_MEASURE / _BODY * 2)
        for i, line in enumerate(wrap("　　" + text, room)):
            self.need(1.7 * _BODY)
            shown = line.lstrip("　") if i == 0 else line
            self.mark(shown, _LEFT + (2 * _BODY if i == 0 else 0.0), self.y + _BODY, _BODY)
            self.y += 1.7 * _BODY

    def table(self, table: BoxTable) -> None:
        xs = _edges(_LEFT, _shares(table, self.roomy))
        matrix = table.matrix()
        lines = {
            id(box): wrap(box.text, max(2, int((xs[c + box.across] - xs[c] - 2 * _PAD) / _SMALL * 2)))
            for row in matrix
            for c, box in enumerate(row)
            if c == 0 or row[c - 1] is not box
        }
        heights = _heights(matrix, lines)
        self.need(sum(heights) + 2)
        ys = _edges(self.y + 1, heights)
        seen: set[int] = set()
        for r, row in enumerate(matrix):
            for c, box in enumerate(row):
                if id(box) not in seen:
                    seen.add(id(box))
                    cell = Frame(
                        x=xs[c],
                        y=ys[r],
                        width=xs[c + box.across] - xs[c],
                        height=ys[r + box.down] - ys[r],
                    )
                    self._cell(cell, box, lines[id(box)])
        self.y = ys[-1] + 3

    def _cell(self, cell: Frame, box: Box, lines: Sequence[str]) -> None:
        self.pages[-1].frames.append(cell)
        base = cell.y + (cell.height - len(lines) * 1.3 * _SMALL) / 2 + 1.1 * _SMALL
        for i, text in enumerate(lines):
            shift = (cell.width - width(text) * _SMALL / 2) / 2
            x = cell.x + (_PAD if box.part is Part.ROW else shift)
            if text:
                self.mark(text, x, base + i * 1.3 * _SMALL, _SMALL)


def _shares(table: BoxTable, roomy: bool) -> list[float]:
    """The widths of a table's columns, adding up to the measure."""
    widths: Sequence[int] = table.widths
    if roomy and table.number == 3:
        longest = max(width(box.text) for row in table.rows for box in row if box.cell)
        widths = (5, 8, 26, *[max(6, longest + 3)] * 7)
    return [_MEASURE * each / sum(widths) for each in widths]


def _edges(start: float, steps: Sequence[float]) -> list[float]:
    edges = [start]
    for step in steps:
        edges.append(round(edges[-1] + step, 3))
    return edges


def _heights(matrix: list[list[Box]], lines: dict[int, list[str]]) -> list[float]:
    """The height of each row: enough for its own boxes, and for those that end in it."""
    heights: list[float] = []
    for r, row in enumerate(matrix):
        heights.append(1.3 * _SMALL + 2 * _PAD)
        for box in row:
            if r + 1 == len(matrix) or not any(below is box for below in matrix[r + 1]):
                above = sum(heights[r + 1 - box.down : r])
                needed = len(lines[id(box)]) * 1.3 * _SMALL + 2 * _PAD
                heights[r] = max(heights[r], needed - above)
    return heights
