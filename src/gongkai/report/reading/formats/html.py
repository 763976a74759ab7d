"""Read a web page, or a piece of one: what it shows, without its scripts, menus and hidden parts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from gongkai.report.reading.blocks import Block, Document, Paragraph, raised
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.grids import Area, table_blocks
from gongkai.report.reading.formats.sniff import decode

MAX_DEPTH = 4_000
MAX_OPEN_FORMATTING = 300
MAX_CHARACTERS = 40_000_000
MAX_TAGS = 300_000
_MAX_COLUMN_SPAN = 64
_MAX_ROW_SPAN = 500
_MAX_COLUMNS = 512

# fmt: off
_DROPPED = frozenset((
    "-comment", "script", "style", "head", "title", "nav", "noscript", "template", "iframe", "del", "s",
    "strike",
    "select", "button", "textarea", "svg", "canvas", "footer", "map", "audio", "video", "datalist",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "ul",
))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))
_CLOSED_BY_NEXT = frozenset(
    ("p", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup")
)
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "small", "strong", "tt", "u",
))
# fmt: on
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)()")
_TAG_TO_ITS_END = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:[^<>]*?(/?)>)?")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|line-through", re.I)
_WRAPPED = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\n\f][ \t\n\f]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_BLANK = re.compile(r"[ \t\n\f]+")
_LOOSE = re.compile(r"[\t\n\f]|  ")
_BLANKS = re.compile(r"[ \t]{2,}")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_AROUND_BREAK = re.compile(r" *\n *")
_INVISIBLE = re.compile("[\u200b\u200c\ufeff\xad]")


def read_html(data: bytes) -> Document:
    """Return the blocks of an HTML file.

    Raises:
        Unreadable: undecodable, or nested beyond the limits.
    """
    return read_markup(decode(data))


def read_markup(text: str) -> Document:
    """Return the blocks of HTML text; also for the tables inside a Markdown file.

    Raises:
        Unreadable: nested beyond the limits.
    """
    if len(text) > MAX_CHARACTERS or text.count("<") > MAX_TAGS:
        raise Unreadable("网页过大，超出读取上限。")
    _refuse_deep(text)
    page = LexborHTMLParser(text)
    reader = _Reader(check_hidden=_may_hide(text))
    if page.body is not None:
        _walk(page.body, reader)
    return Document(blocks=reader.finish(), title=_title(page))


def _refuse_deep(text: str) -> None:
    """The parser's time grows with the square of the depth, so depth is bounded before it starts."""
    if text.count("<") - text.count("</") <= MAX_OPEN_FORMATTING:
        return
    counts: Counter[str] = Counter()
    depth = formatting = 0
    # Only in drawings and formulas does a slash at the end close a tag.
    tag = _TAG_TO_ITS_END if "<svg" in text or "<math" in text else _TAG
    for slash, name, closed in tag.findall(text.lower()):
        foreign = counts["svg"] or counts["math"]
        if name in _VOID or (closed if foreign else name in _CLOSED_BY_NEXT):
            continue
        step = -1 if slash else 1
        if counts[name] + step < 0:
            continue
        counts[name] += step
        depth += step
        if name in _FORMATTING:
            formatting += step
        if depth > MAX_DEPTH or formatting > MAX_OPEN_FORMATTING:
            raise Unreadable("网页标签嵌套过深，超出读取上限。")


def _title(page: LexborHTMLParser) -> str:
    meta = page.css_first('meta[name="ArticleTitle" i]')
    if meta is not None and (meta.attributes.get("content") or "").strip():
        return _tidy(meta.attributes["content"] or "")
    for selector in ("h1", "title"):
        found = page.css_first(selector)
        if found is not None and found.text().strip():
            return _tidy(_BLANK.sub(" ", found.text()))
    return ""


def _walk(root: Any, reader: _Reader) -> None:
    """Visit the tree in document order without recursion, however deep it is."""
    parents: list[Any] = []
    node = root
    while True:
        tag = node.tag
        if reader.enter(node, tag):
            child = node.child
            if child is not None:
                parents.append((node, tag))
                node = child
                continue
            reader.leave(tag)
        while (following := node.next) is None or not parents:
            if not parents:
                return
            node, tag = parents.pop()
            reader.leave(tag)
        node = following


