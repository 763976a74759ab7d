"""A page's picture in the smallest form that still shows all of it: two tones, sixteen greys, or JPEG."""

from __future__ import annotations

import io
import zlib
from enum import Enum

from PIL import Image, ImageChops

_INK = 176  # from this tone down a pixel of a page of two tones is black
_PAPER, _DARK = 226, 96  # lighter than the one is nothing to see; darker than the other is black anyway
_EDGE = 3  # pixels from white within which grey belongs to a letter's edge, not to an area
_STRAY = 1e-5  # share of pixels that may be grey all the same, where a box cuts through a letter
_COLOURLESS = 24  # most that the parts of a colour differ on a page without colours
_GREYS = 16
_DEEP, _SHADES = 32, 0.1  # a page of which a tenth is neither so dark nor paper is a photograph or a scan
_QUALITY = 75


class Coding(Enum):
    """How a picture is kept: what its dictionary in the file says besides its width and height."""

    TWO_TONES = (
        "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/BlackIs1 true"
    )
    GREYS = "/ColorSpace/DeviceGray/BitsPerComponent 4/Filter/FlateDecode"
    GREY_JPEG = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    COLOUR_JPEG = "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"


def encode(picture: Image.Image) -> tuple[Coding, bytes]:
    """Return a picture's smallest faithful form.

    Two tones are taken only where every grey pixel lies at the edge of something black, as those of smoothed
    letters do: nothing that can be seen may vanish, and no grey area turn black.
    """
    parts = picture.split()
    apart = [ImageChops.difference(parts[i], parts[i - 1]).getextrema()[1] for i in range(3)]
    if max(map(int, apart)) > _COLOURLESS:  # type: ignore[arg-type]
        return Coding.COLOUR_JPEG, jpeg(picture)
    grey = picture.convert("L")
    tones = _two_tones(grey)
    if tones is not None:
        return Coding.TWO_TONES, group4(tones)
    if sum(grey.histogram()[_DEEP:_PAPER]) > _SHADES * grey.width * grey.height:
        return Coding.GREY_JPEG, jpeg(grey)
    return Coding.GREYS, greys(grey)


def _two_tones(grey: Image.Image) -> Image.Image | None:
    tones = grey.point([0 if tone <= _INK else 255 for tone in range(256)])
    seen = grey.point([255 if tone < _PAPER else 0 for tone in range(256)])
    pale = grey.point([255 if tone > _DARK else 0 for tone in range(256)])
    vanished = ImageChops.darker(seen, _widened(tones, ImageChops.darker))
    white = tones
    for _ in range(_EDGE):
        white = _widened(white, ImageChops.lighter)
    thickened = ImageChops.darker(pale, ImageChops.invert(white))
    if vanished.getbbox() or sum(thickened.histogram()[1:]) > _STRAY * grey.width * grey.height:
        return None
    return tones.convert("1", dither=Image.Dither.NONE)


def _widened(tones: Image.Image, join: object) -> Image.Image:
    """Return tones with the black, or by `lighter` the white, one pixel wider on every side."""
    for across, down in ((1, 0), (0, 1)):
        before, after = ImageChops.offset(tones, across, down), ImageChops.offset(tones, -across, -down)
        tones = join(join(tones, before), after)  # type: ignore[operator]
    return tones


def group4(tones: Image.Image) -> bytes:
    """Return a picture of two tones as CCITT Group 4 codes it."""
    out = io.BytesIO()
    tones.save(out, "TIFF", compression="group4", strip_size=(tones.width + 7) // 8 * tones.height)
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return out.getvalue()[start : start + length]


def greys(grey: Image.Image) -> bytes:
    """Return a grey picture in sixteen tones, two pixels a byte."""
    tones = grey.point([round(tone * (_GREYS - 1) / 255) for tone in range(256)])
    return zlib.compress(Image.frombytes("P", tones.size, tones.tobytes()).tobytes("raw", "P;4"), 6)


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, without any remarks in it."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
