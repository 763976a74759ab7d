"""Tables without ruling lines: rows of short values that stand under one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from gongkai.report.cells import Box
from gongkai.report.reading.blocks import Grid
from gongkai.report.reading.pdf.typeset import VALUE, Visual, chunks, text_of

_NUMBERED = re.compile(r"\d{1,2}[.．、]|[（(][一二三四五六七八九]{1,2}[)）]|[一二三四五六七八九]{1,2}、")
_ITEM = re.compile(r"\d{1,2}[.．、]")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_MOST_BETWEEN = 6
_MOST_HEADINGS = 10


@dataclass(slots=True)
class Piece:
    """A run of characters without a wide gap, on one line; `own` if it is a row's label, not its group's."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    own: bool = True

    @property
    def is_value(self) -> bool:
        return VALUE.fullmatch(self.text) is not None


@dataclass(slots=True)
class _Row:
    """A row of values and the label pieces that belong to it."""

    base: float
    values: list[Piece]
    labels: list[Piece] = field(default_factory=list)


Columns = list[tuple[float, float]]


@dataclass(slots=True)
class Stretch:
    """Lines `first` to before `end` as a grid; `columns` are where its values stand."""

    first: int
    end: int
    grid: Grid
    columns: Columns


def find_columns(
    lines: list[Visual], above: Columns, box: Callable[[float, float, float, float], Box]
) -> list[Stretch]:
    """Return each stretch of aligned values on a page; `box` makes left, top, right, bottom a box on it.

    A stretch has at least three lines of values in at least three columns; lines of labels between them
    belong to it. One at the head of the page that goes on in the columns `above`, of the stretch that ended
    the page before, may be shorter.
    """
    pieces = [_pieces(line) for line in lines]
    found: list[Stretch] = []
    for run in _stretches(pieces, above):
        first, last = _with_labels(lines, pieces, run.rows[0], run.rows[-1])
        heads = pieces[max(0, first - _MOST_HEADINGS) : first]
        known = above if run.goes_on else _headed(heads, run.columns)
        grid = _grid(pieces[first : last + 1], known, box)
        if grid is not None:
            found.append(Stretch(first, last + 1, grid, known or run.columns))
    return found


def _pieces(line: Visual) -> list[Piece]:
    return [
        Piece(text=text_of(run), x0=run[0].x0, x1=run[-1].x1, base=line.base, size=line.size)
        for run in chunks(line)
    ]


def _values(pieces: list[Piece]) -> list[Piece]:
    """The values a line ends with; a number before a label is not one."""
    values: list[Piece] = []
    for piece in reversed(pieces):
        if not piece.is_value:
            break
        values.insert(0, piece)
    return values


@dataclass(slots=True)
class _Run:
    """Lines of values that keep to the same columns."""

    rows: list[int]
    columns: Columns
    goes_on: bool = False

    def is_table(self, lines: list[list[Piece]]) -> bool:
        full = sum(len(_values(lines[i])) >= 2 for i in self.rows)
        return len(self.columns) >= _FEWEST_COLUMNS and full >= (1 if self.goes_on else _FEWEST_ROWS)


def _stretches(lines: list[list[Piece]], above: Columns) -> list[_Run]:
    runs: list[_Run] = []
    for i, line in enumerate(lines):
        values = _values(line)
        if not values:
            continue
        if runs and _is_near(lines, runs[-1].rows[-1], i):
            wider = _widened(runs[-1].columns, values)
            if wider is not None:
                runs[-1].rows.append(i)
                runs[-1].columns = wider
                continue
        runs.append(_start(i, values, [] if runs else above))
    return [run for run in runs if run.is_table(lines)]


def _start(i: int, values: list[Piece], above: Columns) -> _Run:
    going_on = _widened(above, values) if above and i <= _MOST_BETWEEN and len(values) > 1 else None
    if going_on is not None and len(going_on) == len(above):
        return _Run(rows=[i], columns=going_on, goes_on=True)
    return _Run(rows=[i], columns=_widened([], values) or [])


def _is_near(lines: list[list[Piece]], last: int, i: int) -> bool:
    return i - last <= _MOST_BETWEEN and lines[i][0].base - lines[last][0].base < 12 * lines[i][0].size


