"""What a page draws besides the characters: ruling lines, pictures, and what hides or bares its text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from struct import Struct

import pypdfium2.raw as pdfium

from gongkai.report.reading.pdf.handles import (
    Handle,
    count_in_form,
    count_on_page,
    count_segments,
    get_fill,
    is_see_through,
    item_in_form,
    item_on_page,
    kind_of,
)
from gongkai.report.reading.pdf.strokes import (
    Extent,
    Matrix,
    Point,
    Segment,
    applied,
    dotted,
    extent_of,
    is_dot,
    matrix_of,
    strokes,
)

MAX_OBJECTS = 60_000
MAX_SEGMENTS = 60_000
_FORM_DEPTH = 6
_WHITE = 0xF5


@dataclass(slots=True)
class Area:
    """A filled area or picture: where, the how-manieth object it is, whether it is dark and hides."""

    extent: Extent
    order: int
    dark: bool
    opaque: bool


@dataclass(slots=True)
class Drawing:
    """A page's drawing, in its own space: lines, filled areas, pictures, and its text objects in order.

    `whole` is false where lines were left out because there are too many.
    """

    segments: list[Segment] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    texts: list[tuple[Handle, int, list[Matrix]]] = field(default_factory=list)
    paths: int = 0
    whole: bool = True


def read_drawing(page: Handle, extent: Extent) -> Drawing:
    """Walk through all objects of a page, whose own extent is given, in the order they are drawn."""
    drawing = Drawing()
    dots: list[Point] = []
    budget = MAX_SEGMENTS
    for order, (item, kind, outer) in enumerate(islice(_objects(page, MAX_OBJECTS), MAX_OBJECTS)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawing.texts.append((item, order, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            count = count_segments(item)
            budget -= max(count, 1)
            if budget < 0:
                drawing.whole = False
                break
            _add_path(drawing, dots, item, count, outer, order)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            unit = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            matrices = [matrix_of(item), *outer]
            place = extent_of([applied(matrices, x, y) for x, y in unit]).within(extent)
            drawing.pictures.append(Area(place, order, dark=True, opaque=False))
    drawing.segments += dotted(dots)
    return drawing


def _objects(page: Handle, budget: int) -> Iterator[tuple[Handle, int, list[Matrix]]]:
    """Every object of the page with its kind and the matrices round it, through form objects."""
    bare: list[Matrix] = []
    for index in range(min(count_on_page(page), budget)):
        item = item_on_page(page, index)
        kind = kind_of(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, kind, bare
        else:
            yield from islice(_inside(item, bare), budget)


def _inside(form: Handle, outer: list[Matrix]) -> Iterator[tuple[Handle, int, list[Matrix]]]:
    matrices = [matrix_of(form), *outer]
    for index in range(count_in_form(form)):
        item = item_in_form(form, index)
        kind = kind_of(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrices
        elif len(matrices) < _FORM_DEPTH:
            yield from _inside(item, matrices)


def _add_path(
    drawing: Drawing, dots: list[Point], path: Handle, count: int, outer: list[Matrix], order: int
) -> None:
    drawing.paths += 1
    segments, areas = strokes(path, count, [matrix_of(path), *outer])
    for segment in segments:
        if is_dot(segment):
            dots.append(segment[0])
        else:
            drawing.segments.append(segment)
    if areas:
        colour = Ink().of(path)
        solid = colour[3] == 255 and not is_see_through(path)
        drawing.areas += [Area(area, order, dark=not is_white(colour), opaque=solid) for area in areas]


Colour = tuple[int, int, int, int]
BLACK: Colour = (0, 0, 0, 255)
_COLOUR = Struct("4I")


class Ink:
    """The fill colour of one page object after another."""

    def __init__(self) -> None:
        # PDFium writes each part by itself; in one array they are taken out together.
        self._parts = (ctypes.c_uint * 4)()
        self._each = tuple(ctypes.c_uint.from_buffer(self._parts, 4 * i) for i in range(4))

    def of(self, item: Handle) -> Colour:
        """Red, green, blue and alpha, each 0 to 255; a pattern counts as black."""
        if not get_fill(item, *self._each):
            return BLACK
        red, green, blue, alpha = _COLOUR.unpack(self._parts)
        return red, green, blue, alpha


def is_white(colour: Colour) -> bool:
    """Whether a colour can hardly be told from paper."""
    return colour[0] >= _WHITE and colour[1] >= _WHITE and colour[2] >= _WHITE
