"""The place of a cell in its original, as a picture: the row with a little around it, and the cell marked."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from gongkai.report.cells import Box
from gongkai.report.reading import ReadingError, guarded
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports.settled import as_read, cell_of

# A page of A4 at this width still shows eight-point figures; more only takes longer to send.
WIDEST = 1600
_AROUND, _LEAST = 1.5, 0.02
_MARK = (179, 38, 30)
_KEPT_PAGES = 8


def cell_picture(record: AnnualReport, cell: str) -> bytes | None:
    """Return a PNG of the place where a cell was read; the whole page where only that is known.

    None where the original has no pages, is lost or cannot be drawn, or the cell has no place on a page.
    """
    report = as_read(record)
    name = cell_of(report.form, cell)
    place = report.cell(name).place if name else None
    if place is None or place.page is None:
        return None
    try:
        page = _page(record.source_file.name, record.source_name, place.page)
    except (ReadingError, FileNotFoundError):
        return None
    return _cut(page, place.box) if page and place.box else page


@lru_cache(maxsize=_KEPT_PAGES)
def _page(stored: str, name: str, number: int) -> bytes | None:
    """Return a page of an original as PNG; the stored name holds the digest, so it never changes."""
    with AnnualReport._meta.get_field("source_file").storage.open(stored) as file:
        data = file.read()
    drawn = guarded.picture_guarded(data, name, number)
    if drawn is None:
        return None
    with Image.open(io.BytesIO(drawn)) as page:
        if page.width <= WIDEST:
            return drawn
        return _png(page.convert("RGB").resize((WIDEST, round(page.height * WIDEST / page.width))))


def _cut(drawn: bytes, box: Box) -> bytes:
    """Return the stretch of the page around a box, as wide as what is printed there, with the box marked."""
    with Image.open(io.BytesIO(drawn)) as opened:
        page = opened.convert("RGB")
    width, height = page.size
    left, top, right, bottom = box.left * width, box.top * height, box.right * width, box.bottom * height
    line = max(2, width // 500)
    ImageDraw.Draw(page).rectangle(
        (left - line, top - line, right + line, bottom + line), outline=_MARK, width=line
    )
    margin = max((bottom - top) * _AROUND, height * _LEAST)
    row = page.crop((0, max(0, int(top - margin)), width, min(height, int(bottom + margin) + 1)))
    printed = ImageChops.invert(row.convert("L")).getbbox() or (0, 0, width, row.height)
    return _png(row.crop((max(0, printed[0] - line), 0, min(width, printed[2] + line), row.height)))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
