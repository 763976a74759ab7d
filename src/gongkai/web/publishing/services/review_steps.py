"""The standard steps of a review, and which section is reviewed by which steps."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import ReviewStep
from gongkai.web.publishing.models import BodyPage, ReviewTask

STANDARD_STEPS = (
    (ReviewStep.SECRECY, (Role.SECRECY_REVIEWER,)),
    (ReviewStep.INITIAL, (Role.REVIEWER,)),
    (ReviewStep.SECOND, (Role.REVIEWER, Role.APPROVER)),
    (ReviewStep.FINAL, (Role.APPROVER,)),
)


@transaction.atomic
def set_up_review(section: BodyPage) -> None:
    """Assign the section the standard review, unless it has one."""
    if not WorkflowPage.objects.filter(page_id=section.pk).exists():
        WorkflowPage.objects.create(page_id=section.pk, workflow=standard_review())


def standard_review() -> Workflow:
    """Return the first active workflow made of review steps; make it where there is none."""
    known = Workflow.objects.active().filter(workflow_tasks__task__in=ReviewTask.objects.values("pk"))
    if workflow := known.order_by("pk").first():
        return workflow
    workflow = Workflow.objects.create(name="信息发布审核")
    for position, (step, roles) in enumerate(STANDARD_STEPS):
        task = ReviewTask.objects.create(name=step.label, step=step)
        task.groups.set(Group.objects.get_or_create(name=role.value)[0] for role in roles)
        WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=position)
    return workflow
