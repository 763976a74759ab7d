"""What a PDF page draws: characters and ruling lines, turned upright, y growing downwards, in points."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.report.reading.errors import Unreadable

MAX_CHARACTERS = 400_000
MAX_OBJECTS = 60_000
MAX_SEGMENTS = 60_000
_THIN = 4.0
_FORM_DEPTH = 6


@dataclass(slots=True)
class Glyph:
    """One character with its box; `base` is the height of its baseline."""

    char: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        return self.base - 0.36 * self.size


@dataclass(slots=True)
class Line:
    """A ruling line: at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """One page: its characters, horizontal and vertical lines; `truncated` if some lines were left out."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Line]
    down: list[Line]
    truncated: bool = False


@dataclass(slots=True)
class _Turn:
    """A rotation by quarter turns about the page's corner, flipping y so that it grows downwards."""

    quarter: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 0:
            return x, self.height - y
        if self.quarter == 1:
            return self.height - y, self.width - x
        if self.quarter == 2:
            return self.width - x, y
        return y, x

    @property
    def size(self) -> tuple[float, float]:
        return (self.width, self.height) if self.quarter % 2 == 0 else (self.height, self.width)


def read_sheet(page: Any, number: int, room: int) -> Sheet:
    """Read one open page.

    Args:
        number: the page's, from 1.
        room: how many more characters the document may have.
    Raises:
        Unreadable: the page has more characters.
    """
    text = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        count = max(pdfium.FPDFText_CountChars(text.raw), 0)
        if count > room:
            raise Unreadable("PDF 文字过多，超出读取上限。")
        turn = _Turn(quarter=_quarter(text.raw, count), width=right - left, height=top - bottom)
        glyphs = list(_glyphs(text.raw, count, turn, left, bottom))
        across, down, whole = _lines(page.raw, turn, left, bottom)
    finally:
        text.close()
    width, height = turn.size
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        across=across,
        down=down,
        truncated=not whole,
    )


def _quarter(text: Any, count: int) -> int:
    """How many quarter turns, clockwise, most of the writing is turned."""
    step = max(1, count // 40)
    votes: Counter[int] = Counter()
    for index in range(0, count, step):
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle >= 0 and pdfium.FPDFText_GetUnicode(text, index) > 32:
            votes[round(angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else 0


def _glyphs(text: Any, count: int, turn: _Turn, left: float, bottom: float) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFEFF, 0x200B):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        ax, ay = turn.point(box.left - left, box.top - bottom)
        bx, by = turn.point(box.right - left, box.bottom - bottom)
        _, base = turn.point(x.value - left, y.value - bottom)
        width, height = abs(bx - ax), abs(by - ay)
        if height > 0:
            # A Chinese character is as wide as its type is high; the box's height depends on the font file.
            size = width if code >= 0x2E80 and 0.5 * height < width < 1.2 * height else 0.75 * height
            yield Glyph(char=_char(code), x0=min(ax, bx), x1=max(ax, bx), base=base, size=size)


def _char(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _lines(page: Any, turn: _Turn, left: float, bottom: float) -> tuple[list[Line], list[Line], bool]:
    """Horizontal and vertical lines, and whether these are all."""
    across: list[Line] = []
    down: list[Line] = []
    budget = MAX_SEGMENTS
    for path, matrices in _paths(page, MAX_OBJECTS):
        count = pdfium.FPDFPath_CountSegments(path)
        budget -= max(count, 1)
        if budget < 0:
            return across, down, False
        for (ax, ay), (bx, by) in _strokes(path, count, matrices):
            px, py = turn.point(ax - left, ay - bottom)
            qx, qy = turn.point(bx - left, by - bottom)
            if abs(py - qy) <= 1.0 < abs(px - qx):
                across.append(Line((py + qy) / 2, min(px, qx), max(px, qx)))
            elif abs(px - qx) <= 1.0 < abs(py - qy):
                down.append(Line((px + qx) / 2, min(py, qy), max(py, qy)))
    return across, down, True


def _paths(page: Any, budget: int) -> Iterator[tuple[Any, list[Any]]]:
    """Every path of the page, through form objects, with the matrices to apply, innermost first."""
    stack: list[tuple[Any, list[Any]]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), budget) - 1, -1, -1):
        stack.append((pdfium.FPDFPage_GetObject(page, index), []))
    while stack and budget > 0:
        budget -= 1
        item, matrices = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, [_matrix(item), *matrices]
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(matrices) < _FORM_DEPTH:
            inner = [_matrix(item), *matrices]
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), budget) - 1, -1, -1):
                stack.append((pdfium.FPDFFormObj_GetObject(item, index), inner))


def _matrix(item: Any) -> tuple[float, float, float, float, float, float]:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


_Point = tuple[float, float]


def _strokes(path: Any, count: int, matrices: list[Any]) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of a stroked path; of one only filled, the middle line if it is thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for points, closed in _subpaths(path, count, matrices):
        if stroke.value:
            pairs = zip(points, points[1:] + (points[:1] if closed else []), strict=False)
            yield from pairs
        elif fill.value:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            if y1 - y0 <= _THIN and x1 - x0 > y1 - y0:
                yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
            elif x1 - x0 <= _THIN:
                yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)


def _subpaths(path: Any, count: int, matrices: list[Any]) -> Iterator[tuple[list[_Point], bool]]:
    points: list[_Point] = []
    closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points, closed = [], False
        points.append(_apply(matrices, x.value, y.value))
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed


def _apply(matrices: list[Any], x: float, y: float) -> _Point:
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y