@dataclass(slots=True)
class _Flow:
    """The page, or one cell: blocks done and the inline text of the next."""

    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def flush(self) -> None:
        if self.inline:
            text = "".join(self.inline)
            self.inline.clear()
            if not text.isspace() and (text := _tidy(text)):
                self.blocks.append(Paragraph(text=text))


@dataclass(slots=True)
class _Table:
    """A table being read; `taken[column]` is the first row in which that column is free again."""

    areas: list[Area] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    row: int = -1
    column: int = 0
    area: Area | None = None

    def place(self, height: int, width: int) -> Area | None:
        self.row = max(self.row, 0)
        while self.column < len(self.taken) and self.taken[self.column] > self.row:
            self.column += 1
        if self.column + width > _MAX_COLUMNS:
            return None
        area = Area(row=self.row, column=self.column, height=height, width=width)
        self.taken += [0] * (self.column + width - len(self.taken))
        for column in range(self.column, self.column + width):
            self.taken[column] = max(self.taken[column], self.row + height)
        self.column += width
        self.areas.append(area)
        return area


class _Reader:
    """What has been read so far: flows and tables, the innermost last."""

    def __init__(self, *, check_hidden: bool) -> None:
        self.flows = [_Flow()]
        self.tables: list[_Table] = []
        self.check_hidden = check_hidden
        self.pre = 0

    def enter(self, node: Any, tag: str) -> bool:
        """Take in a node; return whether its children are wanted."""
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag in _DROPPED or (self.check_hidden and _is_hidden(node)):
            return False
        if tag == "br":
            self.flows[-1].inline.append("\n")
        elif tag == "sup":
            self.flows[-1].inline.append(raised(node.text() or ""))
            return False
        elif tag == "table":
            self.flows[-1].flush()
            self.tables.append(_Table())
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            return self._start_cell(node)
        elif tag == "caption":
            self.flows.append(_Flow())
        elif tag in _BLOCKS:
            self.flows[-1].flush()
            self.pre += tag == "pre"
        return True

    def leave(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flows[-1].flush()
            self.pre -= tag == "pre"
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "caption":
            flow = self.flows.pop()
            flow.flush()
            self.flows[-1].blocks += flow.blocks
        elif tag == "table" and self.tables:
            self.flows[-1].blocks += table_blocks(self.tables.pop().areas)

    def finish(self) -> list[Block]:
        self.flows[-1].flush()
        return self.flows[-1].blocks

    def _text(self, text: str) -> None:
        if self.pre or not _LOOSE.search(text):
            self.flows[-1].inline.append(text)
        elif text.isspace():
            self.flows[-1].inline.append(_BLANK.sub(" ", text))
        else:
            self.flows[-1].inline.append(_BLANK.sub(" ", _WRAPPED.sub("", text)))

    def _start_row(self) -> None:
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = 0

    def _start_cell(self, node: Any) -> bool:
        if not self.tables:
            return True
        attributes = node.attributes
        height = _span(attributes.get("rowspan"), _MAX_ROW_SPAN)
        table = self.tables[-1]
        area = table.place(height, _span(attributes.get("colspan"), _MAX_COLUMN_SPAN))
        self.flows.append(_Flow() if area is None else _Flow(blocks=area.blocks))
        return True

    def _end_cell(self) -> None:
        if len(self.flows) > 1:
            self.flows.pop().flush()


def _may_hide(text: str) -> bool:
    """Whether it is worth looking at every tag's attributes."""
    lower = text.lower()
    return "hidden" in lower or "mso-hide" in lower or ("display" in lower and "none" in lower)


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _span(value: str | None, most: int) -> int:
    digits = _SPAN.match(value or "")
    number = int(digits.group(1)) if digits else 1
    # Zero reaches to the table's end by the letter, but is written by mistake for one.
    return min(max(number, 1), most)


def _tidy(text: str) -> str:
    text = _INVISIBLE.sub("", text.replace("\xa0", " "))
    if " " in text or "\t" in text:
        text = _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text))
    return text.strip(" \n\u3000\t")
