"""Strangers' HTML as a tree: decoded, scripts and forms left out, nesting bounded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_DEEPEST = 150
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_DROPPED = re.compile("script|style|noscript|template|iframe|object|applet|svg|math|select|button|textarea")
# What a start tag closes when it is open, and what it never closes beyond.
_CLOSES = {
    "p": ("p",),
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
_BOUNDS = frozenset(["table", "ul", "ol", "dl", "td", "th", "div"])
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"})


@dataclass(eq=False)
class Node:
    """An element: its tag, attributes, children and parent."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield the element and those below it, in the document's order."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def text(self) -> str:
        """Return the words in it, runs of white space as one space."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                waiting.extend(reversed(piece.children))
        return " ".join("".join(pieces).split())


def decoded(data: bytes) -> str:
    """Return a page's text: by its mark, by what it declares, else as UTF-8, else as GB 18030.

    GB 18030 reads GB 2312 and GBK as well. A page that declares one and is written in the other is read
    by what it is written in.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    for encoding in ("gb18030", "utf-8-sig") if name in _CHINESE else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030" if name in _CHINESE else "utf-8-sig", "replace")


def parsed(text: str) -> Node:
    """Return a page as a tree."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("html")
        self._open = [self.root]
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _DROPPED.fullmatch(tag):
            self._dropped.append(tag)
        if self._dropped:
            return
        self._close_before(tag)
        node = Node(tag, {name: value or "" for name, value in attrs}, self._open[-1])
        self._open[-1].children.append(node)
        if not _VOID.fullmatch(tag) and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not _VOID.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return
            if self._open[place].tag == "table" and tag != "html":
                return

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._open[-1].children.append(data)

    def _close_before(self, tag: str) -> None:
        closes = _CLOSES.get(tag, ())
        place = len(self._open) - 1
        found = 0
        while place > 0 and self._open[place].tag not in _BOUNDS - set(closes):
            if self._open[place].tag in closes:
                found = place
            place -= 1
        if found:
            del self._open[found:]
