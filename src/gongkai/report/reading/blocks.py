"""What every format is first turned into: paragraphs and grids, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.report.cells import Box

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―－·]+\s*\d{1,3}\s*[-—–―－·]+|[—–―]+\s*\d{1,3}|\d{1,3}\s*[—–―]+"
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*"
)


def is_page_number(line: str) -> bool:
    """Whether the line is a page number and nothing else (-3-, — 3 —, 第3页 共9页, 3/9)."""
    return bool(_PAGE_NUMBER.fullmatch(line))


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Return superscript text as superscript characters, so that a footnote's mark does not join a number."""
    return text.translate(_RAISED)


@dataclass(slots=True)
class Paragraph:
    """A line or paragraph of prose; `page` from 1 where the source has pages."""

    text: str
    page: int | None = None


@dataclass(slots=True)
class Grid:
    """A table with its spans expanded: `rows[r][c]` is the text of the cell covering that position.

    A cell that spans several positions repeats its text in each; `origin[r][c]` is then the position of
    its top left corner, so that equal neighbours and one merged cell can be told apart.
    `inferred` says that columns were inferred from alignment: an empty position then proves nothing.
    `boxes[r][c]` is where the cell stands on the page, in formats that know.
    """

    rows: list[list[str]]
    origin: list[list[tuple[int, int]]] = field(default_factory=list)
    boxes: list[list[Box]] = field(default_factory=list)
    page: int | None = None
    inferred: bool = False


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """A file as blocks; `title` is the file's own, if its format has one; `notes` what the reader saw.

    `pictures` are the pages, from 1, that are pictures and hold no text.
    """

    blocks: list[Block]
    title: str = ""
    notes: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
