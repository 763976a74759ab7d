"""Whether the report speaks of its own year throughout: words left over from another year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.law.sources import FORM2021, PRACTICE, R711
from gongkai.report.auditing.passages import flat, found, quote_flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level
from gongkai.report.schema import Report, SectionCode

_PERIOD = re.compile(
    r"(?P<from>20\d\d)(?:年|\.)0?1(?:月|\.)0?1日?起?(?:统计)?[，,]?(?:至|到|—|-|－|–|~|～){1,2}"
    r"(?:(?P<to>20\d\d)(?:年|\.)|[同当]年)?12(?:月31日|\.31)"
    r"|统计(?:期间|期限|区间|年度)(?:为|是|:|：)(?P<whole>20\d\d)年(?:度|全年)"
)
_YEAR_OF_TITLE = re.compile(r"(20\d\d)年")
_FRONT = (SectionCode.PREAMBLE, SectionCode.OVERVIEW)


def _title_year(report: Report) -> int | None:
    years = _YEAR_OF_TITLE.findall(flat(report.title or ""))
    return int(years[0]) if len(set(years)) == 1 else report.year


@rule("ST09", "年度一致", "{what}", source=FORM2021.part("标题和统计期限"))
def title_and_period_agree(dossier: Dossier) -> Iterator[Outcome]:
    """标题年度与统计期限（1月1日至12月31日）应是同一年。

    Right: 《……2024年政府信息公开工作年度报告》，“自2024年1月1日至2024年12月31日”。
    Wrong: 标题为2024年，“自2023年1月1日至2023年12月31日”。
    """
    year = _title_year(dossier.report)
    if year is None:
        yield Skip("没有读到报告年度")
        return
    for section, match in found(dossier.report, _PERIOD, *_FRONT):
        start = int(match["from"] or match["whole"])
        end = int(match["to"] or start)
        if start != end:
            what = f"统计期限从{start}年到{end}年，不是一个年度"
        elif start != year:
            what = f"标题年度为{year}年，统计期限却是{start}年"
        else:
            continue
        yield Hit(quote=quote_flat(section, *match.span()), what=what)
        return


# A page's own furniture lists other years' reports too; only a sentence that makes this one counts.
_OWN_REPORT = re.compile(
    r"(?:编制|形成|撰写|公布|发布)(?!日期|时间|机构|单位|人)[^。；《》\d]{0,24}"
    r"(20\d\d)年度?政府信息公开(?:工作)?年度报告"
)
_OPENING = re.compile(r"^(20\d\d)年(?:度?[，,])")
_OWN_YEAR = re.compile(r"现[将就](20\d\d)年度?政府信息公开(?:工作)?(?:情况|年度报告)")
_FEE_YEAR = re.compile(r"(?:^|[。；：）)])(20\d\d)年度?[，,]?(?!\d|[^，。；]{0,2}起)[^。；]{0,24}处理费")


@cache
def _leftovers() -> tuple[tuple[SectionCode, re.Pattern[str]], ...]:
    return (
        (SectionCode.PREAMBLE, _OWN_REPORT),
        (SectionCode.PREAMBLE, _OWN_YEAR),
        (SectionCode.OVERVIEW, _OPENING),
        (SectionCode.OTHER_MATTERS, _FEE_YEAR),
    )


@rule(
    "ST10",
    "沿用其他年度文字",
    "报告年度为{year}年，此处写的是{other}年，请核对是否沿用了往年文字",
    source=PRACTICE.part("年度表述"),
    level=Level.WARNING,
)
def no_words_of_other_years(dossier: Dossier) -> Iterator[Outcome]:
    """说明本报告、开篇总述和收费情况的文字，年份应是报告年度。

    Right: 2024年度报告：“2024年度未收取信息处理费”。
    Wrong: 2024年度报告：“2022年度未收取信息处理费”。
    """
    report = dossier.report
    if report.year is None:
        return
    for code, pattern in _leftovers():
        for section, match in found(report, pattern, code):
            if int(match[1]) != report.year and not _in_a_title(flat(section.text), match.start()):
                quoted = quote_flat(section, *match.span(1))
                yield Hit(quote=quoted, year=report.year, other=int(match[1]))


def _in_a_title(text: str, place: int) -> bool:
    return text.count("《", 0, place) > text.count("》", 0, place)


_PLAN = re.compile(
    r"(?:整改措施|改进措施|改进办法|解决办法|下一步(?:工作|打算|安排|计划|，|,|：|:)|下步(?:工作|打算|措施)|工作打算|努力方向"
    r"|针对(?:以上|上述)(?:问题|不足))"
)
_SUBJECT = r"(?:(?:我|本|全)[们局县市区委办镇乡厅院省机]{1,3}关?|县|市|区)?"
_FORWARD = (
    r"(?:将(?:继续|进一步|着力|采取|加强|不断|重点|从|紧紧|严格|按照|以|围绕|认真|着重|持续|坚持|深入|积极)"
    r"|要|计划|拟|继续|进一步|加大|着力)"
)
_PAST = re.compile(r"了|已|完成|取得|累计|共(?:计|有)|同比|以来")
# 将 that cannot be 把: it says by itself that a plan follows.
_WILL = (
    r"[^，。；：]{0,12}?将"
    r"(?:(?:继续|进一步|着力|采取|努力|不断|持续)[^，。；：]*|[^，。；：把]{0,10}(?:改进|措施|整改)(?=[：:，。]))"
)


@cache
def _planned_in(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[，。；：:、,;）)]){year}年度?[，,]?{_SUBJECT}[，,]?{_FORWARD}")


@cache
def _announced_for(year: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[，。；：:、,;）)]){year}年度?(?:[，,]?{_WILL}|(?:下一?步)?工作(?:打算|安排|思路|计划)(?=[：:]))"
    )


@rule(
    "ST11",
    "改进措施的年份",
    "{year}年度报告的改进措施仍写“{year}年”，请核对是否应为{next}年",
    source=R711.art(50, item=4),
    level=Level.WARNING,
)
def plans_are_for_the_next_year(dossier: Dossier) -> Iterator[Outcome]:
    """第五部分写下一步打算的，年份不应仍是报告年度。

    Right: 2024年度报告：“改进措施：2025年我局将继续……”。
    Wrong: 2024年度报告：“改进措施：2024年我局将继续……”。
    """
    report = dossier.report
    section = report.section(SectionCode.PROBLEMS)
    if section is None or report.year is None:
        return
    text = flat(section.text)
    for start, plan in _plans(text, report.year):
        if not _PAST.search(plan):
            place = text.index(str(report.year), start)
            quoted = quote_flat(section, place, place + 5)
            yield Hit(quote=quoted, year=report.year, next=report.year + 1)
            return


def _plans(text: str, year: int) -> Iterator[tuple[int, str]]:
    """Yield place and words of what opens with the year and is announced as a plan, or headed so."""
    for match in _announced_for(year).finditer(text):
        yield match.start(), match[0]
    if plan := _PLAN.search(text):
        for match in _planned_in(year).finditer(text, plan.end()):
            yield match.start(), text[match.start() + 1 :].partition("。")[0]
