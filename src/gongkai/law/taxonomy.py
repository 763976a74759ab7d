"""Outcomes, kinds of applicant and the items of proactive disclosure, as the law words them.

Outcome codes are the row codes of the annual report's Table 3, so that a reply, the report's row and the
roll-up name one thing one way. The 2019 form has one row `other` where the 2021 form has three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.periods import Evidence
from gongkai.law.sources import DAF2020, FEES2020, PRACTICE, R711, Citation


class Remedy(StrEnum):
    """What the letter must say about remedies."""

    RECONSIDERATION_FIRST = "P"
    FREE_CHOICE = "O"
    NONE = "N"


class OutcomeGroup(StrEnum):
    """The six groups of outcomes of Table 3."""

    GRANTED = "（一）予以公开"
    PARTIAL = "（二）部分公开"
    DENIED = "（三）不予公开"
    UNABLE = "（四）无法提供"
    DECLINED = "（五）不予处理"
    OTHER = "（六）其他处理"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a request ended: code, the form's wording, articles, letter, what the letter must hold, remedy."""

    code: str
    group: OutcomeGroup
    label: str
    source: tuple[Citation, ...]
    letter: str
    must_hold: str
    remedy: Remedy
    evidence: Evidence = Evidence.READ


_P, _O = Remedy.RECONSIDERATION_FIRST, Remedy.FREE_CHOICE
_REFUSAL, _NOTICE, _CLOSING = "不予公开告知书", "告知书", "不再处理告知书"
_G = OutcomeGroup

