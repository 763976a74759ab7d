"""转办 within the body, 会商 with another body on this site; what is late is urged, once a day at most."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.choices import DeskAct, TaskKind, TaskState
from gongkai.web.inforequests.models import InfoRequest, Task
from gongkai.web.inforequests.services import acting
from gongkai.web.inforequests.services.permissions import check_may, colleagues, tasks_of
from gongkai.web.inforequests.services.refusing import Refused

LONGEST = timedelta(days=366)
OPINIONS = {"agrees": "同意公开", "objects": "不同意公开"}


@transaction.atomic
def give(
    *,
    case: InfoRequest,
    kind: TaskKind,
    asked: str,
    due_on: date,
    by: User,
    to_user: User | None = None,
    to_unit: str = "",
    to_agency: Agency | None = None,
    seen: int | None = None,
    now: datetime | None = None,
    as_it_was: bool = False,
) -> Task:
    """Ask a colleague or unit of the body (转办), or another body on this site (会商).

    The time a 会商 takes is left out of the reply period (R711 art. 33(3)); a 转办 does not touch it.
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    row = acting.locked(case, seen)
    check_may(by, DeskAct.GIVE_TASK, row)
    if kind is TaskKind.CONSULT:  # The body is asked, and nobody of one's own.
        to_user, to_unit = None, ""
    else:
        to_agency = None
    _check(row, kind, asked, due_on, to_user, to_unit, to_agency, today)
    task = Task.objects.create(
        case=row, kind=kind, asked=asked.strip(), due_on=due_on, to_user=to_user, to_unit=to_unit.strip(),
        to_agency=to_agency, given_by=by, given_at=now,
    )  # fmt: skip
    facts = {"task": task.pk, "kind": kind.value, "to": task.recipient, "due_on": due_on.isoformat()}
    acting.append(row, act=DeskAct.GIVE_TASK, facts=facts, by=by, now=now)
    if kind is TaskKind.CONSULT:
        told = {"name": task.recipient}
        acting.write(
            row, action=Action.CONSULT_ORGAN, on=today, facts=told, by=by, now=now, as_it_was=as_it_was
        )
        # The other body has it on its screen at once.
        acting.write(row, action=Action.CONSULTED_RECEIVED, on=today, facts=told, by=by, now=now)
    else:
        acting.write(row, action=Action.ASSIGN, on=today, facts={"to": task.recipient}, by=by, now=now)
        row.unit = to_unit.strip() or row.unit
        row.save(update_fields=["unit"])
    _tell(
        task,
        NotificationKind.ARRIVED,
        f"{task.get_kind_display()}：{row.number}，请于{due_on:%Y-%m-%d}前反馈",
    )
    return task


def _check(
    row: InfoRequest, kind: TaskKind, asked: str, due_on: date, to_user: User | None, to_unit: str,
    to_agency: Agency | None, today: date,
) -> None:  # fmt: skip
    if not asked.strip():
        raise Refused("请写明要办什么。")
    if not today <= due_on <= today + LONGEST:
        raise Refused("反馈期限应在今天以后、一年以内。")
    if kind is TaskKind.CONSULT:
        if to_agency is None or to_agency.pk == row.agency_id:
            raise Refused("会商应当选择另一个机关。")
        if row.tasks.filter(kind=kind, to_agency=to_agency).exclude(state=TaskState.RECALLED).exists():
            raise Refused(f"已经与{to_agency}会商过。")
    elif to_user is None and not to_unit.strip():
        raise Refused("转办应当写明承办机构或者选择承办人。")
    elif to_user is not None and to_user.agency_id != row.agency_id:
        raise Refused("转办只能交给本机关的人员；需要其他机关办理的，请会商。")


