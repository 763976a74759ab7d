"""A report as a PDF file, set by typst: headings are bookmarks, the tables keep their merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongkai.papers.paper import Block, Cell, Heading, Paper, Paragraph, Table, plain
from gongkai.papers.pdf import write_pdf as write_paper
from gongkai.report.schema import Report
from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.report.writing.outline import Line, Style, outline

_HEAD_ROWS = {3: 3, 4: 3}
_WIDTH = 156.0  # mm between the margins of the page
_DIGIT, _EDGES = 1.6, 3.0  # mm: a digit of the small type, and a cell's room at both sides
_NARROWEST = 0.8  # of its usual width, a column of labels
_BREAK = "\u200b"  # where a number may go on on the next line


def write_pdf(report: Report) -> bytes:
    """Return the report as a PDF file; the same report and faces give the same bytes.

    Raises:
        PaperError: typst or any Chinese face is missing.
    """
    return write_paper(Paper(title=report.title or "", blocks=tuple(_blocks(report))))


def _blocks(report: Report) -> Iterator[Block]:
    for block in outline(report):
        match block:
            case BoxTable():
                yield _table(block)
            case Line(Style.HEADING, text):
                yield Heading(1, text)
            case Line(Style.SUBHEADING, text):
                yield Heading(2, text)
            case Line(Style.TEXT, text):
                yield Paragraph(plain(text))
            case Line(Style.SUBTITLE, text):
                yield Paragraph(plain(text), flush=True)


def _table(table: BoxTable) -> Table:
    fitting = _fitting(table)
    rows = tuple(tuple(_cell(box, breaks=fitting is None) for box in row) for row in table.rows)
    return Table(rows, _HEAD_ROWS.get(table.number, 0), fitting or _usual(table))


def _cell(box: Box, *, breaks: bool) -> Cell:
    text = _BREAK.join(box.text) if breaks and box.cell else box.text
    return Cell(plain(text), box.across, box.down, centred=box.part not in (Part.ROW, Part.ROW_GROUP))


def _starts(table: BoxTable) -> list[int]:
    """Return the columns in which a box begins."""
    matrix = table.matrix()
    return sorted({c for row in matrix for c, box in enumerate(row) if c == 0 or row[c - 1] is not box})


def _usual(table: BoxTable) -> tuple[int, ...]:
    """Return the widths the form gives the columns in which a box begins."""
    return tuple(sum(table.widths[a:b]) for a, b in pairwise([*_starts(table), len(table.widths)]))


def _fitting(table: BoxTable) -> tuple[int, ...] | None:
    """Return the columns' widths with room for long numbers; None where labels would have too little left."""
    usual = _usual(table)
    widths = [_WIDTH * width / sum(usual) for width in usual]
    matrix = table.matrix()
    needed = [max(_needed(row[start]) for row in matrix) for start in _starts(table)]
    wide = [need if need > width else 0.0 for need, width in zip(needed, widths, strict=True)]
    rest = sum(width for width, need in zip(widths, wide, strict=True) if not need)
    scale = (_WIDTH - sum(wide)) / rest if rest else 0.0
    if scale < _NARROWEST:
        return None
    return tuple(round(10 * (need or width * scale)) for width, need in zip(widths, wide, strict=True))


def _needed(box: Box) -> float:
    """Return the millimetres a number takes on one line; nothing for labels and for merged values."""
    return _DIGIT * len(box.text) + _EDGES if box.cell and box.across == 1 else 0.0
