"""Acts on cases: each locks the row, asks the law, writes its record and what follows, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.states import Action, Fact, NotAllowed
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import ACT_NAMES, DeskAct, ProposalState, Retention
from gongkai.web.inforequests.models import InfoRequest, Proposal, Record
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Conflict, NeedsConfirmation, Refused

FIRST = "0" * 64
APPLICANT, SYSTEM = "申请人", "系统"
# What others did and the desk only learns of: entered for its own day with a reason, by one person, since an
# earlier day never makes the office look better.
ARRIVALS = frozenset(
    {
        Action.CONTACT, Action.CONFIRM_RECEIPT, Action.CORRECTION_NOTICE_RECEIVED, Action.CORRECT,
        Action.CONSULTED_RECEIVED, Action.OPINION, Action.REASONS_GIVEN, Action.FEE_NOTICE_RECEIVED,
        Action.PAY, Action.DELIVERED, Action.RECONSIDERATION_FILED, Action.RECONSIDERATION_DECIDED,
        Action.SUIT_FILED, Action.SUIT_JUDGED, Action.SUIT_APPEALED,
    }
)  # fmt: skip
# Only with the letter that does it: see `services.letters`.
BY_LETTER = frozenset(
    {
        Action.NOTIFY_CORRECTION, Action.CONSULT_THIRD_PARTY, Action.CONSULT_CO_MAKER, Action.CONSULT_ORGAN,
        Action.TELL_THIRD_PARTY, Action.EXTEND, Action.ASK_REASONS, Action.DELAY, Action.CHARGE,
        Action.DECIDE, Action.REDECIDE, Action.CLOSE_UNCORRECTED, Action.CLOSE_UNPAID, Action.SERVE,
    }
)  # fmt: skip


def locked(case: InfoRequest, seen: int | None = None) -> InfoRequest:
    """Return the case locked for writing, as it is now.

    Args:
        case: the case.
        seen: the version whoever acts had before their eyes; None where it does not matter.
    Raises:
        Conflict: somebody has acted since.
    """
    row = InfoRequest.objects.select_for_update().select_related("agency").get(pk=case.pk)
    if seen is not None and row.version != seen:
        last = row.records.order_by("-sequence").first()
        what = f"{last.by_name}已办理“{last.act_name}”" if last else "已有变动"
        raise Conflict(f"您打开本页之后，{what}，您刚才的操作没有保存。请核对最新情况后再办。")
    return row


@transaction.atomic
def record_act(
    *,
    case: InfoRequest,
    action: Action,
    by: User | None,
    on: date | None = None,
    facts: Mapping[str, Fact] | None = None,
    reason: str = "",
    seen: int | None = None,
    as_it_was: bool = False,
    now: datetime | None = None,
) -> InfoRequest:
    """Record an act of the procedure.

    Args:
        case: the case it is done in.
        action: what is done; not one that only a letter does.
        by: the member of staff; None for the applicant.
        on: the day of the act, today if none is given.
        facts: what its transition carries.
        reason: why it is recorded later than it was done.
        seen: see `locked`.
        as_it_was: it happened so, even if that is a defect.
        now: the moment of recording.
    Raises:
        Refused: the person may not, the law does not know the act in this state, or it lies in the past and
            needs a second person: `propose`. `NeedsConfirmation`: it would leave a defect.
    """
    if action in BY_LETTER:
        raise Refused(f"“{ACT_NAMES[action]}”应当通过相应的文书办理。")
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    on = on or today
    row = locked(case, seen)
    if by is not None:
        check_may(by, action, row)
    _check_day(action, on, today, reason)
    return write(
        row, action=action, on=on, facts=facts or {}, by=by, now=now, reason=reason, as_it_was=as_it_was
    )


def needs_second(action: Action, on: date, today: date) -> bool:
    """Whether another person must stand by an act: one of the office's own on an earlier day, or one that
    says how things were from the beginning."""
    return action is Action.AMEND_RECORD or (on < today and action not in ARRIVALS)


def _check_day(action: Action, on: date, today: date, reason: str) -> None:
    if on > today:
        raise Refused("日期不能晚于今天。")
    if needs_second(action, on, today):
        raise Refused("补录以前日期的办理行为、更正登记事项，应当写明理由并由另一名审批人员确认。")
    if on < today and not reason.strip():
        raise Refused("补录以前的日期，应当写明为什么没有当日登记。")


def write(
    row: InfoRequest,
    *,
    action: Action,
    on: date,
    facts: Mapping[str, Fact],
    by: User | None,
    now: datetime,
    reason: str = "",
    confirmed_by: User | None = None,
    as_it_was: bool = False,
) -> InfoRequest:
    """Ask the law, append the act to a locked case and refresh what follows; for services of this app.

    Raises:
        Refused: the law does not know the act here; `NeedsConfirmation`: it would leave a new defect.
    """
    today = timezone.localtime(now).date()
    practice = folding.practice_of(row.agency_id)
    records = list(row.records.all())
    before = folding.fold_records(records, practice=practice, on=today) if records else None
    record = append(
        row, act=action, on=on, facts=folding.kept_facts(facts), by=by, now=now, reason=reason,
        confirmed_by=confirmed_by,
    )  # fmt: skip
    try:
        after = folding.fold_records([*records, record], practice=practice, on=today)
    except NotAllowed as error:  # The registration itself, as it was or as it is amended.
        raise Refused(f"{error}。") from error
    _check_lawful(before, after, as_it_was)
    folding.refresh(row, after)
    return row


def _check_lawful(before: CaseFile | None, after: CaseFile, as_it_was: bool) -> None:
    known = set(before.defects) if before else set()
    added = [defect for defect in after.defects if defect not in known]
    for defect in added:
        if defect.code == "not_allowed":
            raise Refused(f"{defect.details}（依据：{defect.source}）。")
    # That no reply came in time is so already and no fault of this act.
    new = tuple(f"{each.text}（{each.source}）" for each in added if each.code != "not_replied")
    if new and not as_it_was:
        raise NeedsConfirmation(new)


def append(
    row: InfoRequest,
    *,
    act: str,
    on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    by: User | None,
    now: datetime | None = None,
    reason: str = "",
    confirmed_by: User | None = None,
    by_name: str = "",
) -> Record:
    """Write a record at the end of a locked case's chain; it alone does not refresh the case."""
    now = now or timezone.now()
    last = row.records.order_by("-sequence").only("sequence", "hash").first()
    record = Record(
        case=row,
        sequence=last.sequence + 1 if last else 1,
        act=str(act),
        on=on or timezone.localtime(now).date(),
        facts=dict(facts or {}),
        at=now,
        by=by,
        by_name=by_name or (by.get_full_name() or by.get_username() if by else APPLICANT),
        reason=reason.strip(),
        confirmed_by=confirmed_by,
        previous_hash=last.hash if last else FIRST,
    )
    record.hash = seal_of(record)
    record.save()
    row.version = record.sequence
    row.save(update_fields=["version"])
    return record


