"""Scans and photographs of printed reports: a ruled PDF drawn as pictures and spoilt as machines spoil them.

Drawn by pypdfium2, OpenCV and Pillow, which come with the extra `ocr`; the same seed gives the same bytes.
"""

from __future__ import annotations

import importlib
import io
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from gongkai.samples.layouts.printed import ruled
from gongkai.samples.sheets import Sheet

DPI = 150
_PAPER = 255
_EPOCH = time.gmtime(0)

Picture = Any  # numpy.ndarray: height x width x 3, uint8, RGB
_Spoil = Callable[[Picture, Random], Picture]


def flat(sheet: Sheet) -> bytes:
    """A flatbed scan: straight, slightly soft and noisy."""
    return _as_pdf(_spoilt(sheet, _soften(0.5), _speckle(5)), quality=80)


def skewed(sheet: Sheet) -> bytes:
    """Fed through askew by up to two degrees, blurred, pressed hard as JPEG."""
    return _as_pdf(_spoilt(sheet, _turn(2.0), _soften(0.8), _speckle(9)), quality=60)


def stamped(sheet: Sheet) -> bytes:
    """On grey paper with a shadow, a red seal over a corner of each page."""
    return _as_pdf(_spoilt(sheet, _seal, _turn(0.7), _shade, _soften(0.6), _speckle(6)), quality=75)


def turned(sheet: Sheet) -> bytes:
    """Laid on the glass upside down or sideways, and not quite straight."""
    quarters = sheet.rng.choice((1, 2, 3))
    return _as_pdf(_spoilt(sheet, _turn(1.0), _soften(0.5), _speckle(5), _quarters(quarters)), quality=80)


def photographed(sheet: Sheet) -> bytes:
    """Photographed page by page from slightly aside, unevenly lit; a TIFF file of several pictures."""
    image: Any = importlib.import_module("PIL.Image")
    pages = _spoilt(sheet, _aside(0.02), _shade, _soften(0.8), _speckle(6))
    pictures = [image.fromarray(page) for page in pages]
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:], compression="jpeg", quality=85)
    return out.getvalue()


def _pages(sheet: Sheet) -> Iterator[Picture]:
    pdfium: Any = importlib.import_module("pypdfium2")
    pdf = pdfium.PdfDocument(ruled(sheet))
    for page in pdf:
        yield page.render(scale=DPI / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    pdf.close()


def _spoilt(sheet: Sheet, *ways: _Spoil) -> list[Picture]:
    spoilt = []
    for page in _pages(sheet):
        for way in ways:
            page = way(page, sheet.rng)
        spoilt.append(page)
    return spoilt


def _as_pdf(pages: list[Picture], *, quality: int) -> bytes:
    image: Any = importlib.import_module("PIL.Image")
    pictures = [image.fromarray(page) for page in pages]
    out = io.BytesIO()
    dates = {"creationDate": _EPOCH, "modDate": _EPOCH}
    pictures[0].save(
        out, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI, quality=quality, **dates
    )
    return out.getvalue()


def _warped(page: Picture, matrix: Any) -> Picture:
    cv2: Any = importlib.import_module("cv2")
    size = (page.shape[1], page.shape[0])
    warp = cv2.warpAffine if len(matrix) == 2 else cv2.warpPerspective
    return warp(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(_PAPER,) * 3)


def _turn(most: float) -> _Spoil:
    """Turn by up to so many degrees, but never by less than half of it."""

    def way(page: Picture, rng: Random) -> Picture:
        cv2: Any = importlib.import_module("cv2")
        angle = rng.choice((-1, 1)) * rng.uniform(most / 2, most)
        middle = (page.shape[1] / 2, page.shape[0] / 2)
        return _warped(page, cv2.getRotationMatrix2D(middle, angle, 1.0))

    return way


def _aside(share: float) -> _Spoil:
    """Move each corner inwards by up to a share of the page, as a picture taken from aside shows it."""

    def way(page: Picture, rng: Random) -> Picture:
        cv2: Any = importlib.import_module("cv2")
        numpy: Any = importlib.import_module("numpy")
        height, width = page.shape[:2]
        corners = [(0, 0), (width, 0), (width, height), (0, height)]
        moved = [
            (
                x + (1 if x == 0 else -1) * rng.uniform(0, share) * width,
                y + (1 if y == 0 else -1) * rng.uniform(0, share) * height,
            )
            for x, y in corners
        ]
        matrix = cv2.getPerspectiveTransform(numpy.float32(corners), numpy.float32(moved))
        return _warped(page, matrix)

    return way


def _quarters(count: int) -> _Spoil:
    def way(page: Picture, _: Random) -> Picture:
        numpy: Any = importlib.import_module("numpy")
        return numpy.ascontiguousarray(numpy.rot90(page, count))

    return way


def _soften(sigma: float) -> _Spoil:
    def way(page: Picture, _: Random) -> Picture:
        cv2: Any = importlib.import_module("cv2")
        return cv2.GaussianBlur(page, (0, 0), sigma)

    return way


def _speckle(deviation: float) -> _Spoil:
    def way(page: Picture, rng: Random) -> Picture:
        numpy: Any = importlib.import_module("numpy")
        generator = numpy.random.default_rng(rng.getrandbits(32))
        noise = generator.normal(0, deviation, page.shape[:2])[:, :, None]
        return numpy.clip(page + noise, 0, 255).astype(numpy.uint8)

    return way


def _shade(page: Picture, rng: Random) -> Picture:
    """Grey paper, darker towards one side."""
    numpy: Any = importlib.import_module("numpy")
    across = numpy.linspace(0, 1, page.shape[1])[None, :, None]
    if rng.random() < 0.5:
        across = 1 - across
    return (page * (0.9 - 0.2 * across)).astype(numpy.uint8)


def _seal(page: Picture, rng: Random) -> Picture:
    """A pale red ring with a star in it, near the lower right corner."""
    cv2: Any = importlib.import_module("cv2")
    height, width = page.shape[:2]
    middle = (int(width * rng.uniform(0.70, 0.85)), int(height * rng.uniform(0.75, 0.9)))
    ink = page.copy()
    cv2.circle(ink, middle, width // 10, (215, 60, 60), max(width // 250, 2), cv2.LINE_AA)
    cv2.drawMarker(ink, middle, (215, 60, 60), cv2.MARKER_STAR, width // 20, max(width // 300, 2))
    return cv2.addWeighted(ink, 0.6, page, 0.4, 0)
