"""Black boxes over a page's picture, each with the number of its reason in white where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from gongkai.severing.marks import Mark, Reason

Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom; the last two are the first outside."""

_LARGEST, _SMALLEST = 12.0, 5.0  # points a label is wide and high
_LEGIBLE = 9  # pixels that it takes at least


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A page's size in points and in pixels."""

    size: tuple[float, float]
    pixels: tuple[int, int]

    @property
    def scale(self) -> float:
        """How many pixels a point is."""
        return self.pixels[0] / self.size[0]

    def area(self, mark: Mark) -> Pixels:
        """Return every pixel that a mark touches; none of them has room where it lies off the page."""
        across, down = (self.pixels[i] / self.size[i] for i in (0, 1))
        left, top = max(math.floor(mark.x0 * across), 0), max(math.floor(mark.y0 * down), 0)
        right, bottom = math.ceil(mark.x1 * across), math.ceil(mark.y1 * down)
        return left, top, min(right, self.pixels[0]), min(bottom, self.pixels[1])

    def label(self, area: Pixels) -> Pixels | None:
        """Return the square in the middle of a box that its label fills; None if there is no room."""
        side = int(min(_LARGEST * self.scale, area[2] - area[0] - 2, area[3] - area[1] - 2))
        if side < max(_SMALLEST * self.scale, _LEGIBLE):
            return None
        left, top = (area[0] + area[2] - side) // 2, (area[1] + area[3] - side) // 2
        return left, top, left + side, top + side


def blacken(picture: Image.Image, frame: Frame, marks: Iterable[Mark], numbers: Mapping[Reason, int]) -> None:
    """Black out marks on a page's picture: first all boxes, then what is written on them."""
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"  # no greys of its own on a page of two tones
    placed = [(mark, frame.area(mark)) for mark in marks]
    for _, (left, top, right, bottom) in placed:
        draw.rectangle((left, top, right - 1, bottom - 1), fill="black")
    for mark, area in placed:
        number, square = numbers.get((mark.reason, mark.ground)), frame.label(area)
        if number and square:
            _write(draw, square, str(number))


def _write(draw: ImageDraw.ImageDraw, square: Pixels, words: str) -> None:
    side = square[2] - square[0]
    inner = (square[0], square[1], square[2] - 1, square[3] - 1)
    draw.ellipse(inner, outline="white", width=max(side // 14, 1))
    font = ImageFont.load_default(side * (0.72 if len(words) == 1 else 1.1 / len(words)))
    middle = (square[0] + square[2]) / 2, (square[1] + square[3]) / 2
    draw.text(middle, words, fill="white", font=font, anchor="mm")
