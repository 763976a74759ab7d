"""Sums and balances inside the three tables (勾稽关系).

A blank is not a zero: it is nothing stated. So a balance that is off is a contradiction only where blanks
cannot make up the difference; otherwise it was not checked, and is named so. One inference is drawn: a report
whose other balances with blanks all come out uses its blanks for "none".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from gongkai.law.sources import FORM2021, R711
from gongkai.report.auditing.passages import flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.balances import (
    BALANCES_OF_REQUESTS,
    SUMS_OF_REMEDIES,
    Balance,
    balances,
    sums_of_applicants,
    sums_of_outcomes,
)
from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK, Illegible, Number
from gongkai.report.schema import (
    CARRIED_IN,
    NEW,
    TABLE4,
    TOTAL,
    CellId,
    Edition,
    Report,
    SectionCode,
)


class Verdict(Enum):
    """How a balance came out."""

    HELD = "held"
    BROKEN = "broken"
    SHORT = "short"
    UNREAD = "unread"


class Weighed(NamedTuple):
    """A balance on the figures of one report; `open` are its blank and illegible cells."""

    balance: Balance
    verdict: Verdict
    left: Number
    right: Number
    open: tuple[CellId, ...]
    has_addends: bool


_HELD_WITH_BLANKS = 3
_SHORT_AT_MOST = 3  # one wrong cell stands in three balances


def _side(report: Report, cells: tuple[CellId, ...]) -> tuple[Number, list[CellId], list[CellId]]:
    """Return the sum of what is stated, the blank cells and the illegible ones."""
    total: Number = 0
    blank: list[CellId] = []
    illegible: list[CellId] = []
    for cell in cells:
        value = report.value(cell)
        if value is BLANK:
            blank.append(cell)
        elif isinstance(value, Illegible):
            illegible.append(cell)
        else:
            total += value
    return total, blank, illegible


def weigh(report: Report, balance: Balance) -> Weighed:
    """Return how a balance comes out on a report's figures."""
    left, left_blank, left_illegible = _side(report, balance.left)
    right, right_blank, right_illegible = _side(report, balance.right)
    unread = left_illegible + right_illegible
    if unread:
        verdict = Verdict.UNREAD
    elif left == right:
        verdict = Verdict.HELD
    elif left_blank if left < right else right_blank:
        verdict = Verdict.SHORT
    else:
        verdict = Verdict.BROKEN
    return Weighed(
        balance,
        verdict,
        left,
        right,
        tuple(unread or left_blank + right_blank),
        has_addends=min(left, right) > 0,
    )


def _may_infer(weighed: Weighed) -> bool:
    """Whether a short balance may be judged by what blanks mean elsewhere; a blank total means only that
    nobody added up."""
    totals = any(cell.column == TOTAL for cell in weighed.open)
    return weighed.verdict is Verdict.SHORT and weighed.has_addends and not totals


def _blanks_mean_none(report: Report) -> bool:
    """Whether a report's own sums show that it leaves cells blank where there is nothing."""
    weighed = [weigh(report, balance) for balance in balances(report.edition)]
    held = sum(1 for w in weighed if w.verdict is Verdict.HELD and w.open and w.has_addends)
    short = sum(1 for w in weighed if w.verdict is Verdict.SHORT and w.has_addends)
    return held >= _HELD_WITH_BLANKS and short <= _SHORT_AT_MOST


def _hit(weighed: Weighed, *, sure: bool) -> Hit:
    balance = weighed.balance
    return Hit(
        *balance.left,
        *balance.right,
        level=None if sure else Level.WARNING,
        name=balance.name,
        left=str(weighed.left),
        right=str(weighed.right),
        difference=str(abs(weighed.left - weighed.right)),
        note="" if sure else "（空白格按“无”计，表内其他勾稽均如此成立）",
    )


def check(report: Report, each_of: tuple[Balance, ...]) -> Iterator[Outcome]:
    """Yield a hit for each broken balance and one skip for all that could not be checked."""
    weighed = [weigh(report, balance) for balance in each_of]
    unchecked: list[CellId] = []
    for each in weighed:
        if each.verdict is Verdict.BROKEN:
            yield _hit(each, sure=True)
        elif _may_infer(each) and _blanks_mean_none(report):
            yield _hit(each, sure=False)
        elif each.verdict is not Verdict.HELD:
            unchecked += each.open
    if unchecked:
        yield Skip("有单元格空白或无法辨认，相关勾稽关系未核对", tuple(dict.fromkeys(unchecked)))


@rule(
    "RQ01",
    "收支平衡",
    "{name}列：本年新收＋上年结转＝{left}，办理结果总计＋结转下年度＝{right}，相差{difference}{note}",
    source=FORM2021.part("表三“本列数据的勾稽关系”"),
)
def requests_balance(dossier: Dossier) -> Iterator[Outcome]:
    """表三每一列：本年新收＋上年结转＝办理结果总计＋结转下年度继续办理。

    Right: 新收 40、结转 2，总计 39、结转下年度 3。
    Wrong: 新收 40、结转 2，总计 39、结转下年度 2。
    """
    return check(dossier.report, BALANCES_OF_REQUESTS)


