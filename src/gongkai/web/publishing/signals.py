"""Staff come, go, change body or role: their section groups follow. A new section gets its review.

What is published anew keeps its recorded validity, and the day it was first public. Who is to decide, and who
submitted, are told how a review goes on.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import page_published, task_submitted, workflow_approved, workflow_rejected

from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.publishing import teams
from gongkai.web.publishing.models import BodyPage, DocumentPage
from gongkai.web.publishing.services import reminding
from gongkai.web.publishing.services.review_steps import set_up_review
from gongkai.web.publishing.services.timeliness import note_first_day
from gongkai.web.publishing.services.validity import keep_validity

_SETTLED = {"post_add", "post_remove", "post_clear"}


@receiver(post_save, sender=User, dispatch_uid="gongkai.publishing.body_changed")
def body_changed(instance: User, raw: bool = False, **_: Any) -> None:
    """Follow the person to their body's section."""
    if not raw:
        teams.place(instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="gongkai.publishing.roles_changed")
def roles_changed(instance: User, action: str, reverse: bool, **_: Any) -> None:
    """Follow the person's roles."""
    if action in _SETTLED and not reverse:
        teams.place(instance)


@receiver(page_published, sender=DocumentPage, dispatch_uid="gongkai.publishing.validity_kept")
def validity_kept(instance: DocumentPage, **_: Any) -> None:
    """Keep a repealed document repealed, whatever older version of it is published again."""
    keep_validity(instance)


@receiver(page_published, sender=DocumentPage, dispatch_uid="gongkai.publishing.first_day_noted")
def first_day_noted(instance: DocumentPage, **_: Any) -> None:
    """Keep the day on which the page was first public."""
    note_first_day(instance)


@receiver(post_save, sender=BodyPage, dispatch_uid="gongkai.publishing.section_opened")
def section_opened(instance: BodyPage, created: bool, raw: bool = False, **_: Any) -> None:
    """Have what the section discloses reviewed from its first day."""
    if created and not raw:
        set_up_review(instance)


@receiver(task_submitted, sender=TaskState, dispatch_uid="gongkai.publishing.step_begun")
def step_begun(instance: TaskState, **_: Any) -> None:
    """Tell those who decide."""
    reminding.tell_of_step(instance)


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid="gongkai.publishing.review_returned")
def review_returned(instance: WorkflowState, user: User | None, **_: Any) -> None:
    """Tell whoever submitted."""
    reminding.tell_of_end(instance, NotificationKind.RETURNED, by=user)


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="gongkai.publishing.review_completed")
def review_completed(instance: WorkflowState, user: User | None, **_: Any) -> None:
    """Tell whoever submitted."""
    reminding.tell_of_end(instance, NotificationKind.DONE, by=user)
