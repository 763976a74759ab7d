"""Read one page's picture: upright and straight, its ruled cells, its prose; as a sheet of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gongkai.report.cells import Box
from gongkai.report.reading.pdf.glyphs import Glyph, Sheet
from gongkai.report.reading.pdf.glyphs import Line as Rule
from gongkai.report.reading.pdf.lattice import Lattice, find_lattices
from gongkai.report.reading.scan.evidence import Look, Sight
from gongkai.report.reading.scan.ink import Stretch, is_stained, written
from gongkai.report.reading.scan.pages import SHORT_SIDE, PagePicture
from gongkai.report.reading.scan.recogniser import recognise
from gongkai.report.reading.scan.rules import Ruled, find_rules
from gongkai.report.reading.scan.sights import Reading, read_places
from gongkai.report.reading.scan.straight import Gray, Straightened, even, straighten

POINTS = 595 / SHORT_SIDE  # points for each pixel
ILLEGIBLE = "\ufffd"  # stands in a cell whose ink gives no text, so that it is not taken for a blank
_MARGIN = 3
_TALLEST = 130  # what stands higher is no line of writing
_SAMPLE = 10
_WIDEST_SAMPLE = 700
_UPRIGHT = 0.85
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_CHINESE = "[\u3001-\u9fff“”]"
_NARROW_MARK = re.compile(f"(?<={_CHINESE})[,:;!?()]|[,:;!?()](?={_CHINESE})")


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as a sheet, its tables, what each of their cells shows, and how the page lay (quarter turns)."""

    sheet: Sheet
    lattices: list[Lattice]
    sights: list[Sight]
    quarters: int


def read_page(page: PagePicture, likely_quarters: int = 0) -> PageRead:
    """Read a page; `likely_quarters` is how the page before it lay, tried first."""
    straight, ruled = _upright(even(page.picture), likely_quarters)
    tints = straight.alike(even(page.picture, colours=True))
    tints[ruled.rules > 0] = 255
    lattices = find_lattices(_in_points(ruled.across), _in_points(ruled.down))
    areas = [area for lattice in lattices for area in _areas(lattice)]
    inner = [_inner(area) for area in areas]
    places: list[Sequence[Stretch] | None] = [written(ruled.gray, each) for each in inner]
    free = [[line] for line in _prose(ruled.gray, lattices)]
    readings = read_places(ruled.gray, [*places, *free])
    for i, each in enumerate(inner):
        if readings[i].look is Look.BLANK and is_stained(tints, each):
            readings[i] = Reading(Look.STAINED)
    sights = [
        _sight(page.number, straight, area, reading) for area, reading in zip(areas, readings, strict=False)
    ]
    glyphs = list(_glyphs([*places, *free], readings, inner))
    height, width = straight.gray.shape
    sheet = Sheet(
        number=page.number,
        width=width * POINTS,
        height=height * POINTS,
        glyphs=glyphs,
        across=[],
        down=[],
    )
    return PageRead(sheet, lattices, sights, straight.quarters)


def _upright(gray: Gray, likely: int) -> tuple[Straightened, Ruled]:
    """Turn the page so that its writing reads best; the first way that reads well is taken."""
    best: tuple[float, Straightened, Ruled] | None = None
    for quarters in sorted(range(4), key=lambda q: (q != likely, q % 2 != likely % 2, q)):
        straight = straighten(gray, quarters)
        ruled = find_rules(straight.gray)
        legibility = _legibility(ruled.gray)
        if best is None or legibility > best[0]:
            best = (legibility, straight, ruled)
        if legibility >= _UPRIGHT:
            break
    assert best is not None
    return best[1:]


