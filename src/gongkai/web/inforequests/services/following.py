"""A case as its applicant may see it: where it stands, what happened, what came of it; no names, no notes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.law.calendar import Due
from gongkai.law.explaining import Step, words
from gongkai.law.procedure.casefile import CaseFile, Consulted
from gongkai.law.procedure.deciding import RECORDS_OUTCOMES
from gongkai.law.procedure.states import SERVICE_NAMES, Action, State
from gongkai.law.taxonomy import OUTCOMES
from gongkai.letters import KINDS
from gongkai.papers.docx import write_docx
from gongkai.papers.pdf import write_pdf
from gongkai.web.inforequests.choices import DeskAct, FileKind, LetterState
from gongkai.web.inforequests.models import CaseFileItem, DeskSettings, InfoRequest, Letter, Record
from gongkai.web.inforequests.services import applicants, asking, drafting, folding, guiding, signed
from gongkai.web.inforequests.services.veiling import mapped

# Letters that go to the applicant, beside those that tell an outcome.
_TO_APPLICANT = frozenset(
    (
        "receipt", "correction_notice", "extension_notice", "consultation_notice", "fee_notice",
        "reasons_letter", "delay_notice", "rectification_notice",
    )
)  # fmt: skip
TO_APPLICANT = _TO_APPLICANT | {code for code, kind in KINDS.items() if kind.outcome}
_ANONYMOUS = {
    Consulted.THIRD_PARTY: "有关第三方",
    Consulted.CO_MAKER: "共同制作机关",
    Consulted.ORGAN: "有关机关",
}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened, in plain words; `is_own` if the applicant did it."""

    on: date
    text: str
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a case stands for its applicant.

    `waits_for` names whose turn it is; `by` the day it must be done, and `by_name` what is due then.
    `asked` are acts the applicant may do now.
    """

    headline: str
    text: str
    waits_for: str
    by: Due | None
    by_name: str
    is_late: bool
    is_own_turn: bool
    asked: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class View:
    """All that the page of a case shows."""

    case: InfoRequest
    name: str
    standing: Standing
    moments: Sequence[Moment]
    letters: Sequence[Letter]
    annexes: Sequence[CaseFileItem]
    sent: Sequence[str]
    can_withdraw: bool
    can_rate: bool
    can_leave_email: bool


def view_of(case: InfoRequest) -> View:
    """Return a case as its applicant sees it today."""
    records = list(case.records.order_by("sequence"))
    found = folding.fold_records(records, practice=folding.practice_of(case.agency_id))
    open_ = {each.action for each in found.next_actions}
    return View(
        case=case,
        name=applicants.masked_name(case.applicant, case.applicant_kind),
        standing=standing_of(case, found, withdrawn=_is_withdrawn(records)),
        moments=moments_of(records),
        letters=letters_of(case),
        annexes=annexes_of(case),
        sent=_sent(case),
        can_withdraw=Action.WITHDRAW in open_,
        can_rate=found.closed_on is not None and case.purged_on is None and not hasattr(case, "rating"),
        can_leave_email=case.purged_on is None and not case.applicant.email,
    )


def _is_withdrawn(records: Sequence[Record]) -> bool:
    return any(event.action is Action.WITHDRAW for event in folding.events_of(records))


# What happened, by act; what is not named concerns the office only.

_Told = Callable[[Mapping[str, Any]], str]
_MOMENTS: Mapping[str, str | _Told] = {
    Action.CONTACT: "工作人员就这件申请联系您。",
    Action.CONFIRM_RECEIPT: "与您确认收到申请。",
    Action.AMEND_RECORD: "登记事项作了更正。",
    Action.NOTIFY_CORRECTION: "请您补正申请，需要补正什么见补正告知书。",
    Action.CORRECTION_NOTICE_RECEIVED: "补正告知书已经送达。",
    Action.CORRECT: "您补正了申请。",
    Action.CLOSE_UNCORRECTED: "逾期没有补正，不再处理。",
    Action.CONSULT_THIRD_PARTY: "申请的信息涉及第三方，已书面征求其意见，所需时间不计入答复期限。",
    Action.CONSULT_CO_MAKER: "申请的信息由几个机关共同制作，已征求它们的意见，所需时间不计入答复期限。",
    Action.CONSULT_ORGAN: "申请的信息涉及其他机关，已征求其意见，所需时间不计入答复期限。",
    Action.OPINION: "收到所征求的意见。",
    Action.EXTEND: lambda facts: f"答复期限延长{facts.get('days', 20)}个工作日。",
    Action.ASK_REASONS: "请您说明申请数量、频次的理由。",
    Action.REASONS_GIVEN: "您说明了理由。",
    Action.DELAY: lambda facts: f"告知您最迟于{words(date.fromisoformat(facts['until']))}答复。",
    Action.CHARGE: lambda facts: (
        f"通知您缴纳信息处理费{facts['amount']}元。" if facts.get("amount") else "通知您缴纳信息处理费。"
    ),
    Action.FEE_NOTICE_RECEIVED: "收费通知已经送达。",
    Action.PAY: "信息处理费已经到账。",
    Action.CLOSE_UNPAID: "逾期没有缴费，不再处理。",
    Action.WITHDRAW: "您撤回了申请。",
    Action.MERGE: "与一件同样的申请合并办理。",
    Action.DECIDE: "作出决定，正在送达。",
    Action.SERVE: lambda facts: f"答复已经发出（{SERVICE_NAMES.get(facts.get('by', ''), '送达')}）。",
    Action.DELIVERED: "答复已经送达。",
    Action.TURN_PROACTIVE: "这项信息决定向社会主动公开。",
    Action.RECONSIDERATION_FILED: "就这件申请收到行政复议材料。",
    Action.RECONSIDERATION_DECIDED: "行政复议已经审结。",
    Action.SUIT_FILED: "就这件申请收到行政诉讼材料。",
    Action.SUIT_JUDGED: "行政诉讼已经审结。",
    Action.REDECIDE: "重新作出决定，正在送达。",
}
_BY_APPLICANT = frozenset({Action.CORRECT.value, Action.REASONS_GIVEN.value, Action.WITHDRAW.value})
_OWN_NOTES = {asking.PAID: "您告知已经缴费。", asking.EMAIL_LEFT: "您留下了电子邮箱。"}


def moments_of(records: Sequence[Record]) -> list[Moment]:
    """Return what happened in a case, oldest first, as far as it concerns the applicant and holds."""
    voided = {each.facts["sequence"] for each in records if each.act == DeskAct.VOID}
    told = [_moment(each) for each in records if each.sequence not in voided]
    return sorted((each for each in told if each is not None), key=lambda each: each.on)


def _moment(record: Record) -> Moment | None:
    if record.act == Action.REGISTER:
        is_own = record.by_id is None
        text = "您在网上提交了申请。" if is_own else "您的申请已经登记。"
        return Moment(on=record.on, text=text, is_own=is_own)
    if record.act == DeskAct.RATE:
        return Moment(on=record.on, text="您作了评价。", is_own=True)
    if record.act == DeskAct.NOTE and record.by_id is None:
        text = _OWN_NOTES.get(record.facts.get("text", ""), "")
        return Moment(on=record.on, text=text, is_own=True) if text else None
    found = _MOMENTS.get(record.act)
    if found is None:
        return None
    text = found if isinstance(found, str) else found(record.facts)
    return Moment(on=record.on, text=text, is_own=record.act in _BY_APPLICANT)


# Where it stands.


def standing_of(case: InfoRequest, found: CaseFile, *, withdrawn: bool = False) -> Standing:
    """Return where a case stands, whose turn it is and until when."""
    asked = _asked(found)
    headline, text, by, by_name = _ending(found, withdrawn) if found.closed_on else _words(case, found, asked)
    own = bool(asked) or (found.state is State.REGISTERED and found.received_on is None)
    done = found.closed_on is not None
    return Standing(
        headline=headline,
        text=text,
        waits_for="" if done else "您" if own else "所征求的意见" if _consults(found) else str(case.agency),
        by=None if done else by,
        by_name=by_name,
        is_late=found.is_overdue,
        is_own_turn=own and not done,
        asked=asked,
    )


def _asked(found: CaseFile) -> frozenset[str]:
    """What the office waits for from the applicant: corrections, reasons, payment."""
    acts = (Action.CORRECT, Action.REASONS_GIVEN, Action.PAY)
    open_ = {each.action for each in found.next_actions}
    return frozenset(act.value for act in acts if act in open_ and found.closed_on is None)


def _consults(found: CaseFile) -> bool:
    """Whether an opinion that stops the clock is still waited for."""
    return any(
        each.counts and each.answered is None and (each.ends is None or each.ends >= found.today)
        for each in found.consultations
    )


def _words(case: InfoRequest, found: CaseFile, asked: frozenset[str]) -> tuple[str, str, Due | None, str]:
    if Action.CORRECT in asked and found.correction:
        text = "请按补正告知书补正申请。没有正当理由逾期不补正的，视为放弃申请。"
        limit = found.correction.limit if found.correction.is_stated else None
        return "等您补正", text, limit, "补正期限"
    if Action.PAY in asked and found.charge:
        return "等您缴费", _fee_words(case, found), found.charge.limit, "缴费期限"
    if found.state is State.DECIDED:
        return "已作出决定，正在送达", "答复发出后，可以在本页下载。", found.due, "答复期限"
    if found.received_on is None:
        return "已登记，待与您确认收到", "请保持电话畅通，工作人员将与您联系。", None, ""
    if Action.REASONS_GIVEN in asked:
        return "请您说明理由", "请说明申请数量、频次的理由；答复期限照常计算。", found.due, "答复期限"
    if _consults(found):
        return "正在征求意见", "征求意见所需时间不计入答复期限，收到意见后继续计算。", found.due, "答复期限"
    return "正在办理", "", found.due, "答复期限"


def _fee_words(case: InfoRequest, found: CaseFile) -> str:
    account = DeskSettings.of(case.agency).fee_account
    amount = f"{found.charge.amount}元" if found.charge and found.charge.amount is not None else ""
    how = f"缴费方式：{account}" if account else "缴费方式见收费通知书。"
    return f"请缴纳信息处理费{amount}。{how}逾期不缴纳的，视为放弃申请。"


_NUMBERED = re.compile(r"^(（.）|\d+\.)|（[^）]*）$")


def outcome_words(code: str) -> str:
    """Return how a request ended, in plain words: 不予公开：属于国家秘密."""
    if code in RECORDS_OUTCOMES:
        return RECORDS_OUTCOMES[code]
    outcome = OUTCOMES[code]
    group = guiding.plain_group(outcome.group)
    label = _NUMBERED.sub("", outcome.label)
    if code == "other.misc":
        return "已办结"
    return group if label.startswith(group) else f"{group}：{label}"


def _ending(found: CaseFile, withdrawn: bool) -> tuple[str, str, None, str]:
    if withdrawn and found.decided_on is None:
        return "已撤回", "您撤回了申请，不再处理；需要时可以重新申请。", None, ""
    headline = outcome_words(found.outcome) if found.outcome else "已办结"
    if found.answered_on is None:
        return f"已办结：{headline}".removesuffix("：已办结"), "", None, ""
    text = f"{words(found.answered_on)}答复。不服的，可以按答复书写明的途径申请行政复议或者提起行政诉讼。"
    return f"已答复：{headline}".removesuffix("：已办结"), text, None, ""


# What came of it.


def letters_of(case: InfoRequest) -> list[Letter]:
    """Return the letters sent to the applicant, oldest first; not those to others."""
    sent = case.letters.filter(state=LetterState.ISSUED, sent_on__isnull=False, kind__in=TO_APPLICANT)
    found = list(sent.order_by("sent_on", "pk"))
    for letter in found:
        letter.name = KINDS[letter.kind].name
    return found


def letter_file(case: InfoRequest, pk: int, suffix: str) -> tuple[bytes, str] | None:
    """Return a letter the applicant was sent, as frozen, and its name; None if the case has no such one."""
    letter = next((each for each in letters_of(case) if each.pk == pk), None)
    kept = {"docx": letter.docx, "pdf": letter.pdf}.get(suffix) if letter else None
    if letter is None or not kept:
        return None
    with kept.open("rb") as file:
        return file.read(), "-".join(filter(None, (KINDS[letter.kind].name, letter.number)))


def annexes_of(case: InfoRequest) -> list[CaseFileItem]:
    """Return the files given with the letters sent to the applicant: those each was signed with."""
    return [item for item in signed.given_with(letters_of(case)) if item.kind == FileKind.ANNEX]


def annex_file(case: InfoRequest, pk: int) -> tuple[bytes, CaseFileItem] | None:
    """Return a file given with a letter, as it was when signed; None if the case has no such one."""
    item = next((each for each in annexes_of(case) if each.pk == pk), None)
    if item is None:
        return None
    with item.file.open("rb") as kept:
        data = kept.read()
    return (data, item) if hashlib.sha256(data).hexdigest() == item.sha256 else None


def _sent(case: InfoRequest) -> list[str]:
    """What the applicant sent in, by kind and number; names of files may be personal."""
    labels = dict(FileKind.choices)
    kinds = case.files.filter(by=None, removed_at__isnull=True).values_list("kind", flat=True)
    counts = {kind: list(kinds).count(kind) for kind in dict.fromkeys(kinds)}
    return [f"{labels[kind]}{count}份" for kind, count in counts.items()]


_NOT_RECEIVED = "【待填：收到日期】"
_WRITERS = {"docx": write_docx, "pdf": write_pdf}


def receipt_file(case: InfoRequest, suffix: str) -> tuple[bytes, str]:
    """Return the receipt of a request as a file, and its name; dated when it was received, if that was later.

    Raises:
        KeyError: no such form.
    """
    write = _WRITERS[suffix]
    on = max(case.registered_on, case.received_on or case.registered_on)
    made = drafting.compose(case, "receipt", drafting.Draft(), on=on)
    # An office's own wording may know no receipt before the day is agreed.
    paper = mapped(made.paper, lambda text: text.replace(_NOT_RECEIVED, "（收到之日待与您确认）"))
    return write(replace(paper, number="")), f"{made.kind.name}-{case.number}"


# Why its dates are what they are.


def steps_of(case: InfoRequest) -> Sequence[Step]:
    """Return the steps behind the dates of a case; who was asked and what they said is left out."""
    found = folding.case_file(case)
    asked = tuple(
        replace(each, name=_ANONYMOUS[each.consulted], opinion=None) for each in found.consultations
    )
    prudent = found.received_on or found.prudent_on
    return folding.explanation(replace(found, consultations=asked, prudent_on=prudent))


def receipt_words(case: InfoRequest) -> str:
    """Return on which day the request counts as received, and why."""
    return folding.explanation(folding.case_file(case))[0].text