def _widened(columns: Columns, values: list[Piece]) -> Columns | None:
    """The columns with one more row; None if two values fall into one column, or one into two."""
    wider = list(columns)
    for piece in values:
        hit = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
        if len(hit) > 1 or (hit and wider[hit[0]] != columns[hit[0]]):
            return None
        if hit:
            x0, x1 = columns[hit[0]]
            # Widened by a hair even if it fits, so that a second value in the same column shows.
            wider[hit[0]] = (min(x0, piece.x0) - 0.01, max(x1, piece.x1) + 0.01)
        else:
            wider.append((piece.x0, piece.x1))
    wider.sort()
    return wider if all(a[1] <= b[0] for a, b in pairwise(wider)) else None


def _with_labels(lines: list[Visual], pieces: list[list[Piece]], first: int, last: int) -> tuple[int, int]:
    """Take in the label lines just above the first and just below the last row, left of the values."""
    edge = min(piece.x0 for piece in _values(pieces[first]))
    # A row that begins with its number has nothing above; else its label begins with the next number above.
    while not _is_numbered(pieces[first]) and first > 0 and _is_label(lines[first - 1], edge):
        if not _near(lines[first - 1], lines[first]):
            break
        first -= 1
    while last + 1 < len(lines) and _is_label(lines[last + 1], edge) and _near(lines[last], lines[last + 1]):
        last += 1
    return first, last


def _is_numbered(pieces: list[Piece]) -> bool:
    return any(_NUMBERED.match(piece.text) for piece in pieces)


def _is_label(line: Visual, edge: float) -> bool:
    return line.x1 < edge and not re.match(r"[一二三四五六七八九十]、.*情况$|（本列", line.text)


def _near(upper: Visual, lower: Visual) -> bool:
    return lower.base - upper.base < 2.2 * lower.size


