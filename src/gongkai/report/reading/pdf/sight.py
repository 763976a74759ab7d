"""Which of a page's characters can be seen: not those invisible, white on white, clipped away or covered."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cached_property

import pypdfium2.raw as pdfium

from gongkai.report.reading.pdf.drawing import BLACK, Drawing, Ink, is_white
from gongkai.report.reading.pdf.handles import (
    Handle,
    clip_of,
    clip_segment,
    count_clip_segments,
    count_clips,
    get_bounds,
    get_point,
    mode_of,
    object_of,
)
from gongkai.report.reading.pdf.strokes import Extent, Matrix, Point, applied, extent_of

_MOST_CLIPS = 8
_FIGURES = frozenset(range(0x30, 0x3A)) | frozenset(range(0xFF10, 0xFF1A))
_UNSEEN_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_OUTLINE = pdfium.FPDF_TEXTRENDERMODE_STROKE


_UNKNOWN = 0xFFFD

# A character as PDFium gives it: its index and code; left, top, right, bottom in the page's own space.
Sign = tuple[int, int, float, float, float, float]
# A character's index, its text object, and its middle.
_Placed = tuple[int, Handle, float, float]


@dataclass(slots=True)
class _Odd:
    """What may hide a text object: `clip` is the part of the page that shows it."""

    unseen: bool
    pale: bool
    clip: Extent | None


class Sight:
    """What can be seen of a page's text."""

    def __init__(self, drawing: Drawing, page: Extent) -> None:
        self._drawing = drawing
        self._odd = _odd_ones(drawing, page)
        first = drawing.texts[0][1] if drawing.texts else 0
        self._covers = [area for area in drawing.areas if area.opaque and area.order > first]

    def seen(self, text: Handle, signs: list[Sign]) -> list[Sign]:
        """Return those of a text page's characters that can be seen.

        PDFium leaves out a character over an equal one, seen or not, so figures that touch hidden figures
        may have lost their neighbour: they come back as characters without a code.
        """
        if not (self._odd or self._covers):
            return signs
        placed = [
            (n, object_of(text, n), (left + right) / 2, (top + bottom) / 2)
            for n, _, left, top, right, bottom in signs
        ]
        hidden = {n for n, item, x, y in placed if item in self._odd and not self._shows(item, x, y)}
        orders = self._orders
        for cover in self._covers:
            x0, y0, x1, y1 = cover.extent
            # What is not among the page's text objects counts as drawn after everything.
            hidden.update(
                n
                for n, item, x, y in placed
                if y0 <= y <= y1 and x0 <= x <= x1 and orders.get(item, cover.order) < cover.order
            )
        if not hidden:
            return signs
        figures = [sign for sign in signs if sign[0] in hidden and sign[1] in _FIGURES]
        seen = [sign for sign in signs if sign[0] not in hidden]
        if not figures:
            return seen
        return sorted([*(_doubted(sign, figures) for sign in seen), *self._replaced(placed, figures)])

    def _replaced(self, placed: list[_Placed], figures: list[Sign]) -> list[Sign]:
        """Return hidden figures under visible writing that PDFium left out whole, as without a code."""
        given = {item for _, item, _, _ in placed}
        lost = [
            _extent_of(item, outer)
            for item, _, outer in self._drawing.texts
            if item not in given and item not in self._odd
        ]
        return [
            (index, _UNKNOWN, left, top, right, bottom)
            for index, _, left, top, right, bottom in figures
            if any(x0 < right and left < x1 and y0 < top and bottom < y1 for x0, y0, x1, y1 in lost)
        ]

    def _shows(self, item: Handle, x: float, y: float) -> bool:
        """Whether an odd text object's own mode, colour and clip let it be seen at a point."""
        odd = self._odd[item]
        if odd.unseen or (odd.clip is not None and not odd.clip.holds(x, y)):
            return False
        return not odd.pale or self._has_ground(self._orders[item], x, y)

    def _has_ground(self, order: int, x: float, y: float) -> bool:
        """Whether something that is not white was drawn at a point before the object of an order."""
        grounds = (*self._drawing.areas, *self._drawing.pictures)
        return any(area.dark and area.order < order and area.extent.holds(x, y) for area in grounds)

    @cached_property
    def _orders(self) -> dict[Handle, int]:
        return {item: order for item, order, _ in self._drawing.texts}


def _doubted(sign: Sign, hidden: list[Sign]) -> Sign:
    index, code, left, top, right, bottom = sign
    near = 0.2 * (top - bottom)
    if code in _FIGURES and any(
        left - near < other[4] and other[2] < right + near and bottom < other[3] and other[5] < top
        for other in hidden
    ):
        return index, _UNKNOWN, left, top, right, bottom
    return sign


def _extent_of(item: Handle, outer: list[Matrix]) -> Extent:
    """The part of the page that a text object takes."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not get_bounds(item, left, bottom, right, top):
        return Extent(0, 0, 0, 0)
    return extent_of([applied(outer, x.value, y.value) for x in (left, right) for y in (bottom, top)])


def _odd_ones(drawing: Drawing, page: Extent) -> dict[Handle, _Odd]:
    colour_of = Ink().of
    found: dict[Handle, _Odd] = {}
    for item, _, outer in drawing.texts:
        mode = mode_of(item)
        colour = BLACK if mode == _OUTLINE else colour_of(item)
        path = clip_of(item)
        clip = _shown(path, outer, page) if count_clips(path) > 0 else None
        unseen, pale = mode in _UNSEEN_MODES or colour[3] == 0, is_white(colour)
        if unseen or pale or clip:
            found[item] = _Odd(unseen, pale, clip)
    return found


def _shown(path: Handle, outer: list[Matrix], page: Extent) -> Extent | None:
    """The part of the page a clip path leaves, if that is not most of the page."""
    clip = page
    for index in range(min(count_clips(path), _MOST_CLIPS)):
        clip = clip.within(_clip(path, index, outer))
    return clip if clip.area < 0.9 * page.area else None


def _clip(path: Handle, index: int, outer: list[Matrix]) -> Extent:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(count_clip_segments(path, index), 64)):
        segment = clip_segment(path, index, at)
        get_point(segment, x, y)
        points.append(applied(outer, x.value, y.value))
    return extent_of(points) if points else Extent(0.0, 0.0, 0.0, 0.0)
