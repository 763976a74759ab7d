"""The severed file: a PDF of which every byte is known. It holds pages, each with one picture, and no more.

There is no room in it for what a PDF may hide: text, annotations, fields, scripts, attachments, layers,
metadata, bookmarks, an earlier state of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from gongkai.severing.encoding import Coding

_HEAD = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
_FIRST = 3  # objects 1 and 2 are the catalogue and the list of pages; each page is three more
_PAGE = re.compile(rb"/MediaBox\[0 0 ([0-9.]{1,12}) ([0-9.]{1,12})\]")
_PICTURE = re.compile(rb"<</Type/XObject/Subtype/Image/Width ([0-9]{1,6})/Height ([0-9]{1,6})([^>]*)")
_LENGTH = re.compile(rb"/Length ([0-9]{1,10})>>\nstream\n")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page of the severed file: its size in points, its picture and how that is coded."""

    size: tuple[float, float]
    pixels: tuple[int, int]
    coding: Coding
    data: bytes


def write(sheets: Sequence[Sheet]) -> bytes:
    """Return the file; equal sheets are equal files, the file's identity among them."""
    kids = " ".join(f"{_FIRST + 3 * i} 0 R" for i in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode(),
    ]
    for sheet in sheets:
        objects += _objects(sheet, _FIRST + len(objects) - 2)
    return _file(objects)


def read_sheets(pdf: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a file that `write` made.

    Raises:
        ValueError: a byte of it is not as `write` would have put it.
    """
    sheets = []
    at = 0
    while found := _PAGE.search(pdf, at):
        picture = _PICTURE.search(pdf, found.end())
        length = _LENGTH.search(pdf, picture.start()) if picture else None
        if not picture or not length:
            raise ValueError("a page has no picture")
        at = length.end() + int(length[1])
        pixels = int(picture[1]), int(picture[2])
        sheets.append(
            Sheet(
                size=(float(found[1]), float(found[2])),
                pixels=pixels,
                coding=_coding(picture[3].decode("latin-1")),
                data=pdf[length.end() : at],
            )
        )
    if write(sheets) != pdf:
        raise ValueError("the file holds something else besides its pages")
    return tuple(sheets)


def _objects(sheet: Sheet, first: int) -> list[bytes]:
    width, height = (f"{side:.2f}" for side in sheet.size)
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>"
    )
    shown = f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode()
    columns, rows = sheet.pixels
    said = sheet.coding.value
    if sheet.coding is Coding.TWO_TONES:
        said += f"/Columns {columns}/Rows {rows}>>"
    picture = f"/Type/XObject/Subtype/Image/Width {columns}/Height {rows}{said}"
    return [page.encode(), _stream("", shown), _stream(picture, sheet.data)]


def _coding(said: str) -> Coding:
    for coding in Coding:
        if said.startswith(coding.value):
            return coding
    raise ValueError("a picture is coded in another way")


def _stream(said: str, data: bytes) -> bytes:
    return f"<<{said}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    parts, places, at = [_HEAD], [], len(_HEAD)
    for number, each in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, each))
        at += len(parts[-1])
    identity = sha256(b"".join(parts)).hexdigest()[:32].upper()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/ID[<{identity}><{identity}>]>>\n"
        f"startxref\n{at}\n%%EOF\n".encode()
    )
    return b"".join(parts)
