"""The picture of a page, or of a box on it: what a person looks at to decide an uncertain cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from gongkai.report.cells import Box
from gongkai.report.reading.formats.sniff import Format, sniff

_Draw = Callable[[bytes, int, Box | None], bytes]

# Each draws one page as PNG, all of it or a box: bytes of the file, page from 1, box or None.
_PAGES: Mapping[Format, str] = {
    Format.PDF: "gongkai.report.reading.pdf.pictures:page_picture",
    Format.PICTURE: "gongkai.report.reading.scan.pictures:page_picture",
}


def page_picture(data: bytes, name: str, page: int, box: Box | None = None) -> bytes | None:
    """Return a page as a PNG file, or None where the format has no pages.

    Args:
        data: the whole file.
        name: its name, as `read_bytes` takes it.
        page: the page's number, from 1.
        box: the part wanted, as shares of the page; all of it by default.
    Raises:
        Unreadable: damaged, encrypted or beyond the limits.
        IndexError: the file has no such page.
    """
    where = _PAGES.get(sniff(data, name))
    if where is None:
        return None
    module, _, function = where.partition(":")
    draw: _Draw = getattr(import_module(module), function)
    return draw(data, page, box)
