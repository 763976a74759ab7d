"""Radicals that printing programs put in place of the characters they look like (⼈ for 人, ⻓ for 长)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from gongkai.report.reading.blocks import Document, Grid, Paragraph

_RADICAL = re.compile("[\u2e80-\u2fdf]")
_SUPPLEMENT = {
    "⺁": "厂", "⺍": "小", "⺝": "月", "⺟": "母", "⺠": "民", "⺴": "网", "⻁": "虎", "⻄": "西",
    "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻙": "韦",
    "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
    "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
_CHARACTER = str.maketrans(
    {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | _SUPPLEMENT
)


def with_characters(document: Document) -> Document:
    """Return the document with its radicals turned into the characters meant; itself if it has none."""
    if not any(_RADICAL.search(text) for block in document.blocks for text in _texts(block)):
        return document
    blocks = [
        replace(block, text=block.text.translate(_CHARACTER))
        if isinstance(block, Paragraph)
        else replace(block, rows=[[text.translate(_CHARACTER) for text in row] for row in block.rows])
        for block in document.blocks
    ]
    return replace(document, blocks=blocks, title=document.title.translate(_CHARACTER))


def _texts(block: Paragraph | Grid) -> list[str]:
    return [block.text] if isinstance(block, Paragraph) else [text for row in block.rows for text in row]
