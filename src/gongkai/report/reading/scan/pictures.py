"""A page of a picture file, or a box on it, as PNG."""

from __future__ import annotations

import io

from gongkai.report.cells import Box
from gongkai.report.reading.scan.pages import file_page

_MAX_SIDE = 4000


def page_picture(data: bytes, page: int, box: Box | None = None) -> bytes:
    """Return a page of a picture file, or the part of it inside `box`, as PNG.

    Args:
        page: from 1.
        box: shares of the page as it is seen; what reaches over its edges is cut off.
    Raises:
        Unreadable: the file is damaged or beyond the limits.
        IndexError: the file has no such page.
    """
    picture = file_page(data, page)
    if box is not None:
        left, right = _span(box.left, box.right, picture.width)
        top, bottom = _span(box.top, box.bottom, picture.height)
        picture = picture.crop((left, top, right, bottom))
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _span(start: float, end: float, length: int) -> tuple[int, int]:
    """A stretch of a side in pixels, inside the picture and not empty."""
    first = min(max(int(start * length), 0), length - 1)
    return first, max(min(round(end * length), length), first + 1)
