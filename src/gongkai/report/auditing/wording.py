"""Slips of the pen in the prose: ordinals, brackets, punctuation, repetitions, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, zip_longest

from gongkai.law.sources import PRACTICE
from gongkai.report.auditing.passages import flat, found, places, quote, quote_flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.findings import Level
from gongkai.report.schema import Report, Section, SectionCode

_EDITING = PRACTICE.part("文字校核")
_PROSE = (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS)


def _body(report: Report) -> list[Section]:
    """Return the parts made of prose; the others hold a page's menus and what is left of tables."""
    return [section for section in report.sections if section.code in _PROSE]


_ORDINALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
_ITEM = re.compile(r"([一二三四五六七八九十])是|[（(][一二三四五六七八九十]{1,3}[）)]")
_BEFORE_ITEM = frozenset("。；;，,：:）)、．. \u3000\n\t")


@rule(
    "FM06",
    "列举序号重复",
    "序号“{ordinal}”重复",
    source=_EDITING,
    level=Level.INFO,
)
def ordinals_are_not_repeated(dossier: Dossier) -> Iterator[Outcome]:
    """同一组列举中，一是、二是、三是依次编号，不重复。

    Right: 一是……二是……三是……四是……
    Wrong: 一是……二是……三是……三是……
    """
    for section in _body(dossier.report):
        for match in _repeated_ordinals(section.text):
            yield Hit(quote=quote(section, *match.span()), ordinal=match[0])


_NUMBERED = (
    re.compile(r"[（(](?P<n>\d{1,2})[）)]"),
    re.compile(r"(?<![^：:；;。\s])(?P<n>\d{1,2})[.、．](?!\d)"),
    re.compile(r"第(?P<n>[一二三四五六七八九])[，,]"),
)


def _repeated_ordinals(text: str) -> Iterator[re.Match[str]]:
    """Yield items whose ordinal is that of the item before: 二是……二是, 1.……2.……2."""
    yield from _repeated_items(text)
    for numbered in _NUMBERED:
        before = start = 0
        for match in numbered.finditer(text):
            value = _ORDINALS.get(match["n"]) or int(match["n"])
            if value == before > 1 and "\n" not in text[start : match.start()]:
                yield match
            before, start = value, match.end()


def _repeated_items(text: str) -> Iterator[re.Match[str]]:
    """Yield items whose ordinal repeats the one before; a list inside a list may count anew."""
    open_lists: list[int] = []
    items = [match for match in _ITEM.finditer(text) if match[1] is None or _begins(text, match)]
    for match, behind in zip_longest(items, items[1:]):
        if match[1] is None:
            open_lists = []
            continue
        value = _ORDINALS[match[1]]
        outer = next((i for i in range(len(open_lists) - 1, -1, -1) if open_lists[i] + 1 == value), None)
        if outer is not None:
            open_lists[outer:] = [value]
        elif value == 1 and open_lists == [1] and (behind is None or behind[1] not in ("二", None)):
            yield match
        elif value == 1:
            open_lists.append(1)
        elif open_lists and value == open_lists[-1]:
            yield match
        else:
            open_lists = [value]


def _begins(text: str, match: re.Match[str]) -> bool:
    return not match.start() or text[match.start() - 1] in _BEFORE_ITEM


_BRACKET = re.compile(r"[（(《“【〔）)》”】〕]")
_CLOSES = {"）": "（", "》": "《", "”": "“", "】": "【", "〕": "〔"}
_FULL_WIDTH = {"(": "（", ")": "）"}
_LIST_MARK = re.compile(r"[一二三四五六七八九十\d①-⑳a-zA-Z]$")


@rule(
    "FM07",
    "括号引号未成对",
    "“{mark}”没有与之成对的另一半",
    source=_EDITING,
    level=Level.INFO,
)
def brackets_are_paired(dossier: Dossier) -> Iterator[Outcome]:
    """括号、书名号、引号应当成对。

    Right: （以下简称《条例》）。
    Wrong: （以下简称《条例）。
    """
    for section in _body(dossier.report):
        lone = _lone_brackets(section.text)
        if lone:
            place = lone[0]
            yield Hit(quote=quote(section, place, place + 1), mark=section.text[place])


def _lone_brackets(text: str) -> list[int]:
    """Return the places of brackets without their other half; marks of a list such as 1) are none."""
    opened: list[tuple[str, int]] = []
    lone: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = _FULL_WIDTH.get(match[0], match[0])
        opener = _CLOSES.get(mark)
        if opener is None:
            opened.append((mark, match.start()))
        elif opened and opened[-1][0] == opener:
            opened.pop()
        elif any(kind == opener for kind, _ in opened):
            while opened[-1][0] != opener:
                lone.append(opened.pop()[1])
            opened.pop()
        elif not (mark == "）" and _LIST_MARK.search(text, max(0, match.start() - 4), match.start())):
            lone.append(match.start())
    return sorted(lone + [place for _, place in opened])


