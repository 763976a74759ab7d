"""This year's report beside last year's of the same body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from gongkai.law.sources import FORM2019, FORM2021, R711
from gongkai.report.auditing.bodies import name_of, short_name
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level
from gongkai.report.schema import APPLICANTS, CARRIED_IN, CARRIED_OUT, CellId, Edition, Report, SectionCode


def same_body(report: Report, last: Report) -> bool:
    """Whether two reports name the same body, a superior's name before it or not; True if one names none."""
    ours, theirs = short_name(name_of(report)), short_name(name_of(last))
    return not ours or not theirs or ours.endswith(theirs) or theirs.endswith(ours)


def _not_comparable(report: Report, last: Report) -> str:
    if report.year is None or last.year is None:
        return "没有读到报告年度，无法与上年报告比较"
    if last.year != report.year - 1:
        return f"对照的报告是{last.year}年度，不是上一年度"
    if not same_body(report, last):
        return f"对照的报告属于另一单位：{name_of(last)}"
    return ""


def _pair(dossier: Dossier) -> tuple[Report | None, Iterator[Outcome]]:
    """Return last year's report if it may be compared, and else why not; nothing where none is at hand."""
    if dossier.last is None:
        return None, iter(())
    if why := _not_comparable(dossier.report, dossier.last):
        return None, iter((Skip(why),))
    return dossier.last, iter(())


@rule(
    "YR01",
    "结转衔接",
    "{name}列：上年结转{reported}，上年报告结转下年度{last_year}，两者应相等",
    source=R711.art(50, item=2),
)
def carried_in_matches_last_report(dossier: Dossier) -> Iterator[Outcome]:
    """表三每一列：本年“上年结转”＝上年报告“结转下年度继续办理”，逐列相等，不只看总计。

    Right: 上年结转下年度自然人 3、企业 1；本年上年结转自然人 3、企业 1。
    Wrong: 上年结转下年度自然人 3、企业 1；本年上年结转自然人 2、企业 2。
    """
    last, why_not = _pair(dossier)
    yield from why_not
    if last is None:
        return
    unread: list[CellId] = []
    for column in APPLICANTS:
        cell = CellId(3, CARRIED_IN, column.code)
        now, then = dossier.report.number(cell), last.number(CellId(3, CARRIED_OUT, column.code))
        if (now is None and not then) or (then is None and not now):
            continue  # blank beside nothing: no contradiction
        if now is None or then is None:
            unread.append(cell)
        elif now != then:
            yield Hit(cell, name=column.label, reported=str(now), last_year=str(then))
    if unread:
        yield Skip("本年或上年单元格空白或无法辨认", tuple(unread))


@rule(
    "YR02",
    "有效件数衔接",
    "{name}：上年现行有效{last_year}＋本年制发{made}－本年废止{repealed}＝{expected}，"
    "表中现行有效{reported}（有自动失效的应说明）",
    source=FORM2021.part("表二第二十条第（一）项"),
    level=Level.WARNING,
    editions=(Edition.FORM_2021,),
)
def stock_follows_from_last_report(dossier: Dossier) -> Iterator[Outcome]:
    """表二：现行有效件数＝上年现行有效＋本年制发－本年废止；有自动失效的另作说明。

    Right: 上年有效 25，制发 6、废止 0，有效 31。
    Wrong: 上年有效 25，制发 6、废止 0，有效 28。
    """
    last, why_not = _pair(dossier)
    yield from why_not
    if last is None:
        return
    if last.edition != Edition.FORM_2021:
        yield Skip("上年报告使用2019年格式，没有现行有效件数")
        return
    unread: list[CellId] = []
    for row in dossier.report.form.table(2).rows[:2]:
        cells = [CellId(2, row.code, column.code) for column in row.columns]
        made, repealed, in_force = (dossier.report.number(cell) for cell in cells)
        before = last.number(cells[2])
        if made is None or repealed is None or in_force is None or before is None:
            unread += cells
        elif before + made - repealed != in_force:
            yield Hit(
                *cells,
                name=row.label,
                last_year=str(before),
                made=str(made),
                repealed=str(repealed),
                expected=str(before + made - repealed),
                reported=str(in_force),
            )
    if unread:
        yield Skip("本年或上年单元格空白或无法辨认", tuple(unread))


