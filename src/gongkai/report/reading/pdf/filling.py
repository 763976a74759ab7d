"""Put a page's characters into the cells of a ruled table, mending what its lines leave in doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from gongkai.report.reading.pdf.glyphs import Glyph
from gongkai.report.reading.pdf.lattice import Lattice
from gongkai.report.reading.pdf.typeset import VALUE, text_of, visual_lines

Place = tuple[int, int]

_WIDE = 0.5
_ABUTTING = 0.06
_FIGURE = re.compile(r"[\d.,]")
_HANGING = frozenset("、，。；：）”’》％%")


@dataclass(slots=True)
class Run:
    """Characters that belong together on one line, in elementary row `row`."""

    glyphs: list[Glyph]
    row: int
    places: list[Place] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.glyphs[0].x0 + self.glyphs[-1].x1) / 2

    @property
    def is_value(self) -> bool:
        return VALUE.fullmatch(text_of(self.glyphs)) is not None


def fill(lattice: Lattice, glyphs: list[Glyph], page: int) -> tuple[dict[Place, list[Glyph]], list[Glyph]]:
    """Return the characters of each merged area, by its top left cell, and those outside the table.

    A figure that sticks out over a line stays whole, and so does a text over which no line is drawn. Where a
    line is missing between figures of one row, `lattice.origin` is put right after the rows beside it.
    """
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    left, right, top, bottom = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    for glyph in glyphs:
        within = left <= (glyph.x0 + glyph.x1) / 2 < right and top <= glyph.middle < bottom
        (inside if within else outside).append(glyph)
    areas: dict[Place, list[Run]] = defaultdict(list)
    for line in visual_lines(inside, page):
        for run in _runs(lattice, line.glyphs):
            areas[_area(lattice, run)].append(run)
    for start, runs in list(areas.items()):
        if len(runs) > 1 and sum(run.is_value for run in runs) > 1:
            _part(lattice, start, runs, areas)
    return {start: [glyph for run in runs for glyph in run.glyphs] for start, runs in areas.items()}, outside


def _runs(lattice: Lattice, glyphs: list[Glyph]) -> list[Run]:
    runs: list[Run] = []
    last: Glyph | None = None
    cell: Place = (0, 0)
    left = right = 0.0
    for glyph in glyphs:
        x = (glyph.x0 + glyph.x1) / 2
        # In the column of the character before it, on its baseline and of its size: in the same cell.
        if last is not None and left <= x < right and glyph.base == last.base and glyph.size == last.size:
            place = cell
        else:
            place = lattice.locate(x, glyph.middle) or cell
            left, right = lattice.xs[place[1]], lattice.xs[place[1] + 1]
        if (
            last is None
            or (place[0] != cell[0] and place[1] != cell[1])
            or _is_apart(lattice, last, glyph, cell, place)
        ):
            run = Run(glyphs=[], row=place[0])
            runs.append(run)
        run.glyphs.append(glyph)
        run.places.append(place)
        last, cell = glyph, place
    return runs


def _is_apart(lattice: Lattice, last: Glyph, glyph: Glyph, cell: Place, place: Place) -> bool:
    gap = (glyph.x0 - last.x1) / last.size
    if gap > _WIDE:
        return True
    if place[1] <= cell[1] or not any(
        (column, place[0]) in lattice.beside for column in range(cell[1] + 1, place[1] + 1)
    ):
        return False
    figure = _FIGURE.match(last.char) and _FIGURE.match(glyph.char)
    return not (abs(gap) < _ABUTTING and (figure or glyph.char in _HANGING))


def _area(lattice: Lattice, run: Run) -> Place:
    if len(set(run.places)) == 1:
        row, column = run.places[0]
        return lattice.origin[row][column]
    votes = Counter([lattice.origin[row][column] for row, column in run.places])
    return votes.most_common(1)[0][0]


def _part(lattice: Lattice, start: Place, runs: list[Run], areas: dict[Place, list[Run]]) -> None:
    """Part an area that holds several figures side by side, as the nearest row that has lines is parted."""
    row, left = start
    right = max(c for c, place in enumerate(lattice.origin[row]) if place == start) + 1
    if len({round(run.glyphs[0].base) for run in runs if run.is_value}) > 1:
        return
    for other in sorted(range(len(lattice.origin)), key=lambda r: abs(r - row)):
        spans = _spans(lattice, other, left, right)
        pieces = [piece for run in runs for piece in _cut(lattice, spans, run)]
        homes = [_home(lattice, spans, piece) for piece in pieces if piece.is_value]
        if len(spans) > 1 and None not in homes and len(set(homes)) == len(homes):
            break
    else:
        return
    first = min(home for home in homes if home is not None)
    if first[0] > left:
        # What stands before the first figure is the row's label, whatever columns it covers.
        spans = [(left, first[0]), *(span for span in spans if span >= first)]
    _redraw(lattice, start, spans)
    del areas[start]
    for piece in pieces:
        areas[row, (_home(lattice, spans, piece) or spans[0])[0]].append(piece)


def _cut(lattice: Lattice, spans: list[Place], run: Run) -> list[Run]:
    """Cut a figure off the end of a label that all but touches it, if it stands in another span."""
    tail = len(run.glyphs)
    while tail > 0 and _FIGURE.match(run.glyphs[tail - 1].char):
        tail -= 1
    if not 0 < tail < len(run.glyphs):
        return [run]
    label, figure = Run(glyphs=run.glyphs[:tail], row=run.row), Run(glyphs=run.glyphs[tail:], row=run.row)
    apart = _home(lattice, spans, label) != _home(lattice, spans, figure)
    return [label, figure] if apart else [run]


def _redraw(lattice: Lattice, start: Place, spans: list[Place]) -> None:
    for places in lattice.origin[start[0] :]:
        for first, end in spans:
            for column in range(first, end):
                if places[column] == start:
                    places[column] = (start[0], first)


def _spans(lattice: Lattice, row: int, left: int, right: int) -> list[Place]:
    """The merged areas of a row between two columns, as (first column, column after the last)."""
    starts = [
        column
        for column in range(left, right)
        if column == left or lattice.origin[row][column] != lattice.origin[row][column - 1]
    ]
    return list(zip(starts, [*starts[1:], right], strict=True))


def _home(lattice: Lattice, spans: list[Place], run: Run) -> Place | None:
    return next((span for span in spans if lattice.xs[span[0]] <= run.middle < lattice.xs[span[1]]), None)
