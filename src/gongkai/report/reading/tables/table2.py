"""Table 2: what was published on the body's own motion.

Its rows have no sums, so digits without separators can be cut only where their count leaves one way; every
other cut stays open and the cells illegible, with the numbers each might hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Number, Unit, Value, number, read_cell
from gongkai.report.reading.tables import labels as label_search
from gongkai.report.reading.tables.flat import Flat, Token
from gongkai.report.reading.tables.labels import Label
from gongkai.report.reading.tables.rows import by_row, cell_of, place_of, row_values, run_together
from gongkai.report.schema import CellId, Column, Edition, Row, form

_BLOCK = re.compile(r"第\s*(?:二\s*十|20)\s*条\s*第?\s*\(?\s*[一五六八九1568]\s*\)?\s*项")
_FIRST_BLOCK = re.compile(r"第\s*(?:二\s*十|20)\s*条\s*第?\s*\(?\s*[一1]\s*\)?\s*项\s*信\s*息\s*内\s*容")
_CONTENT = re.compile(r"信\s*息\s*内\s*容")
_HEADS = {
    Edition.FORM_2021: re.compile(r"制\s*发\s*件\s*数|废\s*止\s*件\s*数|现\s*行\s*有\s*效"),
    Edition.FORM_2019: re.compile(
        r"新\s*制\s*作|新\s*公\s*开|对\s*外\s*公\s*开\s*总|上\s*一\s*年\s*项\s*目|采\s*购\s*项\s*目"
    ),
}
_BORDER = re.compile(r"\s(?:(?<=[\n\x1e\x1f])|\s+)")
_YUAN_HEAD = re.compile(r"收\s*费\s*金\s*额\s*\(?\s*(?:单\s*位)?\s*:?\s*元")
_COLUMN_HEAD = re.compile(r"(?:本年|现行|上一年|对外公开|处理决定|采购).{2,14}")
_HEAD_MARKS = (
    ("新制", "newly_made"),
    ("新公开", "newly_published"),
    ("公开总", "published_total"),
    ("上一年", "previous"),
    ("增", "change"),
    ("制", "made"),
    ("止", "repealed"),
    ("废", "repealed"),
    ("有效", "in_force"),
    ("收费", "amount"),
    ("处理", "decisions"),
)
_GLOSSED = re.compile(r"(?<![\d,])(\d[\d,]*+)\s*+(\([^()]{2,30}\))")
_GLOSS_COLUMN = (("made", re.compile("修订|新制定|新出台")), ("repealed", re.compile("失效|废止|宣布")))
_LABEL_TAIL = re.compile(r"^\s*(?:事\s*项|情\s*况|数\s*量)?\s*(?:\([^()]{1,20}\))?")
_WORDS = re.compile(r"[\u3400-\u9fff]")
MAX_OPEN = 40


@dataclass(slots=True)
class Table2:
    """What was found: cells, where the table stands, labels as found, notes."""

    start: int
    end: int
    cells: dict[CellId, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def edition_by_heads(flat: Flat, before: int) -> Edition | None:
    """Return the edition whose column heads Table 2 has, or None if it has neither's or both's."""
    start = _start(flat, before)
    if start is None:
        return None
    seen = [edition for edition, pattern in _HEADS.items() if pattern.search(flat.text, start, before)]
    return seen[0] if len(seen) == 1 else None


def find_table2(flat: Flat, before: int, edition: Edition, *, complete: bool) -> Table2 | None:
    """Return Table 2 as found before an offset (the start of Table 3, or the end), or None.

    Args:
        complete: whether no cell is blank elsewhere, so that digits as many as cells are the cells.
    """
    start = _start(flat, before)
    if start is None:
        return None
    rows = _in_stated_unit(flat, form(edition).table(2).rows, start, before)
    found = label_search.find(flat.text, start, before, 2)
    marks = sorted([m.span() for m in _BLOCK.finditer(flat.text, start, before)])
    heads = sorted([m.span() for m in _CONTENT.finditer(flat.text, start, before)])
    stops = sorted(
        {label.start for label in found} | {a for a, _ in marks} | {a for a, _ in heads} | {before}
    )
    table = Table2(start=start, end=start)
    for row in rows:
        options = [x for x in found if x.code == _label_code(row)]
        _read_row(flat, table, row, options, stops, complete)
    if not table.cells:
        return None
    table.end = max(table.end, max((b for _, b in marks), default=0))
    _leave_open(flat, table, rows, found, (start, before))
    _glossed(flat, table, start, before)
    _column_labels(flat, table, start, before)
    return table


def _leave_open(
    flat: Flat, table: Table2, rows: Sequence[Row], found: Sequence[Label], region: tuple[int, int]
) -> None:
    """Where numbers stand about that no row has taken, a row without any is illegible, not blank."""
    taken = {cell.place.block for cell in table.cells.values() if cell.place}
    loose = [
        token
        for token in flat.tokens(*region, [(x.start, x.end) for x in found])
        if any(c.isdigit() for c in token.text)
        and flat.block_at(token.start) not in taken
        and not flat.in_sentence(token)
    ]
    for row in rows if loose else ():
        if (
            any(x.code == _label_code(row) for x in found)
            and CellId(2, row.code, row.columns[0].code) not in table.cells
        ):
            for column in row.columns:
                table.cells[CellId(2, row.code, column.code)] = Cell(Illegible(""), "", How.STREAM)


def _label_code(row: Row) -> str:
    return "fees" if row.code == "fees_10k_yuan" else row.code


def _start(flat: Flat, before: int) -> int | None:
    firsts = list(_FIRST_BLOCK.finditer(flat.text, 0, before)) or list(_BLOCK.finditer(flat.text, 0, before))
    if firsts:
        return firsts[0].start()
    content = _CONTENT.search(flat.text, 0, before)
    return content.start() if content else None


def _in_stated_unit(flat: Flat, rows: Sequence[Row], start: int, before: int) -> list[Row]:
    """Return the rows with the fees in yuan where their head says yuan instead of 10,000 yuan."""
    if not _YUAN_HEAD.search(flat.text, start, before):
        return list(rows)
    return [
        replace(row, columns=tuple(replace(c, unit=Unit.YUAN) for c in row.columns))
        if row.code == "fees_10k_yuan"
        else row
        for row in rows
    ]


def _read_row(
    flat: Flat, table: Table2, row: Row, options: Sequence[Label], stops: Sequence[int], complete: bool
) -> None:
    for label in options:
        stop = next(s for s in stops if s > label.start)
        tokens = _tokens(flat, label, stop, len(row.columns))
        if not tokens:
            continue
        table.labels[f"row.2.{row.code}"] = _label_text(flat, label, tokens[0])
        open_end = flat.text[tokens[-1].start + len(tokens[-1].text) : stop]
        fused = "\n" not in flat.text[label.end : tokens[0].start] and not re.search(r"\d", open_end)
        cells = _cells(flat, tokens, row.columns, complete=complete, fused=fused)
        for column, cell in zip(row.columns, cells, strict=True):
            table.cells[CellId(2, row.code, column.code)] = _in_form_unit(row, column, cell)
        last = [t for t in tokens if not t.is_empty] or tokens
        table.end = max(table.end, last[-1].start + len(last[-1].text))
        return


def _in_form_unit(row: Row, column: Column, cell: Cell) -> Cell:
    """Turn fees given in yuan into the 10,000 yuan the form counts in."""
    if row.code != "fees_10k_yuan" or column.unit is not Unit.YUAN:
        return cell
    if cell.value is BLANK or isinstance(cell.value, Illegible):
        return cell
    return cell._replace(value=read_cell(f"{cell.value}元", Unit.TEN_K_YUAN))


def _tokens(flat: Flat, label: Label, stop: int, width: int) -> list[Token]:
    tokens = flat.tokens(label.end, stop)
    cell = flat.cell_holding(label.start)
    if cell is None:
        return _following(flat, label.end, tokens)
    whole = flat.cells_after(label.start)
    if len(whole) == width:
        return whole
    for row, group in by_row(tokens):
        if row == cell.row:
            return row_values(group, width) or group[:width]
    return [t for t in whole or tokens if any(c.isdigit() for c in t.text)]


def _following(flat: Flat, position: int, tokens: Sequence[Token]) -> list[Token]:
    """Return the values that follow a label with no words between: a sentence's numbers are no cells."""
    kept: list[Token] = []
    for token in tokens:
        if token.is_empty:
            continue
        between = flat.text[position : token.start]
        between = between if kept else _LABEL_TAIL.sub("", between)
        if _WORDS.search(between):
            break
        kept.append(token)
        position = token.start + len(token.text)
    return kept