_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:!?](?=[\u4e00-\u9fff“《（])")
_FULL_MARKS = "，；：！？"
_ENOUGH_MARKS, _STRAY_MARKS, _STRAY_SHARE = 20, 2, 0.05


@rule(
    "FM08",
    "标点全角半角混用",
    "{what}",
    source=_EDITING,
    level=Level.INFO,
)
def punctuation_is_full_width(dossier: Dossier) -> Iterator[Outcome]:
    """中文文字之间用全角标点；全文多用全角、个别用半角的，以及通篇半角的，予以提示。

    Right: 完善机制，细化分工。
    Wrong: 完善机制,细化分工。
    """
    sections = _body(dossier.report)
    half = [(section, match) for section in sections for match in _HALF_WIDTH.finditer(section.text)]
    full = sum(section.text.count(mark) for section in sections for mark in _FULL_MARKS)
    if not half or len(half) + full < _ENOUGH_MARKS:
        return
    section, match = half[0]
    where = quote(section, *match.span())
    if len(half) <= max(_STRAY_MARKS, _STRAY_SHARE * full) and len(half) < full:
        yield Hit(quote=where, what=f"有{len(half)}处标点误用半角")
    elif full <= _STRAY_SHARE * len(half):
        yield Hit(quote=where, what="正文标点通篇使用半角")


_FIELD_CODE = re.compile(
    r"\[bookmark:[^\]]*\]|错误！?[!]?未(?:找到引用源|定义书签)|MERGEFORMAT|(?:HYPERLINK|TOC)\s*[\\\"]"
    r"|PAGEREF\s*[\\_]|\ufffd+|锟斤拷|&(?:nbsp|[lr][ds]quo|middot|mdash|hellip|quot|amp|lt|gt);"
    r"|</?(?:br|p|span|div|t[dr]|font|strong)(?:\s[^<>]*)?/?>"
)


@rule(
    "FM09",
    "残留域代码",
    "文中残留排版代码“{code}”等{count}处",
    source=_EDITING,
    level=Level.INFO,
)
def no_field_codes_are_left(dossier: Dossier) -> Iterator[Outcome]:
    """正文和表格不得残留书签、域代码、乱码。

    Right: 2.依申请公开方面。
    Wrong: [bookmark: _GoBack]2.依申请公开方面。
    """
    report = dossier.report
    matches = [(s, m) for s in report.sections for m in _FIELD_CODE.finditer(s.text)]
    labelled = [m[0] for label in report.labels.values() for m in _FIELD_CODE.finditer(label)]
    if matches:
        section, match = matches[0]
        count = len(matches) + len(labelled)
        yield Hit(quote=quote(section, *match.span()), code=match[0], count=count)
    elif labelled:
        yield Hit(code=labelled[0], count=len(labelled))


