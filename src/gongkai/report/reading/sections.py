"""The report's prose in its six sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.report.reading.blocks import Grid
from gongkai.report.reading.identity import PUBLISHED, REPORT_WORDS
from gongkai.report.reading.tables.flat import Flat, fold
from gongkai.report.schema import Section, SectionCode

_ORDINALS = "一二三四五六"
_TITLES = {
    SectionCode.OVERVIEW: r"总体情况",
    SectionCode.PROACTIVE: r"(?:行政机关)?主动公开(?:的)?政府信息(?:的)?情况",
    SectionCode.REQUESTS: r"(?:行政机关)?收到(?:和|及)处理政府信息公开申请(?:的)?情况",
    SectionCode.REMEDIES: (
        r"(?:因)?政府信息公开(?:工作)?(?:被申请|引起的|引发的|的)?"
        r"行政法?复议[、,和及](?:被)?(?:提起)?行政诉讼(?:的)?情况"
    ),
    SectionCode.PROBLEMS: (
        r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在的)?主要问题"
        r"(?:与|和|及|以及|、)(?:改进|整改)(?:情况|措施)?"
    ),
    SectionCode.OTHER_MATTERS: r"(?:其他|其它)(?:需要|应当)报告的?(?:其他)?(?:事项|情况)",
}
_LOOSE_TITLES = _TITLES | {
    SectionCode.OVERVIEW: r"(?:总体|基本|概述|工作)(?:情况|概况)?",
    SectionCode.PROACTIVE: r".{0,6}主动公开.{0,4}(?:政府)?信息.{0,2}情况",
    SectionCode.REQUESTS: r".{0,6}(?:收到|依申请公开|处理).{0,4}政府信息.{0,8}情况",
    SectionCode.REMEDIES: r".{0,16}行政法?复议.{0,8}诉讼.{0,3}(?:情况)?",
    SectionCode.PROBLEMS: r".{0,12}(?:问题|困难|不足).{0,8}(?:改进|整改|措施|打算|情况).{0,4}",
    SectionCode.OTHER_MATTERS: r"(?:其他|其它).{0,10}(?:事项|情况)|需要?(?:报告|说明)的其他(?:事项|情况)",
}
_ORDER = tuple(_TITLES)
_NUMBERED_LINE = {
    code: re.compile(rf"(?:第?[{_ORDINALS[i]}]部?分?|{i + 1})[、,.:]?(?:{title})[:。]?")
    for i, (code, title) in enumerate(_LOOSE_TITLES.items())
}
_BARE_LINE = {
    code: re.compile(rf"(?:[{_ORDINALS}1-6][、,.])?(?:{title})[:。]?") for code, title in _TITLES.items()
}
_INSIDE = {
    code: re.compile(rf"[{_ORDINALS[i]}]\s*[、.]\s*(?:{title})")
    for i, (code, title) in enumerate(_TITLES.items())
}
_ORDINAL = re.compile(rf"[{_ORDINALS}]\s*[、.]")
_TABLE_SECTIONS = frozenset({SectionCode.PROACTIVE, SectionCode.REQUESTS, SectionCode.REMEDIES})
_SENTENCE_END = "。！？；：;:!?”"
_MAX_HEADING = 48
_PAGE_HEAD = re.compile(
    r"当前位置|您的位置|原文链接|本地目录|相关链接|来源[:：]|信息来源|索引号|发布机构|字号[:：]|正文\s*="
)
_OPENING = re.compile(
    r"根据|按照|依据|依照|遵照|现将|现公布|本报告|本年度报告|为(?:全面|深入|认真)?(?:贯彻|落实|做好)"
)
_FOOTER = re.compile(
    r"附件[:下\d]|相关(?:附件|文章|链接|阅读|新闻)|(?:上|下)一(?:篇|条)|[\[【(]?(?:打印|关闭)|分享到|扫一扫|责任编辑"
    r"|(?:主办|承办|协办)(?:单位)?:|版权所有|网站标识码|网站地图|联系我们|.{0,12}ICP备|.{0,8}公网安备|您是第"
    r"|.{0,60}\.(?:pdf|docx?|wps|ofd|xlsx?)$",
    re.I,
)
_WIDEST_LINE = 100
_LIST_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[.、]"
    r"|第[一二三四五六七八九十]+[,、]|[一二三四五六七八九十]是)"
)


class _Line(NamedTuple):
    """A paragraph outside the tables: its text as found, and where it begins."""

    text: str
    start: int


class _Heading(NamedTuple):
    code: SectionCode
    start: int
    end: int


def read_sections(flat: Flat, tables: Sequence[tuple[int, int]]) -> tuple[Section, ...]:
    """Return the prose in its sections; `tables` are the spans of the statutory tables, left out."""
    lines = list(_prose(flat, tables))
    headings = _ordered(_find_headings(flat, lines))
    starts = [h.start for h in headings]
    parts: list[list[str]] = [[] for _ in range(len(headings) + 1)]
    for line in lines:
        for text, at in _cut(line, headings):
            parts[bisect_right(starts, at)].append(text)
    preamble = [line for line in _after_title(parts[0]) if not _is_date_line(line)]
    sections = [Section(code=SectionCode.PREAMBLE, text=_without_page_head(_join(preamble)))]
    for heading, part in zip(headings, parts[1:], strict=True):
        prose = [t for t in part if not _is_label(t)] if heading.code in _TABLE_SECTIONS else part
        if heading is headings[-1]:
            prose = _before_footer(prose)
        sections.append(Section(code=heading.code, heading=_words(flat, heading), text=_join(prose)))
    return tuple(sections)


def _after_title(lines: Sequence[str]) -> Sequence[str]:
    """Leave out what stands before the report's own title: menus, paths, the page's particulars."""
    for end in range(len(lines), 0, -1):
        if any(_is_title(lines[max(0, end - size) : end]) for size in (1, 2, 3)):
            return lines[end:]
    return lines


def _is_title(lines: Sequence[str]) -> bool:
    """Whether lines are a title or the end of one: on one line with a few words after it, or wrapped."""
    compact = "".join(fold("".join(lines)).split())
    after = ".{0,12}$" if len(lines) == 1 else "$"
    return (
        len(compact) <= _MAX_HEADING
        and re.search(REPORT_WORDS.pattern + after, compact) is not None
        and not re.search("[《,。]|根据|格式", compact)
    )


def _before_footer(lines: list[str]) -> list[str]:
    """Leave out what a web page sets under the report: attachments, links, the site's own particulars."""
    for i, line in enumerate(lines):
        if i and _FOOTER.match("".join(fold(line).split())):
            return lines[:i]
    return lines