def _legibility(gray: Gray) -> float:
    """How surely a sample of the page's widest lines reads as Chinese, from 0 to 1."""
    lines = [line for line in _lines_of(gray) if line.width > 3 * line.height]
    lines.sort(key=lambda line: -line.width)
    crops = [
        gray[line.top - 4 : line.bottom + 4, line.left : line.left + _WIDEST_SAMPLE]
        for line in lines[:_SAMPLE]
        if line.top >= 4
    ]
    if not crops:
        return 0.0
    scores = []
    for read in recognise(crops):
        steps = read.odds.max(axis=1)[read.odds.argmax(axis=1) > 0]
        chinese = sum("\u4e00" <= char <= "\u9fff" for char in read.text)
        dense = min(1.0, 2 * chinese / max(len(read.text), 1))
        scores.append(float(steps.mean()) * dense if len(steps) else 0.0)
    return float(np.median(scores))


def _lines_of(gray: Gray) -> list[Stretch]:
    height, width = gray.shape
    found = written(gray, Stretch(0, 0, width, height), tallest=_TALLEST) or []
    return [line for line in found if 10 <= line.height <= _TALLEST]


def _prose(gray: Gray, lattices: Sequence[Lattice]) -> list[Stretch]:
    """Lines of writing outside the tables."""
    outside = gray.copy()
    for lattice in lattices:
        frame = _pixels(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
        outside[max(frame.top - 4, 0) : frame.bottom + 4, max(frame.left - 4, 0) : frame.right + 4] = 255
    return _lines_of(outside)


def _in_points(rules: Sequence[Rule]) -> list[Rule]:
    return [Rule(rule.at * POINTS, rule.start * POINTS, rule.end * POINTS) for rule in rules]


def _areas(lattice: Lattice) -> Iterator[Stretch]:
    """The merged cells of a table, in pixels."""
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for r, starts in enumerate(lattice.origin):
        for c, start in enumerate(starts):
            ends[start] = (r + 1, c + 1)
    for (row, column), (below, beside) in ends.items():
        yield _pixels(lattice.xs[column], lattice.ys[row], lattice.xs[beside], lattice.ys[below])


def _pixels(left: float, top: float, right: float, bottom: float) -> Stretch:
    return Stretch(*(round(each / POINTS) for each in (left, top, right, bottom)))


def _inner(area: Stretch) -> Stretch:
    return Stretch(
        max(area.left + _MARGIN, 0),
        max(area.top + _MARGIN, 0),
        max(area.right - _MARGIN, area.left + _MARGIN),
        max(area.bottom - _MARGIN, area.top + _MARGIN),
    )


def _sight(page: int, straight: Straightened, area: Stretch, reading: Reading) -> Sight:
    height, width = straight.gray.shape
    shares = Box(area.left / width, area.top / height, area.right / width, area.bottom / height)
    text = "".join(reading.lines)
    return Sight(page, shares, straight.box(*area), reading.look, text, reading.candidates, reading.shaped)


def _glyphs(
    places: Sequence[Sequence[Stretch] | None], readings: Sequence[Reading], inner: Sequence[Stretch]
) -> Iterator[Glyph]:
    for i, (lines, reading) in enumerate(zip(places, readings, strict=True)):
        if reading.look in (Look.BLANK, Look.STAINED):
            continue
        if not "".join(reading.lines):
            if i < len(inner):
                yield from _set(ILLEGIBLE, lines[0] if lines else inner[i])
            continue
        for text, line in zip(reading.lines, lines or (), strict=True):
            yield from _set(text if i < len(inner) else _with_wide_marks(text), line)


def _with_wide_marks(text: str) -> str:
    """Set the marks beside Chinese as Chinese does: the network takes the two widths for one."""
    return _NARROW_MARK.sub(lambda found: found[0].translate(_WIDE), text)


def _set(text: str, line: Stretch) -> Iterator[Glyph]:
    """Spread a line's characters over its width, Chinese twice as wide as others."""
    widths = [2 if char >= "\u2e80" else 1 for char in text]
    step = line.width * POINTS / max(sum(widths), 1)
    x = line.left * POINTS
    for char, width in zip(text, widths, strict=True):
        if char != " ":
            yield Glyph(
                char=char, x0=x, x1=x + width * step, base=line.bottom * POINTS, size=line.height * POINTS
            )
        x += width * step
