"""A document as one string in which labels are found, with the cells and lines behind it.

Paragraphs end with a newline, table rows open with RECORD and their cells end with UNIT: all three are white
space to `re`, so a label pattern that allows white space between its characters also matches a label that was
wrapped, or cut by a cell border. Characters are folded one for one (full-width digits, brackets, commas), so
offsets hold in the original text too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report.reading.blocks import Block, Document, Grid, Paragraph, is_page_number

RECORD, UNIT = "\x1e", "\x1f"

_FOLD = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"\u2212": "-", "\ufe63": "-"}
_FOLD |= dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u200b\u200c\u200d\ufeff", " ")
_ODD = re.compile(f"[{''.join(_FOLD)}]")
_NUMBER = re.compile(
    r"\+\s?\(\d+\)\s*-\s?\(\d+\)"  # +(0) -(0), the 2019 form's two changes in one cell
    r"|[增减+\-]?(?<![\d.])\d[\d,]{0,99}+(?:\.\d{1,9}+)?(?!\.?[ ]?[年月日页号])(?![.、]\s?[\u4e00-\u9fff“])"
    r"(?!\s?%)(?:\s?(?:亿元|万元|元|件))?(?:\s*\((?:其中|含|包括|包含|修订)(?:[^()\n]{1,30}\)|[^()\s]{1,20}))?"
    r"|(?<!\S)(?:[/—–]{1,2}|-{1,2})(?!\S)"
)


def fold(text: str) -> str:
    """Return `text` with full-width forms and odd spaces folded, character for character."""
    if text.isascii():
        return text
    for odd in set(_ODD.findall(text)):
        text = text.replace(odd, _FOLD[odd])
    return text


def _clean(text: str) -> str:
    return text.replace(RECORD, " ").replace(UNIT, " ")


def _line(text: str) -> str:
    """A line as it goes into the string: a page number is blanked, lest it be a value between two rows."""
    if text.isdecimal():
        return text
    return " " * len(text) if is_page_number(text) else _clean(text)


class Token(NamedTuple):
    """A cell, or what may be a value on a line: its text, where it stands, a cell's row and column.

    `row` counts table rows through the whole document; None for text lines.
    """

    text: str
    start: int
    row: int | None = None
    column: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it is a cell with nothing in it."""
        return not self.text.strip()


