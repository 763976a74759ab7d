"""What is written in a part of a page: marks big enough to mean something, gathered into lines.

A place is blank where no ink stands. A printed sign, even a dash or a point, is wider or higher than half a
millimetre, five pixels here; smaller specks are dust, unless there are so many that a faint sign may hide in
them. A place without black ink may still be stained: by a seal, but also by a sign in colour or faded print.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from gongkai.report.reading.scan.straight import Gray

INK = 200  # darker than this is ink; paper is about 250
_PALE = 225
_SPECK = 5
_DUST = 40  # pixels of specks in one place that are still dust
_TOUCHING = 0.2
_ANY = 1_000_000


class Stretch(NamedTuple):
    """A rectangle in pixels of the page: left, top, right, bottom."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def written(gray: Gray, within: Stretch, tallest: int = _ANY) -> list[Stretch] | None:
    """Return the lines of writing in a rectangle, from top to bottom; None where only specks are seen.

    An empty list means clean paper; None that nothing can be made out although something may be there. Marks
    higher than `tallest` (seals, pictures) are passed over.
    """
    part = gray[within.top : within.bottom, within.left : within.right]
    if not part.size:
        return []
    marks, dust = _marks(part)
    marks = [mark for mark in marks if mark.height <= tallest]
    if not marks:
        return [] if dust <= _DUST else None
    return [
        Stretch(x0 + within.left, y0 + within.top, x1 + within.left, y1 + within.top)
        for x0, y0, x1, y1 in _lines(marks)
    ]


def is_stained(tints: Gray, within: Stretch) -> bool:
    """Whether anything, however pale or coloured, is to be seen in a rectangle."""
    part = tints[within.top : within.bottom, within.left : within.right]
    return bool(part.size) and bool(_marks(part, _PALE)[0])


def _marks(part: Gray, darkness: int = INK) -> tuple[list[Stretch], int]:
    """Connected marks that are no specks, and how many pixels the specks have."""
    ink = np.where(cv2.GaussianBlur(part, (3, 3), 0) < darkness, 255, 0).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    marks: list[Stretch] = []
    dust = 0
    for x, y, w, h, area in stats[1:]:
        if max(w, h) < _SPECK:
            dust += int(area)
        else:
            marks.append(Stretch(int(x), int(y), int(x + w), int(y + h)))
    return marks, dust


def _lines(marks: Sequence[Stretch]) -> list[Stretch]:
    """Gather marks that stand beside one another; points and commas join the line they hang on."""
    tall = sorted(mark.height for mark in marks)[len(marks) * 3 // 4]
    lines: list[Stretch] = []
    for mark in sorted(marks, key=lambda mark: mark.top):
        last = lines[-1] if lines else None
        if last is not None and mark.top < last.bottom + _gap(last, mark, tall):
            lines[-1] = Stretch(
                min(last.left, mark.left),
                last.top,
                max(last.right, mark.right),
                max(last.bottom, mark.bottom),
            )
        else:
            lines.append(mark)
    return lines


def _gap(last: Stretch, mark: Stretch, tall: int) -> float:
    """How far below a line a mark may begin and still belong to it: strokes of one character stand apart."""
    whole = max(last.bottom, mark.bottom) - last.top
    return 0.45 * tall if whole <= 1.15 * tall else -_TOUCHING * min(mark.height, last.height)
