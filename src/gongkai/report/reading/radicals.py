"""Radicals that printing programs put in place of the characters they look like (⼈ for 人, ⻓ for 长).

With them goes what no database keeps as text: NULs, shown as unknown characters, and halves of characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from gongkai.report.reading.blocks import Block, Document, Paragraph

_TURNED = re.compile("[\0\u2e80-\u2fdf\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_SUPPLEMENT = {
    "⺁": "厂", "⺍": "小", "⺝": "月", "⺟": "母", "⺠": "民", "⺴": "网", "⻁": "虎", "⻄": "西",
    "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻙": "韦",
    "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
    "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
_CHARACTER = str.maketrans(
    {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
    | _SUPPLEMENT
    | {"\0": "\ufffd"}
)


def with_characters(document: Document) -> Document:
    """Return the document with its radicals turned into the characters meant; itself if it has none."""
    texts = map(_text, document.blocks)
    if not (_TURNED.search(document.title) or any(map(_TURNED.search, texts))):
        return document
    blocks = [
        replace(block, text=_turned(block.text))
        if isinstance(block, Paragraph)
        else replace(block, rows=[[_turned(text) for text in row] for row in block.rows])
        for block in document.blocks
    ]
    return replace(document, blocks=blocks, title=_turned(document.title))


def _turned(text: str) -> str:
    text = text.translate(_CHARACTER)
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "".join(map("".join, block.rows))