class Flat:
    """The string `text`, and the way back from its offsets to blocks, rows, columns and pages."""

    def __init__(self, document: Document) -> None:
        self.document = document
        parts: list[str] = []
        self._starts: list[int] = []
        self._cells: list[Token] = []
        self._rows: list[tuple[int, int, Grid]] = []
        position = 0
        for block in document.blocks:
            self._starts.append(position)
            if isinstance(block, Paragraph):
                parts += (fold(_line(block.text)), "\n")
                position += len(block.text) + 1
            else:
                position = self._grid(block, position, parts)
        self.text = "".join(parts)
        self._cell_starts = [cell.start for cell in self._cells]

    def _grid(self, grid: Grid, position: int, parts: list[str]) -> int:
        """Add a table's cells to `parts` from a position on; return the position after it."""
        block = len(self._starts) - 1
        whole = "".join(map("".join, grid.rows))
        bordered = RECORD in whole or UNIT in whole
        for r, row in enumerate(grid.rows):
            number = len(self._rows)
            self._rows.append((block, r, grid))
            parts.append(RECORD)
            position += 1
            origin = grid.origin[r] if grid.origin else None
            for c, text in enumerate(row):
                if (origin and origin[c] != (r, c)) or (grid.inferred and not text.strip()):
                    continue
                clean = fold(_clean(text) if bordered else text)
                parts += (clean, UNIT)
                self._cells.append(Token(clean, position, number, c))
                position += len(clean) + 1
        parts.append("\n")
        return position + 1

    def block_at(self, offset: int) -> int:
        """Return the index of the block that holds an offset."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def block_start(self, block: int) -> int:
        """Return the offset at which a block begins."""
        return self._starts[block]

    def block_end(self, block: int) -> int:
        """Return the offset at which a block ends."""
        return self._starts[block + 1] if block + 1 < len(self._starts) else len(self.text)

    def in_sentence(self, token: Token) -> bool:
        """Whether a number stands in a line of prose, not in a row: its line has a clause or a full stop."""
        if token.row is not None:
            return False
        reach = max(token.start - MAX_PROSE_LINE, 0)
        start = self.text.rfind("\n", reach, token.start) + 1
        stop = self.text.find("\n", token.start, start + MAX_PROSE_LINE)
        stop = stop if stop >= 0 else len(self.text)
        if (reach and not start) or stop - start >= MAX_PROSE_LINE:
            return False
        return _CLAUSE.search(self.text, start, stop) is not None

    def has_bare_page_numbers(self, start: int, end: int) -> bool:
        """Whether lines of one to three digits and nothing else stand beside prose outside two offsets."""
        blocks = self.document.blocks
        return any(
            _is_bare_number(block)
            and not start <= at < end
            and any(_is_prose(beside) for beside in (*blocks[max(i - 1, 0) : i], *blocks[i + 1 : i + 2]))
            for i, (block, at) in enumerate(zip(blocks, self._starts, strict=True))
        )

    def row(self, row: int) -> tuple[int, int, Grid]:
        """Return the index of the block a row stands in, the row's own there, and that table."""
        return self._rows[row]

    def tokens(self, start: int, end: int, labels: Sequence[tuple[int, int]] = ()) -> list[Token]:
        """Return the values between two offsets: cells whole, numbers and dashes of text lines.

        `labels` are spans, in order, that hold no value; nor does a cell that begins in one or holds words.
        """
        found: list[Token] = []
        position = start
        first = bisect_left(self._cell_starts, start)
        for cell in self._cells[first : bisect_left(self._cell_starts, end, first)]:
            if position < cell.start and not self.text[position : cell.start].isspace():
                self._lines(position, cell.start, labels, found)
            if _may_be_value(cell.text) and not _covered(cell.start, labels):
                found.append(cell)
            position = cell.start + len(cell.text) + 1
        if position < end:
            self._lines(position, end, labels, found)
        return found

    def _lines(self, start: int, end: int, labels: Sequence[tuple[int, int]], found: list[Token]) -> None:
        index = bisect_left(labels, (start, 0))
        if index and labels[index - 1][1] > start:
            start = labels[index - 1][1]
        while start < end:
            stop = labels[index][0] if index < len(labels) else end
            for match in _NUMBER.finditer(self.text, start, min(stop, end)):
                found.append(Token(match[0], match.start()))
            if stop >= end:
                break
            start = labels[index][1]
            index += 1

    def cells_after(self, offset: int) -> list[Token]:
        """Return every cell of the table row that holds an offset, after the cell that holds it."""
        index = bisect_right(self._cell_starts, offset) - 1
        row = self._cells[index].row
        stop = first = index + 1
        while stop < len(self._cells) and self._cells[stop].row == row:
            stop += 1
        return self._cells[first:stop]

    def cell_holding(self, offset: int) -> Token | None:
        """Return the table cell that holds an offset, or None in text lines."""
        index = bisect_right(self._cell_starts, offset) - 1
        cell = self._cells[index] if index >= 0 else None
        return cell if cell and cell.start + len(cell.text) >= offset else None


_VALUE = re.compile(
    r"\s*[增减+\-]?\s*\(?\d[\d,.\s]*\)?(?:\s*[+\-]\s*\(\d+\))?\s*(?:%|万元|亿元|元|件|条|个|项|宗|份)?\s*(?:\(.*\))?\s*"
    r"|\s*[增减]\s*\d+\s*[,、;/]?\s*[增减]\s*\d+\s*"
    r"|[/\\—–―─\-\s]*|\s*[无零〇十]\s*|\s*[〇零一二三四五六七八九十百千万两]{2,}(?:件|条|个|项|宗|份)?\s*",
    re.S,
)
_CLAUSE = re.compile(r"[。;]|[件条宗起项][,、]|[\u4e00-\u9fff],\s?[\u4e00-\u9fff]")
MAX_PROSE_LINE = 1_000
MIN_PROSE_LINE = 24
_PAGE_CELL = re.compile(r"\s*[-—–―]\s*\d{1,3}\s*[-—–―]\s*")
_WORDS = re.compile(r"[\u3400-\u9fff]")
MAX_VALUE = 60
MAX_SCRAWL = 12


def _may_be_value(text: str) -> bool:
    """Whether a cell holds a value, readable or not: anything short without words that is no page number."""
    if not text or (len(text) <= MAX_SCRAWL and text.isdecimal()):
        return True
    if len(text) <= MAX_SCRAWL and not _WORDS.search(text):
        return not _PAGE_CELL.fullmatch(text)
    return len(text) <= MAX_VALUE and bool(_VALUE.fullmatch(text)) and not _PAGE_CELL.fullmatch(text)


def _is_bare_number(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) <= 6 and block.text.strip().isdecimal()


def _is_prose(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text.strip()) >= MIN_PROSE_LINE


def _covered(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (offset + 1, 0)) - 1
    return index >= 0 and offset < spans[index][1]
