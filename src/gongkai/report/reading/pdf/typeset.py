"""Visual lines of a page and what they say: characters to lines, lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from operator import attrgetter

from gongkai.report.reading.blocks import raised
from gongkai.report.reading.pdf.glyphs import UNKNOWN, Glyph

_FOLIO = re.compile(
    r"[-－—–―_·~\s.]*(\d{1,3}|[IVXivx]{1,5})[-－—–―_·~\s.]*"
    r"|第?\s*\d{1,3}\s*页\s*[,，/／、]?\s*(共\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）")
VALUE = re.compile(r"[-+－﹣−–]?\d[\d,，.]*(万?元|件|条|%)?|[-－—–―/／\\无空]{1,3}")
_PARTLY_KNOWN = re.compile(rf"[\d,.，]*{UNKNOWN}[\d,.，{UNKNOWN}]*")
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
    _text: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = text_of(self.glyphs)
        return self._text


def visual_lines(glyphs: list[Glyph], page: int) -> list[Visual]:
    """Gather characters that stand on one baseline, from top to bottom."""
    rows: list[list[Glyph]] = []
    row: list[Glyph] = []
    last: Glyph | None = None
    for glyph in sorted(glyphs, key=attrgetter("base")):
        if last is not None and (
            glyph.base == last.base or glyph.base - last.base <= 0.3 * min(glyph.size, last.size)
        ):
            row.append(glyph)
        else:
            row = [glyph]
            rows.append(row)
        last = glyph
    return [_visual(row, page) for row in _without_raised(rows)]


def _without_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put small marks raised over a line into that line, as superscript characters."""
    kept: list[list[Glyph]] = []
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else []
        if below and _is_raised(row, below):
            below += [replace(glyph, char=raised(glyph.char), base=below[0].base) for glyph in row]
        else:
            kept.append(row)
    return kept


def _is_raised(row: list[Glyph], below: list[Glyph]) -> bool:
    size = max([glyph.size for glyph in below])
    if below[0].base - row[-1].base > 0.75 * size or max([glyph.size for glyph in row]) > 0.75 * size:
        return False
    ends = [other.x1 for other in (*row, *below)]
    return all(any(abs(glyph.x0 - end) < 0.3 * size for end in ends) for glyph in row)


