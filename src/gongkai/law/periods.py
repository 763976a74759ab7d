"""Every period the law sets, as data: how long, in what days, from what, by which article, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.sources import (
    CF2021,
    FEES2020,
    FS2018,
    OPEN19,
    PRACTICE,
    R711,
    XZFY,
    XZSS,
    ZDJC,
    Citation,
)


class PeriodUnit(StrEnum):
    """What a period is counted in; calendar days and months roll off days of rest, working days cannot."""

    WORKING_DAYS = "个工作日"
    CALENDAR_DAYS = "日"
    MONTHS = "个月"


class Evidence(StrEnum):
    """How surely a number is known."""

    READ = "V"
    SECOND_HAND = "V2"
    INTERPRETED = "I"
    UNVERIFIED = "U"


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period set by law: code, name, length and unit, what it runs from, article, evidence."""

    code: str
    name: str
    length: int
    unit: PeriodUnit
    runs_from: str
    source: Citation
    evidence: Evidence = Evidence.READ
    note: str = ""

    @property
    def words(self) -> str:
        """The length as Chinese writes it: 20个工作日, 60日, 6个月."""
        return f"{self.length}{self.unit.value}"


_WORKING, _DAYS, _MONTHS = PeriodUnit.WORKING_DAYS, PeriodUnit.CALENDAR_DAYS, PeriodUnit.MONTHS

