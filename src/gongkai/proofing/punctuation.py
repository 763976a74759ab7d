"""Punctuation: repeated, contradictory, half-width among Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.norms import PUNCTUATION2011
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_REPEATED = re.compile(
    r"，{2,}|、{2,}|；{2,}|：{2,}|。{2,}|[，、；：][。，、；：]+|。[，、；：]+|！{2,}|？{2,}"
)


@checks(
    "PU01",
    "标点重复",
    "标点“{words}”重复或者相互矛盾，应当只留一个。",
    level=Level.BLOCK,
    source=PUNCTUATION2011.part("4"),
)
def marks_are_not_repeated(reading: Reading) -> Iterator[Hit]:
    """点号不得连用（，，　。。　，。）；省略号用“……”。"""
    for passage in reading.draft.prose:
        for match in _REPEATED.finditer(passage.text):
            level = Level.WARN if match[0][0] in "！？" or match[0].startswith("。。。") else None
            yield at(passage, *match.span(), suggestion=_single(match[0]), level=level)


def _single(marks: str) -> str:
    if marks.startswith("。。。"):
        return "……"
    return "。" if "。" in marks else marks[-1]


_HAN = r"\u4e00-\u9fff"
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（])|(?<=[{_HAN}”》）])[,;:]$|(?<=[{_HAN}”》）])\.(?=[{_HAN}]|$)"
)
_LIST_POINT = re.compile(r"(?:^|[。；：\s])[一二三四五六七八九十]{1,3}$")
_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))


@checks(
    "PU02",
    "半角标点",
    "这一段中文里有{count}处半角标点，如“{words}”，请核对是否改用“{suggestion}”。",
    level=Level.WARN,
    source=PUNCTUATION2011.part("5"),
)
def marks_among_chinese_are_full_width(reading: Reading) -> Iterator[Hit]:
    """中文文字之间用全角标点（每段提示一次）。"""
    for passage in reading.draft.prose:
        text = passage.text
        found = [
            match
            for match in _HALF.finditer(text)
            if match[0] != "." or not _LIST_POINT.search(text[max(0, match.start() - 4) : match.start()])
        ]
        if found:
            first, count = found[0], str(len(found))
            yield at(passage, *first.span(), suggestion=_FULL[first[0]], count=count)


_HALF_BRACKETS = re.compile(rf"\((?=[^()（）]{{0,60}}[{_HAN}])[^()（）\n]{{1,60}}\)")
_FULL_DIGITS = re.compile(r"[０-９Ａ-Ｚａ-ｚ]{1,40}")


@checks(
    "PU03",
    "全角半角混用",
    "“{words}”的全角半角与通行写法不一，请核对是否改作“{suggestion}”。",
    level=Level.WARN,
    source=PUNCTUATION2011.part("5"),
)
def widths_are_not_mixed(reading: Reading) -> Iterator[Hit]:
    """数字、字母用半角；全文已用全角括号的，中文括注不再用半角括号（各提示一次）。"""
    prose = reading.draft.prose
    digits = ((passage, match) for passage in prose for match in _FULL_DIGITS.finditer(passage.text))
    for passage, match in digits:
        start, end = match.span()
        yield at(passage, start, end, suggestion=passage.folded[start:end])
        break
    if not any("（" in passage.text for passage in prose):
        return
    brackets = ((passage, match) for passage in prose for match in _HALF_BRACKETS.finditer(passage.text))
    for passage, match in brackets:
        yield at(passage, *match.span(), suggestion=f"（{match[0][1:-1]}）")
        break