@rule(
    "YR03",
    "项目数量衔接",
    "{name}：上年报告{last_year}项、增减{change}，本年“上一年项目数量”却为{reported}",
    source=FORM2019.part("表二“上一年项目数量”"),
    level=Level.WARNING,
    editions=(Edition.FORM_2019,),
)
def items_follow_from_last_report(dossier: Dossier) -> Iterator[Outcome]:
    """2019年格式表二：“上一年项目数量”＝上年报告的上一年项目数量＋增/减。

    Right: 上年 45、增/减 -8；本年“上一年项目数量”37。
    Wrong: 上年 45、增/减 -8；本年“上一年项目数量”45。
    """
    last, why_not = _pair(dossier)
    yield from why_not
    if last is None or last.edition != Edition.FORM_2019:
        return
    for row in dossier.report.form.table(2).rows:
        if row.columns[0].code != "previous":
            continue
        cells = (CellId(2, row.code, "previous"), CellId(2, row.code, "change"))
        reported = dossier.report.number(cells[0])
        before, change = (last.number(cell) for cell in cells)
        if reported is None or before is None or change is None:
            yield Skip("本年或上年单元格空白或无法辨认", cells[:1])
        elif before + change != reported:
            yield Hit(
                cells[0],
                name=row.label,
                last_year=str(before),
                change=str(change),
                reported=str(reported),
            )


_COMPARED = (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS)
_SUB_HEADING = re.compile(
    r"^[ \t\u3000]*(?:[（(][一二三四五六七八九十]+[）)]|\d+[.．、])[^。，；\n]{0,30}[。：:]?$", re.M
)
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_NUMERALS = re.compile(r"[一二三四五六七八九十〇零两百千万亿]")
_LIKE, _SAME = 0.85, 0.95
_ENOUGH_WORDS, _ENOUGH_WORDS_OF_PROBLEMS = 200, 80


def essence(report: Report, *codes: SectionCode) -> str:
    """Return the words of some sections without sub-headings, numbers and punctuation."""
    parts = (section.text for code in codes if (section := report.section(code)) is not None)
    text = "\n".join(_SUB_HEADING.sub("", part) for part in parts)
    return _NUMERALS.sub("", "".join(_WORDS.findall(text)))


@rule(
    "YR04",
    "与上年报告雷同",
    "{part}与上年报告的文字相似度为{percent}%",
    source=FORM2021.part("工作要求（内容雷同、敷衍塞责的应予追责）"),
    level=Level.WARNING,
)
def prose_is_written_anew(dossier: Dossier) -> Iterator[Outcome]:
    """第一、五、六部分去掉标题、数字后，与本机关上年报告的相似度应低于85%；达到95%为错误。

    Right: 写本年的做法、问题和措施，相似度 40%。
    Wrong: 只改年份和数字，相似度 98%。
    """
    last, why_not = _pair(dossier)
    yield from why_not
    if last is None:
        return
    whole = _likeness(dossier.report, last, _COMPARED, _ENOUGH_WORDS)
    problems = _likeness(dossier.report, last, (SectionCode.PROBLEMS,), _ENOUGH_WORDS_OF_PROBLEMS)
    if whole >= _LIKE:
        level = Level.ERROR if whole >= _SAME else None
        yield Hit(level=level, part="第一、五、六部分", percent=int(whole * 100))
    elif problems >= _SAME:
        yield Hit(part="第五部分（问题及改进情况）", percent=int(problems * 100))


def _likeness(report: Report, last: Report, codes: tuple[SectionCode, ...], enough: int) -> float:
    return likeness(report, last, codes, enough, cutoff=_LIKE) or 0.0


def likeness(
    report: Report, other: Report, codes: tuple[SectionCode, ...], enough: int = 1, *, cutoff: float = 0.0
) -> float | None:
    """Return how alike the words of some sections are, 0 to 1; None where either has not words enough.

    Below `cutoff` the answer is 0.0, and comes sooner.
    """
    ours, theirs = essence(report, *codes), essence(other, *codes)
    if min(len(ours), len(theirs)) < enough:
        return None
    return Indel.normalized_similarity(ours, theirs, score_cutoff=cutoff)