def _without_page_head(text: str) -> str:
    """Begin the preamble at its own first words, where a page's path and particulars run into them."""
    heads = [m.end() for m in _PAGE_HEAD.finditer(text)]
    opening = _OPENING.search(text, heads[-1]) if heads else None
    return text[opening.start() :] if opening else text


def _is_date_line(text: str) -> bool:
    """Whether a line says nothing but when the report was published."""
    compact = "".join(fold(text).split())
    match = PUBLISHED.match(compact)
    return match is not None and not re.sub(r"[日\d:]", "", compact[match.end() :])


def _is_label(text: str) -> bool:
    """Whether a line in a section of tables is a leftover of their labels: short, without punctuation."""
    folded = fold(text).strip()
    if len(folded) >= 40 or re.search(r"[。;,:]", folded):
        return False
    return not re.match(r"\([一二三四五六七八九]\)(?!予以|部分|不|无|其他|总计)", folded)


def _words(flat: Flat, heading: _Heading) -> str:
    return " ".join(_original(flat, heading.start, heading.end).split())


def _original(flat: Flat, start: int, end: int) -> str:
    block = flat.block_at(start)
    shown = flat.document.blocks[block]
    if isinstance(shown, Grid):
        return flat.text[start:end]
    offset = flat.block_start(block)
    return shown.text[start - offset : end - offset]


def _prose(flat: Flat, tables: Sequence[tuple[int, int]]) -> Iterator[_Line]:
    for index, block in enumerate(flat.document.blocks):
        if isinstance(block, Grid):
            continue
        start = flat.block_start(index)
        position = 0
        for a, b in tables:
            if b <= start + position or a >= start + len(block.text):
                continue
            if a > start + position:
                yield _Line(block.text[position : a - start], start + position)
            position = max(position, b - start)
        if position < len(block.text):
            yield _Line(block.text[position:], start + position)


def _find_headings(flat: Flat, lines: Sequence[_Line]) -> list[_Heading]:
    found: list[_Heading] = []
    for line in lines:
        folded = flat.text[line.start : line.start + len(line.text)]
        whole = _whole_line(folded, line.start) if len(folded.strip()) <= _MAX_HEADING else None
        found += [whole] if whole else _inside(folded, line.start)
    return found


def _whole_line(text: str, start: int) -> _Heading | None:
    compact = "".join(text.split())
    for code in _ORDER:
        if _NUMBERED_LINE[code].fullmatch(compact) or _BARE_LINE[code].fullmatch(compact):
            lead = len(text) - len(text.lstrip())
            return _Heading(code, start + lead, start + len(text.rstrip()))
    return None


def _inside(text: str, start: int) -> Iterator[_Heading]:
    """Headings run into their text (一、总体情况2023年，…): only in full words, with their own ordinal."""
    if not _ORDINAL.search(text):
        return
    for code in _ORDER:
        for match in _INSIDE[code].finditer(text):
            yield _Heading(code, start + match.start(), start + match.end())


def _ordered(headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the longest run of headings in the form's order; the earliest of equals."""
    listed = sorted(headings, key=lambda h: h.start)
    before: list[int] = []
    longest: dict[
        int, tuple[int, int]
    ] = {}  # rank -> length of the best run that ends there, minus its index
    for i, heading in enumerate(listed):
        rank = _ORDER.index(heading.code)
        length, last = max((longest[r] for r in longest if r < rank), default=(0, 1))
        before.append(-last)
        longest[rank] = max(longest.get(rank, (0, 0)), (length + 1, -i))
    index = -max(longest.values(), default=(0, 1))[1]
    found: list[_Heading] = []
    while index >= 0:
        found.append(listed[index])
        index = before[index]
    return found[::-1]


def _cut(line: _Line, headings: Sequence[_Heading]) -> Iterator[tuple[str, int]]:
    position = 0
    for heading in headings:
        a, b = heading.start - line.start, heading.end - line.start
        if b <= position or a >= len(line.text):
            continue
        if a > position:
            yield line.text[position:a], line.start + position
        position = b
    if position < len(line.text):
        yield line.text[position:], line.start + position


def _width(text: str) -> int:
    """Columns a line takes: two for a Chinese character, one for others."""
    return len(text.encode("gbk", "replace"))


def _join(lines: Sequence[str]) -> str:
    """Join wrapped lines: a line as long as the longest that ends no sentence goes on in the next."""
    texts = [line.strip().strip("\u3000") for line in lines]
    texts = [t for t in texts if t]
    full = max(map(_width, texts), default=0)
    joined: list[str] = []
    wrapped = False
    for text in texts:
        if joined and not (wrapped and not _LIST_ITEM.match(fold(text))):
            joined.append("\n")
        joined.append(text)
        wrapped = full <= _WIDEST_LINE and _width(text) >= full - 8 and text[-1] not in _SENTENCE_END
    return "".join(joined)
