"""The three reviews and the secrecy review before disclosure (先审查、后公开，一事一审；三审三校).

Source: R711 art. 17; 保守国家秘密法 art. 35; 保守国家秘密法实施条例 art. 42.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, TaskState, WorkflowState

from gongkai.law.calendar import load_calendar
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import PASSES, DisclosureAttribute, ReviewDecision, ReviewStep
from gongkai.web.publishing.models import ReviewedPage, ReviewRecord, ReviewTask
from gongkai.web.publishing.models.reviewing import REVIEW_ROLES
from gongkai.web.publishing.services.checking import Finding, findings_of, must_be_dealt_with

AFTERWARDS_WORKING_DAYS = 3
_NEEDS_REMARKS = frozenset({ReviewDecision.RETURNED, ReviewDecision.REFERRED, ReviewDecision.WITHDRAWN})
_ANSWERS = frozenset({ReviewDecision.HELD_OPEN, ReviewDecision.HELD_CLOSED})
_CLOSES_EMERGENCY = (*PASSES, ReviewDecision.WITHDRAWN)


class Refused(Exception):
    """An act the rules do not allow; `str()` is one Chinese sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A page that waits for a person, in which step, since when."""

    page: Page
    step: str
    since: datetime
    is_referral: bool = False


# Standing


def trail_of(page: Page) -> QuerySet[ReviewRecord]:
    """Return the page's records, oldest first."""
    return ReviewRecord.objects.filter(page_id=page.pk).select_related("by", "revision")


def has_trail(page: Page) -> bool:
    """Whether the page, or one below it, has been decided on."""
    return ReviewRecord.objects.filter(page__path__startswith=page.path).exists()


def open_emergency(page: Page) -> ReviewRecord | None:
    """Return the emergency publication whose review is not complete; None if there is none."""
    return open_emergencies(Page.objects.filter(pk=page.pk)).first()


def open_emergencies(pages: QuerySet[Page]) -> QuerySet[ReviewRecord]:
    """Return the emergency publications of the pages whose review is not complete, the most urgent first."""
    closing = ReviewRecord.objects.filter(
        page=OuterRef("page"), pk__gt=OuterRef("pk"), decision__in=_CLOSES_EMERGENCY
    ).exclude(decision__in=PASSES, workflow_state__status__in=("in_progress", "needs_changes", "cancelled"))
    made = ReviewRecord.objects.filter(decision=ReviewDecision.EMERGENCY, page__in=pages)
    return made.exclude(Exists(closing)).select_related("page", "by").order_by("review_due_on", "pk")


def emergencies_of(agencies: QuerySet[Agency]) -> list[ReviewRecord]:
    """Return the emergency publications of the bodies whose review is not complete."""
    own = set(agencies.values_list("pk", flat=True))
    every = open_emergencies(Page.objects.all())
    return [record for record in every if record.page.specific.agency.pk in own]


def overdue_emergencies(*, user: User, on: date) -> list[ReviewRecord]:
    """Return those of the person's bodies that should have been reviewed before a day."""
    return [record for record in emergencies_of(agencies_of(user)) if record.is_overdue(on)]


def is_referred(state: TaskState) -> bool:
    """Whether the step waits for the competent authority's answer."""
    last = ReviewRecord.objects.filter(workflow_state=state.workflow_state_id).order_by("-pk").first()
    return last is not None and last.decision == ReviewDecision.REFERRED


def is_held_closed(page: Page) -> bool:
    """Whether the competent authority's last word is that the information is not to be disclosed."""
    last = trail_of(page).filter(decision__in=_ANSWERS).last()
    return last is not None and last.decision == ReviewDecision.HELD_CLOSED


def authors_of(page: Page) -> frozenset[int]:
    """Return the ids of those who wrote or changed what has not yet passed a complete review."""
    passed = trail_of(page).filter(
        decision__in=PASSES, step=ReviewStep.FINAL, workflow_state__status=WorkflowState.STATUS_APPROVED
    )
    last = passed.last()
    versions = Revision.page_revisions.filter(object_id=str(page.pk))
    if last is not None:
        versions = versions.filter(pk__gt=last.revision_id)
    people = set(versions.values_list("user_id", flat=True))
    return frozenset(people | {page.owner_id if last is None else None}) - {None}


