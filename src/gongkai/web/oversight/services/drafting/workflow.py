"""The way of a draft to its approval: who takes which step from where, as a table, and what each step does.

Nobody decides on what they sent up themselves, so a report passes through three pairs of hands, or through
two in a body without reviewers.

Source: 国办公开办函〔2021〕30号: the deputy head in charge answers first for the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.report import codec
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import Holders, holders, notify
from gongkai.web.oversight.choices import Act, DraftState
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.acting import Refused, plain_reason
from gongkai.web.oversight.services.drafting import approving
from gongkai.web.oversight.services.drafting.acts import locked
from gongkai.web.oversight.services.drafting.auditing import audit_of_draft, digest, tally
from gongkai.web.oversight.services.drafting.composing import Drafted, drafted
from gongkai.web.oversight.services.drafting.scope import office_of, roles_of, writers_of
from gongkai.web.oversight.services.ledger import append_event

WRITER = "writer"
"""Stands in the table for whoever writes the body's report, see `scope.writers_of`."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step: from which state to which, by which role, by nobody who took one of the steps `not_by`."""

    code: str
    label: str
    act: Act
    start: DraftState
    end: DraftState
    role: str
    not_by: tuple[str, ...] = ()
    needs_reason: bool = False


STEPS: Mapping[str, Step] = {
    step.code: step
    for step in (
        Step(
            code="songshen", label="送审", act=Act.SUBMITTED, role=WRITER,
            start=DraftState.DRAFTING, end=DraftState.SUBMITTED,
        ),
        Step(
            code="tongguo", label="审核通过", act=Act.PASSED, role=Role.REVIEWER,
            start=DraftState.SUBMITTED, end=DraftState.REVIEWED, not_by=("submitted_by",),
        ),
        Step(
            code="shenhe-tuihui", label="退回修改", act=Act.SENT_BACK, role=Role.REVIEWER,
            start=DraftState.SUBMITTED, end=DraftState.DRAFTING, not_by=("submitted_by",), needs_reason=True,
        ),
        Step(
            code="shending", label="审定", act=Act.APPROVED, role=Role.APPROVER,
            start=DraftState.REVIEWED, end=DraftState.APPROVED, not_by=("submitted_by", "reviewed_by"),
        ),
        Step(
            code="shending-tuihui", label="退回修改", act=Act.SENT_BACK, role=Role.APPROVER,
            start=DraftState.REVIEWED, end=DraftState.DRAFTING, not_by=("submitted_by", "reviewed_by"),
            needs_reason=True,
        ),
        Step(
            code="chongxin-qicao", label="重新起草", act=Act.REVISED, role=WRITER,
            start=DraftState.APPROVED, end=DraftState.DRAFTING, needs_reason=True,
        ),
    )
}  # fmt: skip
_TOOK = {"submitted_by": "送审", "reviewed_by": "审核"}


def role_of(step: Step, agency: Agency) -> Role:
    """Return the role that takes a step for a body."""
    return writers_of(agency) if step.role == WRITER else Role(step.role)


def steps_of(user: User, draft: Draft) -> list[Step]:
    """Return the steps a person may take on a draft as it stands."""
    return [step for step in STEPS.values() if step.start == draft.state and not why_not(user, draft, step)]


def why_not(user: User, draft: Draft, step: Step) -> str:
    """Return why a person may not take a step, "" where they may; the state apart."""
    if role_of(step, draft.agency).value not in roles_of(user, draft.agency):
        return f"“{step.label}”由{role_of(step, draft.agency).value}人员办理。"
    taken = next((by for by in step.not_by if getattr(draft, f"{by}_id") == user.pk), None)
    return f"这份报告由您{_TOOK[taken]}，不能再由您{step.label}。" if taken else ""


def take_step(*, draft: Draft, step: str, seen: int, by: User, now: datetime, reason: str = "") -> Draft:
    """Take a step on a draft and tell whoever is next.

    Raises:
        Refused: there is no such step, the person may not take it, the draft stands elsewhere or has changed
            since they looked, a reason is wanting; sending up also where the year is not over, facts are
            wanting, or errors are neither mended nor explained; approving as `approving.version_of`.
    """
    chosen = STEPS.get(step)
    if chosen is None:
        raise Refused("没有这种办理。")
    reason = plain_reason(reason)[:500]
    if why := why_not(by, draft, chosen):
        raise Refused(why)
    if chosen.needs_reason and not reason:
        raise Refused(f"请写明{chosen.label}的理由。")
    if chosen.act == Act.SUBMITTED:
        found = drafted(Draft.objects.select_related("agency__competent_authority").get(pk=draft.pk))
        return _sent_up(found, chosen, seen, by, now)
    with transaction.atomic():
        draft = _at(draft, chosen, seen, by)
        _DO[chosen.act](draft, by, now)
        return _done(draft, chosen, chosen.end, by, now, reason)