def seal_of(record: Record) -> str:
    """Return the hash a record must carry: over all it says and the one before it."""
    told = {
        "case": record.case_id,
        "sequence": record.sequence,
        "act": record.act,
        "on": record.on.isoformat(),
        "facts": record.facts,
        "at": record.at.astimezone(UTC).isoformat(),
        "by": record.by_id,
        "by_name": record.by_name,
        "reason": record.reason,
        "confirmed_by": record.confirmed_by_id,
        "previous": record.previous_hash,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks(case: InfoRequest) -> list[str]:
    """Return a Chinese sentence for each place where the case's chain of records does not hold."""
    found, previous, expected = [], FIRST, 1
    for record in case.records.order_by("sequence"):
        if record.sequence != expected:
            found.append(f"{case}第 {expected} 条记录缺失。")
        elif record.previous_hash != previous or record.hash != seal_of(record):
            found.append(f"{case}第 {record.sequence} 条记录与其校验值不符。")
        expected, previous = record.sequence + 1, record.hash
    if case.version != expected - 1:
        found.append(f"{case}应有 {case.version} 条记录，实有 {expected - 1} 条。")
    return found


# An earlier day, and a mistake: both need a second person.


@transaction.atomic
def propose(
    *,
    case: InfoRequest,
    action: Action,
    on: date,
    facts: Mapping[str, Fact] | None = None,
    reason: str,
    by: User,
    now: datetime | None = None,
) -> Proposal:
    """Put forward an act of an earlier day; an approver other than the proposer confirms or refuses it."""
    now = now or timezone.now()
    row = locked(case)
    check_may(by, DeskAct.PROPOSE, row)
    today = timezone.localtime(now).date()
    if on > today or not needs_second(action, on, today):
        raise Refused("日期不能晚于今天。" if on > today else "这一行为直接登记，不必提请确认。")
    if action is Action.AMEND_RECORD and not facts:
        raise Refused("请填写要更正的事项。")
    if not reason.strip():
        raise Refused("请写明理由：为什么没有当日登记，或者登记为什么有误。")
    kept = folding.kept_facts(facts or {})
    append(row, act=DeskAct.PROPOSE, facts={"action": action.value, "on": on.isoformat()}, by=by, now=now)
    return Proposal.objects.create(
        case=row, act=action.value, on=on, facts=kept, reason=reason.strip(), proposed_by=by, proposed_at=now
    )


@transaction.atomic
def settle(
    *,
    proposal: Proposal,
    confirms: bool,
    by: User,
    remarks: str = "",
    as_it_was: bool = False,
    now: datetime | None = None,
) -> Proposal:
    """Confirm a proposed act, which records it for its day with both names, or refuse it."""
    now = now or timezone.now()
    row = locked(proposal.case)
    proposal = Proposal.objects.select_for_update().select_related("proposed_by").get(pk=proposal.pk)
    check_may(by, DeskAct.REFUSE, row)
    if proposal.state != ProposalState.OPEN:
        raise Refused("这项补录已经处理过。")
    if by.pk == proposal.proposed_by_id:
        raise Refused("补录不能由提请的人自己确认。")
    if confirms:
        write(
            row,
            action=Action(proposal.act),
            on=proposal.on,
            facts=folding.told_facts(proposal.facts),
            by=proposal.proposed_by,
            now=now,
            reason=proposal.reason,
            confirmed_by=by,
            as_it_was=as_it_was,
        )
    else:
        append(row, act=DeskAct.REFUSE, facts={"proposal": proposal.pk, "remarks": remarks}, by=by, now=now)
    proposal.state = ProposalState.CONFIRMED if confirms else ProposalState.REFUSED
    proposal.settled_by, proposal.settled_at, proposal.remarks = by, now, remarks
    proposal.save()
    return proposal


@transaction.atomic
def void(
    *, case: InfoRequest, sequence: int, reason: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> InfoRequest:  # fmt: skip
    """Void a mistaken record, by an approver who did not make it; both stay on record for good."""
    now = now or timezone.now()
    row = locked(case, seen)
    check_may(by, DeskAct.VOID, row)
    wrong = row.records.filter(sequence=sequence).first()
    if wrong is None or not wrong.is_legal or wrong.act == Action.REGISTER:
        raise Refused("只有登记以外的办理行为可以作废；登记事项有误的，办理“更正登记事项”。")
    if row.records.filter(act=DeskAct.VOID, facts__sequence=sequence).exists():
        raise Refused("这条记录已经作废。")
    if wrong.by_id is None:
        raise Refused("申请人自己办理的行为不能作废；情况有误的，请与申请人核实后另行登记。")
    if wrong.by_id == by.pk:
        raise Refused("不能由登记的人自己作废。")
    if not reason.strip():
        raise Refused("作废记录应当写明理由。")
    append(
        row,
        act=DeskAct.VOID,
        facts={"sequence": sequence, "what": wrong.act_name},
        by=by,
        now=now,
        reason=reason,
    )
    folding.refresh(row, folding.case_file(row, on=timezone.localtime(now).date()))
    return row


@transaction.atomic
def note(
    *, case: InfoRequest, text: str, by: User, seen: int | None = None, now: datetime | None = None
) -> InfoRequest:
    """Write down something about the handling that is no act of the procedure."""
    row = locked(case, seen)
    check_may(by, DeskAct.NOTE, row)
    if not text.strip():
        raise Refused("说明不能为空。")
    append(row, act=DeskAct.NOTE, facts={"text": text.strip()}, by=by, now=now)
    return row


@transaction.atomic
def classify(
    *,
    case: InfoRequest,
    topic: str,
    retention: Retention,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
) -> InfoRequest:
    """Say what a case is about and how long its personal data is kept after it ended."""
    row = locked(case, seen)
    check_may(by, DeskAct.CLASSIFY, row)
    topic = " ".join(topic.split())
    if (topic, retention) == (row.topic, row.retention):
        return row
    row.topic, row.retention = topic, retention
    row.save(update_fields=["topic", "retention"])
    facts = {"topic": topic, "retention": Retention(retention).label}
    append(row, act=DeskAct.CLASSIFY, facts=facts, by=by, now=now)
    return row
