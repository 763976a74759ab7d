"""The body of an old page as clean pieces: text, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from gongkai.web.publishing.importing.markup import Node

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_PARAGRAPHS = re.compile("p|div|section|article|center|blockquote|dd|dt|dl|pre|figure|address")
_MOST_COLUMNS = 40
_MOST_SPAN = 200


@dataclass(frozen=True, kw_only=True)
class Text:
    """A run of clean HTML."""

    html: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's cells, row by row, all rows of one length."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture: its address as the page writes it, and its words."""

    address: str
    words: str


Piece = Text | Table | Picture


def pieces_of(body: Node, is_left_out: Callable[[Node], bool]) -> list[Piece]:
    """Return a body as pieces; elements that are left out go with all that is in them."""
    writer = _Writer(is_left_out)
    writer.write(body)
    return writer.finished()


class _Writer:
    """Turns a body into paragraphs, headings, lists, bold, outside links; tables; pictures."""

    def __init__(self, is_left_out: Callable[[Node], bool]) -> None:
        self._is_left_out = is_left_out
        self._pieces: list[Piece] = []
        self._html: list[str] = []
        self._line: list[str] = []
        self._tag = "p"

    def finished(self) -> list[Piece]:
        """Return the pieces."""
        self._end_text()
        return self._pieces

    def write(self, node: Node) -> None:
        """Write what stands in an element."""
        for child in node.children:
            if isinstance(child, str):
                self._line.append(escape(re.sub(r"\s+", " ", child)))
            else:
                self._element(child)

    def _element(self, node: Node) -> None:
        tag = node.tag
        if self._is_left_out(node):
            return
        if tag == "table":
            self._table(node)
        elif tag in ("ul", "ol"):
            self._list(node)
        elif tag == "img":
            self._add(Picture(address=node.given.get("src", "").strip(), words=node.given.get("alt", "")))
        elif tag in ("br", "hr"):
            self._end_line()
        elif tag == "a":
            self._link(node)
        elif tag in ("b", "strong"):
            self._marked("b", node)
        elif tag in _HEADINGS or _PARAGRAPHS.fullmatch(tag):
            self._block(_HEADINGS.get(tag, "p"), node)
        else:
            self.write(node)

    def _block(self, tag: str, node: Node) -> None:
        self._end_line()
        outer, self._tag = self._tag, tag
        self.write(node)
        self._end_line()
        self._tag = outer

    def _marked(self, tag: str, node: Node, attribute: str = "") -> None:
        if text := node.text():
            self._line.append(f"<{tag}{attribute}>{escape(text)}</{tag}>")
        for below in node.walk():
            if below.tag == "img":
                self._element(below)

    def _link(self, node: Node) -> None:
        address = node.given.get("href", "").strip()
        if address.startswith(("http://", "https://")):
            self._marked("a", node, f' href="{escape(address)}"')
        else:
            self.write(node)

    def _list(self, node: Node) -> None:
        self._end_line()
        items = [child.text() for child in node.children if isinstance(child, Node) and child.tag == "li"]
        written = "".join(f"<li>{escape(item)}</li>" for item in items if item)
        self._html += [f"<{node.tag}>{written}</{node.tag}>"] if written else []

    def _table(self, node: Node) -> None:
        rows = _rows(node)
        width = max((len(row) for row in rows), default=0)
        nested = any(below.tag == "table" for below in node.walk() if below is not node)
        if nested or width < 2 or len(rows) < 2:
            for cell in (below for below in node.walk() if below.tag in ("td", "th") and below is not node):
                if not any(below.tag in ("td", "th") for below in cell.walk() if below is not cell):
                    self._block("p", cell)
            return
        self._add(Table(rows=tuple(row + ("",) * (width - len(row)) for row in rows)))

    def _add(self, piece: Piece) -> None:
        self._end_text()
        self._pieces.append(piece)

    def _end_line(self) -> None:
        line = "".join(self._line).replace("\xa0", " ").strip(" \u3000")
        self._line = []
        if re.sub(r"<[^>]*>|\s", "", line):
            self._html.append(f"<{self._tag}>{line}</{self._tag}>")

    def _end_text(self) -> None:
        self._end_line()
        if self._html:
            self._pieces.append(Text(html="".join(self._html)))
            self._html = []


def _rows(table: Node) -> list[tuple[str, ...]]:
    """Return a table's cells; what spans several is in the first of them, the others are blank."""
    grid: dict[tuple[int, int], str] = {}
    rows = [node for node in table.walk() if node.tag == "tr"]
    for down, row in enumerate(rows):
        across = 0
        for cell in (child for child in row.children if isinstance(child, Node)):
            if cell.tag not in ("td", "th"):
                continue
            while (down, across) in grid:
                across += 1
            wide, high = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_SPAN)
            if across + wide > _MOST_COLUMNS:
                break
            for below in range(down, min(down + high, len(rows))):
                grid.update({(below, beside): "" for beside in range(across, across + wide)})
            grid[down, across] = cell.text()
            across += wide
    width = max((across + 1 for _, across in grid), default=0)
    filled = [tuple(grid.get((down, across), "") for across in range(width)) for down in range(len(rows))]
    return [row for row in filled if any(row)]


def _span(cell: Node, name: str, most: int) -> int:
    text = cell.given.get(name, "1").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