def _label_text(flat: Flat, label: Label, first: Token) -> str:
    cell = flat.cell_holding(label.start)
    return "".join((cell.text if cell else flat.text[label.start : first.start]).split())


def _cells(
    flat: Flat, tokens: Sequence[Token], columns: Sequence[Column], *, complete: bool, fused: bool
) -> list[Cell]:
    if len(tokens) == len(columns):
        return [cell_of(flat, t, c.unit) for t, c in zip(tokens, columns, strict=True)]
    raw = " ".join(t.text.strip() for t in tokens)
    place = place_of(flat, tokens[0])
    cuts = _cuts(raw, columns) if fused and run_together(flat, tokens) else []
    digits = sum(c.isdigit() for c in raw)
    if (
        len(cuts) == 1
        and _closely_set(tokens)
        and not re.search(r"[+\-]", raw)
        and (complete or digits > len(columns))
    ):
        return [Cell(v, raw, How.SOLVED, place) for v in cuts[0]]
    open_ = [tuple(dict.fromkeys(cut[i] for cut in cuts)) for i in range(len(columns))]
    return [Cell(Illegible(raw, values[:MAX_OPEN]), raw, How.SOLVED, place) for values in open_]


def _closely_set(tokens: Sequence[Token]) -> bool:
    """Whether no more than a stray space stands between runs of digits: a wider gap parts columns."""
    return all(b.start - (a.start + len(a.text)) <= 1 for a, b in pairwise(tokens))


