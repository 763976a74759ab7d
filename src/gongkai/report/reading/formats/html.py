"""Read a web page, or a piece of one: what it shows, without its scripts, menus and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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
_NEVER_DEEP = _VOID | _CLOSED_BY_NEXT
_NEVER_DEEP |= {"/" + name for name in _NEVER_DEEP}
# A tag's name reaches to white space, slash or bracket, as the parser has it.
_TAG = re.compile(r"<(/?[a-z][^\t\n\f />]*)")
_FORMATTING_TAG = re.compile(rf"<(/?(?:{'|'.join(sorted(_FORMATTING))}))(?=[\t\n\f />]|\Z)")
_TAG_TO_ITS_END = re.compile(r"<(/?[a-z][^\t\n\f />]*)(?:[^<>]*?(/?)>)?")
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
    lower = text.lower()
    _refuse_deep(lower)
    page = LexborHTMLParser(text)
    reader = _Reader(check_hidden=_may_hide(lower))
    if page.body is not None:
        _walk(page.body, reader)
    return Document(blocks=reader.finish(), title=_title(page))


def _refuse_deep(text: str) -> None:
    """The parser's time grows with the square of the depth, so depth is bounded before it starts."""
    opened = text.count("<") - text.count("</")
    if opened <= MAX_OPEN_FORMATTING:
        return
    open_now: dict[str, int] = {}
    depth = formatting = 0
    for tag in _deepening_tags(text, opened):
        name = tag.removeprefix("/")
        step = 1 if name is tag else -1
        already = open_now.get(name, 0)
        if already + step < 0:
            continue
        open_now[name] = already + step
        depth += step
        if name in _FORMATTING:
            formatting += step
        if depth > MAX_DEPTH or formatting > MAX_OPEN_FORMATTING:
            raise Unreadable("网页标签嵌套过深，超出读取上限。")


def _deepening_tags(text: str, opened: int) -> Iterable[str]:
    """Return the tags that may nest too deep, in order: only those of formatting, if few are opened.

    Only in drawings and formulas does a slash at the end close a tag, and the next tag close nothing.
    """
    if "<svg" in text or "<math" in text:
        return _with_foreign_tags(text)
    if opened <= MAX_DEPTH:
        return _FORMATTING_TAG.findall(text)
    return [tag for tag in _TAG.findall(text) if tag not in _NEVER_DEEP]


def _with_foreign_tags(text: str) -> Iterator[str]:
    drawings = {"svg": 0, "math": 0}
    for tag, closed in _TAG_TO_ITS_END.findall(text):
        name = tag.removeprefix("/")
        foreign = drawings["svg"] or drawings["math"]
        if name in _VOID or (closed if foreign else name in _CLOSED_BY_NEXT):
            continue
        if name in drawings:
            drawings[name] = max(drawings[name] + (1 if name is tag else -1), 0)
        yield tag


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
    parents: list[tuple[Any, Callable[[_Reader], None] | None]] = []
    node = root
    while True:
        tag = node.tag
        if tag == "-text":
            reader.text(node.text_content or "")
        elif not (reader.check_hidden and _is_hidden(node)) and (
            (opened := _OPENED.get(tag)) is None or opened(reader, node)
        ):
            close = _CLOSED.get(tag)
            child = node.child
            if child is not None:
                parents.append((node, close))
                node = child
                continue
            if close is not None:
                close(reader)
        while (following := node.next) is None or not parents:
            if not parents:
                return
            node, close = parents.pop()
            if close is not None:
                close(reader)
        node = following


@dataclass(slots=True)
class _Flow:
    """The page, or one cell: blocks done and the inline text of the next."""

    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def flush(self) -> None:
        if self.inline:
            text = _tidy("".join(self.inline))
            self.inline.clear()
            if text and not text.isspace():
                self.blocks.append(Paragraph(text))


@dataclass(slots=True)
class _Table:
    """A table being read; `taken[column]` is the first row in which that column is free again."""

    areas: list[Area] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    row: int = -1
    column: int = 0
    area: Area | None = None

    def place(self, height: int, width: int) -> Area | None:
        row = self.row = max(self.row, 0)
        column, taken = self.column, self.taken
        while column < len(taken) and taken[column] > row:
            column += 1
        self.column = column + width
        if self.column > _MAX_COLUMNS:
            self.column = column
            return None
        area = Area(row, column, height, width)
        if self.column > len(taken):
            taken += [0] * (self.column - len(taken))
        below = row + height
        for covered in range(column, self.column):
            if taken[covered] < below:
                taken[covered] = below
        self.areas.append(area)
        return area


