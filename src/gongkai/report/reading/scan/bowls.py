"""The shape of printed digits: 0, 6 and 8 told from 9 by where their bowls are, without any network."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from gongkai.report.reading.scan.straight import Gray

_WHOLE = 0.6  # a digit is at least so high as the highest mark; points and commas are not
_TINY = 0.01


class _Bowl(NamedTuple):
    """An enclosed space: its middle from the top and its height, in heights of the digit."""

    middle: float
    height: float


def has_bowls(black: Gray, text: str) -> bool:
    """Return whether each 0, 6 and 8 of a number is drawn as it must be; False where that is not to be seen.

    A 0 is one bowl nearly as high as itself, a 6 has one in its lower half, an 8 has two; a 9 has one in its
    upper half.

    Args:
        black: the number in pure black on white.
    """
    digits = [char for char in text if char.isdecimal()]
    if not set(digits) & set("068"):
        return True
    drawn = _bowls(black)
    return len(drawn) == len(digits) and all(map(_fits, digits, drawn))


def _fits(digit: str, bowls: list[_Bowl]) -> bool:
    if digit == "0":
        return len(bowls) == 1 and bowls[0].height >= 0.6
    if digit == "6":
        return len(bowls) == 1 and bowls[0].middle >= 0.55
    return digit != "8" or len(bowls) == 2


def _bowls(black: Gray) -> list[list[_Bowl]]:
    """The bowls of each digit, from left to right; digits that touch count as one."""
    ink = np.where(black < 128, 255, 0).astype(np.uint8)
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(contour) for contour in contours]
    outer = [i for i in range(len(contours)) if tree[0][i][3] < 0]
    tallest = max((boxes[i][3] for i in outer), default=0)
    outer = [i for i in outer if boxes[i][3] >= _WHOLE * tallest]
    found = []
    for i in sorted(outer, key=lambda i: boxes[i][0]):
        _, top, width, height = boxes[i]
        inner = [j for j in range(len(contours)) if tree[0][j][3] == i]
        large = [boxes[j] for j in inner if boxes[j][2] * boxes[j][3] >= _TINY * width * height]
        found.append([_Bowl((y + h / 2 - top) / height, h / height) for _, y, _, h in large])
    return found