@transaction.atomic
def answer(*, task: Task, text: str, by: User, opinion: str = "", now: datetime | None = None) -> Task:
    """Answer what was asked; of a 会商, with whether the body agrees to disclosure (R711 arts. 11, 33)."""
    now = now or timezone.now()
    row = acting.locked(task.case)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if not tasks_of(by).filter(pk=task.pk).exists():
        raise Refused("这件事项不是交给您的。")
    if task.state != TaskState.OPEN:
        raise Refused("这件事项已经反馈或者撤回。")
    if not text.strip():
        raise Refused("反馈意见不能为空。")
    if task.kind == TaskKind.CONSULT and opinion not in OPINIONS:
        raise Refused("会商意见应当写明是否同意公开。")
    task.answer, task.opinion, task.state = text.strip(), opinion, TaskState.ANSWERED
    task.answered_by, task.answered_at = by, now
    task.save()
    facts = {"task": task.pk, "from": task.recipient, "text": task.answer}
    acting.append(row, act=DeskAct.ANSWER_TASK, facts=facts, by=by, now=now)
    if task.kind == TaskKind.CONSULT:
        told = {"name": task.recipient, "opinion": opinion}
        today = timezone.localtime(now).date()
        acting.write(row, action=Action.OPINION, on=today, facts=told, by=by, now=now, as_it_was=True)
    if row.handler is not None:
        title = f"{task.recipient}已反馈{task.get_kind_display()}意见：{row.number}"
        notify(
            to=row.handler, kind=NotificationKind.DONE, key=f"task-{task.pk}-answered", title=title,
            path=reverse("desk:case", args=[row.pk]), number=row.number, about=row,
        )  # fmt: skip
    return task


@transaction.atomic
def recall(*, task: Task, reason: str, by: User, now: datetime | None = None) -> Task:
    """Take back what was asked of a colleague; a 会商 has begun to rest the clock and is answered instead."""
    row = acting.locked(task.case)
    check_may(by, DeskAct.RECALL_TASK, row)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.state != TaskState.OPEN or task.kind == TaskKind.CONSULT:
        raise Refused("只有尚未反馈的转办可以撤回；会商已影响期限，请对方反馈。")
    if not reason.strip():
        raise Refused("撤回应当写明理由。")
    task.state = TaskState.RECALLED
    task.save(update_fields=["state"])
    facts = {"task": task.pk, "why": reason.strip()}
    acting.append(row, act=DeskAct.RECALL_TASK, facts=facts, by=by, now=now)
    return task


@transaction.atomic
def urge(*, task: Task, by: User, now: datetime | None = None) -> Task:
    """Remind whoever is asked, at most once a day."""
    row = acting.locked(task.case)
    check_may(by, DeskAct.URGE_TASK, row)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.state != TaskState.OPEN:
        raise Refused("这件事项已经反馈或者撤回。")
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    done = row.records.filter(act=DeskAct.URGE_TASK, on=today, facts__task=task.pk).exists()
    if done:
        raise Refused("今天已经催办过。")
    task.urged += 1
    task.save(update_fields=["urged"])
    facts = {"task": task.pk, "to": task.recipient}
    acting.append(row, act=DeskAct.URGE_TASK, facts=facts, by=by, now=now)
    title = f"催办（第{task.urged}次）：{row.number}，应于{task.due_on:%Y-%m-%d}前反馈"
    _tell(task, NotificationKind.DUE, title, f"urge-{task.urged}")
    return task


def _tell(task: Task, kind: NotificationKind, title: str, occasion: str = "given") -> None:
    """Tell whoever is asked; a unit without a person is told through the body's clerks."""
    to = task.to_user or holders(task.to_agency or task.case.agency, Role.CLERK)
    notify(
        to=to, kind=kind, key=f"task-{task.pk}-{occasion}", title=title,
        path=reverse("desk:task", args=[task.pk]), number=task.case.number, about=task.case,
        due_on=task.due_on,
    )  # fmt: skip


def open_tasks(user: User) -> QuerySet[Task]:
    """Return what a person still has to answer, by what falls due first."""
    return tasks_of(user).filter(state=TaskState.OPEN).select_related("case__agency", "given_by")


@transaction.atomic
def hand_over(
    *, case: InfoRequest, to: User, by: User, seen: int | None = None, now: datetime | None = None
) -> InfoRequest:
    """Make another clerk of the body the one who deals with the case."""
    row = acting.locked(case, seen)
    check_may(by, DeskAct.HAND_OVER, row)
    if not colleagues(by, row).filter(pk=to.pk).exists():
        raise Refused("经办人应当是本机关在职的经办人员。")
    before = row.handler.get_full_name() if row.handler else "（无）"
    row.handler = to
    row.save(update_fields=["handler"])
    facts = {"from": before, "to": to.get_full_name() or to.get_username()}
    acting.append(row, act=DeskAct.HAND_OVER, facts=facts, by=by, now=now)
    if to.pk != by.pk:
        notify(
            to=to, kind=NotificationKind.ARRIVED, key=f"case-{row.pk}-handed-{row.version}",
            title=f"交给您办理：{row.number}", path=reverse("desk:case", args=[row.pk]), number=row.number,
            about=row, due_on=row.due_on,
        )  # fmt: skip
    return row