class _Reader:
    """What has been read so far: flows and tables, the innermost last."""

    def __init__(self, *, check_hidden: bool) -> None:
        self.flows = [_Flow()]
        self.tables: list[_Table] = []
        self.check_hidden = check_hidden
        self.pre = 0

    def text(self, text: str) -> None:
        inline = self.flows[-1].inline
        if self.pre or not _LOOSE.search(text):
            inline.append(text)
        elif not text.isspace():
            inline.append(_BLANK.sub(" ", _WRAPPED.sub("", text)))
        elif inline:
            inline.append(_BLANK.sub(" ", text))

    def finish(self) -> list[Block]:
        self.flows[-1].flush()
        return self.flows[-1].blocks

    def drop(self, _node: Any) -> bool:
        return False

    def break_line(self, _node: Any) -> bool:
        self.flows[-1].inline.append("\n")
        return True

    def raise_text(self, node: Any) -> bool:
        self.flows[-1].inline.append(raised(node.text() or ""))
        return False

    def start_block(self, _node: Any) -> bool:
        if self.flows[-1].inline:
            self.flows[-1].flush()
        return True

    def end_block(self) -> None:
        if self.flows[-1].inline:
            self.flows[-1].flush()

    def start_pre(self, _node: Any) -> bool:
        self.flows[-1].flush()
        self.pre += 1
        return True

    def end_pre(self) -> None:
        self.flows[-1].flush()
        self.pre -= 1

    def start_caption(self, _node: Any) -> bool:
        self.flows.append(_Flow())
        return True

    def end_caption(self) -> None:
        flow = self.flows.pop()
        flow.flush()
        self.flows[-1].blocks += flow.blocks

    def start_table(self, _node: Any) -> bool:
        self.flows[-1].flush()
        self.tables.append(_Table())
        return True

    def end_table(self) -> None:
        if self.tables:
            self.flows[-1].blocks += table_blocks(self.tables.pop().areas)

    def start_row(self, _node: Any) -> bool:
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = 0
        return True

    def start_cell(self, node: Any) -> bool:
        if not self.tables:
            return True
        attributes = node.attributes
        height = _span(attributes["rowspan"], _MAX_ROW_SPAN) if "rowspan" in attributes else 1
        width = _span(attributes["colspan"], _MAX_COLUMN_SPAN) if "colspan" in attributes else 1
        area = self.tables[-1].place(height, width)
        self.flows.append(_Flow() if area is None else _Flow(area.blocks))
        return True

    def end_cell(self) -> None:
        if len(self.flows) > 1:
            self.flows.pop().flush()


_OPENED: Mapping[str, Callable[[_Reader, Any], bool]] = {
    **dict.fromkeys(_DROPPED, _Reader.drop),
    **dict.fromkeys(_BLOCKS, _Reader.start_block),
    "pre": _Reader.start_pre,
    "br": _Reader.break_line,
    "sup": _Reader.raise_text,
    "caption": _Reader.start_caption,
    "table": _Reader.start_table,
    "tr": _Reader.start_row,
    "td": _Reader.start_cell,
    "th": _Reader.start_cell,
}
_CLOSED: Mapping[str, Callable[[_Reader], None]] = {
    **dict.fromkeys(_BLOCKS, _Reader.end_block),
    "pre": _Reader.end_pre,
    "caption": _Reader.end_caption,
    "table": _Reader.end_table,
    "td": _Reader.end_cell,
    "th": _Reader.end_cell,
}


def _may_hide(text: str) -> bool:
    """Whether it is worth looking at every tag's attributes."""
    return "hidden" in text or "mso-hide" in text or ("display" in text and "none" in text)


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _span(value: str | None, most: int) -> int:
    if value is None:
        return 1
    digits = _SPAN.match(value)
    number = int(digits.group(1)) if digits else 1
    # Zero reaches to the table's end by the letter, but is written by mistake for one.
    return min(max(number, 1), most)


def _tidy(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE.sub("", text.replace("\xa0", " "))
    if " " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
        if "\n" in text:
            text = _AROUND_BREAK.sub("\n", text)
    return text.strip(" \n\u3000\t")