_NEVER_DOUBLED = (
    *(
        "审核",
        "加强",
        "推进",
        "完善",
        "落实",
        "主动",
        "明确",
        "定期",
        "群众",
        "进一步",
        "及时",
        "积极",
        "严格",
        "开展",
        "健全",
        "提升",
        "强化",
    ),
    *(
        "推动",
        "深化",
        "认真",
        "不断",
        "持续",
        "切实",
        "按照",
        "根据",
        "坚持",
        "通过",
        "其中",
        "，",
        "；",
        "：",
    ),
)
_DOUBLED = re.compile("的的(?![确士])|" + "|".join(word * 2 for word in _NEVER_DOUBLED))
_GRAM, _STEP, _SHORTEST, _LONGEST = 4, 5, 8, 60
_AFTER_ORDINAL = re.compile(r"(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d][、.．是])$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MOST_DOUBLED = 20  # in a section: who doubles more has other troubles than a doubled word


@rule(
    "FM10",
    "词句重复",
    "“{words}”重复",
    source=_EDITING,
    level=Level.INFO,
)
def words_are_not_doubled(dossier: Dossier) -> Iterator[Outcome]:
    """词语、句子、标点不得连写两遍。

    Right: 规范审核发布机制。
    Wrong: 规范审核审核发布机制。
    """
    for section in _body(dossier.report):
        text = flat(section.text)
        if "的的" in text or any(word * 2 in text for word in _NEVER_DOUBLED):
            for match in islice(_DOUBLED.finditer(text), _MOST_DOUBLED):
                words = match[0][: len(match[0]) // 2]
                yield Hit(quote=quote_flat(section, *match.span()), words=words)
        for start, end in islice(_doubled_phrases(text), _MOST_DOUBLED):
            middle = (start + end) // 2
            if not _is_heading(section, text, start, middle):
                yield Hit(quote=quote_flat(section, start, end), words=text[start:middle])


def _is_heading(section: Section, text: str, start: int, middle: int) -> bool:
    """Whether the first of two equal phrases is a sub-heading and the second begins its paragraph."""
    if _AFTER_ORDINAL.search(text, max(0, start - 6), start):
        return True
    first, second = places(section.text)[middle - 1 : middle + 1]
    return "\n" in section.text[first:second]


def _doubled_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each phrase of 8–60 characters that stands twice running.

    A gram of four at every fifth place is enough: a phrase of eight always holds one whole.
    """
    end = 0
    for place in range(0, len(text) - _SHORTEST - _GRAM, _STEP):
        if place < end:
            continue
        again = text.find(text[place : place + _GRAM], place + _SHORTEST, place + _LONGEST + _GRAM)
        if again < 0:
            continue
        start, stop = _stretch(text, place, again - place)
        if stop - start >= again - place and len(_CHINESE.findall(text, start, stop)) >= _SHORTEST - 2:
            end = start + 2 * (again - place)
            yield start, end


def _stretch(text: str, place: int, distance: int) -> tuple[int, int]:
    """Return the longest run round `place` that stands again `distance` further on."""
    start = place
    while start > 0 and place - start < distance and text[start - 1] == text[start - 1 + distance]:
        start -= 1
    stop = place
    last = min(len(text) - distance, place + distance)
    while stop < last and text[stop] == text[stop + distance]:
        stop += 1
    return start, stop


_UNIT = re.compile(r"[件条份次宗](?=[。；，,、;])")
# Characters that make a word of the unit after them: 文件, 案件, 法条, 身份, 人次.
_WORD_BEFORE = {
    "件": "文案邮信证稿来要附事软条物零函部批收发公原硬",
    "条": "头链信法线",
    "份": "月身年股",
    "次": "档层人批",
    "宗": "大",
}
_NUMERAL_BEFORE = frozenset("一二三四五六七八九十百千万两余多几数各每逐首再本此初依该单整")
_COUNTED = re.compile(r"[\u4e00-\u9fff]\d[\d.,]*余?([件条份次宗])(?=[。；，,、;])")
_TOTAL_WORDS = ("共", "共计", "累计", "合计", "信息")
_CLAUSE_ENDS = "。；：，\n"
_ITEM_ENDS = re.compile(r"[。；：，,、:;]")
_ITEM_AT_MOST = 24


@rule(
    "FM11",
    "缺数字",
    "“{words}”缺少数字",
    source=_EDITING,
    level=Level.WARNING,
)
def numbers_are_not_left_out(dossier: Dossier) -> Iterator[Outcome]:
    """列举数量时，每一项的单位之前应有数字。

    Right: 核发排水许可 8 条、施工许可 12 条、占道许可 3 条。
    Wrong: 核发排水许可条、施工许可 12 条、占道许可 3 条。
    """
    for section in _body(dossier.report):
        text = flat(section.text)
        for start, end in _gaps(text):
            yield Hit(quote=quote_flat(section, start, end), words=text[start:end])


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each item of a list that ends in a unit without a number."""
    for match in _UNIT.finditer(text):
        place = match.start()
        before = text[max(0, place - _ITEM_AT_MOST) : place]
        item = _ITEM_ENDS.split(before)[-1]
        if not item or not "\u4e00" <= item[-1] <= "\u9fff" or any(c.isdigit() for c in item):
            continue
        if item[-1] in _WORD_BEFORE[match[0]] or item[-1] in _NUMERAL_BEFORE:
            continue
        start = place - len(item)
        if item.endswith(_TOTAL_WORDS) or _neighbours_count(text, start, match.end()):
            yield start, match.end()


def _neighbours_count(text: str, start: int, end: int) -> bool:
    """Whether two more items of the same 、 list give their number before the same unit."""
    first = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    last = min((place for mark in _CLAUSE_ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    units = [m[1] for m in _COUNTED.finditer(text, first, min(last + 1, len(text)))]
    return "、" in text[first:last] and units.count(text[end - 1]) >= 2


_HALF_YEAR = re.compile(r"(?:结转|转入|顺延)(?:至|到|入)?下半年")


@rule(
    "FM12",
    "结转下年度",
    "“{words}”应为结转下年度",
    source=_EDITING,
    level=Level.INFO,
)
def carried_into_next_year(dossier: Dossier) -> Iterator[Outcome]:
    """年度报告统计全年，未办结的申请结转下年度，不是下半年。

    Right: 结转下年度 3 件。
    Wrong: 结转下半年 3 件。
    """
    for section, match in found(dossier.report, _HALF_YEAR):
        yield Hit(quote=quote_flat(section, *match.span()), words=match[0])