def _headed(headings: list[list[Piece]], columns: Columns) -> Columns:
    """The columns of values and those that have only a heading; none if headings stand elsewhere."""
    known = list(columns)
    met: set[int] = set()
    for line in reversed(headings):
        for piece in line:
            if piece.is_value or piece.x1 < columns[0][0]:
                continue
            hit = [i for i, (x0, x1) in enumerate(known) if piece.x0 < x1 and x0 < piece.x1]
            met.update(hit[:1] if len(hit) == 1 else [])
            if not hit and piece.x0 > columns[0][0]:
                known.append((piece.x0, piece.x1))
    known.sort()
    steps = sorted((c + d - a - b) / 2 for (a, b), (c, d) in pairwise(known))
    # A word between two columns heads neither.
    even = steps[0] > 0.6 * steps[len(steps) // 2]
    return known if even and met.issuperset(range(len(columns))) else []


def _grid(lines: list[list[Piece]], above: Columns, box: Callable[..., Box]) -> Grid | None:
    rows = [_Row(base=line[0].base, values=values) for line in lines if (values := _values(line))]
    columns = above
    for row in rows:
        columns = _widened(columns, row.values) or columns
    loose = [piece for line in lines for piece in line[: len(line) - len(_values(line))]]
    if any(piece.x1 > columns[0][0] + piece.size for piece in loose):
        return None
    _tell_groups(lines)
    for piece in loose:
        min(rows, key=lambda row: _distance(row, piece)).labels.append(piece)
    for below, row in pairwise(reversed(rows)):
        _hand_down(row, below)
    rows = [part for row in rows for part in _parted(row)]
    cells = [[*_labels(row), *_place(row.values, columns)] for row in rows]
    # Two rows with a value everywhere show that there are no other columns, so gaps in the rest are blanks.
    proven = bool(above) or sum(all(row[2:]) for row in cells) >= 2
    origin = [[(r, c) for c in range(len(cells[0]))] for r in range(len(cells))]
    boxes = [[box(*place) for place in _places(row, columns)] for row in rows]
    return Grid(rows=cells, origin=origin, boxes=boxes, inferred=not proven)


def _places(row: _Row, columns: Columns) -> Iterator[tuple[float, float, float, float]]:
    """Where the cells of a row stand: left, top, right, bottom."""
    size = max(piece.size for piece in (*row.values, *row.labels))
    base = row.values[0].base if row.values else row.base
    top, bottom = base - size, base + 0.3 * size
    for own in (False, True):
        pieces = [piece for piece in row.labels if piece.own is own]
        x0 = min((piece.x0 for piece in pieces), default=0.0)
        x1 = max((piece.x1 for piece in pieces), default=columns[0][0])
        above = min((piece.base - piece.size for piece in pieces), default=top)
        below = max((piece.base + 0.3 * piece.size for piece in pieces), default=bottom)
        yield x0, above, x1, below
    for x0, x1 in columns:
        inside = [piece for piece in row.values if piece.x0 < x1 and x0 < piece.x1]
        yield min([x0, *(piece.x0 for piece in inside)]), top, max([x1, *(p.x1 for p in inside)]), bottom


def _heads(row: _Row) -> list[Piece]:
    """The numbered labels of a row, from the top; of two on one line the one beside the values."""
    own = [piece for piece in row.labels if piece.own]
    own.sort(key=lambda piece: (piece.base, piece.x0))
    return [
        piece
        for piece, after in zip_longest(own, own[1:])
        if _NUMBERED.match(piece.text) and (after is None or after.base - piece.base > 0.4 * piece.size)
    ]


def _hand_down(row: _Row, below: _Row) -> None:
    """Give the row below the label that begins above it, if it has only the label's end."""
    heads = _heads(row)
    if not heads or _heads(below) or heads[-1].base < row.base + 0.4 * heads[-1].size:
        return
    moved = [piece for piece in row.labels if piece.base > heads[-1].base - 0.1 * piece.size]
    row.labels = [piece for piece in row.labels if piece not in moved]
    below.labels += moved


def _parted(row: _Row) -> list[_Row]:
    """Part a row that has gathered the numbered labels of several: the others have no values at all."""
    pieces = sorted(row.labels, key=lambda piece: (piece.base, piece.x0))
    heads = _heads(row)
    if len(heads) < 2:
        return [row]
    owner = min(heads, key=lambda piece: abs(row.base - piece.base))
    parts = [_Row(base=head.base, values=row.values if head is owner else []) for head in heads]
    for piece in pieces:
        at = max((i for i, head in enumerate(heads) if head.base <= piece.base + 0.1 * piece.size), default=0)
        parts[at].labels.append(piece)
    return parts


def _distance(row: _Row, piece: Piece) -> float:
    """A label goes with the row nearest in height, of two as near with the upper one."""
    return abs(row.base - piece.base) + (0.15 * piece.size if row.base > piece.base else 0.0)


def _place(values: list[Piece], columns: Columns) -> list[str]:
    cells = [""] * len(columns)
    for piece in values:
        for i, (x0, x1) in enumerate(columns):
            if piece.x0 < x1 and x0 < piece.x1:
                cells[i] = piece.text
                break
    return cells


def _tell_groups(lines: list[list[Piece]]) -> None:
    """Mark the labels of groups: those that end before the items numbered 1, 2, 3, or where there are none
    before the labels which stand after another one on their line.

    (六)其他处理 and (七)总计 may end there too and be rows of their own: they stand alone beside their
    values, and no item numbered 1, 2, 3 follows.
    """
    labels = [line[: len(line) - len(_values(line))] for line in lines]
    items = sorted(piece.x0 for row in labels for piece in row if _ITEM.match(piece.text))
    starts = items if len(items) > 1 else sorted(row[-1].x0 for row in labels if len(row) > 1)
    edge = starts[len(starts) // 4] if len(starts) > 1 else -1.0
    below = ""
    for line, row in zip(reversed(lines), reversed(labels), strict=True):
        for piece in reversed(row):
            numbered = _NUMBERED.match(piece.text)
            alone = numbered and len(row) == 1 and len(line) > 1 and not below[:1].isdigit()
            piece.own = piece.x1 > edge + 0.3 * piece.size or bool(alone)
            below = piece.text if numbered else below


def _labels(row: _Row) -> tuple[str, str]:
    """The label of the group, as far as it stands on this row's lines, and the row's own."""
    group = [piece for piece in row.labels if not piece.own]
    own = [piece for piece in row.labels if piece.own]
    return _joined(group), _joined(own)


def _joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in sorted(pieces, key=lambda piece: (piece.base, piece.x0)))