_OUTCOMES = (
    Outcome(
        code="granted",
        group=_G.GRANTED,
        label="（一）予以公开",
        source=(R711.art(36, item=1), R711.art(36, item=2), R711.art(40)),
        letter="答复书",
        must_hold="已公开的，写明获取的方式、途径；可以公开的，提供信息，或者写明获取的方式、途径和时间",
        remedy=_O,
    ),
    Outcome(
        code="partial",
        group=_G.PARTIAL,
        label="（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        source=(R711.art(37),),
        letter="答复书（部分公开）",
        must_hold="公开的部分、不予公开的部分，后者逐项说明理由",
        remedy=_P,
        evidence=Evidence.INTERPRETED,
    ),
    Outcome(
        code="denied.state_secret",
        group=_G.DENIED,
        label="1.属于国家秘密",
        source=(R711.art(14), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="定密依据，不得泄露秘密内容",
        remedy=_P,
    ),
    Outcome(
        code="denied.law_prohibited",
        group=_G.DENIED,
        label="2.其他法律行政法规禁止公开",
        source=(R711.art(14), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="所依据的法律、行政法规名称和条款",
        remedy=_P,
    ),
    Outcome(
        code="denied.security_stability",
        group=_G.DENIED,
        label="3.危及“三安全一稳定”",
        source=(R711.art(14), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="危及国家安全、公共安全、经济安全、社会稳定中的哪一项，为什么",
        remedy=_P,
    ),
    Outcome(
        code="denied.third_party",
        group=_G.DENIED,
        label="4.保护第三方合法权益",
        source=(R711.art(15), R711.art(32), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="已征求第三方意见，以及权衡的理由",
        remedy=_P,
    ),
    Outcome(
        code="denied.internal_affairs",
        group=_G.DENIED,
        label="5.属于三类内部事务信息",
        source=(R711.art(16, 1), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="属于人事管理、后勤管理、内部工作流程中的哪一类",
        remedy=_P,
    ),
    Outcome(
        code="denied.process_info",
        group=_G.DENIED,
        label="6.属于四类过程性信息",
        source=(R711.art(16, 2), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="属于讨论记录、过程稿、磋商信函、请示报告中的哪一类，且没有法律、法规、规章规定应当公开",
        remedy=_P,
    ),
    Outcome(
        code="denied.enforcement_file",
        group=_G.DENIED,
        label="7.属于行政执法案卷",
        source=(R711.art(16, 2), R711.art(36, item=3)),
        letter=_REFUSAL,
        must_hold="案卷名称，当事人查阅案卷的办法，且没有法律、法规、规章规定应当公开",
        remedy=_P,
    ),
    Outcome(
        code="denied.admin_inquiry",
        group=_G.DENIED,
        label="8.属于行政查询事项",
        source=(R711.art(36, item=7),),
        letter=_NOTICE,
        must_hold="所依据的专门法律、行政法规和查询程序",
        remedy=_O,
        evidence=Evidence.INTERPRETED,
    ),
    Outcome(
        code="unable.not_held",
        group=_G.UNABLE,
        label="1.本机关不掌握相关政府信息",
        source=(R711.art(36, item=4), R711.art(36, item=5)),
        letter="告知书（信息不存在、非本机关负责公开）",
        must_hold="检索的方法和结果；或者理由，以及负责公开的机关名称和联系方式",
        remedy=_O,
        evidence=Evidence.SECOND_HAND,
    ),
    Outcome(
        code="unable.needs_creation",
        group=_G.UNABLE,
        label="2.没有现成信息需要另行制作",
        source=(R711.art(38),),
        letter=_NOTICE,
        must_hold="为什么需要加工、分析",
        remedy=_O,
    ),
    Outcome(
        code="unable.still_unclear",
        group=_G.UNABLE,
        label="3.补正后申请内容仍不明确",
        source=(R711.art(30),),
        letter=_NOTICE,
        must_hold="补正后哪里仍不明确",
        remedy=_O,
    ),
    Outcome(
        code="declined.petition",
        group=_G.DECLINED,
        label="1.信访举报投诉类申请",
        source=(R711.art(39, 1),),
        letter=_NOTICE,
        must_hold="不作为政府信息公开申请处理，可以告知相应渠道",
        remedy=_O,
    ),
    Outcome(
        code="declined.duplicate",
        group=_G.DECLINED,
        label="2.重复申请",
        source=(R711.art(36, item=6),),
        letter=_NOTICE,
        must_hold="前次答复的日期和文号",
        remedy=_O,
    ),
    Outcome(
        code="declined.publication",
        group=_G.DECLINED,
        label="3.要求提供公开出版物",
        source=(R711.art(39, 2),),
        letter=_NOTICE,
        must_hold="获取的途径",
        remedy=_O,
    ),
    Outcome(
        code="declined.excessive",
        group=_G.DECLINED,
        label="4.无正当理由大量反复申请",
        source=(R711.art(35),),
        letter="不予处理告知书",
        must_hold="已要求说明理由，以及理由为什么不合理",
        remedy=_O,
    ),
    Outcome(
        code="declined.confirm_reissue",
        group=_G.DECLINED,
        label="5.要求行政机关确认或重新出具已获取信息",
        source=(R711.art(2), R711.art(36, item=6)),
        letter=_NOTICE,
        must_hold="申请人何时、如何已获取该信息",
        remedy=_O,
        evidence=Evidence.INTERPRETED,
    ),
    Outcome(
        code="other.no_correction",
        group=_G.OTHER,
        label="1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        source=(R711.art(30),),
        letter=_CLOSING,
        must_hold="补正告知书、送达凭证、期限届满之日",
        remedy=_O,
        evidence=Evidence.SECOND_HAND,
    ),
    Outcome(
        code="other.fee_unpaid",
        group=_G.OTHER,
        label="2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        source=(R711.art(42), FEES2020.part("")),
        letter=_CLOSING,
        must_hold="收费通知、送达凭证、期限届满之日",
        remedy=_O,
        evidence=Evidence.SECOND_HAND,
    ),
    Outcome(
        code="other.misc",
        group=_G.OTHER,
        label="3.其他",
        source=(PRACTICE.part(""), DAF2020.art(15)),
        letter=_NOTICE,
        must_hold="理由（撤回、已移交档案馆、咨询等）",
        remedy=_O,
        evidence=Evidence.UNVERIFIED,
    ),
)
OUTCOMES: Mapping[str, Outcome] = {outcome.code: outcome for outcome in _OUTCOMES}
OTHER_2019 = "other"

APPLICANT_KINDS: Mapping[str, str] = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research_institute": "科研机构",
    "public_benefit_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
    "other": "其他",
}

ART20_ITEMS: Mapping[int, str] = {
    1: "行政法规、规章和规范性文件",
    2: "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    3: "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    4: "国民经济和社会发展统计信息",
    5: "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
    6: "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
    7: "财政预算、决算信息",
    8: "行政事业性收费项目及其依据、标准",
    9: "政府集中采购项目的目录、标准及实施情况",
    10: "重大建设项目的批准和实施情况",
    11: "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    12: "突发公共事件的应急预案、预警信息及应对情况",
    13: "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    14: "公务员招考的职位、名额、报考条件等事项以及录用结果",
    15: "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
}
