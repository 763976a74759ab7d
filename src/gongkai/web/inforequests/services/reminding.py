"""What falls due: told three days before, one day before, on the day and when it is over; each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from gongkai.web.agencies.calendar_sources import Entry
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.choices import TaskState
from gongkai.web.inforequests.models import InfoRequest, Task
from gongkai.web.inforequests.services import folding

# Working days before the day, and the words for it.
STEPS = ((3, "还有3个工作日到期"), (1, "明天到期"), (0, "今天到期"))


def _step(due: date, today: date) -> tuple[NotificationKind, str, str] | None:
    """Kind, key and words of the reminder a day calls for; None where it is not yet time."""
    if due < today:
        return NotificationKind.LATE, "late", f"已逾期（应于{due:%Y-%m-%d}前办理）"
    left = folding.calendar().working_days_between(today, due).days
    for days, words in reversed(STEPS):
        if left <= days:
            text = "下一个工作日到期" if days == 1 and (due - today).days > 1 else words
            return NotificationKind.DUE, f"{days}", text
    return None


def remind(*, on: date | None = None) -> int:
    """Send what a day calls for; return how many people learn of something new. Safe to run at any time."""
    today = on or folding.today()
    horizon = today + timedelta(days=20)
    told = 0
    cases = InfoRequest.objects.filter(next_due_on__lte=horizon).select_related("agency", "handler")
    for case in cases.iterator(500):
        told += _of_case(case, today)
    tasks = Task.objects.filter(state=TaskState.OPEN, due_on__lte=horizon, case__closed_on__isnull=True)
    for task in tasks.select_related("case__agency", "to_agency", "to_user").iterator(500):
        told += _of_task(task, today)
    return told


def _of_case(case: InfoRequest, today: date) -> int:
    due = case.next_due_on
    found = _step(due, today) if due else None
    if due is None or found is None:
        return 0
    kind, step, words = found
    common = {
        "kind": kind,
        "key": f"case-{case.pk}-{due:%Y%m%d}-{step}",
        "title": f"申请 {case.number} {words}",
        "path": reverse("desk:case", args=[case.pk]),
        "number": case.number,
        "about": case,
        "due_on": due,
    }
    told = notify(to=case.handler or holders(case.agency, Role.CLERK), **common)
    if kind is NotificationKind.LATE:  # Whoever answers for the office learns of it too.
        told += notify(to=holders(case.agency, Role.APPROVER), **common)
    return told


def _of_task(task: Task, today: date) -> int:
    found = _step(task.due_on, today)
    if found is None:
        return 0
    kind, step, words = found
    return notify(
        to=task.to_user or holders(task.to_agency or task.case.agency, Role.CLERK),
        kind=kind,
        key=f"task-{task.pk}-{task.due_on:%Y%m%d}-{step}",
        title=f"{task.get_kind_display()} {task.case.number} {words}",
        path=reverse("desk:task", args=[task.pk]),
        number=task.case.number,
        about=task.case,
        due_on=task.due_on,
    )


def calendar_of(user: User, today: date) -> Iterator[Entry]:  # noqa: ARG001  what is late stays in sight
    """Yield what falls due for a person, for their calendar."""
    for case in InfoRequest.objects.filter(handler=user, next_due_on__isnull=False):
        if case.next_due_on:
            url = reverse("desk:case", args=[case.pk])
            yield Entry(uid=f"case-{case.pk}", day=case.next_due_on, title=f"{case.number} 到期", url=url)
    for task in Task.objects.filter(to_user=user, state=TaskState.OPEN).select_related("case"):
        url = reverse("desk:task", args=[task.pk])
        yield Entry(uid=f"task-{task.pk}", day=task.due_on, title=f"{task} 反馈期限", url=url)
