"""Whose report, for which year, published when: as the head of the document says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.report.numerals import chinese_number
from gongkai.report.reading.tables.flat import Flat, fold
from gongkai.report.schema import Section

MAX_TITLE_LINE = 48
_YEAR = r"(20[12]\d|二[〇○零]二[〇○零一二三四五六七八九])"
REPORT_WORDS = re.compile(r"信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)")
_TITLE = re.compile(
    rf"(?P<before>[^;,:<>《》|]{{0,40}}?){_YEAR}年?度?(?P<after>[^;,:<>《》|\d]{{0,40}}?)(?:政府|政务)?{REPORT_WORDS.pattern}"
)
_PERIOD = re.compile(r"(20[12]\d)\s*年\s*1\s*月\s*1\s*日")
_THIS_YEAR = re.compile(r"(20[12]\d)\s*年(?:度)?\s*[,，]\s*(?:我|全|本|在)")
PUBLISHED = re.compile(
    r"(?:发布|公开|发文|成文)(?:日期|时间)\s*[:：]?\s*(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
)
_LEAD = re.compile(r"^(?:正文|标题|名称|关于|\d+)+[:：]?")
_NOT_A_NAME = re.compile(r"编制|公布|印发|通知|根据|按照|要求|查阅|报告|以下|年报|首页|位置|是|为")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,12}(?:省|市|县|自治州|盟|旗|镇|乡)$")
_CONTACT = re.compile(r"[与向]([^,，。；;()（）]{3,30}?)联系")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whose report for which year, by its own words; None where it does not say."""

    title: str | None
    agency: str | None
    year: int | None
    published_on: date | None


def identify(flat: Flat, sections: Sequence[Section]) -> Identity:
    """Return title, body, year and day of publication as the head of the document gives them."""
    head = _head(flat, sections)
    title = _title(head)
    return Identity(
        title=title[0].removeprefix("标题:").removeprefix("正文") if title else None,
        agency=_agency(_name(title), "".join(head)) if title else None,
        year=_year_number(title[2]) if title else _year_in(flat.text),
        published_on=_published_on("".join(head)),
    )


def _head(flat: Flat, sections: Sequence[Section]) -> list[str]:
    """The file's own title and the lines before the first section, folded, without white space."""
    first = next((s.heading for s in sections if s.heading), "")
    at = flat.text.find(fold(first)) if first else -1
    text = flat.text[: at if at > 0 else 3_000]
    lines = [fold(flat.document.title), *re.split(r"[\n\x1e\x1f]", text)]
    return [compact for line in lines if (compact := "".join(line.split()))]


def _title(head: Sequence[str]) -> re.Match[str] | None:
    """Return the first title that names a body, on one line or wrapped on two or three; else any title."""
    found: list[re.Match[str]] = []
    for size in (1, 2, 3):
        for i in range(len(head) - size + 1):
            lines = head[i : i + size]
            if size > 1 and any(len(line) > MAX_TITLE_LINE for line in lines):
                continue
            text = "".join(lines)
            match = _TITLE.search(text) if "信息公开" in text and ("报告" in text or "年报" in text) else None
            if match and _name(match) and not _NOT_A_NAME.search(_name(match)):
                return match
            found += [match] if match and not _NOT_A_NAME.search(_name(match)) else []
    return found[0] if found else None


def title_before(flat: Flat, start: int, end: int) -> int:
    """Return where the last line that is a report's title begins between two offsets, or `end`."""
    stop = end
    while stop > start:
        begin = flat.text.rfind("\n", start, stop) + 1 or start
        compact = "".join(flat.text[begin:stop].split())
        if len(compact) <= MAX_TITLE_LINE and _TITLE.search(compact):
            return begin
        stop = begin - 1
    return end


def _name(match: re.Match[str]) -> str:
    return _LEAD.sub("", match["before"] or match["after"] or "").strip("-—·的")


def _agency(name: str, head: str) -> str | None:
    """Return the body's name: in the short form it calls itself by, a bare place name made a government."""
    contact = _CONTACT.search(head)
    if contact and len(contact[1]) >= 5 and name.endswith(contact[1]):
        return contact[1]
    if _PLACE.match(name):
        return name + "人民政府"
    if name.endswith("区"):
        return name + ("管委会" if "管委会" in head or "管理委员会" in head else "人民政府")
    return name or None


def _year_number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_number(text.replace("○", "〇"))


def _year_in(text: str) -> int | None:
    for pattern in (_PERIOD, _THIS_YEAR):
        if match := pattern.search(text):
            return int(match[1])
    return None


def _published_on(head: str) -> date | None:
    for match in PUBLISHED.finditer(head):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None
