"""Visual lines of a page and what they say: characters to lines, lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from gongkai.report.reading.pdf.glyphs import Glyph

_FOLIO = re.compile(
    r"[-－—–―_·~\s.]*(\d{1,3}|[IVXivx]{1,5})[-－—–―_·~\s.]*"
    r"|第?\s*\d{1,3}\s*页\s*[,，/／、]?\s*(共\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）")
VALUE = re.compile(r"[-+－﹣−–]?\d[\d,，.]*(万?元|件|条|%)?|[-－—–―/／\\无空]{1,3}")
_SENTENCE_END = "。！？；：”）)"
_WIDE_GAP = 1.2
_WORD_GAP = 0.22


@dataclass(slots=True)
class Visual:
    """Characters on one baseline, from left to right."""

    glyphs: list[Glyph]
    base: float
    size: float
    page: int

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def text(self) -> str:
        return text_of(self.glyphs)


def visual_lines(glyphs: list[Glyph], page: int) -> list[Visual]:
    """Gather characters that stand on one baseline, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][-1].base <= 0.3 * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_visual(row, page) for row in rows]


def _visual(row: list[Glyph], page: int) -> Visual:
    row.sort(key=lambda glyph: glyph.x0)
    kept: list[Glyph] = []
    for glyph in row:
        # Bold is sometimes made by drawing a character twice, a hair apart.
        if kept and kept[-1].char == glyph.char and glyph.x0 - kept[-1].x0 < 0.3 * (glyph.x1 - glyph.x0):
            continue
        kept.append(glyph)
    sizes = sorted(glyph.size for glyph in kept)
    return Visual(glyphs=kept, base=kept[-1].base, size=sizes[len(sizes) // 2], page=page)


def text_of(glyphs: list[Glyph]) -> str:
    """Characters of one line; a gap between Latin words is a space, a wide gap a tab."""
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            gap = glyph.x0 - last.x1
            if gap > _WIDE_GAP * last.size:
                parts.append("\t")
            elif gap > _WORD_GAP * last.size and last.char < "\u2e80" and glyph.char < "\u2e80":
                parts.append(" ")
        parts.append(glyph.char)
        last = glyph
    return "".join(parts)


def chunks(line: Visual) -> list[list[Glyph]]:
    """Cut a line at its wide gaps."""
    found = [[line.glyphs[0]]]
    for last, glyph in zip(line.glyphs, line.glyphs[1:], strict=False):
        if glyph.x0 - last.x1 > 0.5 * line.size:
            found.append([])
        found[-1].append(glyph)
    return found


def cell_text(glyphs: list[Glyph], page: int, width: float) -> str:
    """Text of a cell: lines that were wrapped for want of room are joined, others kept apart."""
    text = ""
    last: Visual | None = None
    for line in visual_lines(glyphs, page):
        if last is not None:
            digits = last.glyphs[-1].char.isdigit() and line.glyphs[0].char.isdigit()
            room = width - 12.0 - (last.x1 - last.x0)
            text += "" if room < (0.75 if digits else 2.2) * last.size else "\n"
        text += line.text
        last = line
    return text


def without_furniture(pages: list[list[Visual]], heights: list[float]) -> list[list[Visual]]:
    """Drop page numbers and running heads, which stand in the top or bottom margin."""
    repeated = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_key(line, height) for line in lines}
    )
    often = max(2, len(pages) // 2)
    kept: list[list[Visual]] = []
    for lines, height in zip(pages, heights, strict=True):
        kept.append(
            [
                line
                for i, line in enumerate(lines)
                if not (_is_folio(line, height, first=i == 0, last=i == len(lines) - 1))
                and not (_in_margin(line, height) and len(pages) > 2 and repeated[_key(line, height)] > often)
            ]
        )
    return kept


def _key(line: Visual, height: float) -> tuple[str, int, bool]:
    return re.sub(r"\d+", "0", line.text), round(line.base / 4), line.base < height / 2


def _in_margin(line: Visual, height: float) -> bool:
    return line.base < 0.1 * height or line.base > 0.9 * height


def _is_folio(line: Visual, height: float, *, first: bool, last: bool) -> bool:
    edge = (first and line.base < 0.12 * height) or (last and line.base > 0.85 * height)
    return edge and _FOLIO.fullmatch(line.text.strip()) is not None


@dataclass(slots=True)
class Margins:
    """Where full lines of prose begin and end."""

    left: float
    right: float
    indented: bool


def margins(lines: list[Visual], page_width: float) -> Margins:
    """The commonest left edge of the long lines and their far right edge, at least most of the page."""
    if not lines:
        return Margins(left=0.0, right=0.0, indented=False)
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest]
    rights = sorted(line.x1 for line in long)
    lefts = Counter(round(line.x0 / 3) for line in long)
    left = lefts.most_common(1)[0][0] * 3.0
    indents = sum(1.5 < (line.x0 - left) / line.size < 2.6 for line in long)
    right = max(rights[int(0.9 * (len(rights) - 1))], 0.72 * page_width)
    return Margins(left=left, right=right, indented=indents * 20 >= len(long))


def continues(last: Visual, line: Visual, edges: Margins) -> bool:
    """Whether `line` goes on with the paragraph of `last`: that one is full and this one not indented."""
    flush = line.x0 < edges.left + 0.8 * line.size
    alike = abs(last.size - line.size) < 0.25 * last.size
    if not (flush and alike and _is_one_piece(last) and _is_one_piece(line)):
        return False
    ended = last.glyphs[-1].char in _SENTENCE_END
    # Where paragraphs are indented, a flush line goes on with the one above even if that is a little short.
    short = 1.6 if ended or not edges.indented else 4.0
    if last.x1 <= edges.right - short * last.size:
        return False
    return not (ended and _HEADING.match(line.text))


def _is_one_piece(line: Visual) -> bool:
    return "\t" not in line.text