@rule(
    "RQ02",
    "办理结果合计",
    "{name}列：各项办理结果之和为{left}，“（七）总计”为{right}，相差{difference}{note}",
    source=FORM2021.part("表三“（七）总计”"),
)
def outcomes_add_up(dossier: Dossier) -> Iterator[Outcome]:
    """表三每一列：（一）至（六）各项办理结果之和＝（七）总计。

    Right: 予以公开 20、不掌握 5、其他 1，总计 26。
    Wrong: 予以公开 20、不掌握 5、其他 1，总计 25。
    """
    return check(dossier.report, sums_of_outcomes(dossier.report.edition))


@rule(
    "RQ03",
    "各行合计",
    "“{name}”行：各类申请人之和为{left}，“总计”为{right}，相差{difference}{note}",
    source=FORM2021.part("表三“总计”列"),
)
def applicants_add_up(dossier: Dossier) -> Iterator[Outcome]:
    """表三每一行：自然人与五类法人或其他组织之和＝总计；总计空白的行不核对。

    Right: 自然人 12、商业企业 3、其余 0，总计 15。
    Wrong: 自然人 12、商业企业 3、其余 0，总计 12。
    """
    return check(dossier.report, sums_of_applicants(dossier.report.edition))


@rule(
    "RM01",
    "复议诉讼合计",
    "{name}：结果维持、纠正、其他、尚未审结之和为{left}，“总计”为{right}，相差{difference}{note}",
    source=FORM2021.part("表四“总计”"),
)
def remedies_add_up(dossier: Dossier) -> Iterator[Outcome]:
    """表四每一组：结果维持＋结果纠正＋其他结果＋尚未审结＝总计。

    Right: 维持 2、纠正 1、其他 0、尚未审结 1，总计 4。
    Wrong: 维持 2、纠正 1、其他 0、尚未审结 1，总计 3。
    """
    return check(dossier.report, SUMS_OF_REMEDIES)


_NO_FEE = re.compile(
    r"(?:未|没有|无|不存在)(?:发生|产生|向[^，。；]{0,12})?(?:任何)?(?:收取|收费)|未产生"
    r"|零收费|收[取费][^，。；\d]{0,12}(?<!\d)0(?:\.0+)?万?元"
)
_NO_NOTICE = re.compile("(?:未|没有|无)[^，。；]{0,6}通知")


def _explains_notices(text: str) -> bool:
    return "通知" in _NO_NOTICE.sub("", text)


@rule(
    "RQ04",
    "逾期未缴费与收费说明",
    "表三记有申请人逾期未缴费{unpaid}件，第六部分称未收费，请说明收费通知的发出情况",
    source=R711.art(42),
    level=Level.INFO,
    editions=(Edition.FORM_2021,),
)
def unpaid_fee_is_explained(dossier: Dossier) -> Iterator[Outcome]:
    """表三有“逾期未按收费通知要求缴纳费用”的，第六部分不宜只写未收费，应说明发出收费通知的情况。

    Right: 逾期未缴费 2 件；“发出收费通知 2 件，申请人均未缴费”。
    Wrong: 逾期未缴费 2 件；“本年度未收取信息处理费”。
    """
    cell = CellId(3, "other.fee_unpaid", TOTAL)
    unpaid = dossier.report.number(cell) or 0
    section = dossier.report.section(SectionCode.OTHER_MATTERS)
    text = flat(section.text) if section else ""
    if unpaid > 0 and not _explains_notices(text) and _NO_FEE.search(text):
        yield Hit(cell, unpaid=str(unpaid))


def _received(report: Report) -> Number | None:
    new, carried = (report.number(CellId(3, row, TOTAL)) for row in (NEW, CARRIED_IN))
    return None if new is None or carried is None else new + carried


@rule(
    "RM02",
    "无申请而有复议诉讼",
    "连续两年没有政府信息公开申请，表四却有复议、诉讼{count}件，请说明（可能因主动公开引起）",
    source=R711.art(50, item=3),
    level=Level.WARNING,
)
def disputes_have_a_request(dossier: Dossier) -> Iterator[Outcome]:
    """连续两年没有收到申请的，表四不应有复议、诉讼；有的应当说明。

    Right: 两年新收、结转均为 0，表四总计均为 0。
    Wrong: 两年新收、结转均为 0，表四行政复议总计 2。
    """
    report = dossier.report
    totals = {cell: report.number(cell) for cell in (CellId(4, row.code, TOTAL) for row in TABLE4.rows)}
    count = sum(number or 0 for number in totals.values())
    if _received(report) != 0 or not count:
        return
    if dossier.last is None:
        yield Skip("没有上年报告，无法判断是否连续两年没有申请")
    elif _received(dossier.last) == 0:
        yield Hit(*(cell for cell, number in totals.items() if number), count=str(count))