def refusal(state: TaskState | None, user: User) -> str:
    """Return why the person may not decide the step; "" if they may."""
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return "目前没有等待审核的环节。"
    page, task = state.workflow_state.content_object, state.task.specific
    if not isinstance(task, ReviewTask) or not task.is_for(user, page):
        return f"“{task.name}”由{page.specific.agency.name}担任相应角色的人员办理。"
    if state.revision_id != page.latest_revision_id:
        return "送审之后内容有变动，应当重新送审。"
    if is_referred(state):
        return "已提请主管部门或者保密部门确定，正在等待答复。"
    return _conflict(state, task, page, user)


def _conflict(state: TaskState, task: ReviewTask, page: Page, user: User) -> str:
    if user.pk in authors_of(page):
        return "您起草或者修改过这份信息，不能审核。"
    own = ReviewRecord.objects.filter(workflow_state=state.workflow_state_id, by=user).exclude(step=task.step)
    if (record := own.first()) is not None:
        return f"您已在“{record.get_step_display()}”环节办理过，同一人不能办理两个环节。"
    emergency = open_emergency(page)
    if emergency is not None and emergency.by_id == user.pk:
        return "这份信息由您决定紧急发布，事后补审应当由其他人员办理。"
    return ""


def authority_of(agency: Agency) -> Agency:
    """Return the body that answers what the body cannot settle itself."""
    return agency.competent_authority or agency


def answer_refusal(page: Page, state: TaskState | None, user: User) -> str:
    """Return why the person may not answer the referral; "" if they may."""
    if state is None or not is_referred(state):
        return "没有等待确定的事项。"
    if user.agency_id != authority_of(page.specific.agency).pk or not any(
        has_role(user, role) for role in (Role.SUPERVISOR, Role.SECRECY_REVIEWER)
    ):
        return f"由{authority_of(page.specific.agency).name}的主管人员或者保密审查人员确定。"
    is_involved = ReviewRecord.objects.filter(workflow_state=state.workflow_state_id, by=user).exists()
    return "您起草或者审核过这份信息，不能确定。" if is_involved or user.pk in authors_of(page) else ""


def emergency_refusal(page: Page, user: User) -> str:
    """Return why the person may not publish the page at once; "" if they may."""
    if user.agency_id != page.specific.agency.pk or not has_role(user, Role.APPROVER):
        return "紧急发布由信息所属机关的审批人员决定。"
    latest = page.get_latest_revision_as_object()
    if getattr(latest, "attribute", DisclosureAttribute.PROACTIVE) != DisclosureAttribute.PROACTIVE:
        return "公开属性不是主动公开的，不得发布。"
    if page.live and not page.has_unpublished_changes:
        return "最新内容已经公开。"
    if user.pk in authors_of(page):
        return "您起草或者修改过这份信息，不能决定紧急发布。"
    state = page.current_workflow_task_state
    if state is not None and is_referred(state):
        return "已提请主管部门或者保密部门确定，答复之前不得发布。"
    return "已确定不予公开，不得发布。" if is_held_closed(page) else ""


def may_see(page: Page, user: User) -> bool:
    """Whether the person may see the page's review: the body's reviewers and drafters, and its authority."""
    agency = page.specific.agency
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR):
        return True
    if user.agency_id == agency.pk:
        return any(has_role(user, role) for role in (Role.CLERK, *REVIEW_ROLES))
    was_referred = trail_of(page).filter(decision=ReviewDecision.REFERRED).exists()
    is_authority = user.agency_id == authority_of(agency).pk
    return is_authority and (
        has_role(user, Role.SUPERVISOR) or (was_referred and has_role(user, Role.SECRECY_REVIEWER))
    )


