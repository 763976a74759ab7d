"""Make a page's picture flat: even paper, lines level and upright, as if laid straight on the glass."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.report.cells import Box

Gray = NDArray[np.uint8]
Matrix = NDArray[np.float64]
_Segments = NDArray[np.float64]  # one a row: x, y of its middle, its slope, its length

_DARKEST_PAPER = 70
_SLANT = math.tan(math.radians(8))
_MOST_SKEW = 6.0


@dataclass(frozen=True, slots=True)
class Straightened:
    """A straight page in grey, dark on white, and the matrix that leads from it to the page as scanned."""

    gray: Gray
    back: Matrix
    quarters: int
    scanned: tuple[int, int]  # width and height of the page as scanned

    def alike(self, plane: Gray) -> Gray:
        """Return another picture of the page as scanned, made straight in the same way."""
        size = (self.gray.shape[1], self.gray.shape[0])
        forth = np.linalg.inv(self.back)
        straight = cv2.warpPerspective(plane, forth, size, flags=cv2.INTER_LINEAR, borderValue=255)
        return np.asarray(straight, dtype=np.uint8)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return where a rectangle, in pixels of the straight page, lies on the page as scanned."""
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float64)
        points = cv2.perspectiveTransform(corners, self.back)[0]
        width, height = self.scanned
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        shares = (x0 / width, y0 / height, x1 / width, y1 / height)
        return Box(*(round(min(max(float(share), 0.0), 1.0), 5) for share in shares))


def even(picture: NDArray[np.uint8], *, colours: bool = False) -> Gray:
    """Return a page in grey on white paper, shadows levelled.

    Coloured ink (a seal) grows pale, or with `colours` dark.
    """
    gray = picture.min(axis=2) if colours else picture.max(axis=2)
    small = cv2.resize(gray, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = np.maximum(cv2.resize(paper, (gray.shape[1], gray.shape[0])), _DARKEST_PAPER)
    return np.asarray(cv2.divide(gray, paper, scale=250), dtype=np.uint8)


def straighten(gray: Gray, quarters: int) -> Straightened:
    """Return the page turned by so many quarter turns, counter-clockwise, and then made straight.

    Ruling lines tell the skew, and by their running together the slant of a photograph; on a page without
    them the lines of writing tell the skew.
    """
    turned = np.ascontiguousarray(np.rot90(gray, quarters))
    straight, size = _straightening(turned)
    warped = cv2.warpPerspective(turned, straight, size, flags=cv2.INTER_CUBIC, borderValue=255)
    back = _unturn(quarters, turned.shape[1], turned.shape[0]) @ np.linalg.inv(straight)
    return Straightened(np.asarray(warped, dtype=np.uint8), back, quarters, (gray.shape[1], gray.shape[0]))


def _unturn(quarters: int, width: int, height: int) -> Matrix:
    """From a page turned by `numpy.rot90`, `width` by `height`, back to the page before."""
    matrices = (
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    )
    return np.array(matrices[quarters % 4], np.float64)


def _straightening(gray: Gray) -> tuple[Matrix, tuple[int, int]]:
    height, width = gray.shape
    across, down = _segments(gray)
    level = _slopes(across, 1, height)
    if level is None:
        skew = math.tan(math.radians(_skew_of_writing(gray)))
        level = (skew, 0.0)
    upright = _slopes(down, 0, width) or (-level[0], 0.0)
    matrix = _leveller(level, upright, width, height)
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    moved = cv2.perspectiveTransform(corners, matrix)[0]
    low, high = moved.min(axis=0), moved.max(axis=0)
    size = (math.ceil(high[0] - low[0]), math.ceil(high[1] - low[1]))
    if not (0.7 * width < size[0] < 1.5 * width and 0.7 * height < size[1] < 1.5 * height):
        return np.eye(3), (width, height)
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], np.float64)
    return shift @ matrix, size


def _segments(gray: Gray) -> tuple[_Segments, _Segments]:
    """Long straight strokes: those near level with their dy/dx, those near upright with their dx/dy."""
    small = cv2.GaussianBlur(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), (3, 3), 0)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(small)[0]
    if found is None:
        return np.empty((0, 4)), np.empty((0, 4))
    ends = found.reshape(-1, 4).astype(np.float64) * 2
    dx, dy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    length = np.hypot(dx, dy)
    middle = np.stack([(ends[:, 0] + ends[:, 2]) / 2, (ends[:, 1] + ends[:, 3]) / 2], axis=1)
    enough = length > 0.05 * min(gray.shape)
    level = enough & (np.abs(dy) < _SLANT * np.abs(dx))
    upright = enough & (np.abs(dx) < _SLANT * np.abs(dy))
    across = np.column_stack([middle[level], dy[level] / dx[level], length[level]])
    down = np.column_stack([middle[upright], dx[upright] / dy[upright], length[upright]])
    return across, down


def _slopes(segments: _Segments, axis: int, extent: int) -> tuple[float, float] | None:
    """The slope of lines as a + b * position, robustly; b only where lines are spread over the page."""
    if segments[:, 3].sum() < 0.8 * extent:
        return None
    position, slope, weight = segments[:, axis], segments[:, 2], segments[:, 3].copy()
    weight **= 2
    spread = float(np.ptp(position)) > 0.25 * extent and len(segments) >= 8
    a, b = float(np.average(slope, weights=weight)), 0.0
    for _ in range(8):
        keep = weight / (1 + ((slope - a - b * position) / 0.003) ** 2)
        if spread:
            b, a = np.polyfit(position, slope, 1, w=np.sqrt(keep))
        else:
            a = float(np.average(slope, weights=keep))
    return float(a), float(b)


def _leveller(level: tuple[float, float], upright: tuple[float, float], width: int, height: int) -> Matrix:
    """The matrix that makes lines of the given slopes level and upright."""
    x0, x1, y0, y1 = 0.1 * width, 0.9 * width, 0.1 * height, 0.9 * height

    def crossing(x: float, y: float) -> tuple[float, float]:
        # Through (width / 2, y) with dy/dx, and through (x, height / 2) with dx/dy.
        s, t = level[0] + level[1] * y, upright[0] + upright[1] * x
        cx = (x + t * (y - s * width / 2 - height / 2)) / (1 - s * t)
        return cx, y + s * (cx - width / 2)

    source = np.array([crossing(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))], np.float32)
    target = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target), dtype=np.float64)


def _skew_of_writing(gray: Gray) -> float:
    """The angle in degrees, up to `_MOST_SKEW`, at which the rows of writing stand out most clearly."""
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ink = np.where(small < 170, 255, 0).astype(np.uint8)
    middle = (ink.shape[1] / 2, ink.shape[0] / 2)

    def clearness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
        rows = cv2.warpAffine(ink, matrix, (ink.shape[1], ink.shape[0])).sum(axis=1, dtype=np.int64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5), key=clearness)
    return float(max(np.arange(best - 0.5, best + 0.51, 0.1), key=clearness))
