"""Table 3: requests received and handled.

Rows are found by their labels in the form's order; between two labels stand the values of the rows from the
first up to the second. Where the count of values says whose they are, they are taken as they stand; where
separators are lost or page numbers have slipped in, the sums must prove the only reading, or the row stays
illegible with the readings left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, read_cell
from gongkai.report.reading.tables import labels as label_search
from gongkai.report.reading.tables.flat import Flat, Token
from gongkai.report.reading.tables.labels import ORDER, Label
from gongkai.report.reading.tables.rows import by_row, cell_of, place_of, row_values, run_together
from gongkai.report.reading.tables.segments import WIDTH, Segment, merge, place_by_column
from gongkai.report.reading.tables.solve import (
    Split,
    balanced,
    one_off,
    splits,
    summed_splits,
    without_strays,
)
from gongkai.report.schema import APPLICANTS, CARRIED_IN, CARRIED_OUT, NEW, TOTAL_DONE, CellId, Edition, form

MIN_LABELS = 8
MANY_LABELS = 15
MAX_STARTS = 40
LABEL_TAIL = 70
MAX_DIGITS = 80
MAX_CUTS = 5_000
HEAD_REACH = 400
_NAMES = {code: [CellId(3, code, column.code) for column in APPLICANTS] for code in ORDER}
_DIGIT = re.compile(r"\d")
_HEAD = re.compile(r"自\s*然\s*人|商\s*业\s*企\s*业|法\s*律\s*服\s*务")


@dataclass(slots=True)
class Table3:
    """What was found: the edition, the cells, where the table stands, labels as found, notes.

    `another` is where a second Table 3 begins, if the document has one.
    """

    edition: Edition
    start: int
    end: int
    another: int | None = None
    cells: dict[CellId, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def find_table3(flat: Flat) -> Table3 | None:
    """Return the first Table 3 of the document, or None if it has none."""
    first = label_search.FIRST_ROW.search(flat.text)
    if first is None:
        return None
    found = label_search.find(flat.text, max(first.start() - 4, 0), len(flat.text), 3)
    starts = [label for label in found if label.code == NEW][:MAX_STARTS]
    best = longest = None
    for i, start in enumerate(starts):
        stop = starts[i + 1].start if i + 1 < len(starts) else len(flat.text)
        around = _wrapped_once(flat, [x for x in found if start.start <= x.start < stop])
        run = label_search.chain(around, ORDER, _weights(flat, around))
        if len(run) >= MIN_LABELS and _full_rows(flat, run, stop) * 2 > len(run):
            best = (run, around)
            break
        if len(run) >= MANY_LABELS and (longest is None or len(run) > len(longest[0])):
            longest = (run, around)
    best = best or longest
    if best is None:
        return None
    table = _read(flat, *best)
    later = [label for label in found if label.start > table.end]
    again = next((label.start for label in later if label.code == NEW), None)
    if again is not None and len({x.code for x in later if x.start >= again}) >= MIN_LABELS:
        table.another = again
    return table


def _full_rows(flat: Flat, run: Sequence[Label], stop: int) -> int:
    """Count labels followed by a row of values before the next; prose that tells the outcomes has none."""
    ends = [*(label.start for label in run[1:]), min(stop, run[-1].end + LABEL_TAIL * 2)]
    spaces = (len(re.findall(r"\d|\x1f", flat.text[a.end : b])) for a, b in zip(run, ends, strict=True))
    return sum(count >= WIDTH for count in spaces)


def _wrapped_once(flat: Flat, labels: Sequence[Label]) -> list[Label]:
    """Drop a label found twice in its own wrapped words (逾期未按… and 缴纳费用…)."""
    kept: list[Label] = []
    for label in labels:
        twice = kept and kept[-1].code == label.code and label.start - kept[-1].end < LABEL_TAIL * 2
        if not twice or _DIGIT.search(flat.text, kept[-1].end, label.start):
            kept.append(label)
    return kept


def _weights(flat: Flat, labels: Sequence[Label]) -> list[int]:
    """A label with a value soon after it weighs more than one that stands alone."""
    weights = []
    for i, label in enumerate(labels):
        stop = min(labels[i + 1].start if i + 1 < len(labels) else len(flat.text), label.end + LABEL_TAIL)
        alive = _DIGIT.search(flat.text, label.end, stop) or "\x1f\x1f\x1f" in flat.text[label.end : stop]
        weights.append(3 if alive else 1)
    return weights


def _read(flat: Flat, run: list[Label], around: Sequence[Label]) -> Table3:
    end = _end(flat, run)
    # "3" and the wrapped end of another label, 其他情形, look like the row 3.其他 out of its place.
    around = [label for label in around if label.code != "other.misc" or label in run]
    edition = label_search.edition_of(label.code for label in around if label.start < end)
    codes = [row.code for row in form(edition).table(3).rows]
    run = [label for label in run if label.code in codes]
    spans = [(label.start, label.end) for label in around]
    segments = _segments(flat, run, codes, end, spans)
    texts = [_label_text(flat, label, segment) for label, segment in zip(run, segments, strict=True)]
    place_by_column(flat, segments)
    merge(flat, segments, paged=flat.has_bare_page_numbers(run[0].start, end))
    table = Table3(edition=edition, start=run[0].start, end=_last_value(segments, run[-1].end))
    table.labels = {f"row.3.{label.code}": text for label, text in zip(run, texts, strict=True)}
    _solve(flat, segments, codes)
    overflowing = any(s.values is None and len(s.tokens) > WIDTH * len(s.rows) for s in segments)
    for segment in segments:
        _fill(flat, table, segment, overflowing=overflowing)
    missing = [r.label for r in form(edition).table(3).rows if not _has_row(table, r.code)]
    if missing:
        table.notes.append("表三里没有找到这些行：" + "、".join(missing) + "。")
    return table


def _has_row(table: Table3, code: str) -> bool:
    return _NAMES[code][0] in table.cells


def _end(flat: Flat, run: list[Label]) -> int:
    """Where the table must have ended: the next heading, or its last row's end in a grid."""
    cell = flat.cell_holding(run[-1].start)
    end = len(flat.text) if cell is None else flat.block_end(flat.block_at(run[-1].start))
    for mark in ("复议", "行政诉讼", "结果维持", "五、", "五."):
        at = flat.text.find(mark, run[-1].end)
        if 0 <= at < end:
            end = at
    return end