def _at(draft: Draft, step: Step, seen: int, by: User) -> Draft:
    """Lock the draft and see that the step fits it as it stands now."""
    draft = locked(draft, seen)
    if draft.state != step.start:
        raise Refused(f"这份报告现在是“{draft.get_state_display()}”，不能{step.label}。")
    if why := why_not(by, draft, step):
        raise Refused(why)
    return draft


def _sent_up(found: Drafted, step: Step, seen: int, by: User, now: datetime) -> Draft:
    if found.draft.state == step.start:
        _check_is_ready(found, timezone.localtime(now).date())
    audit = audit_of_draft(found, alike=False)
    with transaction.atomic():
        draft = _at(found.draft, step, seen, by)
        # Explanations are no saves, so those in force are asked for while nobody can take one back.
        counts = tally(draft, audit["findings"])
        if counts["errors_open"]:
            raise Refused(f"还有 {counts['errors_open']} 个错误没有改正，也没有说明理由，不能送审。")
        draft.frozen = codec.dump(found.report, provenance=True)
        draft.audit, draft.audited_at = audit, now
        draft.findings_open, draft.errors_open = counts["findings_open"], counts["errors_open"]
        draft.submitted_by, draft.submitted_at = by, now
        draft.reviewed_by = draft.reviewed_at = draft.approved_by = draft.approved_at = None
        end = step.end if _has_reviewer(draft) else DraftState.REVIEWED
        return _done(draft, step, end, by, now, "", content=digest(found.report))


def _check_is_ready(found: Drafted, today: date) -> None:
    draft = found.draft
    if today <= date(draft.year, 12, 31):
        raise Refused(f"{draft.year} 年还没有结束，数还会变；{draft.year + 1} 年 1 月 1 日起才能送审。")
    if gaps := found.gaps:
        named = "、".join(gaps[:5])
        raise Refused(f"还有 {len(gaps)} 处待填：{named}{'……' if len(gaps) > 5 else ''}。补全后再送审。")


def _has_reviewer(draft: Draft) -> bool:
    reviewers = holders(office_of(draft.agency), Role.REVIEWER).people()
    return reviewers.exclude(pk=draft.submitted_by_id).exists()


def _pass(draft: Draft, by: User, now: datetime) -> None:
    draft.reviewed_by, draft.reviewed_at = by, now


def _send_back(draft: Draft, _by: User, _now: datetime) -> None:
    draft.frozen = None
    draft.submitted_by = draft.submitted_at = draft.reviewed_by = draft.reviewed_at = None
    draft.approved_by = draft.approved_at = None


def _approve(draft: Draft, by: User, now: datetime) -> None:
    sent = draft.events.filter(act=Act.SUBMITTED).order_by("sequence").last()
    if sent is None or sent.details["content"] != digest(codec.load(draft.frozen)):
        raise Refused("这份报告的内容与送审时不同，不能审定；请退回后重新送审。")
    draft.report = approving.version_of(draft=draft, by=by, now=now)
    draft.approved_by, draft.approved_at = by, now


_DO: Mapping[Act, Callable[[Draft, User, datetime], None]] = {
    Act.PASSED: _pass,
    Act.SENT_BACK: _send_back,
    Act.APPROVED: _approve,
    Act.REVISED: _send_back,
}


def _done(
    draft: Draft, step: Step, end: DraftState, by: User, now: datetime, reason: str, **details: str
) -> Draft:
    """Keep where the draft stands now, write the event and tell whoever is next."""
    writer = draft.submitted_by
    draft.state = end
    draft.saves += 1
    draft.save()
    report = draft.report if step.act == Act.APPROVED else None
    said = {"reason": reason} if reason else {}
    append_event(act=step.act, by=by, at=now, draft=draft, report=report, state=end.value, **said, **details)
    _tell(draft, step, by, writer)
    return draft


_NEXT = {
    DraftState.SUBMITTED: (Role.REVIEWER, NotificationKind.ARRIVED, "待审核"),
    DraftState.REVIEWED: (Role.APPROVER, NotificationKind.ARRIVED, "待审定"),
    DraftState.APPROVED: (None, NotificationKind.DONE, "已审定，可以公开"),
    DraftState.DRAFTING: (None, NotificationKind.RETURNED, "已退回修改"),
}


def _tell(draft: Draft, step: Step, by: User, writer: User | None) -> None:
    role, kind, words = _NEXT[DraftState(draft.state)]
    office = office_of(draft.agency)
    to: User | Holders = holders(office, role or writers_of(draft.agency))
    if step.act == Act.REVISED:
        to, words = holders(office, Role.APPROVER), "审定后重新起草"
    elif role is None and writer is not None and writer != by:
        to = writer
    notify(
        to=to,
        kind=kind,
        key=f"draft-{draft.pk}-{draft.saves}",
        title=f"{draft.agency.short_name} {draft.year} 年度报告{words}",
        path=reverse("annual_reports:draft", args=[draft.pk]),
        about=draft,
    )
