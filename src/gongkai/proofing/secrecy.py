"""Marks of secrecy and of internal use that were left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.sources import R711
from gongkai.proofing.norms import PAPERS2012, SECRETS2024
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_GRADE = "绝密|机密|秘密"
_SECRET = re.compile(
    rf"(?<!商业)(?:国家|工作)?(?:{_GRADE}) ?[★☆] ?(?:[0-9一二三四五六七八九十]{{1,3}}(?:年|个月)|长期)?"
    rf"|密级[: ]{{0,2}}(?:{_GRADE}|内部)(?![\u4e00-\u9fff])"
    rf"|[\[【({{](?:{_GRADE}|工作秘密)[\]】)}}]"
)
_LONE_SECRET = re.compile(rf"(?:{_GRADE}|工作秘密|绝密件|机密件|秘密件)(?: ?[0-9]{{1,2}}年)?")


@checks(
    "SM01",
    "密级标志",
    "文中留有密级标志“{words}”，应当停止发布，先行保密审查。",
    level=Level.BLOCK,
    source=SECRETS2024.part("关于国家秘密标志的规定"),
)
def no_secrecy_grade_is_left(reading: Reading) -> Iterator[Hit]:
    """不得带有绝密、机密、秘密和工作秘密的标志；行文中说到商业秘密、保守秘密的不在此列。"""
    for passage in reading.draft.passages:
        text = passage.folded
        for match in _SECRET.finditer(text):
            yield at(passage, *match.span())
        if len(text) <= _MARK_LENGTH and (lone := _LONE_SECRET.fullmatch(text.strip())):
            start = text.index(lone[0])
            yield at(passage, start, start + len(lone[0]))


_MARK_LENGTH = 24
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|刊物)[,;、: ]{0,3}"
    r"(?:注意保[存密管]|妥善保[存管]|(?:请勿|严禁|不得|禁止|切勿)(?:外传|公开|外泄|翻印|传播)|仅供参考|不宜外传)"
    r"|请勿外传|切勿外传"
)
_LONE_INTERNAL = re.compile(
    r"[\[【(]?(?:内部(?:资料|文件|材料|刊物|参考|使用|传阅|掌握|事项|明电)|仅供内部(?:使用|参考|传阅)|注意保[存密]"
    r"|严禁外传|不得外传|阅后(?:即焚|收回|退回))[\]】)]?"
)


@checks(
    "SM02",
    "内部使用标志",
    "文中留有内部使用标志“{words}”，应当核实能否公开后再发布。",
    level=Level.BLOCK,
    source=R711.art(17),
)
def no_mark_of_internal_use_is_left(reading: Reading) -> Iterator[Hit]:
    """不得带有内部资料、注意保存、请勿外传等标志；“内部资料性出版物”等用语不在此列。"""
    for passage in reading.draft.passages:
        text = passage.folded
        found = [match.span() for match in _INTERNAL.finditer(text)]
        if not found and len(text) <= _MARK_LENGTH and (lone := _LONE_INTERNAL.fullmatch(text.strip())):
            start = text.index(lone[0])
            found.append((start, start + len(lone[0])))
        for span in found:
            yield at(passage, *span)


_WITHHELD = re.compile(
    r"[(（]?此件(?:不(?:予)?公开|依申请公开|不对外公开|不宜公开|限内部)(?:发布)?[)）]?(?=$|[ 。.\n])"
    r"|公开(?:属性|方式|选项|类别|形式)[: ]{1,3}(?:不予?公开|依申请公开)"
    r"|[(（]?此件发至[\u4e00-\u9fff、,]{2,12}级"
)


@checks(
    "SM03",
    "不公开标注",
    "文中标注“{words}”，与公开发布相矛盾，应当核实公开属性。",
    level=Level.BLOCK,
    source=R711.art(17),
)
def the_text_does_not_say_it_is_withheld(reading: Reading) -> Iterator[Hit]:
    """公开的文本不得标注此件不公开、此件依申请公开或者限定的发至范围。"""
    for passage in reading.draft.prose:
        for match in _WITHHELD.finditer(passage.folded):
            yield at(passage, *match.span())


_COPY_NUMBER = re.compile(r"份号[: ]{0,3}[0-9]{1,7}(?![0-9])")
_BARE_COPY_NUMBER = re.compile(r"(?:No\.?|№)? ?0[0-9]{5}")
_HEAD_PARAGRAPHS = 3


@checks(
    "SM04",
    "份号",
    "文首“{words}”疑似涉密公文的份号，请核实是否为涉密公文。",
    level=Level.WARN,
    source=PAPERS2012.art(9),
)
def no_copy_number_is_left(reading: Reading) -> Iterator[Hit]:
    """涉密公文才标注份号，公开的文本不应带有份号。"""
    for passage in reading.draft.prose:
        for match in _COPY_NUMBER.finditer(passage.folded):
            yield at(passage, *match.span(), level=Level.BLOCK)
    for passage in reading.draft.paragraphs[:_HEAD_PARAGRAPHS]:
        text = passage.folded
        if len(text) <= _MARK_LENGTH and (bare := _BARE_COPY_NUMBER.fullmatch(text.strip())):
            start = text.index(bare[0])
            yield at(passage, start, start + len(bare[0]))
