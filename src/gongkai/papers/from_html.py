"""The rich text of an editor as blocks: whatever its tags, no word of it is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from gongkai.papers.paper import Block, Cell, Heading, ListBlock, Paragraph, Rule, Runs, Table

_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_BOLD = {"b", "strong"}
_LISTS = {"ul", "ol"}
_INLINE = {"a", "i", "em", "u", "s", "span", "sub", "sup", "small", "big", "font", "code", "mark", "label"}
_INLINE |= {"abbr", "cite", "del", "ins", "q", "time", "wbr", "img", "embed"}
_HIDDEN = {"script", "style"}
_DEEPEST = 9  # levels of lists that Word numbers
_WIDEST, _TALLEST = 63, 65_534  # the spans that Word and HTML allow
_SPACE = re.compile(r"[ \t\r\n\f]+")


def from_html(fragment: str) -> tuple[Block, ...]:
    """Return a fragment of HTML as blocks.

    Tags not known keep their text, links theirs without the address, pictures their alternative text; lists
    and tables inside a table's cell become lines of the cell. Scripts and style sheets are left out.
    """
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    return reader.finished()


@dataclass
class _OpenList:
    ordered: bool
    items: list[list[Block]] = field(default_factory=list)
    in_item: bool = False


@dataclass
class _OpenTable:
    rows: list[list[Cell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)  # of each row: that it has none but head cells
    spans: tuple[int, int] | None = None  # of the open cell
    inner: int = 0  # tables open inside the cell

    def header_rows(self) -> int:
        return next((r for r, head in enumerate(self.heads) if not head), len(self.heads))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._lists: list[_OpenList] = []
        self._too_deep = 0
        self._table: _OpenTable | None = None
        self._runs: list[tuple[str, bool]] = []
        self._level = 0
        self._bold = 0
        self._hidden = False
        self._in_thead = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._say(_SPACE.sub(" ", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BOLD:
            self._bold += 1
        elif tag in _HIDDEN:
            self._hidden = True
        elif tag == "br":
            self._say("\n")
        elif given.get("alt"):
            self._say(given["alt"])
        elif tag not in _INLINE:
            self._start_block(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOLD:
            self._bold = max(0, self._bold - 1)
        elif tag in _HIDDEN:
            self._hidden = False
        elif tag not in _INLINE and tag != "br":
            self._end_block(tag)

    def finished(self) -> tuple[Block, ...]:
        """Return the blocks, all that is still open closed."""
        self._boundary()
        self._end_table()
        while self._lists:
            self._end_list()
        return tuple(self._blocks)

    def _start_block(self, tag: str, given: dict[str, str]) -> None:
        self._boundary()
        self._level = _LEVELS.get(tag, 0)
        if self._table and self._table.spans and tag not in ("tr", "td", "th"):
            self._table.inner += tag == "table"
        elif tag == "hr":
            self._add(Rule())
        elif tag in _LISTS:
            self._start_list(tag)
        elif tag == "li":
            self._start_item()
        elif tag == "table":
            self._table = self._table or _OpenTable()
        elif tag == "thead":
            self._in_thead = True
        elif tag in ("tr", "td", "th") and self._table:
            self._start_in_table(self._table, tag, given)

    def _end_block(self, tag: str) -> None:
        self._boundary()
        if self._table and self._table.inner:
            self._table.inner -= tag == "table"
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "thead":
            self._end_cell()
            self._in_thead = False
        elif tag == "table":
            self._end_table()
        elif self._table and self._table.spans:
            return
        elif tag in _LISTS:
            self._end_list()
        elif tag == "li" and self._lists and not self._too_deep:
            self._lists[-1].in_item = False
        elif tag in _LEVELS:
            self._level = 0

    def _say(self, text: str) -> None:
        self._runs.append((text, self._bold > 0))

    def _boundary(self) -> None:
        """End the paragraph, or inside a cell its line."""
        if self._table and self._table.spans:
            self._say("\n")
            return
        runs, self._runs = _tidied(self._runs), []
        if runs and self._level:
            self._add(Heading(self._level, "".join(text for text, _ in runs)))
        elif runs:
            self._add(Paragraph(runs))

    def _add(self, block: Block) -> None:
        if not self._lists:
            self._blocks.append(block)
        elif self._lists[-1].in_item:
            self._lists[-1].items[-1].append(block)
        else:
            self._lists[-1].items.append([block])

    def _start_list(self, tag: str) -> None:
        if len(self._lists) == _DEEPEST:
            self._too_deep += 1
            return
        if self._lists and self._lists[-1].items:
            self._lists[-1].in_item = True  # a list between two items belongs to the first
        self._lists.append(_OpenList(tag == "ol"))

    def _start_item(self) -> None:
        if self._lists and not self._too_deep:
            self._lists[-1].items.append([])
            self._lists[-1].in_item = True

    def _end_list(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._lists:
            ended = self._lists.pop()
            items = tuple(tuple(item) for item in ended.items if item)
            if items:
                self._add(ListBlock(ended.ordered, items))

    def _start_in_table(self, table: _OpenTable, tag: str, given: dict[str, str]) -> None:
        if table.inner:
            return
        self._end_cell()
        if tag == "tr" or not table.rows:
            table.rows.append([])
            table.heads.append(True)
        if tag != "tr":
            table.heads[-1] &= tag == "th" or self._in_thead
            table.spans = _span(given, "colspan", _WIDEST), _span(given, "rowspan", _TALLEST)

    def _end_cell(self) -> None:
        if self._table and self._table.spans:
            self._table.rows[-1].append(Cell(_tidied(self._runs), *self._table.spans))
            self._table.spans, self._runs = None, []

    def _end_table(self) -> None:
        self._end_cell()
        if self._table and any(self._table.rows):
            self._add(Table(tuple(map(tuple, self._table.rows)), self._table.header_rows()))
        self._table, self._in_thead = None, False


def _span(given: dict[str, str], name: str, most: int) -> int:
    wanted = given.get(name, "").strip()
    if not (wanted.isascii() and wanted.isdigit()):
        return 1
    return most if len(wanted) > 5 else max(1, min(int(wanted), most))


def _tidied(runs: list[tuple[str, bool]]) -> Runs:
    """Return runs without the white space of markup, typed indents and blank lines, neighbours joined."""
    whole = "".join(text for text, _ in runs)
    bold = "".join(("b" if is_bold else "-") * len(text) for text, is_bold in runs)
    tidied: list[tuple[str, bool]] = []
    at = 0
    for line in whole.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        if start < end:
            if tidied:
                tidied.append(("\n", tidied[-1][1]))
            tidied += _styled(whole[start:end], bold[start:end])
        at += len(line) + 1
    return _joined(tidied)


def _styled(text: str, bold: str) -> list[tuple[str, bool]]:
    parts = re.finditer("b+|-+", bold)
    return [(_SPACE.sub(" ", text[part.start() : part.end()]), part[0][0] == "b") for part in parts]


def _joined(runs: list[tuple[str, bool]]) -> Runs:
    joined: list[tuple[str, bool]] = []
    for text, bold in runs:
        if joined and joined[-1][1] == bold:
            joined[-1] = (joined[-1][0] + text, bold)
        else:
            joined.append((text, bold))
    return tuple(joined)