def waiting_for(user: User) -> list[Waiting]:
    """Return what waits for the person's decision or answer, the longest first."""
    tasks = ReviewTask.objects.filter(groups__in=user.groups.all())
    running = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    running = running.select_related("workflow_state", "task").order_by("started_at", "pk")
    found = [
        _waiting(state) for state in running.filter(task__in=tasks.values("pk")) if not refusal(state, user)
    ]
    if has_role(user, Role.SUPERVISOR) or has_role(user, Role.SECRECY_REVIEWER):
        referred = ReviewRecord.objects.filter(decision=ReviewDecision.REFERRED).values("workflow_state")
        for state in running.filter(workflow_state__in=referred):
            page = state.workflow_state.content_object
            if not answer_refusal(page, state, user):
                found.append(_waiting(state, is_referral=True))
    return sorted(found, key=lambda each: each.since)


def _waiting(state: TaskState, *, is_referral: bool = False) -> Waiting:
    page = state.workflow_state.content_object.get_latest_revision_as_object()
    return Waiting(page=page, step=state.task.name, since=state.started_at, is_referral=is_referral)


# Acts


@transaction.atomic
def decide(
    *,
    state: TaskState,
    decision: ReviewDecision,
    by: User,
    on: date,
    remarks: str = "",
    proofread: bool = False,
    despite: str = "",
) -> ReviewRecord:
    """Record the decision on the step and move the page on.

    Args:
        state: the step as the person saw it; one decided meanwhile is refused.
        decision: PASSED, RETURNED, REFERRED; after an emergency also WITHDRAWN.
        proofread: the reviewer has proof-read the text; needed to pass every step but the secrecy review.
        despite: why it passes although something was found that should be dealt with.
    Raises:
        Refused: the person may not decide, or the decision lacks what it needs.
    Source: R711 art. 17.
    """
    page, state = _locked_run(state)
    if why := refusal(state, by):
        raise Refused(why)
    task, latest = state.task.specific, page.get_latest_revision_as_object()
    emergency = open_emergency(page)
    if decision == ReviewDecision.WITHDRAWN and emergency is None:
        raise Refused("只有紧急发布的信息才在审核中撤回公开。")
    if decision in _NEEDS_REMARKS and not remarks.strip():
        raise Refused("请填写意见。")
    findings = findings_of(latest, on)
    if decision == ReviewDecision.PASSED:
        _check_pass(task, latest, findings, proofread=proofread, despite=despite)
        decision = ReviewDecision.PASSED_AFTERWARDS if emergency else decision
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        revision_id=state.revision_id,
        workflow_state_id=state.workflow_state_id,
        step=task.step,
        decision=decision,
        by=by,
        proofread=proofread and decision in PASSES,
        remarks=remarks.strip(),
        findings=findings,
        despite=despite.strip() if must_be_dealt_with(findings) and decision in PASSES else "",
    )
    _move_on(page, state, record)
    return record


def _check_pass(
    task: ReviewTask, latest: Page, findings: list[Finding], *, proofread: bool, despite: str
) -> None:
    is_open = getattr(latest, "attribute", DisclosureAttribute.PROACTIVE) == DisclosureAttribute.PROACTIVE
    if is_open and is_held_closed(latest):
        raise Refused("主管部门或者保密部门已确定不予公开，只能退回；情况有变化的，可以再次提请确定。")
    if gaps := latest.gaps():
        raise Refused(f"内容不完整，只能退回：{'；'.join(gaps)}")
    if task.step != ReviewStep.SECRECY and not proofread:
        raise Refused("通过之前应当校对全文，请勾选“已校对”。")
    if must_be_dealt_with(findings) and not despite.strip():
        raise Refused("有应当处理的问题没有处理；仍要通过的，请勾选并说明理由。")


