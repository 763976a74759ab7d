"""The words of the procedure: kinds of case, states, actions, what an event carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Fact = str | int | bool | date | Decimal | tuple[str, ...]


class CaseKind(StrEnum):
    """A request for information, or a demand to correct one's own records (R711 art. 41)."""

    REQUEST = "request"
    RECORDS = "records"


class State(StrEnum):
    """Where a case stands. Overdue is no state: it is a question asked of one on a day."""

    REGISTERED = "registered"
    IN_HAND = "in_hand"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    DECIDED = "decided"
    CLOSED = "closed"


STATE_NAMES: Mapping[State, str] = {
    State.REGISTERED: "已登记，待确认收到",
    State.IN_HAND: "办理中",
    State.AWAITING_CORRECTION: "待申请人补正",
    State.AWAITING_PAYMENT: "待申请人缴费",
    State.DECIDED: "已决定，待送达",
    State.CLOSED: "已办结",
}


class Action(StrEnum):
    """What is done in a case, by whomever."""

    REGISTER = "register"
    CONTACT = "contact"
    CONFIRM_RECEIPT = "confirm_receipt"
    ASSIGN = "assign"
    AMEND_RECORD = "amend_record"
    NOTIFY_CORRECTION = "notify_correction"
    CORRECTION_NOTICE_RECEIVED = "correction_notice_received"
    CORRECT = "correct"
    CLOSE_UNCORRECTED = "close_uncorrected"
    CONSULT_THIRD_PARTY = "consult_third_party"
    CONSULT_CO_MAKER = "consult_co_maker"
    CONSULT_ORGAN = "consult_organ"
    CONSULTED_RECEIVED = "consulted_received"
    OPINION = "opinion"
    TELL_THIRD_PARTY = "tell_third_party"
    EXTEND = "extend"
    ASK_REASONS = "ask_reasons"
    REASONS_GIVEN = "reasons_given"
    DELAY = "delay"
    CHARGE = "charge"
    FEE_NOTICE_RECEIVED = "fee_notice_received"
    PAY = "pay"
    CLOSE_UNPAID = "close_unpaid"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    DECIDE = "decide"
    SERVE = "serve"
    DELIVERED = "delivered"
    TURN_PROACTIVE = "turn_proactive"
    RECONSIDERATION_FILED = "reconsideration_filed"
    RECONSIDERATION_ANSWERED = "reconsideration_answered"
    RECONSIDERATION_DECIDED = "reconsideration_decided"
    SUIT_FILED = "suit_filed"
    SUIT_ANSWERED = "suit_answered"
    SUIT_JUDGED = "suit_judged"
    SUIT_APPEALED = "suit_appealed"
    REDECIDE = "redecide"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something done in a case on a day. `facts` are those its transition names; a request is its events.

    Events of one `act`, if it is numbered, stand or fall together where refusals are recorded: a letter sent
    and received.
    """

    action: Action
    on: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    act: int = 0


FACT_NAMES: Mapping[str, str] = {
    "amount": "金额",
    "applicant": "申请人类别",
    "approved_on": "同意之日",
    "by": "送达方式",
    "channel": "渠道",
    "days": "天数",
    "ending": "审结结果",
    "grounds": "理由",
    "into": "并入的案件",
    "name": "被征求意见方",
    "opinion": "意见",
    "outcome": "处理结果",
    "reached": "到达之日",
    "ref": "案号",
    "tariff": "收费标准",
    "to": "承办机构",
    "units": "数量",
    "until": "延迟至哪一天",
}
LONGEST = 1000


class NotAllowed(ValueError):
    """An event that cannot be: not from this state, or without a fact it needs; `str()` is one Chinese
    sentence. What happened late or against a rule is allowed, and becomes a defect."""


class Service(StrEnum):
    """How a letter reaches the applicant; the day that counts differs."""

    IN_PERSON = "in_person"
    POST = "post"
    ENTRUSTED = "entrusted"
    ELECTRONIC = "electronic"


SERVICE_NAMES: Mapping[Service, str] = {
    Service.IN_PERSON: "直接送达",
    Service.POST: "邮寄",
    Service.ENTRUSTED: "委托其他机关送达",
    Service.ELECTRONIC: "电子送达",
}
SERVICE_DAYS: Mapping[Service, str] = {
    Service.IN_PERSON: "签收之日",
    Service.POST: "交邮之日",
    Service.ENTRUSTED: "签收之日",
    Service.ELECTRONIC: "发送成功之日",
}
