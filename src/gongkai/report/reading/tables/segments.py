"""Stretches of Table 3 between one label and the next, and whose values stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.report.numerals import BLANK, Illegible, read_cell
from gongkai.report.reading.tables.flat import Flat, Token
from gongkai.report.reading.tables.solve import Split
from gongkai.report.reading.tables.standing import columns_of, place
from gongkai.report.schema import APPLICANTS

WIDTH = len(APPLICANTS)
MAX_MERGED = 8


@dataclass(slots=True)
class Segment:
    """The rows between two labels and the values that stand there."""

    rows: list[str]
    end: int
    tokens: list[Token]
    values: list[Token] | None = None  # seven for each row, once known
    splits: list[Split] | None = None  # for a single row without separators
    proved: bool = False
    joined: bool = False  # values of several labels put together by their count


def place_by_column(flat: Flat, segments: Sequence[Segment]) -> None:
    """Give rows of aligned text their blanks, where full rows show the columns and the sum bears it out."""
    short = [s for s in segments if len(s.rows) == 1 and 1 < len(s.tokens) < WIDTH]
    full = [s.tokens for s in segments if len(s.rows) == 1 and len(s.tokens) == WIDTH]
    columns = columns_of(flat, full) if short else []
    for segment in short if columns else ():
        placed = place(flat, segment.tokens, columns)
        if placed and placed[-1] and _sums_to_last([t for t in placed if t]):
            last = segment.tokens[-1].start
            segment.tokens = [t or Token("", last) for t in placed]


def _sums_to_last(tokens: Sequence[Token]) -> bool:
    numbers = [v for v in (read_cell(t.text) for t in tokens) if isinstance(v, int)]
    return len(numbers) == len(tokens) and sum(numbers[:-1]) == numbers[-1]


def merge(flat: Flat, segments: list[Segment], *, paged: bool) -> None:
    """Join neighbours until the count of values fits the count of rows; keep what never fits for the solver.

    Where labels and values had to be joined to fit, or bare page numbers may stand among the values, the
    rows' own sums must bear it out.
    """
    gappy = paged or any(0 < len(s.tokens) < WIDTH * len(s.rows) for s in segments)
    i = 0
    while i < len(segments):
        rows, tokens = 0, 0
        for j in range(i, min(i + MAX_MERGED, len(segments))):
            rows += len(segments[j].rows)
            tokens += len(segments[j].tokens)
            if tokens == rows * WIDTH and _trusted(flat, segments[i : j + 1], gappy):
                _join(segments, i, j)
                break
        else:
            _first_row_only(segments[i])
        i += 1


def _trusted(flat: Flat, segments: Sequence[Segment], gappy: bool) -> bool:
    """Whether a fit by count may stand: each row adds up, or the values of one that does not belong together.

    They belong together in one row of a grid and on one line of text. Each on a line of its own, they do
    only where no blank is left out and no number strays in: all rows whole, and no bare page numbers.
    """
    tokens = [token for s in segments for token in s.tokens]
    rows = [tokens[i : i + WIDTH] for i in range(0, len(tokens), WIDTH)]
    doubtful = [row for row in rows if not _adds_up(row)]
    if len(segments) > 1 and len(doubtful) > 1:
        return False
    return all(_belong_together(flat, row, gappy) for row in doubtful)


def _belong_together(flat: Flat, row: Sequence[Token], gappy: bool) -> bool:
    if len({token.row for token in row}) > 1:
        return False
    if any(token.is_empty for token in row):
        return True
    if row[0].row is not None or not _breaks(flat, row):
        return True
    return not (gappy or _strays(flat, row))


def _strays(flat: Flat, row: Sequence[Token]) -> bool:
    """Whether seven numbers on text lines stand neither on one line nor each on its own."""
    return 0 < _breaks(flat, row) < len(row) - 1


def _breaks(flat: Flat, row: Sequence[Token]) -> int:
    """Count the line ends between one number and the next."""
    return sum("\n" in flat.text[a.start : b.start] for a, b in pairwise(row))


def _adds_up(row: Sequence[Token]) -> bool:
    values = [read_cell(token.text) for token in row]
    numbers = [v for v in values if v is not BLANK and not isinstance(v, Illegible)]
    return len(numbers) == WIDTH and sum(numbers[:-1]) == numbers[-1]


def _first_row_only(segment: Segment) -> None:
    """A label whose neighbour's row is not there at all still has its own seven values."""
    if len(segment.rows) > 1 and len(segment.tokens) == WIDTH:
        in_grid = segment.tokens[0].row is not None
        if in_grid or _adds_up(segment.tokens):
            segment.rows = segment.rows[:1]
            segment.values = segment.tokens


def _join(segments: list[Segment], i: int, j: int) -> None:
    joined = segments[i : j + 1]
    segments[i] = Segment(
        [code for s in joined for code in s.rows],
        joined[-1].end,
        [token for s in joined for token in s.tokens],
    )
    segments[i].values = segments[i].tokens
    segments[i].joined = i != j
    del segments[i + 1 : j + 1]
