"""A page of a PDF, or a box on it, as a picture: what a person looks at to settle a doubtful cell."""

from __future__ import annotations

import io
import math
import threading

import pypdfium2

from gongkai.report.cells import Box
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.pdf.opened import opened

MAX_PIXELS = 16_000_000
_MARGIN = 3.0

# PDFium is not made for threads.
_lock = threading.Lock()


def page_picture(data: bytes, page: int, box: Box | None = None, scale: float = 2.0) -> bytes:
    """Return a page, or the part of it inside `box`, as PNG.

    Args:
        page: from 1.
        box: shares of the page as it is seen; a narrow margin is left round it, inside the page.
        scale: pixels for each point (1/72 inch); less where the picture would pass `MAX_PIXELS`.
    Raises:
        Unreadable: the file is damaged, encrypted or beyond the limits.
        IndexError: the file has no such page.
        ValueError: `scale` is not positive.
    """
    if scale <= 0:
        raise ValueError("scale must be positive")
    with _lock, opened(data) as pdf:
        if not 1 <= page <= len(pdf):
            raise IndexError(page)
        pdf.init_forms()
        try:
            return _png(pdf[page - 1], box or Box(0.0, 0.0, 1.0, 1.0), scale)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("PDF 的这一页无法显示，请核对原文件。") from error


def _png(page: pypdfium2.PdfPage, box: Box, scale: float) -> bytes:
    width, height = page.get_size()
    left, right = _span(box.left, box.right, width)
    top, bottom = _span(box.top, box.bottom, height)
    pixels = (right - left) * (bottom - top) * scale * scale
    if pixels > MAX_PIXELS:
        scale *= math.sqrt(MAX_PIXELS / pixels)
    bitmap = page.render(scale=scale, crop=(left, height - bottom, width - right, top))
    out = io.BytesIO()
    bitmap.to_pil().save(out, "PNG")
    return out.getvalue()


def _span(start: float, end: float, length: float) -> tuple[float, float]:
    """A stretch of a page's side in points, inside the page and not empty."""
    first = min(max(start * length - _MARGIN, 0.0), length - _MARGIN)
    return first, max(min(end * length + _MARGIN, length), first + _MARGIN)