def _segments(
    flat: Flat, run: list[Label], codes: list[str], end: int, spans: Sequence[tuple[int, int]]
) -> list[Segment]:
    segments = []
    for i, label in enumerate(run):
        stop = run[i + 1].start if i + 1 < len(run) else end
        first = codes.index(label.code)
        last = codes.index(run[i + 1].code) if i + 1 < len(run) else len(codes)
        tokens = flat.tokens(label.end, stop, spans)
        if i == 0:
            tokens = [*_before_first_label(flat, label), *tokens]
        segments.append(Segment(codes[first:last], stop, _rows_of_seven(flat, label, tokens)))
    return segments


def _before_first_label(flat: Flat, label: Label) -> list[Token]:
    """Values between the table's head and its first label: a converter may set labels after their rows."""
    heads = [m.end() for m in _HEAD.finditer(flat.text, max(label.start - HEAD_REACH, 0), label.start)]
    if not heads:
        return []
    found = [t for t in flat.tokens(heads[-1], label.start) if not t.is_empty and not flat.in_sentence(t)]
    return found if len(found) % WIDTH == 0 else []


def _rows_of_seven(flat: Flat, label: Label, tokens: list[Token]) -> list[Token]:
    """Bring each grid row to its seven values; drop rows with nothing in them but the label's own."""
    cell = flat.cell_holding(label.start)
    own = cell.row if cell else None
    found: list[Token] = []
    empty_own: list[Token] = []
    for row, group in by_row(tokens):
        if row is None:
            found += group
            continue
        values = row_values(_own_cells(flat, label, group) if row == own else group, WIDTH)
        if all(token.is_empty for token in values):
            if row == own and len(values) == WIDTH:
                empty_own = values
            continue
        found += values
    return found or empty_own


def _own_cells(flat: Flat, label: Label, group: list[Token]) -> list[Token]:
    """Return the cells right of a row's label: words among the values stay, a label's own end does not."""
    cells = flat.cells_after(label.start)
    values = {token.start for token in group}
    while cells and not cells[0].is_empty and cells[0].start not in values:
        cells = cells[1:]
    return cells if len(cells) >= WIDTH else group


def _last_value(segments: Sequence[Segment], fallback: int) -> int:
    last = segments[-1].tokens[: WIDTH * len(segments[-1].rows)]
    return last[-1].start + len(last[-1].text) if last else fallback


def _label_text(flat: Flat, label: Label, segment: Segment) -> str:
    cell = flat.cell_holding(label.start)
    if cell is not None:
        return "".join(cell.text.split())
    stop = segment.tokens[0].start if segment.tokens else segment.end
    return "".join(flat.text[label.start : stop].split())


