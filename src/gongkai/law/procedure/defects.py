"""What may be wrong in how a case was handled: each with its article. A defect never moves the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.periods import Evidence
from gongkai.law.sources import FEES2020, GBK235, R711, XZFY, XZSS, Citation


@dataclass(frozen=True, kw_only=True)
class DefectKind:
    """A kind of defect: what it says, on which article, how sure."""

    code: str
    message: str
    source: Citation
    evidence: Evidence = Evidence.READ


@dataclass(frozen=True, kw_only=True, slots=True)
class Defect:
    """A defect of a case: its kind, the day it arose, details for its sentence, and the article of the act
    where the kind has none of its own."""

    code: str
    on: date
    details: str = ""
    article: Citation | None = None

    @property
    def kind(self) -> DefectKind:
        """What kind of defect it is."""
        return DEFECTS[self.code]

    @property
    def source(self) -> Citation:
        """The article: that of the act, or else of the kind."""
        return self.article or self.kind.source

    @property
    def text(self) -> str:
        """What is wrong, in one Chinese sentence without its article."""
        return f"{self.kind.message}{f'（{self.details}）' if self.details else ''}"

    def __str__(self) -> str:
        return f"{self.text}——{self.source}"


_I = Evidence.INTERPRETED
DEFECTS: Mapping[str, DefectKind] = {
    kind.code: kind
    for kind in (
        DefectKind(
            code="not_allowed",
            message="这一步依程序不能发生，没有采纳",
            source=R711.art(45),
        ),
        DefectKind(
            code="not_contacted",
            message="没有在平信到达的当日与申请人联系确认的记录，期限应从严自信函到达之日掌握",
            source=R711.art(31, item=2),
        ),
        DefectKind(
            code="correction_notice_late",
            message="补正告知超过收到申请之日起7个工作日，不影响答复期限",
            source=R711.art(30),
            evidence=_I,
        ),
        DefectKind(
            code="correction_notice_second",
            message="补正只能一次性告知，第二次告知不影响答复期限",
            source=R711.art(30),
        ),
        DefectKind(
            code="consultation_late",
            message="征求意见时答复期限已经届满，所用时间不予扣除",
            source=R711.art(33, 3),
            evidence=_I,
        ),
        DefectKind(
            code="extension_unapproved",
            message="延长答复期限没有政府信息公开工作机构负责人同意的记录，延期无效",
            source=R711.art(33, 2),
        ),
        DefectKind(
            code="extension_not_notified",
            message="没有将延期告知申请人的记录，延期无效",
            source=R711.art(33, 2),
        ),
        DefectKind(
            code="extension_late",
            message="延期告知晚于原答复期限，延期无效",
            source=R711.art(33, 2),
            evidence=_I,
        ),
        DefectKind(
            code="extension_second", message="答复期限只能延长一次，再次延期无效", source=R711.art(33, 2)
        ),
        DefectKind(
            code="extension_too_long",
            message="延长超过20个工作日，超出部分无效",
            source=R711.art(33, 2),
        ),
        DefectKind(
            code="delay_late",
            message="延迟答复的合理期限应在原答复期限内告知，逾期告知无效",
            source=R711.art(35),
            evidence=_I,
        ),
        DefectKind(
            code="delay_second",
            message="延迟答复的合理期限已经确定过，再次延迟无效",
            source=R711.art(35),
            evidence=_I,
        ),
        DefectKind(
            code="reasons_not_asked",
            message="没有先要求申请人说明理由，就以大量反复申请为由不予处理或者延迟答复",
            source=R711.art(35),
        ),
        DefectKind(
            code="fee_notice_late",
            message="收费通知应在答复期限内发出，逾期通知不影响答复期限",
            source=FEES2020.part(""),
            evidence=Evidence.SECOND_HAND,
        ),
        DefectKind(code="reply_late", message="答复晚于法定期限", source=R711.art(33, 2)),
        DefectKind(code="not_replied", message="法定期限已经届满，尚未答复", source=R711.art(33, 2)),
        DefectKind(
            code="ended_late",
            message="法定期限届满后才办结，其间没有答复",
            source=R711.art(33, 2),
        ),
        DefectKind(
            code="private_courier",
            message="答复应通过邮政企业寄送，不应使用其他快递",
            source=GBK235.part("第二条"),
        ),
        DefectKind(
            code="online_without_channel",
            message="电子送达的决定没有同时告知网上申请行政复议的途径",
            source=XZFY.art(22, 2),
        ),
        DefectKind(
            code="remedies_not_told",
            message="决定没有告知救济途径，复议期限自知道之日起最长一年",
            source=XZFY.art(20, 3),
        ),
        DefectKind(
            code="grounds_missing",
            message="不予公开或者部分公开，没有列明理由",
            source=R711.art(36, item=3),
        ),
        DefectKind(
            code="grounds_unfit",
            message="列明的理由与处理结果不符",
            source=R711.art(36, item=3),
        ),
        DefectKind(
            code="instrument_missing",
            message="以法律、行政法规禁止公开为由，没有写明所依据的法律、行政法规",
            source=R711.art(14),
        ),
        DefectKind(
            code="third_party_not_asked",
            message="以保护第三方合法权益为由不予公开，但没有书面征求第三方意见",
            source=R711.art(32),
        ),
        DefectKind(
            code="third_party_not_heard",
            message="第三方没有提出意见，其期限尚未届满或者没有签收记录，就决定公开",
            source=R711.art(32),
        ),
        DefectKind(
            code="third_party_not_told",
            message="第三方不同意而决定公开的，没有将公开的内容和理由书面告知第三方",
            source=R711.art(32),
        ),
        DefectKind(
            code="third_party_agreed",
            message="第三方都已同意公开，仍以保护第三方合法权益为由不予公开",
            source=R711.art(15),
        ),
        DefectKind(
            code="responsible_organ_missing",
            message="不属于本机关负责公开的，没有说明理由；能够确定负责机关的，没有告知其名称、联系方式",
            source=R711.art(36, item=5),
        ),
        DefectKind(
            code="earlier_reply_missing",
            message="以重复申请为由不予处理，没有写明前次答复的日期和文号",
            source=R711.art(36, item=6),
        ),
        DefectKind(
            code="reconsideration_answer_late",
            message="行政复议答复晚于期限",
            source=XZFY.art(48),
        ),
        DefectKind(
            code="reconsideration_not_answered",
            message="行政复议答复的期限已经届满，没有提交",
            source=XZFY.art(48),
        ),
        DefectKind(
            code="court_not_answered",
            message="诉讼答辩和举证的期限已经届满，没有提交",
            source=XZSS.art(67),
        ),
        DefectKind(code="court_answer_late", message="诉讼答辩和举证晚于期限", source=XZSS.art(67)),
    )
}
