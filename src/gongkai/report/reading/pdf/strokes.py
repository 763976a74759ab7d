"""The straight lines among a page's paths: strokes, thin filled boxes, rows of dots."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from gongkai.report.reading.pdf.handles import (
    Handle,
    get_draw_mode,
    get_matrix,
    get_point,
    path_segment,
    segment_closes,
    segment_kind,
)

_THIN = 4.0
_DOT = 1.6
_FEWEST_DOTS = 8
_BETWEEN_DOTS = 4.0

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[Point, Point]


class Extent(NamedTuple):
    """A rectangle in the page's own space, y growing upwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        x0, y0, x1, y1 = self
        return x0 <= x <= x1 and y0 <= y <= y1

    def within(self, other: Extent) -> Extent:
        """What the two have in common."""
        return Extent(
            max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1)
        )

    @property
    def area(self) -> float:
        return max(self.x1 - self.x0, 0.0) * max(self.y1 - self.y0, 0.0)


def matrix_of(item: Handle) -> Matrix:
    """The matrix of a page object."""
    matrix = pdfium.FS_MATRIX()
    if not get_matrix(item, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def applied(matrices: list[Matrix], x: float, y: float) -> Point:
    """A point after the matrices, the innermost first."""
    for a, b, c, d, e, f in matrices:
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def extent_of(points: list[Point]) -> Extent:
    """The smallest upright rectangle round some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Extent(min(xs), min(ys), max(xs), max(ys))


def strokes(path: Handle, count: int, matrices: list[Matrix]) -> tuple[list[Segment], list[Extent]]:
    """The lines a path of `count` segments draws, and the areas it fills that are no lines.

    A thin filled area is its middle line; a dot is a segment from one of its corners to the other.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    get_draw_mode(path, fill, stroke)
    segments: list[Segment] = []
    areas: list[Extent] = []
    if not (fill.value or stroke.value):
        return segments, areas
    for points, closed in _subpaths(path, count, matrices):
        if stroke.value:
            segments += zip(points, points[1:] + (points[:1] if closed else []), strict=False)
        if fill.value:
            area = extent_of(points)
            x0, y0, x1, y1 = area
            wide, high = x1 - x0, y1 - y0
            if min(wide, high) > _THIN:
                areas.append(area)
            elif stroke.value:
                continue
            elif max(wide, high) <= _DOT:
                segments.append(((x0, y0), (x1, y1)))
            elif wide > high:
                segments.append(((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)))
            else:
                segments.append((((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)))
    return segments, areas


def _subpaths(path: Handle, count: int, matrices: list[Matrix]) -> Iterator[tuple[list[Point], bool]]:
    points: list[Point] = []
    closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = path_segment(path, index)
        kind = segment_kind(segment)
        get_point(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points, closed = [], False
        points.append(applied(matrices, x.value, y.value))
        closed = closed or bool(segment_closes(segment))
    if points:
        yield points, closed


def is_dot(segment: Segment) -> bool:
    """Whether a segment is too short to be a line by itself."""
    (ax, ay), (bx, by) = segment
    return abs(ax - bx) <= _DOT and abs(ay - by) <= _DOT


def dotted(dots: list[Point]) -> list[Segment]:
    """The lines that many dots in a row make, across and down."""
    across: dict[int, list[float]] = defaultdict(list)
    down: dict[int, list[float]] = defaultdict(list)
    for x, y in dots:
        across[round(y)].append(x)
        down[round(x)].append(y)
    lines = [((a, float(y)), (b, float(y))) for y, xs in across.items() for a, b in _runs(xs)]
    lines += [((float(x), a), (float(x), b)) for x, ys in down.items() for a, b in _runs(ys)]
    return lines


def _runs(places: list[float]) -> Iterator[tuple[float, float]]:
    """The first and last of each run of dots close to one another."""
    run: list[float] = []
    for place in [*sorted(places), float("inf")]:
        if run and place - run[-1] > _BETWEEN_DOTS:
            if len(run) >= _FEWEST_DOTS:
                yield run[0], run[-1]
            run = []
        run.append(place)