def _solve(flat: Flat, segments: list[Segment], codes: list[str]) -> None:
    """Find what the whole table proves: splits of rows without separators, and rows put together by count.

    Where the table as a whole has no solution nothing is proved but a row whose digits are as many as its
    cells; the others keep what their own sum allows, as readings left open.
    """
    for segment in segments:
        if segment.values is None and len(segment.rows) == 1:
            segment.splits = _row_splits(flat, segment)
    if not any(segment.splits or segment.joined for segment in segments):
        return
    rows = {code: split for segment in segments for code, split in _known(segment)}
    viable = _viable(segments, codes, rows)
    whole = all(_digits(s) >= WIDTH for s in segments if s.values is None)
    for segment in segments:
        if segment.joined and viable is None:
            segment.values = None
        if segment.splits is not None and viable:
            segment.splits = viable[segment.rows[0]]
        if segment.splits:
            segment.proved = viable is not None or (whole and _forced(segment))


def _viable(
    segments: Sequence[Segment], codes: Sequence[str], rows: dict[str, list[Split]]
) -> dict[str, list[Split]] | None:
    addends = [code for code in codes if code not in (NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT)]
    balance = ((NEW, CARRIED_IN), (TOTAL_DONE, CARRIED_OUT))
    if set(rows) == set(codes):
        return balanced(rows, addends, TOTAL_DONE, balance)
    broken = [s for s in segments if s.splits == [] and len(s.rows) == 1]
    if len(broken) != 1 or set(rows) | set(broken[0].rows) != set(codes):
        return None
    cuts = list(islice(splits([t.text.strip() for t in broken[0].tokens], WIDTH), MAX_CUTS))
    solution = one_off(rows, broken[0].rows[0], cuts, addends, TOTAL_DONE, balance)
    return {code: [split] for code, split in solution.items()} if solution and len(cuts) < MAX_CUTS else None


def _forced(segment: Segment) -> bool:
    return _digits(segment) == WIDTH


def _digits(segment: Segment) -> int:
    return sum(len(t.text.strip()) for t in segment.tokens)


def _row_splits(flat: Flat, segment: Segment) -> list[Split] | None:
    pieces = [t.text.strip() for t in segment.tokens]
    if (
        not pieces
        or not all(p.isdecimal() and p.isascii() for p in pieces)
        or sum(map(len, pieces)) > MAX_DIGITS
    ):
        return None
    if len(pieces) > WIDTH:
        return without_strays([int(p) for p in pieces], WIDTH)
    return summed_splits(pieces, WIDTH) if run_together(flat, segment.tokens) else None


def _known(segment: Segment) -> Iterator[tuple[str, list[Split]]]:
    if segment.splits:
        yield segment.rows[0], segment.splits
    elif segment.values is not None:
        for i, code in enumerate(segment.rows):
            values = [read_cell(t.text) for t in segment.values[i * WIDTH : (i + 1) * WIDTH]]
            if any(isinstance(v, Illegible) for v in values):
                continue
            yield code, [tuple(0 if v is BLANK else int(v) for v in values)]  # type: ignore[arg-type]


def _fill(flat: Flat, table: Table3, segment: Segment, *, overflowing: bool) -> None:
    """Put a segment's cells into the table.

    A row without values is blank, unless the table has `overflowing` values that may be its own.
    """
    for i, code in enumerate(segment.rows):
        if segment.values is not None:
            tokens = segment.values[i * WIDTH : (i + 1) * WIDTH]
            cells = [cell_of(flat, token) for token in tokens]
        elif not segment.tokens:
            cells = [Cell(Illegible(""), "", How.STREAM)] * WIDTH if overflowing else []
        else:
            cells = _solved(flat, segment)
        table.cells.update(zip(_NAMES[code], cells, strict=False))


def _solved(flat: Flat, segment: Segment) -> list[Cell]:
    raw = " ".join(t.text.strip() for t in segment.tokens)
    place = place_of(flat, segment.tokens[0])
    columns: Mapping[int, list[int]] = {
        i: list(dict.fromkeys(split[i] for split in segment.splits or ())) for i in range(WIDTH)
    }
    return [
        Cell(columns[i][0], raw, How.SOLVED, place)
        if segment.proved and len(columns[i]) == 1
        else Cell(Illegible(raw, tuple(columns[i])), raw, How.SOLVED, place)
        for i in range(WIDTH)
    ]
