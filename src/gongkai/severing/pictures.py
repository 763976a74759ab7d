"""Pages as pictures: what an officer sees when marking, drawn as the severed file will show them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.severing.errors import NotSeverable
from gongkai.severing.opened import USUAL, Document, Limits, opened


@dataclass(frozen=True, kw_only=True)
class PagePicture:
    """A page as PNG, its size in the points that marks are given in, and how many pages the file has."""

    png: bytes
    width_pt: float
    height_pt: float
    pages: int


def page_pictures(pdf: bytes, dpi: float = 100, *, limits: Limits = USUAL) -> Iterator[PagePicture]:
    """Yield each page as it is seen.

    Raises:
        NotSeverable: the file is damaged, encrypted or beyond the limits.
        ValueError: `dpi` is not positive.
    """
    with opened(pdf, limits) as document:
        for page in range(1, len(document) + 1):
            yield _picture(document, page, dpi)


def page_picture(pdf: bytes, page: int, dpi: float = 100, *, limits: Limits = USUAL) -> PagePicture:
    """Return one page as it is seen; pages count from 1.

    Raises:
        NotSeverable: as `page_pictures`, or the file has no such page.
        ValueError: as `page_pictures`.
    """
    with opened(pdf, limits) as document:
        if not 1 <= page <= len(document):
            raise NotSeverable(f"文件没有第 {page} 页，只有 {len(document)} 页。")
        return _picture(document, page, dpi)


def _picture(document: Document, page: int, dpi: float) -> PagePicture:
    if dpi <= 0:
        raise ValueError("dpi must be positive")
    width, height = document.size(page)
    out = io.BytesIO()
    document.picture(page, dpi).save(out, "PNG")
    return PagePicture(png=out.getvalue(), width_pt=width, height_pt=height, pages=len(document))