REPLY = Period(
    code="reply",
    name="答复",
    length=20,
    unit=_WORKING,
    runs_from="收到申请之日（补正的，为收到补正后的申请之日）",
    source=R711.art(33, 2),
)
EXTENSION = Period(
    code="extension",
    name="延长答复",
    length=20,
    unit=_WORKING,
    runs_from="原答复期限届满之日",
    source=R711.art(33, 2),
    note="最长；须经工作机构负责人同意，并在原期限内告知申请人，限一次",
)
CORRECTION_NOTICE = Period(
    code="correction_notice",
    name="告知补正",
    length=7,
    unit=_WORKING,
    runs_from="收到申请之日",
    source=R711.art(30),
    note="一次性告知",
)
CORRECTION = Period(
    code="correction",
    name="申请人补正",
    length=15,
    unit=_WORKING,
    runs_from="收到补正告知书之日",
    source=R711.art(30),
    evidence=Evidence.UNVERIFIED,
    note="条例只说“合理的补正期限”，15个工作日是可改的默认值",
)
THIRD_PARTY_OPINION = Period(
    code="third_party_opinion",
    name="第三方提出意见",
    length=15,
    unit=_WORKING,
    runs_from="第三方收到征求意见书之日",
    source=R711.art(32),
    note="逾期未提出的，由行政机关依条例决定",
)
CO_MAKER_OPINION = Period(
    code="co_maker_opinion",
    name="共同制作机关提出意见",
    length=15,
    unit=_WORKING,
    runs_from="收到征求意见书之日",
    source=R711.art(34),
    note="逾期未提出的，视为同意公开",
)
PUBLICATION = Period(
    code="publication",
    name="主动公开",
    length=20,
    unit=_WORKING,
    runs_from="政府信息形成或者变更之日",
    source=R711.art(26),
    note="法律、法规另有期限的从其规定",
)
RESULT_PUBLICATION = Period(
    code="result_publication",
    name="行政许可、行政处罚结果公开",
    length=7,
    unit=_WORKING,
    runs_from="决定作出之日",
    source=PRACTICE.part("（地方目录）"),
    evidence=Evidence.SECOND_HAND,
    note="见于地方公开目录，全国性依据未核实",
)
PENALTY_WITHDRAWAL = Period(
    code="penalty_withdrawal",
    name="撤回被变更、撤销的处罚决定公开信息",
    length=3,
    unit=_WORKING,
    runs_from="处罚决定被变更、撤销、确认违法或者无效之日",
    source=CF2021.art(48, 2),
)
INTERPRETATION = Period(
    code="interpretation",
    name="政策解读材料发布",
    length=3,
    unit=_WORKING,
    runs_from="文件公开之日",
    source=OPEN19.part(""),
    evidence=Evidence.SECOND_HAND,
)
FEE_PAYMENT = Period(
    code="fee_payment",
    name="缴纳信息处理费",
    length=20,
    unit=_WORKING,
    runs_from="收到收费通知之日（自次日起算）",
    source=FEES2020.part(""),
    evidence=Evidence.SECOND_HAND,
    note="逾期未缴视为放弃申请",
)
REEVALUATION = Period(
    code="reevaluation",
    name="不予公开信息的定期评估",
    length=12,
    unit=_MONTHS,
    runs_from="决定不予公开之日",
    source=R711.art(18),
    evidence=Evidence.INTERPRETED,
    note="条例只说“定期”，一年是可改的默认值",
)
CONSULTATION = Period(
    code="consultation",
    name="重大行政决策公开征求意见",
    length=30,
    unit=_DAYS,
    runs_from="公开草案之日",
    source=ZDJC.art(15),
    note="一般不少于；缩短的须说明理由",
)
RECONSIDERATION = Period(
    code="reconsideration",
    name="申请行政复议",
    length=60,
    unit=_DAYS,
    runs_from="知道或者应当知道行政行为之日",
    source=XZFY.art(20, 1),
)
RECONSIDERATION_UNTOLD = Period(
    code="reconsideration_untold",
    name="未告知复议权利时申请行政复议（最长）",
    length=12,
    unit=_MONTHS,
    runs_from="知道或者应当知道行政行为内容之日",
    source=XZFY.art(20, 3),
)
SUIT_AFTER_RECONSIDERATION = Period(
    code="suit_after_reconsideration",
    name="复议后起诉",
    length=15,
    unit=_DAYS,
    runs_from="收到复议决定书或者复议期满之日",
    source=XZSS.art(45),
)
DIRECT_SUIT = Period(
    code="direct_suit",
    name="直接起诉",
    length=6,
    unit=_MONTHS,
    runs_from="知道或者应当知道作出行政行为之日",
    source=XZSS.art(46, 1),
)
INACTION_SUIT = Period(
    code="inaction_suit",
    name="因不答复起诉",
    length=6,
    unit=_MONTHS,
    runs_from="答复期限届满之日",
    source=FS2018.art(66),
)
RECONSIDERATION_ANSWER_SIMPLE = Period(
    code="reconsideration_answer_simple",
    name="复议答复（简易程序）",
    length=5,
    unit=_WORKING,
    runs_from="收到复议申请书副本之日",
    source=XZFY.art(54),
    note="条号未对原文核对；按第八十八条，五日指工作日",
)
RECONSIDERATION_ANSWER = Period(
    code="reconsideration_answer",
    name="复议答复（普通程序）",
    length=10,
    unit=_WORKING,
    runs_from="收到复议申请书副本之日",
    source=XZFY.art(48),
    note="条号未对原文核对；按第八十八条，十日指工作日",
)
COURT_ANSWER = Period(
    code="court_answer",
    name="诉讼答辩和举证",
    length=15,
    unit=_DAYS,
    runs_from="收到起诉状副本之日",
    source=XZSS.art(67),
)

PERIODS: Mapping[str, Period] = {
    period.code: period
    for period in (
        REPLY,
        EXTENSION,
        CORRECTION_NOTICE,
        CORRECTION,
        THIRD_PARTY_OPINION,
        CO_MAKER_OPINION,
        PUBLICATION,
        RESULT_PUBLICATION,
        PENALTY_WITHDRAWAL,
        INTERPRETATION,
        FEE_PAYMENT,
        REEVALUATION,
        CONSULTATION,
        RECONSIDERATION,
        RECONSIDERATION_UNTOLD,
        SUIT_AFTER_RECONSIDERATION,
        DIRECT_SUIT,
        INACTION_SUIT,
        RECONSIDERATION_ANSWER_SIMPLE,
        RECONSIDERATION_ANSWER,
        COURT_ANSWER,
    )
}
