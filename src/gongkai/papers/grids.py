"""A table's cells on its grid, spans resolved, for writers that must be told every place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from gongkai.papers.paper import Cell, Runs, Table

_MOST_HEADER_ROWS = 5  # a taller head leaves no room on the page it is said again on
_LETTERHEAD = 36, 435  # points: the largest type of a letterhead, and the line it must not leave
LONGEST_FORM = 16  # rows of a form that stands on one page
_LONGEST = 24  # beyond this a cell's text breaks over lines rather than widen its column


@dataclass(frozen=True)
class Place:
    """A cell where it stands: row and column of its upper left corner, counted from 0, and its size."""

    row: int
    column: int
    rowspan: int
    colspan: int
    runs: Runs
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A table's places row by row, none overlapping, none beyond the last row, no gap but at a row's end."""

    rows: tuple[tuple[Place, ...], ...]
    columns: int
    header_rows: int
    shares: tuple[int, ...] = ()

    def widths(self) -> tuple[int, ...]:
        """Return each column's share of the width: as given, or as its longest text needs."""
        if len(self.shares) == self.columns:
            return self.shares
        needs = [4] * self.columns
        for place in (place for row in self.rows for place in row):
            need = min(_LONGEST, max(text_width(line[:_LONGEST]) for line in _text(place).split("\n")) + 2)
            for column in range(place.column, place.column + place.colspan):
                needs[column] = max(needs[column], -(-need // place.colspan))
        return tuple(needs)


def grid_of(table: Table) -> Grid:
    """Return a table's grid; a row too short is filled with a blank cell as wide as the gap."""
    taken: dict[int, int] = {}  # column -> first row in which it is free again
    rows = [list(_row(cells, r, len(table.rows), taken)) for r, cells in enumerate(table.rows)]
    starts = sorted({place.column for row in rows for place in row})
    covered = [0] * len(starts)
    whole = []
    for r, row in enumerate(rows):
        row = [_narrowed(place, starts) for place in row]
        for place in row:
            covered[place.column : place.column + place.colspan] = [r + place.rowspan] * place.colspan
        whole.append(tuple(sorted([*row, *_gaps(r, covered)], key=lambda place: place.column)))
    return Grid(tuple(whole), len(starts), _header_rows(table.header_rows, whole), table.shares)


def _narrowed(place: Place, starts: list[int]) -> Place:
    """Count columns by those in which a cell begins: the others only a span too wide goes over."""
    column = bisect_left(starts, place.column)
    return replace(place, column=column, colspan=bisect_left(starts, place.column + place.colspan) - column)


def _row(cells: tuple[Cell, ...], r: int, height: int, taken: dict[int, int]) -> Iterator[Place]:
    column = 0
    for cell in cells:
        while taken.get(column, 0) > r:
            column += 1
        colspan = 1
        while colspan < cell.colspan and taken.get(column + colspan, 0) <= r:
            colspan += 1
        rowspan = max(1, min(cell.rowspan, height - r))
        yield Place(r, column, rowspan, colspan, cell.runs, cell.centred)
        taken.update(dict.fromkeys(range(column, column + colspan), r + rowspan))
        column += colspan


def _gaps(r: int, covered: list[int]) -> Iterator[Place]:
    start = None
    for column, until in enumerate([*covered, r + 1]):
        if until > r and start is not None:
            yield Place(r, start, 1, column - start, ())
            start = None
        elif until <= r and start is None:
            start = column


def _header_rows(wanted: int, rows: list[tuple[Place, ...]]) -> int:
    """Return how many rows are the head: a whole number of cells, and a body below it."""
    height = min(wanted, len(rows))
    for r, row in enumerate(rows):
        if r < height:
            height = max([height, *(place.row + place.rowspan for place in row)])
    return height if height <= _MOST_HEADER_ROWS and height < len(rows) else 0


def _text(place: Place) -> str:
    return "".join(text for text, _ in place.runs)


def text_width(line: str) -> int:
    """Return a line's width in halves of a Chinese character."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def seal_indent(lines: tuple[str, ...]) -> int:
    """Return how many characters from the right issuer and date stand: four, two where the issuer is long."""
    return 4 if lines and text_width(lines[-1]) == max(map(text_width, lines)) else 2


def letterhead_points(issuer: str) -> int:
    """Return the size of type, in points, in which an issuer's name fills no more than one line."""
    largest, line = _LETTERHEAD
    return min(largest, line * 2 // max(1, text_width(issuer)))
