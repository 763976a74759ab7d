"""The size at which a picture is printed."""

from __future__ import annotations

from docx.image.image import Image

_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
_WIDEST, _TALLEST = 156.0, 190.0  # mm: what GB/T 9704 leaves between the margins, less a caption
_PIXEL = 25.4 / 96  # mm
_MOST_PIXELS = 60_000_000


def printed_size(data: bytes) -> tuple[str, float, float] | None:
    """Return a picture's format, width and height in mm at 96 dots an inch, or as much smaller as fits.

    None: its head is not that of a PNG, JPEG or GIF file, or it is too large to be drawn.
    """
    try:
        image = Image.from_blob(data)
        kind, wide, tall = _FORMATS.get(image.content_type), image.px_width, image.px_height
    except Exception:  # on damaged heads python-docx fails in a dozen ways, among them a bare Exception
        return None
    if kind is None or not 0 < wide * tall <= _MOST_PIXELS:
        return None
    scale = min(_PIXEL, _WIDEST / wide, _TALLEST / tall)
    return kind, round(wide * scale, 2), round(tall * scale, 2)