def _visual(row: list[Glyph], page: int) -> Visual:
    row.sort(key=attrgetter("x0"))
    last = row[0]
    kept = [last]
    tangled = False
    for glyph in islice(row, 1, None):
        if glyph.x0 < last.x1 and _overlaps(last, glyph):
            # Bold is sometimes made by drawing a character twice, a hair apart.
            if last.char == glyph.char and glyph.x0 - last.x0 < 0.3 * (glyph.x1 - glyph.x0):
                continue
            tangled = True
        elif last.base != glyph.base:
            tangled = tangled or _uneven(last, glyph)
        kept.append(glyph)
        last = glyph
    if tangled:
        kept = _untangled(kept)
    sizes = sorted([glyph.size for glyph in kept])
    return Visual(glyphs=kept, base=kept[-1].base, size=sizes[len(sizes) // 2], page=page)


def _overlaps(last: Glyph, glyph: Glyph) -> bool:
    return last.x1 - glyph.x0 > 0.3 * min(last.x1 - last.x0, glyph.x1 - glyph.x0)


def _uneven(last: Glyph, glyph: Glyph) -> bool:
    """Whether two figures side by side stand on different baselines, so that they are not one number's."""
    if not (last.char.isdigit() and glyph.char.isdigit()):
        return False
    return abs(glyph.base - last.base) > 0.12 * glyph.size and glyph.x0 - last.x1 < 0.3 * glyph.size


def _untangled(glyphs: list[Glyph]) -> list[Glyph]:
    """Writing over writing: a shadow is left out; figures under something else cannot be read."""
    strands: list[list[Glyph]] = []
    for glyph in glyphs:
        strand = next((each for each in strands if not _overlaps(each[-1], glyph)), None)
        if strand is None:
            strands.append([glyph])
        else:
            strand.append(glyph)
    main = strands[0]
    others = [glyph for strand in strands[1:] for glyph in strand if not _echoes(glyph, main)]
    kept = sorted([*main, *others], key=attrgetter("x0"))
    blurred = {
        id(each)
        for pair in pairwise(kept)
        if (_overlaps(*pair) and _clash(*pair)) or _uneven(*pair)
        for each in pair
    }
    return [replace(glyph, char=UNKNOWN) if id(glyph) in blurred else glyph for glyph in kept]


def _echoes(glyph: Glyph, main: list[Glyph]) -> bool:
    return any(each.char == glyph.char and abs(each.x0 - glyph.x0) < 0.4 * glyph.size for each in main)


def _clash(one: Glyph, other: Glyph) -> bool:
    """Whether two characters over each other hide a figure: not a tight bracket nor a ligature."""
    figures = (one.char.isdigit() or other.char.isdigit()) and one.char.isalnum() and other.char.isalnum()
    return figures and (one.x0, one.x1) != (other.x0, other.x1)


def text_of(glyphs: list[Glyph]) -> str:
    """Characters of one line; a gap between Latin words is a space, a wide gap a tab."""
    if not glyphs:
        return ""
    last = glyphs[0]
    text = last.char
    for glyph in islice(glyphs, 1, None):
        gap = glyph.x0 - last.x1
        if gap > 0.0 and gap > _WORD_GAP * last.size:
            if gap > _WIDE_GAP * last.size:
                text += "\t"
            elif last.char < "\u2e80" and glyph.char < "\u2e80":
                text += " "
        text += glyph.char
        last = glyph
    # A number with an unknown figure is unknown as a whole: the rest of it must not pass for a number.
    return _PARTLY_KNOWN.sub(lambda found: UNKNOWN * len(found[0]), text) if UNKNOWN in text else text


def chunks(line: Visual) -> list[list[Glyph]]:
    """Cut a line at its wide gaps."""
    wide, starts = 0.5 * line.size, [0]
    starts += [i for i, (last, glyph) in enumerate(pairwise(line.glyphs), 1) if glyph.x0 - last.x1 > wide]
    return [line.glyphs[start:end] for start, end in pairwise([*starts, len(line.glyphs)])]


def cell_text(glyphs: list[Glyph], page: int, width: float) -> str:
    """Text of a cell: lines that were wrapped for want of room are joined, others kept apart.

    Figures on two lines that may be one number or two are kept apart by a mark that no number has.
    """
    text = ""
    last: Visual | None = None
    for line in visual_lines(glyphs, page):
        if last is not None:
            digits = last.glyphs[-1].char.isdigit() and line.glyphs[0].char.isdigit()
            room = width - 12.0 - (last.x1 - last.x0)
            first = line.glyphs[0]
            needed = first.x1 - first.x0 + 0.25 * last.size if digits else 2.2 * last.size
            if room >= needed or line.base - last.base <= 0.7 * line.size:
                text += "、" if digits else "\n"
        text += line.text
        last = line
    return text


def without_furniture(pages: list[list[Visual]], heights: list[float]) -> list[list[Visual]]:
    """Drop page numbers and running heads, which stand in the top or bottom margin."""
    keys = [[_key(line, height) for line in lines] for lines, height in zip(pages, heights, strict=True)]
    repeated = Counter(key for found in keys for key in set(found))
    often = max(2, len(pages) // 2)
    return [
        [
            line
            for i, (line, key) in enumerate(zip(lines, found, strict=True))
            if not _is_folio(line, height, first=i == 0, last=i == len(lines) - 1)
            and not (_in_margin(line, height) and len(pages) > 2 and repeated[key] > often)
        ]
        for lines, found, height in zip(pages, keys, heights, strict=True)
    ]


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
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest] or lines
    rights = sorted(line.x1 for line in long)
    lefts = Counter(round(line.x0 / 3) for line in long)
    left = lefts.most_common(1)[0][0] * 3.0
    indents = sum(1.5 < (line.x0 - left) / line.size < 2.6 for line in long)
    right = max(rights[int(0.9 * (len(rights) - 1))], 0.72 * page_width)
    return Margins(left=left, right=right, indented=indents * 20 >= len(long))


def continues(last: Visual, line: Visual, edges: Margins) -> bool:
    """Whether `line` goes on with the paragraph of `last`: that one is full and this one not indented."""
    flush = line.x0 < edges.left + 0.8 * line.size
    # By their tallest characters: a last line of mere figures looks smaller than those above it.
    tall, other = (max([glyph.size for glyph in each.glyphs]) for each in (last, line))
    alike = abs(tall - other) < 0.25 * tall
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
