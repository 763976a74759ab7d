"""Where the law leaves a question open or practice differs: named switches, each with its strict default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from gongkai.law.periods import Evidence
from gongkai.law.sources import CASE26, FEES2020, FS2025, PRACTICE, R711, Citation


class FeeClock(StrEnum):
    """What a charging notice does to the reply period: it rests until payment, or begins anew after it."""

    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """How a body answers the open questions; `SWITCHES` says what each means, why, and how sure it is."""

    late_correction_counts: bool = False
    online_by_confirmation: bool = False
    mailroom_signature_counts: bool = True
    extension_by_approval: bool = False
    reasons_stop_clock: bool = False
    partial_reconsidered_first: bool = False
    organ_opinion_capped: bool = True
    fee_clock: FeeClock = FeeClock.RESUME
    inquiry_reconsidered_first: bool = False
    silence_reconsidered_first: bool = False
    appealed_is_pending: bool = True


STRICT = Practice()


@dataclass(frozen=True, kw_only=True)
class Switch:
    """An open question: what the strict default does, what the other setting does, on what it rests."""

    name: str
    strict: str
    otherwise: str
    source: Citation
    evidence: Evidence


_I, _U = Evidence.INTERPRETED, Evidence.UNVERIFIED
SWITCHES: Mapping[str, Switch] = {
    switch.name: switch
    for switch in (
        Switch(
            name="late_correction_counts",
            strict="逾期发出或者第二次发出的补正告知不影响答复期限",
            otherwise="逾期发出的补正告知也使期限自收到补正之日重新起算（须由主管部门决定）",
            source=R711.art(30),
            evidence=_I,
        ),
        Switch(
            name="online_by_confirmation",
            strict="互联网、邮箱申请以系统确认提交成功（邮件到达）之日为收到之日",
            otherwise="本机关已公开声明以双方确认之日为收到之日",
            source=CASE26.part("（最高人民法院指导案例26号）"),
            evidence=_I,
        ),
        Switch(
            name="mailroom_signature_counts",
            strict="EMS、挂号信以本机关任何人（收发室、门卫）签收之日为收到之日",
            otherwise="以公开工作机构登记之日为收到之日",
            source=R711.art(31, item=2),
            evidence=_I,
        ),
        Switch(
            name="extension_by_approval",
            strict="延期须在原答复期限内告知申请人",
            otherwise="原答复期限内经负责人同意即可，告知可以在后",
            source=R711.art(33, 2),
            evidence=_I,
        ),
        Switch(
            name="reasons_stop_clock",
            strict="要求申请人说明理由期间，答复期限照走",
            otherwise="自要求说明理由至申请人说明之日不计入期限",
            source=R711.art(35),
            evidence=_I,
        ),
        Switch(
            name="partial_reconsidered_first",
            strict="部分公开的，只有依第十四条至第十六条不予公开的部分复议前置",
            otherwise="部分公开的，整个决定按复议前置告知",
            source=FS2025.art(1),
            evidence=_I,
        ),
        Switch(
            name="organ_opinion_capped",
            strict="征求其他机关意见扣除的时间以对方收到后15个工作日为限",
            otherwise="扣除至对方回复之日，不设上限",
            source=R711.art(33, 3),
            evidence=_I,
        ),
        Switch(
            name="fee_clock",
            strict="收费通知发出至缴费之日不计入期限，缴费后继续计算剩余期限",
            otherwise="自缴费次日起重新计算20个工作日",
            source=FEES2020.part(""),
            evidence=_U,
        ),
        Switch(
            name="inquiry_reconsidered_first",
            strict="行政查询事项（第三十六条第七项）不属复议前置",
            otherwise="行政查询事项按复议前置告知",
            source=FS2025.art(1),
            evidence=_I,
        ),
        Switch(
            name="silence_reconsidered_first",
            strict="逾期不答复的，可以复议，也可以直接起诉",
            otherwise="逾期不答复的，先申请行政复议",
            source=FS2025.art(2),
            evidence=_I,
        ),
        Switch(
            name="appealed_is_pending",
            strict="一审判决后上诉未审结的，表四计“尚未审结”",
            otherwise="表四按一审判决结果计",
            source=PRACTICE.part("（表四口径）"),
            evidence=_U,
        ),
    )
}

if {field.name for field in fields(Practice)} != set(SWITCHES):
    raise RuntimeError("every switch is described, and every description is a switch")
