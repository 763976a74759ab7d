"""Ruling lines of a straight page, found as long runs of dark pixels, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.report.reading.pdf.glyphs import Line
from gongkai.report.reading.scan.straight import Gray

Mask = NDArray[np.uint8]  # 255 where something is, else 0

_ACROSS, _DOWN = 55, 40  # shorter runs may be strokes of characters
_GAP = 3
_BREAK = 25  # so long may a line be broken off by a fold or a fault of the scanner
_ASIDE = 5
_THICKEST = 16
_LONG = 130  # a line this long needs no others to end on
_REACH = 7
_DARK = 185


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page's ruling lines, in pixels, and its picture with paper in their place."""

    across: list[Line]
    down: list[Line]
    gray: Gray
    rules: Mask


def find_rules(gray: Gray) -> Ruled:
    """Return the ruling lines of a straight page, dark on white."""
    local = cv2.adaptiveThreshold(
        cv2.GaussianBlur(gray, (3, 3), 0),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        41,
        12,
    )
    dark = np.where(gray < _DARK, 255, 0).astype(np.uint8) | np.asarray(local, dtype=np.uint8)
    across_mask = _runs(dark, (_ACROSS, 1), (_GAP, 1))
    down_mask = _runs(dark, (1, _DOWN), (1, _GAP))
    across = [Line(y + h / 2, x, x + w) for x, y, w, h in _pieces(across_mask) if h <= _thickness(w)]
    down = [Line(x + w / 2, y, y + h) for x, y, w, h in _pieces(down_mask) if w <= _thickness(h)]
    across, down = _joined(across), _joined(down)
    across, down = _held(across, down), _held(down, across)
    rules = _drawn(gray.shape, across_mask, across, level=True) | _drawn(
        gray.shape, down_mask, down, level=False
    )
    bare = gray.copy()
    wide = np.asarray(cv2.dilate(rules, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    bare[wide > 0] = 255
    return Ruled(across, down, bare, wide)


def _runs(dark: Mask, run: tuple[int, int], gap: tuple[int, int]) -> Mask:
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(run[::-1], np.uint8)), dtype=np.uint8)


def _pieces(mask: Mask) -> list[tuple[int, int, int, int]]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]


def _thickness(length: int) -> float:
    """How thick a line may be: a tilt too small to see makes a long one look thicker."""
    return min(_THICKEST, 5 + 0.02 * length)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Join pieces that continue one another."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.start):
        for last in joined:
            if abs(last.at - line.at) <= _ASIDE and abs(line.start - last.end) <= _BREAK:
                share = (line.end - line.start) / (line.end - last.start)
                last.at += (line.at - last.at) * share
                last.end = max(last.end, line.end)
                break
        else:
            joined.append(Line(line.at, line.start, line.end))
    return joined


def _held(lines: Sequence[Line], crossing: Sequence[Line]) -> list[Line]:
    """Leave out short lines that do not end on others: strokes of characters."""
    return [
        line
        for line in lines
        if line.end - line.start >= _LONG
        or all(any(_meets(other, line.at, end) for other in crossing) for end in (line.start, line.end))
    ]


def _meets(other: Line, at: float, end: float) -> bool:
    long = other.end - other.start >= _LONG
    return long and abs(other.at - end) <= _REACH and other.start - _REACH <= at <= other.end + _REACH


def _drawn(shape: Sequence[int], mask: Mask, lines: Sequence[Line], *, level: bool) -> Mask:
    """The part of a mask that belongs to the given lines."""
    drawn = np.zeros(shape[:2], np.uint8)
    half = _THICKEST // 2 + 1
    for line in lines:
        along = slice(max(int(line.start) - 2, 0), int(line.end) + 3)
        beside = slice(max(int(line.at) - half, 0), int(line.at) + half + 1)
        where = (beside, along) if level else (along, beside)
        drawn[where] |= mask[where]
    return drawn
