"""What every format is first turned into: paragraphs and grids, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    """

    rows: list[list[str]]
    origin: list[list[tuple[int, int]]] = field(default_factory=list)
    page: int | None = None


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """A file as blocks. `title` is the file's own title, if its format has one; `notes` what the reader saw."""

    blocks: list[Block]
    title: str = ""
    notes: list[str] = field(default_factory=list)
