"""Proof that a severed file no longer holds what was marked, or what of it is still there.

A file of ours is read back and written again: equal bytes mean that it holds pages with one picture each and
nothing else. The pictures are then taken out of their streams, and every marked pixel must be black.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw

from gongkai.severing.boxes import Frame
from gongkai.severing.encoding import Coding, group4
from gongkai.severing.marks import Mark, by_page
from gongkai.severing.opened import USUAL, Document, Limits, opened
from gongkai.severing.seeking import Woven, letters_of, marked_words
from gongkai.severing.writing import Sheet, read_sheets

_FOREIGN = "文件中有页面图片以外的内容。"
_BLACK = 96  # a JPEG's black beside white is not quite black
_EDGE = 1
_CELL, _OTHER = 8, 112  # pixels a side, and how far from the original one such cell may be on the average
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_MOST_INFLATED = 50 * 1024 * 1024
_LEAST_BYTES = 6
_SEGMENTS = frozenset({0xC0, 0xC1, 0xC4, 0xDB, 0xDD, 0xE0})  # frames, tables and JFIF's head: no remarks


def verify(
    severed: bytes, original: bytes, marks: Sequence[Mark], *, limits: Limits = USUAL
) -> tuple[str, ...]:
    """Return what is wrong with a severed file, each a Chinese sentence; nothing if it is right.

    The sentences never repeat what was marked. Any file may be given, also one another program made.

    Raises:
        NotSeverable: one of the files cannot be opened.
    """
    try:
        sheets = read_sheets(severed)
    except ValueError:
        sheets = ()
    with opened(original, limits) as before, opened(severed, limits) as after:
        found = [f"文件中还有{extra}。" for extra in after.extras()]
        if not sheets:
            found += [_FOREIGN, *_words(severed, before, after, marks)]
        found += _pages(before, after, marks, sheets)
    return tuple(dict.fromkeys(found))


def _is_bare(sheet: Sheet, image: Image.Image) -> bool:
    """Whether a picture's stream holds the picture alone."""
    if sheet.coding is Coding.GREYS:
        inflater = zlib.decompressobj()
        size = (sheet.pixels[0] + 1) // 2 * sheet.pixels[1]
        try:
            return len(inflater.decompress(sheet.data, size + 1)) == size and not inflater.unused_data
        except zlib.error:
            return False
    if sheet.coding is Coding.TWO_TONES:
        return group4(image.convert("1", dither=Image.Dither.NONE)) == sheet.data
    return _is_bare_jpeg(sheet.data)


def _is_bare_jpeg(data: bytes) -> bool:
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != 0xDA:
        if data[at + 1] not in _SEGMENTS:
            return False
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    ends = re.findall(rb"\xff[^\x00\xd0-\xd7]", data[at + 2 :])
    return data[:2] == b"\xff\xd8" and ends == [b"\xff\xd9"] and data.endswith(b"\xff\xd9")


def _words(severed: bytes, before: Document, after: Document, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield where marked words can still be taken out of a file as text or are still among its bytes."""
    woven, streams = Woven(letters_of(after)), [severed, *_inflated(severed)]
    for mark, word in marked_words(letters_of(before), marks):
        coded = [word.encode(name, "ignore") for name in ("utf-8", "utf-16-be", "gb18030")]
        known = [code for code in coded if len(code) >= _LEAST_BYTES]
        if any(True for _ in woven.spans(word)):
            yield f"第 {mark.page} 页涂黑的文字仍能从文件中提取。"
        elif any(code in stream for code in known for stream in streams):
            yield f"第 {mark.page} 页涂黑的文字仍在文件的数据中。"


def _inflated(pdf: bytes) -> Iterator[bytes]:
    for stream in _STREAM.finditer(pdf):
        try:
            yield zlib.decompressobj().decompress(stream[1], _MOST_INFLATED)
        except zlib.error:
            continue


def _pages(
    before: Document, after: Document, marks: Sequence[Mark], sheets: Sequence[Sheet]
) -> Iterator[str]:
    if len(after) < len(before):
        yield f"原件有 {len(before)} 页，文件只有 {len(after)} 页。"
        return
    marked = by_page(marks)
    for page in range(1, len(after) + 1):
        images = after.images(page)
        if len(images) != 1 or after.letters(page):
            yield f"第 {page} 页不是一张图片。"
        elif sheets and not _is_bare(sheets[page - 1], images[0]):
            yield f"第 {page} 页的图片中附有其他数据。"
        if images and page <= len(before):
            yield from _page(page, before, after, images[0].convert("L"), marked.get(page, ()))


def _page(
    page: int, before: Document, after: Document, image: Image.Image, marks: Sequence[Mark]
) -> Iterator[str]:
    size = before.size(page)
    if any(abs(one - other) > 0.01 for one, other in zip(size, after.size(page), strict=True)):
        yield f"第 {page} 页的大小与原件不同。"
        return
    if not _is_black(image, Frame(size=size, pixels=image.size), marks):
        yield f"第 {page} 页有涂黑不完全的地方。"
    original = before.picture_of(page, image.size).convert("L")
    if not _is_alike(image, original, marks, size):
        yield f"第 {page} 页未涂黑的内容与原件不同。"


def _is_black(image: Image.Image, frame: Frame, marks: Sequence[Mark]) -> bool:
    """Whether nothing but labels is to be seen in the marks."""
    areas = [frame.area(mark) for mark in marks]
    labels = image.copy()
    draw = ImageDraw.Draw(labels)
    for label in filter(None, map(frame.label, areas)):
        draw.rectangle(label, fill=0)
    for left, top, right, bottom in areas:
        inner = (left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE)
        if inner[0] < inner[2] and inner[1] < inner[3]:
            brightest = labels.crop(inner).getextrema()[1]
            if float(brightest) > _BLACK:  # type: ignore[arg-type]
                return False
    return True


def _is_alike(
    image: Image.Image, original: Image.Image, marks: Sequence[Mark], size: tuple[float, float]
) -> bool:
    """Whether two pictures of a page show the same but for the marks."""
    if image.size != original.size:
        return False
    frame = Frame(size=size, pixels=image.size)
    apart = ImageChops.difference(image, original)
    draw = ImageDraw.Draw(apart)
    for mark in marks:
        draw.rectangle(frame.area(mark), fill=0)
    most = apart.reduce(_CELL).getextrema()[1]
    return float(most) <= _OTHER  # type: ignore[arg-type]
