"""Telling staff what falls due, what waits for them, and what became of what they submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from gongkai.law.calendar import load_calendar
from gongkai.web.agencies.calendar_sources import Entry
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.publishing.models import ReviewedPage, ReviewTask
from gongkai.web.publishing.services import timeliness
from gongkai.web.publishing.services.reviewing import emergencies_of

SOON_WORKING_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day by which something must be done with a page, and in which role of the page's body."""

    what: str
    page: Page
    due_on: date
    role: Role
    path: str

    @property
    def uid(self) -> str:
        """What names it for good, as long as the day stays."""
        return f"{self.what}-{self.page.pk}-{self.due_on:%Y%m%d}"


def deadlines(agencies: QuerySet[Agency], today: date) -> Iterator[Deadline]:
    """Yield what of the bodies is to be public, to be withdrawn, to be reviewed after an emergency."""
    for what, found in (
        ("公开", timeliness.waiting(agencies, today)),
        ("撤回", timeliness.to_withdraw(agencies, today)),
    ):
        for one in found:
            path = reverse("wagtailadmin_pages:edit", args=[one.page.pk])
            yield Deadline(what=what, page=one.page, due_on=one.due.on, role=Role.CLERK, path=path)
    for record in emergencies_of(agencies):
        if record.review_due_on is not None:
            page = record.page.specific
            path = reverse("publishing_review", args=[page.pk])
            yield Deadline(what="补审", page=page, due_on=record.review_due_on, role=Role.APPROVER, path=path)


def remind(*, today: date) -> int:
    """Tell whoever is to act of what falls due within SOON_WORKING_DAYS, and once more when it is late.

    Return how many were told; to run daily, more often does no harm.
    """
    soon = load_calendar().add_working_days(today, SOON_WORKING_DAYS).on
    due = (one for one in deadlines(Agency.objects.filter(is_active=True), today) if one.due_on <= soon)
    return sum(_remind(one, is_late=one.due_on < today) for one in due)


@transaction.atomic
def _remind(one: Deadline, *, is_late: bool) -> int:
    words = f"已超过{one.what}期限" if is_late else f"应当在{one.due_on:%Y-%m-%d}前{one.what}"
    return notify(
        to=holders(one.page.agency, one.role),
        kind=NotificationKind.LATE if is_late else NotificationKind.DUE,
        key=f"publishing-{one.uid}-{'late' if is_late else 'due'}",
        title=f"《{one.page.draft_title}》{words}",
        number=number_of(one.page),
        path=one.path,
        about=one.page,
        due_on=one.due_on,
    )


def calendar_of(user: User, today: date) -> Iterator[Entry]:
    """Yield the deadlines of the person's own body, without the titles of what is not public."""
    for one in deadlines(Agency.objects.filter(pk=user.agency_id), today):
        late = "（已超期）" if one.due_on < today else ""
        title = f"{one.what}期限{late}：{number_of(one.page)}"
        yield Entry(uid=f"publishing-{one.uid}", day=one.due_on, title=title, url=one.path)


def number_of(page: Page) -> str:
    """Return by what a page is known outside the back office: its index number, else its number here."""
    return getattr(page, "index_number", "") or f"信息{page.pk}"


def tell_of_step(state: TaskState) -> None:
    """Tell those who decide the step that begins."""
    task, page = state.task.specific, state.workflow_state.content_object.specific
    if not isinstance(task, ReviewTask) or not isinstance(page, ReviewedPage):
        return
    for name in task.groups.values_list("name", flat=True):
        notify(
            to=holders(page.agency, Role(name)),
            kind=NotificationKind.ARRIVED,
            key=f"publishing-step-{state.pk}",
            title=f"《{page.draft_title}》等待{task.name}",
            number=number_of(page),
            path=reverse("publishing_review", args=[page.pk]),
            about=page,
        )


def tell_of_end(run: WorkflowState, kind: NotificationKind, *, by: User | None) -> None:
    """Tell whoever submitted the page that it was passed or returned, unless they did so themselves."""
    page, submitter = run.content_object.specific, run.requested_by
    if not isinstance(page, ReviewedPage) or submitter is None or submitter == by:
        return
    words = "被退回，请修改后重新提交审核" if kind == NotificationKind.RETURNED else "审核完成"
    notify(
        to=submitter,
        kind=kind,
        key=f"publishing-run-{run.pk}-{run.current_task_state_id}-{kind}",
        title=f"《{page.draft_title}》{words}",
        number=number_of(page),
        path=reverse("publishing_review", args=[page.pk]),
        about=page,
    )
