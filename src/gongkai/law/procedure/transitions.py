"""The table of the procedure: each action, from which states, to which, by which article, carrying what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.law.periods import Evidence
from gongkai.law.procedure import consulting, deciding, disputing, intake
from gongkai.law.procedure.draft import Draft
from gongkai.law.procedure.states import Action, CaseKind, Event, NotAllowed, State
from gongkai.law.sources import FEES2020, GBK235, PRACTICE, R711, XZFY, XZSS, Citation


@dataclass(frozen=True, kw_only=True)
class Transition:
    """An action of the procedure.

    `target` is where the case stands after it, None where the act leaves it there or the act itself decides
    (then `guard` says how). `facts` are what its event carries, optional ones with a question mark. `letter`
    is the procedural letter it goes with. `apply` folds it into a draft and raises `NotAllowed`.
    """

    action: Action
    name: str
    sources: tuple[State, ...]
    target: State | None
    source: tuple[Citation, ...]
    apply: Callable[[Draft, Event], None]
    facts: tuple[str, ...]
    guard: str
    letter: str
    evidence: Evidence
    kinds: tuple[CaseKind, ...]


_BOTH = tuple(CaseKind)
_REGISTERED, _IN_HAND, _CORRECTING = State.REGISTERED, State.IN_HAND, State.AWAITING_CORRECTION
_PAYING, _DECIDED, _CLOSED = State.AWAITING_PAYMENT, State.DECIDED, State.CLOSED
_OPEN = (_REGISTERED, _IN_HAND, _CORRECTING, _PAYING, _DECIDED)
_ANY = tuple(State)
_WORKING = (_IN_HAND, _CORRECTING, _PAYING)
_DECISION = (
    "outcome grounds? grounds_stated? instrument_rank? ordered_open? earlier_reply? others_duty? "
    "responsible_organ?"
)


def _registered(_: Draft, __: Event) -> None:
    """Only the first event registers; `fold` opens the case by it."""
    raise NotAllowed("案件已经登记")


def _row(
    action: Action,
    name: str,
    sources: tuple[State, ...],
    target: State | None,
    apply: Callable[[Draft, Event], None],
    source: tuple[Citation, ...],
    *,
    facts: str = "",
    guard: str = "",
    letter: str = "",
    evidence: Evidence = Evidence.READ,
    kinds: tuple[CaseKind, ...] = (CaseKind.REQUEST,),
) -> Transition:
    return Transition(
        action=action,
        name=name,
        sources=sources,
        target=target,
        apply=apply,
        source=source,
        facts=tuple(facts.split()),
        guard=guard,
        letter=letter,
        evidence=evidence,
        kinds=kinds,
    )


# fmt: off
_TABLE = (
    _row(Action.REGISTER, "登记", (), None, _registered, (R711.art(29), R711.art(31), R711.art(45)),
         facts="kind? applicant channel reached?", guard="平信、传真登记后待确认收到，其余渠道即为收到",
         letter="receipt", kinds=_BOTH),
    _row(Action.CONTACT, "联系申请人确认", (_REGISTERED,), None, intake.contact, (R711.art(31, item=2),),
         guard="平信应在收到的当日联系；联系不上的，登记在案，尚不算收到", kinds=_BOTH),
    _row(Action.CONFIRM_RECEIPT, "与申请人确认收到", (_REGISTERED, _IN_HAND), _IN_HAND,
         intake.confirm_receipt, (R711.art(31, item=2), R711.art(31, item=3)), kinds=_BOTH,
         guard="互联网、邮箱的申请以系统确认之日为准，此后的确认不改变收到之日"),
    _row(Action.ASSIGN, "内部转办", _OPEN, None, intake.assign, (R711.art(45),), facts="to",
         guard="不影响期限", kinds=_BOTH),
    _row(Action.AMEND_RECORD, "更正登记事项", _ANY, None, intake.amend_record, (R711.art(45),),
         facts="applicant? channel? reached?", guard="原记录保留；已冻结的报表以差异列出",
         evidence=Evidence.INTERPRETED, kinds=_BOTH),
    _row(Action.NOTIFY_CORRECTION, "告知补正", (_IN_HAND,), None, intake.notify_correction, (R711.art(30),),
         facts="days? override_by?", guard="7个工作日内一次告知的，转待补正；逾期、再次告知记为瑕疵",
         letter="correction_notice"),
    _row(Action.CORRECTION_NOTICE_RECEIVED, "申请人收到补正告知书", (_CORRECTING, _IN_HAND), None,
         intake.correction_notice_received, (R711.art(30),)),
    _row(Action.CORRECT, "收到补正后的申请", (_CORRECTING, _IN_HAND), _IN_HAND, intake.correct,
         (R711.art(30),), guard="答复期限自收到补正后的申请之日重新起算"),
    _row(Action.CLOSE_UNCORRECTED, "逾期不补正，不再处理", (_CORRECTING, _IN_HAND), _CLOSED,
         intake.close_uncorrected, (R711.art(30),), guard="补正期限届满之后"),
    _row(Action.CONSULT_THIRD_PARTY, "书面征求第三方意见", (_IN_HAND,), None, consulting.consult_third_party,
         (R711.art(32), R711.art(33, 3)), facts="name",
         guard="所需时间不计入期限；逾期未答复的由行政机关决定", letter="third_party_letter"),
    _row(Action.CONSULT_CO_MAKER, "征求共同制作机关意见", (_IN_HAND,), None, consulting.consult_co_maker,
         (R711.art(34), R711.art(33, 3)), facts="name", guard="所需时间不计入期限；逾期未答复的视为同意公开",
         letter="co_maker_letter"),
    _row(Action.CONSULT_ORGAN, "征求其他机关意见", (_IN_HAND,), None, consulting.consult_organ,
         (R711.art(11), R711.art(33, 3)), facts="name", guard="所需时间不计入期限", letter="organ_letter"),
    _row(Action.CONSULTED_RECEIVED, "被征求意见方签收", _WORKING, None, consulting.consulted_received,
         (R711.art(32), R711.art(34)), facts="name"),
    _row(Action.OPINION, "收到意见", (*_WORKING, _DECIDED, _CLOSED), None, consulting.opinion,
         (R711.art(32), R711.art(34)), facts="name opinion?"),
    _row(Action.TELL_THIRD_PARTY, "将决定公开的内容和理由告知第三方", (_IN_HAND, _DECIDED, _CLOSED), None,
         consulting.tell_third_party, (R711.art(32),), facts="name"),
    _row(Action.EXTEND, "延长答复期限", (_IN_HAND,), None, consulting.extend, (R711.art(33, 2),),
         facts="days? approved_by approved_on? notified?", letter="extension_notice",
         guard="经负责人同意，原期限内告知，限一次，最长20个工作日；否则记为瑕疵"),
    _row(Action.ASK_REASONS, "要求说明理由", (_IN_HAND,), None, consulting.ask_reasons, (R711.art(35),),
         guard="期限照走", letter="reasons_letter"),
    _row(Action.REASONS_GIVEN, "申请人说明理由", (_IN_HAND,), None, consulting.reasons_given,
         (R711.art(35),)),
    _row(Action.DELAY, "确定延迟答复的合理期限", (_IN_HAND,), None, consulting.delay, (R711.art(35),),
         facts="until", guard="应先要求说明理由，并在原期限内告知", letter="delay_notice"),
    _row(Action.CHARGE, "发出收费通知", (_IN_HAND,), None, consulting.charge,
         (R711.art(42), FEES2020.part("")), letter="fee_notice",
         facts="tariff? units? before? amount? amount_known?",
         guard="按件、按量只选一种；逾期通知的记为瑕疵，期限照走", evidence=Evidence.SECOND_HAND),
    _row(Action.FEE_NOTICE_RECEIVED, "申请人收到收费通知", (_PAYING, _IN_HAND), None,
         consulting.fee_notice_received, (FEES2020.part(""),), evidence=Evidence.SECOND_HAND),
    _row(Action.PAY, "申请人缴费", (_PAYING, _IN_HAND), _IN_HAND, consulting.pay, (FEES2020.part(""),),
         evidence=Evidence.SECOND_HAND),
    _row(Action.CLOSE_UNPAID, "告知逾期未缴费、不再处理", (_CLOSED,), None, consulting.close_unpaid,
         (R711.art(42), FEES2020.part("")), evidence=Evidence.SECOND_HAND,
         guard="自收到收费通知次日起20个工作日届满仍未缴纳的，即视为放弃申请，案件自行办结"),
    _row(Action.WITHDRAW, "申请人撤回", _OPEN, _CLOSED, intake.withdraw, (PRACTICE.part("（撤回）"),),
         evidence=Evidence.UNVERIFIED, kinds=_BOTH),
    _row(Action.MERGE, "并入另一件同样的申请", (_IN_HAND,), _CLOSED, intake.merge,
         (PRACTICE.part("（合并办理）"),), facts="into", evidence=Evidence.UNVERIFIED),
    _row(Action.DECIDE, "作出决定", (_REGISTERED, *_WORKING), _DECIDED, deciding.decide,
         (R711.art(36), R711.art(37), R711.art(41)),
         facts=_DECISION,
         guard="不予公开的列明第十四条至第十六条的理由；不予处理、无法提供的各有前提", kinds=_BOTH),
    _row(Action.SERVE, "送达答复", (_DECIDED, _CLOSED), _CLOSED, deciding.serve,
         (R711.art(33), R711.art(40), GBK235.part("")),
         facts="by postal_enterprise? remedies_told? online_channel_given?",
         guard="直接送达、委托送达以签收之日，邮寄以交邮之日为答复之日", kinds=_BOTH),
    _row(Action.DELIVERED, "申请人签收", (_CLOSED,), None, deciding.delivered, (XZFY.art(20, 1),),
         guard="救济期限自此起算", kinds=_BOTH),
    _row(Action.TURN_PROACTIVE, "转为主动公开", _ANY, None, intake.turn_proactive, (R711.art(44),),
         facts="proposed_by_applicant?", letter="proactive_conversion"),
    _row(Action.RECONSIDERATION_FILED, "被申请行政复议", _ANY, None, disputing.reconsideration_filed,
         (R711.art(51), XZFY.art(20, 1)), facts="ref simple? copy_received?", kinds=_BOTH),
    _row(Action.RECONSIDERATION_ANSWERED, "提交行政复议答复", _ANY, None, disputing.answered,
         (XZFY.art(48), XZFY.art(54)), facts="ref", kinds=_BOTH),
    _row(Action.RECONSIDERATION_DECIDED, "行政复议审结", _ANY, None, disputing.concluded, (XZFY.art(20, 1),),
         facts="ref ending", kinds=_BOTH),
    _row(Action.SUIT_FILED, "被提起行政诉讼", _ANY, None, disputing.suit_filed,
         (R711.art(51), XZSS.art(45), XZSS.art(46, 1)), facts="ref after? copy_received?", kinds=_BOTH),
    _row(Action.SUIT_ANSWERED, "提交答辩和证据", _ANY, None, disputing.answered, (XZSS.art(67),),
         facts="ref", kinds=_BOTH),
    _row(Action.SUIT_JUDGED, "行政诉讼审结", _ANY, None, disputing.concluded, (XZSS.art(45),),
         facts="ref ending", kinds=_BOTH),
    _row(Action.SUIT_APPEALED, "提出上诉", _ANY, None, disputing.appealed, (XZSS.art(45),), facts="ref",
         evidence=Evidence.UNVERIFIED, kinds=_BOTH),
    _row(Action.REDECIDE, "重新作出决定", (_CLOSED,), None, deciding.redecide, (XZFY.art(20, 1),),
         facts=_DECISION, guard="原决定被撤销、变更或者责令重作之后；不再计入表三",
         evidence=Evidence.INTERPRETED),
)
# fmt: on
TRANSITIONS: Mapping[Action, Transition] = {each.action: each for each in _TABLE}
if set(TRANSITIONS) != set(Action):
    raise RuntimeError("every action has its row")
