"""Plain text and Markdown as blocks: lines, pipe tables, tab tables of both kinds.

A tab table has its rows on lines with cells between tabs, or one cell a line, each line opened by a tab and
rows parted by empty lines. Page numbers standing alone between dashes are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from gongkai.report.reading.blocks import Block, Document, Grid, Paragraph, is_page_number
from gongkai.report.reading.errors import Unreadable

_RULE_LINE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_MARKS = re.compile(r"\*\*|__|`|</?(?:b|i|strong|em|span|sup|sub|font|u)\b[^>]*>", re.I)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~<>-])")
_PIPE = re.compile(r"(?<!\\)\|")
_NOISE = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|\ufeff")

MIN_COLUMNS = 3
MAX_LINES = 400_000


def read_text(text: str) -> Document:
    """Return plain text or Markdown as blocks; form feeds part pages.

    Raises:
        Unreadable: the text has more than `MAX_LINES` lines and cells of tables.
    """
    if sum(map(text.count, "\n\f\t|")) > MAX_LINES:
        raise Unreadable("文本的行数或表格过多，超出读取上限，请只保留年度报告后再试。")
    notes = []
    if _NOISE.search(text):
        text = _NOISE.sub("", text)
        notes.append("文本里的书签标记等杂质已略去。")
    sheets = [sheet.split("\n") for sheet in text.replace("\r\n", "\n").replace("\r", "\n").split("\f")]
    _drop_folios(sheets)
    lines = [
        (line, page) for page, sheet in enumerate(sheets, 1) for line in sheet if not is_page_number(line)
    ]
    paged = "\f" in text
    blocks = list(_blocks(lines))
    if not paged:
        for block in blocks:
            block.page = None
    return Document(blocks, notes=notes)


def _drop_folios(sheets: list[list[str]]) -> None:
    """Drop bare page numbers: first or last lines of the pages that count up with them."""
    for end in (0, -1):
        offsets: dict[int, list[tuple[int, int]]] = {}
        for page, sheet in enumerate(sheets):
            filled = [i for i, line in enumerate(sheet) if line.strip()]
            line = sheet[filled[end]].strip() if filled else ""
            if line.isdecimal() and len(line) <= 3:
                offsets.setdefault(int(line) - page, []).append((page, filled[end]))
        folios = max(offsets.values(), key=len, default=[])
        if len(folios) >= max(2, len(sheets) // 2):
            for page, i in folios:
                sheets[page][i] = ""


def _blocks(lines: list[tuple[str, int]]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        line, page = lines[position]
        if line.lstrip().startswith("|"):
            end, rows = _pipe_rows(lines, position)
        elif line.startswith("\t") and line.count("\t") == 1:
            end, rows = _cell_lines(lines, position)
        elif line.count("\t") >= MIN_COLUMNS - 1:
            end, rows = _tab_rows(lines, position)
        else:
            end, rows = position + 1, []
            if line.strip():
                yield Paragraph(_MARKDOWN_HEADING.sub("", line), page)
        if rows:
            yield Grid(rows, page=page)
        position = end


def _pipe_rows(lines: list[tuple[str, int]], start: int) -> tuple[int, list[list[str]]]:
    end, rows = start, []
    while end < len(lines) and lines[end][0].lstrip().startswith("|"):
        line = lines[end][0].strip()
        if not _RULE_LINE.fullmatch(line):
            rows.append([_bare(cell) for cell in _PIPE.split(line.removeprefix("|").removesuffix("|"))])
        end += 1
    return end, rows


def _bare(cell: str) -> str:
    """A Markdown cell's text without its marks: breaks, bold, code, escapes, entities."""
    return _ESCAPE.sub(r"\1", _MARKS.sub("", unescape(_BREAK.sub("\n", cell)))).strip()


def _tab_rows(lines: list[tuple[str, int]], start: int) -> tuple[int, list[list[str]]]:
    end, rows = start, []
    while end < len(lines) and "\t" in lines[end][0]:
        rows.append([cell.strip() for cell in lines[end][0].split("\t")])
        end += 1
    return end, rows


def _cell_lines(lines: list[tuple[str, int]], start: int) -> tuple[int, list[list[str]]]:
    """One cell a line: a line without its tab goes on with the cell above, an empty line ends the row."""
    end, rows, row = start, [], list[str]()
    while end < len(lines):
        line = lines[end][0]
        if line.startswith("\t"):
            row.append(line.strip())
        elif line.strip() and row:
            row[-1] += "\n" + line.strip()
        elif row:
            rows.append(row)
            row = []
        if not row and not _cell_line_follows(lines, end + 1):
            break
        end += 1
    if row:
        rows.append(row)
    return end + 1, rows


def _cell_line_follows(lines: list[tuple[str, int]], position: int) -> bool:
    return position < len(lines) and lines[position][0].startswith("\t")