def _move_on(page: Page, state: TaskState, record: ReviewRecord) -> None:
    if record.decision in PASSES:
        run = state.workflow_state
        is_open = state.revision.content.get("attribute", DisclosureAttribute.PROACTIVE)
        is_last = run.is_at_final_task
        stays_closed = is_last and is_open != DisclosureAttribute.PROACTIVE
        state.approve(user=record.by, update=not stays_closed, comment=record.remarks)
        if stays_closed:
            run.status = WorkflowState.STATUS_APPROVED
            run.save()
    elif record.decision in {ReviewDecision.RETURNED, ReviewDecision.WITHDRAWN, ReviewDecision.HELD_CLOSED}:
        state.reject(user=record.by, comment=record.remarks)
        if record.decision == ReviewDecision.WITHDRAWN:
            _take_off(page, record.by)


@transaction.atomic
def answer(*, state: TaskState, is_open: bool, by: User, remarks: str) -> ReviewRecord:
    """Settle, as the competent authority, whether the information may be disclosed.

    Where it may, the step that asked goes on; where not, the page goes back to its drafter, and what an
    emergency made public is withdrawn.

    Raises:
        Refused: the person may not answer, or gives no basis.
    Source: R711 art. 17(3).
    """
    page, state = _locked_run(state)
    if why := answer_refusal(page, state, by):
        raise Refused(why)
    if not remarks.strip():
        raise Refused("请填写依据和理由。")
    is_public = open_emergency(page) is not None
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        revision_id=state.revision_id,
        workflow_state_id=state.workflow_state_id,
        step=state.task.specific.step,
        decision=ReviewDecision.HELD_OPEN if is_open else ReviewDecision.HELD_CLOSED,
        by=by,
        remarks=remarks.strip(),
    )
    _move_on(page, state, record)
    if is_public and not is_open:
        withdraw(page=page, by=by, remarks="主管部门或者保密部门确定不予公开。")
    return record


@transaction.atomic
def publish_at_once(*, page: Page, by: User, on: date, reason: str) -> ReviewRecord:
    """Publish the latest version before its review, and open the review that must follow.

    Raises:
        Refused: the person may not, the page must not be public, or no reason is given.
    """
    page = _locked(page)
    if why := emergency_refusal(page, by):
        raise Refused(why)
    if not reason.strip():
        raise Refused("请填写紧急发布的理由。")
    revision = page.get_latest_revision() or page.save_revision()
    if gaps := revision.as_object().gaps():
        raise Refused(f"内容不完整，请先在编辑页面补全：{'；'.join(gaps)}")
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        revision=revision,
        step=ReviewStep.FINAL,
        decision=ReviewDecision.EMERGENCY,
        by=by,
        remarks=reason.strip(),
        findings=findings_of(revision.as_object(), on),
        review_due_on=load_calendar().add_working_days(on, AFTERWARDS_WORKING_DAYS).on,
    )
    revision.publish(user=by)
    page = _locked(page)
    page.get_workflow().start(page, by)
    return record


@transaction.atomic
def withdraw(*, page: Page, by: User, remarks: str = "") -> ReviewRecord:
    """Take the page off the portal, with an entry in its trail."""
    page = _locked(page)
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        revision_id=page.live_revision_id or page.latest_revision_id,
        step=ReviewStep.FINAL,
        decision=ReviewDecision.WITHDRAWN,
        by=by,
        remarks=remarks,
    )
    _take_off(page, by)
    return record


def _take_off(page: Page, by: User) -> None:
    """Unpublish the page, whether or not the person may otherwise: the decision is theirs."""
    if page.live:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)


def _locked_run(state: TaskState) -> tuple[Page, TaskState | None]:
    """Return the page, locked, and the step if the page is still in it."""
    page = _locked(state.workflow_state.content_object)
    current = page.current_workflow_task_state
    return page, current if current is not None and current.pk == state.pk else None


def _locked(page: Page) -> Page:
    """Return the page as it is now, kept from others until the transaction ends."""
    return Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific


def is_reviewed(page: Page) -> bool:
    """Whether a page of this kind goes public only once reviewed."""
    return isinstance(page.specific, ReviewedPage)
