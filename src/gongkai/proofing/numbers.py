"""The form of document numbers (发文字号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.drafts import Passage
from gongkai.proofing.norms import LAYOUT2012
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_FORM = LAYOUT2012.part("“发文字号”")
_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff])(?P<open>[〔\[［【(（﹝{])(?P<year>(?:19|20)?[0-9]{2})(?P<close>[〕\]］】)）﹞}])"
    r" ?(?P<nth>第? ?(?P<serial>[0-9]{1,5}))(?P<end> ?号)"
)


@checks(
    "WN01",
    "发文字号的写法",
    "发文字号“{words}”{what}，应当写作“{suggestion}”。",
    level=Level.WARN,
    source=_FORM,
)
def document_numbers_have_their_form(reading: Reading) -> Iterator[Hit]:
    """发文字号用六角括号〔〕括起四位年份，序号不加“第”、不编虚位；本件的字号写错应当改正。"""
    draft = reading.draft
    own = Passage(field="document_number", text=draft.document_number)
    for passage in (own, *draft.prose):
        level = Level.BLOCK if passage is own else Level.WARN
        for match in _NUMBER.finditer(passage.text):
            if faults := "、".join(_faults(match)):
                yield at(passage, *match.span(), suggestion=_right(match), level=level, what=faults)


def _faults(match: re.Match[str]) -> Iterator[str]:
    if (match["open"], match["close"]) != ("〔", "〕"):
        yield "没有使用六角括号〔〕"
    if len(match["year"]) != 4:
        yield "年份不是四位"
    if "第" in match["nth"]:
        yield "序号前多了“第”"
    if match["serial"].startswith("0"):
        yield "序号编了虚位"


def _right(match: re.Match[str]) -> str:
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"〔{year}〕{match['serial'].lstrip('0') or '0'}号"


_OWN = re.compile(
    r"[^〔〕]{1,30}〔[0-9]{4}〕[0-9]{1,5}号|[^〔〕\[\]]{0,30}第?[0-9〇一二三四五六七八九十百]{1,8}号"
)


@checks(
    "WN02",
    "发文字号不完整",
    "发文字号“{words}”不完整，应当写明机关代字、年份和序号。",
    level=Level.BLOCK,
    source=_FORM,
)
def the_own_number_is_complete(reading: Reading) -> Iterator[Hit]:
    """本件的发文字号由机关代字、年份、序号组成；令、公告只编序号。"""
    own = Passage(field="document_number", text=reading.draft.document_number)
    text = own.folded.strip()
    if text and not _NUMBER.search(own.text) and not _OWN.fullmatch(text):
        yield at(own, 0, len(own.text))