def _cuts(raw: str, columns: Sequence[Column]) -> list[tuple[Number, ...]]:
    """Return every cut of the digits into the row's columns; only a money column may hold a decimal point."""
    text = raw.replace(" ", "\n")
    unit = re.search(r"(万?元)$", text)
    text = text.removesuffix(unit[1]) if unit else text
    if not re.fullmatch(r"[\d.\n+\-]{1,60}", text):
        return []

    def cut(rest: str, left: Sequence[Column]) -> list[tuple[Number, ...]]:
        found: list[tuple[Number, ...]] = []
        for end in range(1, len(rest) + 1 if len(left) == 1 else len(rest)):
            value = _number(rest[:end], left[0], unit[1] if unit and len(left) == 1 else "")
            if value is None:
                continue
            if len(left) == 1:
                if end == len(rest):
                    found.append((value,))
            else:
                found += [(value, *more) for more in cut(rest[end:].lstrip("\n"), left[1:])]
        return found

    return cut(text, columns)


def _number(text: str, column: Column, unit: str) -> Number | None:
    pattern = r"(?:0|[1-9]\d*)(?:\.\d+)?" if column.unit is not Unit.COUNT else r"[+-]?(?:0|[1-9]\d*)"
    if not re.fullmatch(pattern, text):
        return None
    value: Value = read_cell(text + unit, column.unit) if unit else number(text)
    return value if isinstance(value, int | Decimal) else None


def _glossed(flat: Flat, table: Table2, start: int, before: int) -> None:
    """Put back numbers that a converter dropped from a row because a note stood under them.

    Such a number stands apart with its note, 55（含自然失效29件）; the note tells its column, and the rows
    that lack one value take them in order. One that equals the first number its row still has may be that
    very number: then the value that is lost stays blank.
    """
    loose = [
        (m, column)
        for m in _GLOSSED.finditer(flat.text, start, before)
        if flat.cell_holding(m.start()) is None and _apart(flat, m.start())
        for column, pattern in _GLOSS_COLUMN
        if pattern.search(m[2])
    ]
    short = [row for row in ("government_rules", "normative_documents") if _short(table, row)]
    if not short or len(loose) != len(short):
        return
    for row, (match, column) in zip(short, loose, strict=True):
        _complete(table, row, match, column)


def _apart(flat: Flat, offset: int) -> bool:
    """Whether nothing stands before an offset on its line, or another note."""
    while offset and flat.text[offset - 1] == " ":
        offset -= 1
    return flat.text.endswith(("\n", ")"), 0, offset)


def _short(table: Table2, row: str) -> bool:
    """Whether a row of a grid holds two of its three values."""
    cell = table.cells.get(CellId(2, row, "made"))
    if cell is None or not isinstance(cell.value, Illegible) or len(cell.raw.split()) != 2:
        return False
    return cell.place is not None and cell.place.row is not None


def _complete(table: Table2, row: str, match: re.Match[str], column: str) -> None:
    names = [CellId(2, row, code) for code in ("made", "repealed", "in_force")]
    given = [read_cell(v) for v in table.cells[names[0]].raw.split()]
    said = read_cell(match[1])
    place = table.cells[names[0]].place
    values: list[Value] = list(given)
    if column == "made" and said == given[0]:
        values.insert(1, BLANK)
        table.notes.append(f"表二有一格只在表外写着“{match[0]}”，是否另一格的数说不准，按空白处理。")
    elif column == "repealed" and said not in given:
        values.insert(1, said)
    else:
        return
    for name, value in zip(names, values, strict=True):
        table.cells[name] = Cell(value, table.cells[names[0]].raw, How.STREAM, place)


def _column_labels(flat: Flat, table: Table2, start: int, before: int) -> None:
    for words in _BORDER.split(flat.text[start:before]):
        text = "".join(words.split())
        if not _COLUMN_HEAD.fullmatch(text):
            continue
        for mark, code in _HEAD_MARKS:
            if mark in text:
                table.labels.setdefault(f"column.2.{code}", text)
                break
