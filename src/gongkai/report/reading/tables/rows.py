"""Table rows: their tokens, the number of values their form has, their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.report.cells import Cell, How, Place
from gongkai.report.numerals import Unit, read_cell
from gongkai.report.reading.tables.flat import Flat, Token


def row_values(tokens: list[Token], width: int) -> list[Token]:
    """Return the row's `width` values; merged leftovers and padding are empty cells at either end.

    A row that cannot be brought to `width` is returned as the values that are not empty.
    """
    if len(tokens) == width:
        return tokens
    filled = [token for token in tokens if not token.is_empty]
    if len(filled) == width:
        return filled
    if once := _said_once(tokens, width):
        return once
    if _may_span(tokens, width):
        return filled
    surplus = len(tokens) - width
    if surplus > 0:
        leading = _empties(tokens)
        trailing = _empties(tokens[::-1])
        if leading >= surplus and trailing == 0:
            return tokens[surplus:]
        if trailing >= surplus and leading == 0:
            return tokens[:-surplus]
        if not filled:
            return tokens[:width]
    return filled


def _said_once(tokens: list[Token], width: int) -> list[Token]:
    """A merged cell that a converter repeats across its columns: each run of equals is one value."""
    times, rest = divmod(len(tokens), width)
    if rest or times < 2:
        return []
    runs = [tokens[i : i + times] for i in range(0, len(tokens), times)]
    return [run[0] for run in runs] if all(len({t.text for t in run}) == 1 for run in runs) else []


def _may_span(tokens: list[Token], width: int) -> bool:
    """Whether each value may cover as many columns as the next, so that nothing tells padding from blanks."""
    times, rest = divmod(len(tokens), width)
    if rest or times < 2 or not any(t.is_empty for t in tokens[: len(tokens) - times]):
        return False
    return all(t.is_empty for i, t in enumerate(tokens) if i % times)


def _empties(tokens: list[Token]) -> int:
    count = 0
    for token in tokens:
        if not token.is_empty:
            break
        count += 1
    return count


def by_row(tokens: Sequence[Token]) -> Iterator[tuple[int | None, list[Token]]]:
    """Yield runs of tokens of one table row; tokens of text lines come as one run with row None."""
    group: list[Token] = []
    for token in tokens:
        if group and token.row != group[-1].row:
            yield group[-1].row, group
            group = []
        group.append(token)
    if group:
        yield group[-1].row, group


def place_of(flat: Flat, token: Token) -> Place:
    """Return where a token stood in the document."""
    if token.row is None or token.column is None:
        block = flat.block_at(token.start)
        return Place(block, page=flat.document.blocks[block].page)
    block, row, grid = flat.row(token.row)
    box = grid.boxes[row][token.column] if grid.boxes else None
    return Place(block, row, token.column, grid.page, box)


def cell_of(flat: Flat, token: Token, unit: Unit = Unit.COUNT) -> Cell:
    """Return the cell that a token is: what its text says, in the unit the form counts it in."""
    how = How.STREAM if token.row is None else How.GRID
    return Cell(read_cell(token.text, unit), token.text.strip(), how, place_of(flat, token))


def run_together(flat: Flat, tokens: Sequence[Token]) -> bool:
    """Whether values may have lost their separators: none of them a cell, none on a line of its own."""
    if any(token.row is not None for token in tokens):
        return False
    return "\n" not in flat.text[tokens[0].start : tokens[-1].start].strip("\n")
