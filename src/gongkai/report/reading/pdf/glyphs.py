"""What a PDF page shows: characters and ruling lines, turned upright, y growing downwards, in points."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.report.cells import Box
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.pdf.drawing import Drawing, read_drawing
from gongkai.report.reading.pdf.handles import (
    Handle,
    angle_of,
    box_of,
    code_of,
    handle,
    has_no_code,
    object_of,
    origin_of,
)
from gongkai.report.reading.pdf.sight import Sight, Sign
from gongkai.report.reading.pdf.strokes import Extent, extent_of

MAX_CHARACTERS = 400_000
LEAST_SIZE = 0.1  # of a character, in points: sizes are divided by
UNKNOWN = "\ufffd"
_FEW = 20
_MANY_PATHS = 100
_SLANT = 0.17
_NO_SIGN = frozenset((0xA0, 0x3000, 0xFFFE, 0xFEFF, 0x200B))


@dataclass(slots=True)
class Glyph:
    """One character with its box; `base` is the height of its baseline."""

    char: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        return self.base - 0.36 * self.size


@dataclass(slots=True)
class Line:
    """A ruling line: at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """One page set upright: its characters, horizontal and vertical lines.

    `turned` counts the quarter turns, clockwise, that bring the upright page back to the page as it is seen.
    `aside` is writing turned against the rest, laid flat where it stands;
    `picture` is the share of the page under pictures without writing; `unknown` the number of characters
    the file gives no code for; `truncated` says that some lines were left out.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Line]
    down: list[Line]
    truncated: bool = False
    turned: int = 0
    aside: list[Glyph] = field(default_factory=list)
    picture: float = 0.0
    unknown: int = 0

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the upright page as shares of the page as it is seen."""
        shares = x0 / self.width, top / self.height, x1 / self.width, bottom / self.height
        if self.turned:
            shares = _turned(self.turned, *shares)
        return Box(*[round(min(max(share, 0.0), 1.0), 5) for share in shares])

    def upright(self, left: float, top: float, right: float, bottom: float) -> _Rectangle:
        """Shares of the page as it is seen as a rectangle of the upright page, in points."""
        x0, y0, x1, y1 = _turned(-self.turned % 4, left, top, right, bottom)
        return x0 * self.width, y0 * self.height, x1 * self.width, y1 * self.height


_Rectangle = tuple[float, float, float, float]


def _turned(quarters: int, x0: float, y0: float, x1: float, y1: float) -> _Rectangle:
    """A rectangle in shares of a page, when the page is given quarter turns clockwise."""
    (ax, ay), (bx, by) = (
        ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[quarters] for x, y in ((x0, y0), (x1, y1))
    )
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Turn(NamedTuple):
    """A page of `extent`, turned upright by quarter turns, its y made to grow downwards."""

    quarter: int
    extent: Extent

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 0:
            return x - self.extent.x0, self.extent.y1 - y
        if self.quarter == 1:
            return self.extent.y1 - y, self.extent.x1 - x
        if self.quarter == 2:
            return self.extent.x1 - x, y - self.extent.y0
        return y - self.extent.y0, x - self.extent.x0

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.extent.x1 - self.extent.x0, self.extent.y1 - self.extent.y0
        return (wide, high) if self.quarter % 2 == 0 else (high, wide)


def read_sheet(page: Any, number: int, room: int) -> Sheet:
    """Read one open page.

    Args:
        number: the page's, from 1.
        room: how many more characters the document may have.
    Raises:
        Unreadable: the page has more characters.
    """
    text = page.get_textpage()
    try:
        count, chars = max(pdfium.FPDFText_CountChars(text.raw), 0), handle(text.raw)
        if count > room:
            raise Unreadable("PDF 文字过多，超出读取上限。")
        turn = _Turn(quarter=_quarter(chars, count), extent=Extent(*page.get_bbox()))
        drawing = read_drawing(handle(page.raw), turn.extent)
        glyphs, aside, unknown = _glyphs(chars, count, turn, drawing)
    finally:
        text.close()
    across, down = _lines(drawing, turn)
    width, height = turn.size
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        aside=aside,
        across=across,
        down=down,
        truncated=not drawing.whole,
        turned=(pdfium.FPDFPage_GetRotation(page.raw) + turn.quarter) % 4,
        picture=_picture(drawing, glyphs, turn),
        unknown=unknown,
    )


