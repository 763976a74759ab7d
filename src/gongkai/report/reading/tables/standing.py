"""Which column a number stands in, in text whose columns are kept by spaces.

Rows with a number in every column show where the columns are; a row with fewer then shows its blanks by what
stands under nothing. Taken only where each number falls into one column and the row's sum bears it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.report.reading.blocks import Paragraph
from gongkai.report.reading.tables.flat import Flat, Token

Span = tuple[int, int]
MIN_ROWS = 2


def columns_of(flat: Flat, rows: Sequence[Sequence[Token]]) -> list[Span]:
    """Return the span of each column on the line, from rows whose numbers stand on one line each.

    An empty list says that the rows are too few, or that their columns run into one another.
    """
    whole = [spans for row in rows if (spans := _spans(flat, row))]
    if len(whole) < MIN_ROWS:
        return []
    columns = [(min(s[0] for s in column), max(s[1] for s in column)) for column in zip(*whole, strict=True)]
    return columns if all(a[1] <= b[0] for a, b in pairwise(columns)) else []


def place(flat: Flat, row: Sequence[Token], columns: Sequence[Span]) -> list[Token | None] | None:
    """Return the row's numbers in their columns, None where a column is blank; None if it cannot be told."""
    spans = _spans(flat, row)
    if not spans or len(row) >= len(columns):
        return None
    placed: list[Token | None] = [None] * len(columns)
    for token, (start, end) in zip(row, spans, strict=True):
        hit = [i for i, (a, b) in enumerate(columns) if start < b and a < end]
        if len(hit) != 1 or placed[hit[0]] is not None:
            return None
        placed[hit[0]] = token
    return placed


def _spans(flat: Flat, row: Sequence[Token]) -> list[Span]:
    """Return where each number stands on its line, a Chinese character counting two; [] if on several."""
    blocks = {flat.block_at(token.start) for token in row}
    if len(blocks) != 1:
        return []
    block = blocks.pop()
    line = flat.document.blocks[block]
    if not isinstance(line, Paragraph) or "\n" in line.text.strip("\n"):
        return []
    start = flat.block_start(block)
    edges = ((t.start - start, t.start - start + len(t.text.rstrip())) for t in row)
    return [(_width(line.text[:a]), _width(line.text[:b])) for a, b in edges]


def _width(text: str) -> int:
    return len(text.encode("gbk", "replace"))
