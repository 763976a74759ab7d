"""What a document says, apart from how it is set: its title and facts, its blocks; a gazette is made of such.

Text is plain text everywhere, never markup. A line feed in it is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

# What XML and fonts have no place for; in the order of Unicode: controls, surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DATE_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)

Runs = tuple[tuple[str, bool], ...]
"""Stretches of one paragraph's text, each with whether it is bold."""


class PaperError(Exception):
    """A document cannot be set; the message, in Chinese, says why and is fit to be shown."""


@dataclass(frozen=True)
class Heading:
    """A heading within the document; level 1 is 一、, level 2 （一）, level 3 all below.

    Level 0 is the title of what the document brings with it, such as a form to be sent back.
    """

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text, its first line indented unless it is `flush`; a `kept` one stands on the
    page of what follows."""

    runs: Runs
    flush: bool = False
    kept: bool = False


@dataclass(frozen=True)
class ListBlock:
    """A list, numbered or not; an item is made of blocks, so that lists nest."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Cell:
    """A table's cell, over as many columns and rows as its spans say."""

    runs: Runs
    colspan: int = 1
    rowspan: int = 1
    centred: bool = False


@dataclass(frozen=True)
class Table:
    """A table, row by row as in HTML; the first `header_rows` are said again on each page.

    `shares` are the columns' widths one to another; without them, or where there are more or fewer columns,
    each is as wide as its texts need. A `form` is one to write in: larger type, taller rows.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    shares: tuple[int, ...] = ()
    form: bool = False


@dataclass(frozen=True)
class Picture:
    """A PNG, JPEG or GIF file; where it cannot be drawn, its alternative text stands for it."""

    data: bytes
    alternative: str
    caption: str = ""


@dataclass(frozen=True)
class Rule:
    """A line across the page between two parts of the text; a broken one to `cut` along."""

    cut: bool = False


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Seal:
    """Issuer over date, with room for the seal set on them, where more follows: a note, a form."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | ListBlock | Table | Picture | Rule | PageBreak | Seal


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document.

    `number` is its 文号, `facts` what a box above the title tells (name, value), `mark` its validity as
    stamped on each page, such as 已废止, `source` the line at its end that says where it was published,
    `letterhead` the issuer's name in red at its head, over number and red line.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    issuer: str = ""
    number: str = ""
    made_on: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    source: str = ""
    letterhead: str = ""


@dataclass(frozen=True, kw_only=True)
class GazetteSection:
    """Papers of a gazette under one heading, such as 县政府文件."""

    title: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, kw_only=True)
class Gazette:
    """An issue of a gazette (公报): papers without a section come first, then the sections.

    `number` counts within the year, `serial` from the first issue on (总期号).
    """

    title: str
    year: int
    number: int
    issued_on: date
    publisher: str
    serial: int | None = None
    papers: tuple[Paper, ...] = ()
    sections: tuple[GazetteSection, ...] = ()


def plain(text: str) -> Runs:
    """Return text that is not bold, for a paragraph or a cell."""
    return ((text, False),)


def printable(text: str) -> str:
    """Return text without the characters that cannot be printed, tabs as spaces."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def long_date(day: date) -> str:
    """Return a day as documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def fact_table(paper: Paper) -> Table | None:
    """Return the facts as a table, two to a row."""
    cells = [cell for name, value in paper.facts for cell in (Cell(((name, True),)), Cell(plain(value)))]
    if len(cells) % 4:
        cells[-1] = replace(cells[-1], colspan=3)
    return Table(tuple(tuple(cells[at : at + 4]) for at in range(0, len(cells), 4))) if cells else None


def set_out(paper: Paper) -> tuple[Block, ...]:
    """Return the blocks: those addressed first, 各乡镇人民政府：, at the margin; no seal on a page alone.

    Source: GB/T 9704 7.3.2, 7.3.5.4.
    """
    blocks = list(paper.blocks)
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and "".join(text for text, _ in first.runs).endswith("："):
        blocks[0] = replace(first, flush=True)
    for at, (block, following) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and isinstance(following, Seal):
            blocks[at] = replace(block, kept=True)
    return tuple(blocks)


def signature(paper: Paper) -> tuple[str, ...]:
    """Return the lines of issuer and date that close the text: none where it has a line of date itself."""
    if any(isinstance(block, Seal) for block in paper.blocks) or any(
        _DATE_LINE.fullmatch(line) for line in _lines(paper)
    ):
        return ()
    return tuple(filter(None, (paper.issuer, long_date(paper.made_on) if paper.made_on else "")))


def _lines(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            text = "".join(text for text, _ in block.runs)
            yield from ("".join(line.split()) for line in text.split("\n"))
