"""Read an OFD file: what its pages draw, set upright in points, then tables and prose as those of a PDF."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from gongkai.report.reading.blocks import Document
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive
from gongkai.report.reading.ofd.contents import Rectangle, pages
from gongkai.report.reading.ofd.ink import UNKNOWN, Ink, Sign, draw
from gongkai.report.reading.ofd.package import open_package
from gongkai.report.reading.pdf.glyphs import MAX_CHARACTERS, Glyph, Line, Sheet
from gongkai.report.reading.pdf.lattice import find_lattices
from gongkai.report.reading.pdf.pages import assemble_pages

_FEWEST_SIGNS = 20
_POINTS = 72 / 25.4
_SLANT = 0.17
_SCAN = "这个 OFD 里只有图片，没有可读取的文字，请提供 Word 原稿，或先做文字识别并核对后另存为 .docx。"
_EMPTY = "这个 OFD 里没有可读取的文字，请用 OFD 阅读器打开核对，或提供 Word 原稿。"


def read_ofd(data: bytes) -> Document:
    """Return the blocks of an OFD file, each with its page; of several documents in order.

    Raises:
        Unreadable: damaged, encrypted, beyond the limits, or without text.
    """
    sheets: list[Sheet] = []
    notes: list[str] = []
    with open_archive(data) as archive:
        package, entry = open_package(archive)
        room = MAX_CHARACTERS
        for number, page in enumerate(pages(package, entry), 1):
            ink = draw(page.blocks or [], page.composites, room)
            sheets.append(_sheet(ink, page.area, number))
            room -= len(ink.signs)
            if page.blocks is None:
                notes.append(f"第 {number} 页的内容在文件里缺失，没有读取。")
    if sum(len(sheet.glyphs) for sheet in sheets) < _FEWEST_SIGNS:
        raise Unreadable(_SCAN if any(sheet.picture for sheet in sheets) else _EMPTY)
    document = assemble_pages(sheets, [find_lattices(sheet.across, sheet.down) for sheet in sheets])
    notes += [f"第 {number} 页是图片，其中的文字没有读取，请对照原文件。" for number in document.pictures]
    document.notes += notes
    return document


@dataclass(frozen=True, slots=True)
class _Turn:
    """From the page as it lies, in millimetres, to the page with its writing upright, in points."""

    quarter: int
    area: Rectangle

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, top, width, height = self.area
        x, y = x - left, y - top
        turned = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[self.quarter]
        return turned[0] * _POINTS, turned[1] * _POINTS

    @property
    def size(self) -> tuple[float, float]:
        _, _, width, height = self.area
        wide, high = (width, height) if self.quarter % 2 == 0 else (height, width)
        return wide * _POINTS, high * _POINTS


def _sheet(ink: Ink, area: Rectangle, number: int) -> Sheet:
    level = [sign for sign in ink.signs if _quarter(sign) is not None]
    votes = Counter(_quarter(sign) for sign in level)
    turn = _Turn(quarter=(votes.most_common(1)[0][0] or 0) if votes else 0, area=area)
    width, height = turn.size
    glyphs = [glyph for sign in level if _is_on(glyph := _glyph(sign, turn), width, height)]
    across, down = _lines(ink, turn)
    bare = len(glyphs) < _FEWEST_SIGNS
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        across=across,
        down=down,
        truncated=not ink.whole,
        turned=turn.quarter,
        picture=min(ink.pictures / (area[2] * area[3]), 1.0) if bare else 0.0,
        unknown=sum(glyph.char == UNKNOWN for glyph in glyphs),
    )


def _quarter(sign: Sign) -> int | None:
    """How many quarter turns, clockwise, a character is turned; None at a slant, as watermarks are."""
    quarters = sign.angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) * math.pi / 2 <= _SLANT else None


def _is_on(glyph: Glyph, width: float, height: float) -> bool:
    return 0 <= glyph.x0 + glyph.x1 <= 2 * width and 0 <= glyph.middle <= height


def _glyph(sign: Sign, turn: _Turn) -> Glyph:
    """The character on the upright page; one turned against the rest stands upright in its place."""
    size, wide = sign.size * _POINTS, sign.width * _POINTS
    if _quarter(sign) == turn.quarter:
        x, base = turn.point(sign.x, sign.y)
        return Glyph(sign.char, x, x + wide, base, size)
    along, up = sign.width / 2, 0.36 * sign.size
    cos, sin = math.cos(sign.angle), math.sin(sign.angle)
    x, middle = turn.point(sign.x + along * cos + up * sin, sign.y + along * sin - up * cos)
    return Glyph(sign.char, x - wide / 2, x + wide / 2, middle + 0.36 * size, size)


def _lines(ink: Ink, turn: _Turn) -> tuple[list[Line], list[Line]]:
    across: list[Line] = []
    down: list[Line] = []
    for start, end in ink.segments:
        ax, ay = turn.point(*start)
        bx, by = turn.point(*end)
        if abs(ay - by) <= 1.0 < abs(ax - bx):
            across.append(Line((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 1.0 < abs(ay - by):
            down.append(Line((ax + bx) / 2, min(ay, by), max(ay, by)))
    return across, down