def _quarter(text: Handle, count: int) -> int:
    """How many quarter turns, clockwise, most of the writing is turned."""
    step = max(1, count // 40)
    votes: Counter[int] = Counter()
    for index in range(0, count, step):
        angle = angle_of(text, index)
        if angle >= 0 and code_of(text, index) > 32:
            votes[round(angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else 0


_HEIGHT = itemgetter(3, 5)
_BREADTH = itemgetter(2, 4)
_RECTANGLE = Struct("4f")  # left, top, right, bottom


def _glyphs(text: Handle, count: int, turn: _Turn, drawing: Drawing) -> tuple[list[Glyph], list[Glyph], int]:
    """The characters that can be seen, those turned against the rest, and how many have no code.

    Writing at a slant (a watermark) is left out.
    """
    signs = Sight(drawing, turn.extent).seen(text, _signs(text, count))
    glyphs: list[Glyph] = []
    unknown = 0
    aside = _Aside()
    # Characters of one line and font have boxes of one height, so what they share is asked for only once.
    for _, group in groupby(signs, _BREADTH if turn.quarter % 2 else _HEIGHT):
        run = list(group)
        x, y, quarter = _origin(text, run[0][0])
        unknown += _without_codes(text, run)
        if len({sign[2] for sign in run}) < len(run):
            run = _spread(text, run)
        if quarter == turn.quarter:
            glyphs += _upright(run, turn, turn.point(x, y)[1])
        elif quarter >= 0:
            aside.add(run, quarter, turn)
    return glyphs, aside.laid_flat(), unknown


def _signs(text: Handle, count: int) -> list[Sign]:
    box = pdfium.FS_RECTF()
    return [
        (index, code, *_RECTANGLE.unpack(box))
        for index in range(count)
        if (code := code_of(text, index)) > 32 and code not in _NO_SIGN and box_of(text, index, box)
    ]


def _origin(text: Handle, index: int) -> tuple[float, float, int]:
    """Where a character's baseline begins, and how many quarter turns it is turned, -1 for a slant."""
    x, y = ctypes.c_double(), ctypes.c_double()
    origin_of(text, index, x, y)
    quarters = angle_of(text, index) / (math.pi / 2)
    nearest = round(quarters)
    return x.value, y.value, nearest % 4 if abs(quarters - nearest) < _SLANT else -1


def _without_codes(text: Handle, run: list[Sign]) -> int:
    """Count the characters of a run for which the file gives no code, and make them unknown."""
    alike = bool(has_no_code(text, run[0][0]))
    lost = [
        i for i, sign in enumerate(run) if alike or (0x30 <= sign[1] <= 0x39 and has_no_code(text, sign[0]))
    ]
    for i in lost:
        run[i] = (run[i][0], ord(UNKNOWN), *run[i][2:])
    return len(lost)


def _spread(text: Handle, run: list[Sign]) -> list[Sign]:
    """Give each of several characters that one sign stands for its share of the sign's box."""
    spread: list[Sign] = []
    for box, group in groupby(run, itemgetter(2, 3, 4, 5)):
        signs = list(group)
        owners = {object_of(text, sign[0]) for sign in signs}
        if len(owners) > 1 or len(signs) == 1:
            spread += signs
            continue
        x0, y1, x1, y0 = box
        step = (x1 - x0) / len(signs)
        spread += [(n, c, x0 + i * step, y1, x0 + (i + 1) * step, y0) for i, (n, c, *_) in enumerate(signs)]
    return spread


def _upright(run: list[Sign], turn: _Turn, base: float) -> list[Glyph]:
    """The characters of a run that stand on the page, with their boxes as on the upright page."""
    width, height = turn.size
    level, shift, top = turn.quarter == 0, turn.extent.x0, turn.extent.y1
    glyphs: list[Glyph] = []
    for sign in run:
        _, code, x0, y1, x1, y0 = sign
        if level:
            x0, y0, x1, y1 = x0 - shift, top - y1, x1 - shift, top - y0
        else:
            x0, y0, x1, y1 = _set_upright(sign, turn)
        if y1 > y0 and 0 <= x0 + x1 <= 2 * width and 0 <= y0 + y1 <= 2 * height:
            high, wide = y1 - y0, x1 - x0
            # A Chinese character is as wide as its type is high; the box's height depends on the font file.
            size = wide if code >= 0x2E80 and 0.5 * high < wide < 1.2 * high else 0.75 * high
            glyphs.append(Glyph(_char(code), x0, x1, base, size if size > LEAST_SIZE else LEAST_SIZE))
    return glyphs


def _set_upright(sign: Sign, turn: _Turn) -> _Rectangle:
    _, _, left, top, right, bottom = sign
    (ax, ay), (bx, by) = turn.point(left, top), turn.point(right, bottom)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Aside:
    """Writing turned against the rest of the page, gathered by columns of characters."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, str, Extent]] = []

    def add(self, run: list[Sign], quarter: int, turn: _Turn) -> None:
        """Take in characters, which may go on with those before them."""
        chars = "".join(_char(code) for _, code, *_ in run)
        ends = [turn.point(*end) for sign in run for end in (sign[2:4], sign[4:6])]
        place = extent_of(ends)
        if self._runs:
            last, before, above = self._runs[-1]
            thick = place.x1 - place.x0
            alike = last == quarter and abs(above.x0 - place.x0) + abs(above.x1 - place.x1) < 0.5 * thick
            if alike and min(abs(above.y0 - place.y1), abs(place.y0 - above.y1)) < thick:
                joined = extent_of([(above.x0, above.y0), (above.x1, above.y1), *ends])
                self._runs[-1] = (quarter, before + chars, joined)
                return
        self._runs.append((quarter, chars, place))

    def laid_flat(self) -> list[Glyph]:
        """Each run as a level one about its own middle, as wide as it was, so that it stays in its cell."""
        glyphs: list[Glyph] = []
        for _, chars, place in self._runs:
            step = (place.x1 - place.x0) / len(chars)
            size = max(min(step, place.y1 - place.y0), LEAST_SIZE)
            base = (place.y0 + place.y1) / 2 + 0.36 * size
            glyphs += [
                Glyph(char, place.x0 + i * step, place.x0 + (i + 1) * step, base, size)
                for i, char in enumerate(chars)
            ]
        return glyphs


def _char(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else UNKNOWN


def _lines(drawing: Drawing, turn: _Turn) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical ones of the lines drawn."""
    across: list[Line] = []
    down: list[Line] = []
    for (ax, ay), (bx, by) in drawing.segments:
        px, py = turn.point(ax, ay)
        qx, qy = turn.point(bx, by)
        if abs(py - qy) <= 1.0 < abs(px - qx):
            across.append(Line((py + qy) / 2, min(px, qx), max(px, qx)))
        elif abs(px - qx) <= 1.0 < abs(py - qy):
            down.append(Line((px + qx) / 2, min(py, qy), max(py, qy)))
    return across, down


def _picture(drawing: Drawing, glyphs: list[Glyph], turn: _Turn) -> float:
    """The share of the page that only recognition can read: pictures or curves without writing over them."""
    if len(glyphs) < _FEW and drawing.paths > _MANY_PATHS:
        return 1.0
    share = 0.0
    for area in drawing.pictures:
        ax, ay = turn.point(area.extent.x0, area.extent.y0)
        bx, by = turn.point(area.extent.x1, area.extent.y1)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        over = sum(left < glyph.x0 < right and top < glyph.middle < bottom for glyph in glyphs)
        share += area.extent.area / turn.extent.area if over < _FEW else 0.0
    return min(share, 1.0)
