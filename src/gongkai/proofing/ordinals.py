"""Ordinals of lists and headings: repeated, skipped, upside down, oddly written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.sources import chinese_ordinal
from gongkai.proofing.drafts import Passage
from gongkai.proofing.norms import LAYOUT2012
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_LEVELS = LAYOUT2012.part("“正文”结构层次序数")
_HAN = "一二三四五六七八九十"
_VALUES = {chinese_ordinal(number): number for number in range(1, 100)}
_INLINE = (
    re.compile(rf"(?<![^。；;，,：:）)、．.\s])(?P<n>[{_HAN}])是(?!否)"),
    re.compile(rf"(?<![^。；;，,：:\s])第(?P<n>[{_HAN}])[，,](?!第)"),
    re.compile(r"(?<![^。；;，,：:\s])[（(](?P<n>[0-9]{1,2})[）)]"),
    re.compile(r"(?<![^。；;：:\s])(?P<n>[0-9]{1,2})[.、．](?![0-9])"),
)
_DIGITS = _INLINE[2:]
_HEADINGS = (
    re.compile(rf"\s*(?P<n>[{_HAN}]{{1,3}})[、.．](?!\s*[{_HAN}]{{1,3}}[、是])"),
    re.compile(rf"\s*[（(](?P<n>[{_HAN}]{{1,3}})[）)]"),
    re.compile(r"\s*(?P<n>[0-9]{1,2})[.．、](?![0-9])"),
    re.compile(r"\s*[（(](?P<n>[0-9]{1,2})[）)]"),
)
_ARTICLE = re.compile(rf"\s*第(?P<n>[{_HAN}百]{{1,6}})条(?![第款项的规至])")


def _value(words: str) -> int:
    """Return the number a numeral of a list stands for, 0 where it is none."""
    return int(words) if words.isdigit() else _VALUES.get(words, 0)


def _misplaced(values: list[int], *, may_hold_one: bool) -> Iterator[tuple[int, str]]:
    """Yield the places in a run of ordinals that repeat or skip one; a list inside a list counts anew.

    `may_hold_one`: a list may have a single item, so that a first after a first is right.
    """
    open_lists: list[int] = []
    for i, value in enumerate(values):
        outer = next((k for k in range(len(open_lists) - 1, -1, -1) if open_lists[k] + 1 == value), None)
        if outer is not None:
            open_lists[outer:] = [value]
        elif value == 1:
            if not may_hold_one and open_lists == [1] and 2 not in values[i + 1 : i + 2]:
                yield i, "重复"
            else:
                open_lists = [*open_lists[-3:], 1]
        elif open_lists:
            yield i, "重复" if value in open_lists else "不连续"
            open_lists[-1] = value
        else:
            open_lists = [value]


@checks("OR01", "列举序号", "序号“{words}”{what}，请核对。", level=Level.WARN)
def listed_ordinals_follow_one_another(reading: Reading) -> Iterator[Hit]:
    """一段之内的一是、二是，第一、第二，（1）（2），1. 2. 依次编号，不重复、不跳号。"""
    for passage in reading.draft.paragraphs:
        for pattern in _INLINE:
            found = list(pattern.finditer(passage.text))
            values = [_value(match["n"]) for match in found]
            for i, what in _misplaced(values, may_hold_one=pattern in _DIGITS):
                yield at(passage, *found[i].span(), what=what)


def _headings(passages: tuple[Passage, ...]) -> Iterator[tuple[Passage, re.Match[str], int, int]]:
    """Yield the paragraphs that begin with an ordinal, with their level (0–3) and its value."""
    for passage in passages:
        for level, pattern in enumerate(_HEADINGS):
            match = pattern.match(passage.text)
            if match and (value := _value(match["n"])):
                yield passage, match, level, value
                break


def _mark(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of an ordinal without the indent before it."""
    return match.end() - len(match[0].lstrip()), match.end()


@checks("OR02", "层次序号", "层次序号“{words}”{what}，请核对。", level=Level.WARN, source=_LEVELS)
def headings_follow_one_another(reading: Reading) -> Iterator[Hit]:
    """各段开头的一、（一）1.（1）在各自层次内依次编号，不重复、不跳号，层次不颠倒；条文的条序同样连续。"""
    last: dict[int, int] = {}
    for passage, match, level, value in _headings(reading.draft.paragraphs):
        before = last.get(level, 0)
        deeper = [each for each in last if each > level]
        if value == 1 and not before and any(last[each] == 1 for each in deeper):
            yield at(passage, *_mark(match), what="出现在下一层次之后，层次颠倒")
        elif value not in (1, before + 1):
            yield at(passage, *_mark(match), what="重复" if value == before else "不连续")
        for each in deeper:
            del last[each]
        last[level] = value
    yield from _articles(reading.draft.paragraphs)


def _articles(passages: tuple[Passage, ...]) -> Iterator[Hit]:
    last = 0
    for passage in passages:
        match = _ARTICLE.match(passage.text)
        value = _ARTICLE_VALUES.get(match["n"], 0) if match else 0
        if match is None or not (value and (last or value == 1)):
            continue
        if value not in (1, last + 1):
            yield at(passage, *_mark(match), what="重复" if value == last else "不连续")
        last = value


_ARTICLE_VALUES = {chinese_ordinal(number): number for number in range(1, 1000)}
_STYLES = (
    (re.compile(rf"\s*([{_HAN}]{{1,3}}[.．，,：:])(?=[^\s{_HAN}0-9])"), "“一”后用顿号"),
    (re.compile(rf"\s*([（(][{_HAN}]{{1,3}}[）)][、.．，,])"), "“（一）”后不加标点"),
    (re.compile(r"\s*([0-9]{1,2}、)"), "“1”后用下脚点“.”"),
    (re.compile(r"\s*([0-9]{1,2}．)"), "“1”后用半角下脚点“.”"),
    (re.compile(r"\s*([（(][0-9]{1,2}[）)][、.．，,])"), "“（1）”后不加标点"),
    (re.compile(rf"\s*(\([{_HAN}0-9]{{1,3}}\))(?![、.．，,])"), "序号用全角括号"),
    (re.compile(rf"\s*(第[{_HAN}]、)"), "“第一”后用逗号"),
)


@checks(
    "OR03",
    "层次序号的写法",
    "序号“{words}”的写法请核对：{what}。",
    level=Level.WARN,
    source=_LEVELS,
)
def ordinals_have_their_form(reading: Reading) -> Iterator[Hit]:
    """结构层次序数依次写作一、（一）1.（1）（每种写法只提示一次）。"""
    for pattern, what in _STYLES:
        found = ((passage, pattern.match(passage.text)) for passage in reading.draft.paragraphs)
        first = next(((passage, match) for passage, match in found if match), None)
        if first:
            passage, match = first
            yield at(passage, *match.span(1), what=what)
