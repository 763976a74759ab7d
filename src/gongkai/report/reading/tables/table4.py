"""Table 4: reconsideration and litigation, fifteen numbers whatever its header looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Value, read_cell
from gongkai.report.reading.tables.flat import Flat, Token
from gongkai.report.reading.tables.rows import by_row, cell_of, place_of, row_values, run_together
from gongkai.report.reading.tables.solve import Split, summed_splits, without_strays
from gongkai.report.schema import OUTCOMES_OF_REMEDY, TABLE4, CellId

SIZE = len(OUTCOMES_OF_REMEDY)
GROUPS = len(TABLE4.rows)
WIDTH = SIZE * GROUPS

_HEAD = re.compile(
    r"未\s*经\s*复\s*议|复\s*议\s*后\s*起\s*诉|结\s*果\s*维\s*持|尚\s*未\s*审\s*结|结\s*果\s*结\s*果"
)
_NEXT = re.compile(
    r"五\s*[、.]|5\s*、|存\s*在\s*的?\s*(?:主\s*要\s*)?问\s*题|改\s*进\s*(?:情\s*况|措\s*施)|其\s*他\s*需\s*要\s*报\s*告"
)
_AFTER = re.compile(r"复\s*议\s*后\s*起\s*诉")
_NOTE = re.compile(r"注\s*[:1-9].*")
REACH = 2_500
MAX_DIGITS = 150


_Piece = tuple[int, tuple[int, ...]]  # offset of its first number, its numbers
_Group = tuple[int, int, tuple[int, ...]]  # offset of its first number, offset of its total, five numbers


@dataclass(slots=True)
class Table4:
    """What was found: cells, where the table stands, its header as found."""

    start: int
    end: int
    cells: dict[CellId, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def find_table4(flat: Flat, after: int, before: int) -> Table4 | None:
    """Return Table 4 as found between two offsets (the end of Table 3 or 0, the document's end), or None."""
    head = _HEAD.search(flat.text, after, before)
    if head is None:
        return None
    follow = _NEXT.search(flat.text, head.end(), before)
    end = min(follow.start() if follow else before, head.start() + REACH)
    spans = [(m.start(), m.end()) for m in _NOTE.finditer(flat.text, head.start(), end)]
    found = [t for t in flat.tokens(head.start(), end, spans) if not flat.in_sentence(t)]
    tokens = _values(found)
    if not tokens:
        return None
    table = Table4(start=_table_start(flat, after, head.start()), end=_stop(tokens))
    table.labels["header.4"] = _header(flat, head.start(), tokens[0])
    cells = _read(flat, tokens)
    for name, cell in zip(_names(), cells, strict=True):
        table.cells[name] = cell
    return table


def _names() -> Iterator[CellId]:
    for row in TABLE4.rows:
        for column in row.columns:
            yield CellId(4, row.code, column.code)


def _table_start(flat: Flat, after: int, head: int) -> int:
    """The head row 行政复议 | 行政诉讼 stands before the first column label."""
    cell = flat.cell_holding(head)
    if cell is not None:
        return flat.block_start(flat.block_at(head))
    lead = re.search(r"行\s*政\s*复\s*议\s*行\s*政\s*诉\s*讼\s*[^一-鿿]*$", flat.text[after:head])
    return after + lead.start() if lead else head


def _stop(tokens: Sequence[Token]) -> int:
    last = ([t for t in tokens if not t.is_empty] or tokens)[-1]
    return last.start + len(last.text)


def _header(flat: Flat, start: int, first: Token) -> str:
    borders = r"[\n\x1e\x1f]+" if first.row is None else r"[\x1e\x1f]+"
    words = re.split(borders, flat.text[start : first.start])
    return "\t".join("".join(w.split()) for w in words if w.strip())


def _values(tokens: list[Token]) -> list[Token]:
    """Return the value row: fifteen cells, or five and ten of a table in pieces; else what is filled."""
    rows = [group for row, group in by_row(tokens) if row is not None]
    for group in rows:
        values = row_values(group, WIDTH)
        if len(values) == WIDTH and any(not t.is_empty for t in values):
            return values
    parts = [group for group in rows if len(group) in (SIZE, WIDTH - SIZE)]
    if sum(map(len, parts)) == WIDTH and len(parts) > 1:
        return [token for group in parts for token in group]
    filled = [t for t in tokens if not t.is_empty]
    blank = next((group for group in reversed(rows) if len(group) == WIDTH), [])
    return filled or blank


def _read(flat: Flat, tokens: list[Token]) -> list[Cell]:
    if len(tokens) == WIDTH:
        values = [read_cell(t.text) for t in tokens]
        if (
            tokens[0].row is not None
            or len(set(values)) == 1
            or _unbroken(flat, tokens)
            or _in_groups(flat, tokens, values)
        ):
            return [cell_of(flat, t) for t in tokens]
        pieced = _piece_together(flat, tokens)
        return _solved(flat, tokens, [pieced] if pieced else [])
    pieces = [t.text.strip() for t in tokens]
    if not all(p.isdecimal() for p in pieces) or sum(map(len, pieces)) > MAX_DIGITS:
        return _solved(flat, tokens, [])
    if len(pieces) > WIDTH:
        return _solved(flat, tokens, without_strays([int(p) for p in pieces], SIZE, GROUPS))
    if not run_together(flat, tokens):
        return _solved(flat, tokens, [])
    return _solved(flat, tokens, summed_splits(pieces, SIZE, GROUPS) or [])


def _in_groups(flat: Flat, tokens: Sequence[Token], values: Sequence[Value]) -> bool:
    """Whether words stand between the groups only, and each group's sum holds."""
    runs = [tokens[i : i + SIZE] for i in range(0, WIDTH, SIZE)]
    return _sums_hold(values) and all(_unbroken(flat, run) for run in runs)


def _sums_hold(values: Sequence[Value]) -> bool:
    """Whether each group's outcomes make its total; blanks count as nothing, but not as a total."""
    for i in range(0, WIDTH, SIZE):
        *outcomes, total = values[i : i + SIZE]
        if isinstance(total, Illegible) or any(isinstance(v, Illegible) for v in outcomes):
            return False
        stated = sum(v for v in outcomes if v is not BLANK and not isinstance(v, Illegible))
        if stated != (0 if total is BLANK else total):
            return False
    return True


def _unbroken(flat: Flat, tokens: Sequence[Token]) -> bool:
    """Whether no words stand between the values, so that their order is the columns' own."""
    between = flat.text[tokens[0].start : tokens[-1].start]
    return not re.search(r"[一-鿿]", between)


def _solved(flat: Flat, tokens: Sequence[Token], found: Sequence[Split]) -> list[Cell]:
    raw = " ".join(t.text.strip() for t in tokens if not t.is_empty)
    place = place_of(flat, tokens[0])
    cells = []
    for i in range(WIDTH):
        values = tuple(dict.fromkeys(split[i] for split in found))
        value: Value = values[0] if len(values) == 1 else Illegible(raw, values)
        cells.append(Cell(value, raw, How.SOLVED, place))
    return cells


def _piece_together(flat: Flat, tokens: Sequence[Token]) -> Split | None:
    """Put together fifteen numbers that a text rendering gave in pieces out of order.

    A piece is a run without words between. Five numbers whose last is the sum of the others are a group; so
    are four and the one that is their sum. Which group is which is taken only where two witnesses agree: the
    order of the groups' totals in the text, and the words 复议后起诉 right before a group's numbers.
    """
    groups = _only_grouping(_pieces(flat, tokens))
    if groups is None:
        return None
    first = min(groups, key=lambda g: g[0])
    others = [g for g in groups if g is not first]
    if len({g[2] for g in others}) == 1 and min(groups, key=lambda g: g[1]) is first:
        return (*first[2], *others[0][2], *others[1][2])
    named = [g for g in groups if g is not first and _named_after(flat, g, tokens)]
    by_total = sorted(groups, key=lambda g: g[1])
    if by_total[0] is not first or named != by_total[2:]:
        return None
    return tuple(n for group in by_total for n in group[2])


def _named_after(flat: Flat, group: _Group, tokens: Sequence[Token]) -> bool:
    """Whether 复议后起诉 stands between the group's numbers and the number before them."""
    before = max((t.start for t in tokens if t.start < group[0]), default=0)
    return bool(_AFTER.search(flat.text, before, group[0]))


def _pieces(flat: Flat, tokens: Sequence[Token]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for i, token in enumerate(tokens):
        if not token.text.strip().isdecimal():
            return []
        number = int(token.text)
        if i and not re.search(r"[一-鿿]", flat.text[tokens[i - 1].start : token.start]):
            pieces[-1] = (pieces[-1][0], (*pieces[-1][1], number))
        else:
            pieces.append((token.start, (number,)))
    return pieces


def _only_grouping(pieces: Sequence[_Piece]) -> list[_Group] | None:
    """Return the three groups the pieces make, if they make three in one way only."""
    whole = [(at, at, n) for at, n in pieces if len(n) == SIZE and sum(n[:-1]) == n[-1]]
    fours = [(at, n) for at, n in pieces if len(n) == SIZE - 1]
    totals = [(at, n[0]) for at, n in pieces if len(n) == 1]
    if len(whole) + len(fours) != GROUPS or len(fours) != len(totals) or len(pieces) != GROUPS + len(fours):
        return None
    matches = [
        [(at, total_at, (*n, total)) for (at, n), (total_at, total) in zip(fours, order, strict=True)]
        for order in permutations(totals)
        if all(sum(n) == total for (_, n), (_, total) in zip(fours, order, strict=True))
    ]
    return [*whole, *matches[0]] if len({tuple(g[2] for g in match) for match in matches}) == 1 else None
