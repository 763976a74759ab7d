"""Pages that go public only once reviewed, the steps of a review, and the trail of decisions."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.panels import Panel
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import (
    PASSES,
    DisclosureAttribute,
    ReviewDecision,
    ReviewStep,
)

REVIEW_ROLES = (Role.SECRECY_REVIEWER, Role.REVIEWER, Role.APPROVER)
# Whatever else an administrator leaves out of a body's review, these two stay (R711 art. 17).
INDISPENSABLE = frozenset({ReviewStep.SECRECY, ReviewStep.FINAL})


class TrailPanel(Panel):
    """The page's review trail, on its edit view."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/reviewing/trail_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the records, oldest first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            records = ReviewRecord.objects.filter(page_id=self.instance.pk)
            return context | {"records": records.select_related("by"), "page": self.instance}


class ReviewedPage:
    """Mixed into the pages of a section: what makes a version public is its completed review."""

    settings_panels = [TrailPanel(heading="审核记录"), *Page.settings_panels]
    # Set by the form that saves a draft, for as long as the form is checked.
    is_unfinished = False

    def clean(self) -> None:
        """Check what must hold of the page, unless it is a draft that is still being written."""
        super().clean()
        if not self.is_unfinished:
            self.check_finished()

    def check_finished(self) -> None:
        """Refuse what contradicts itself or lacks what a page of its kind must have.

        Raises:
            ValidationError: with the fields that are wrong.
        """

    def gaps(self) -> list[str]:
        """Return what keeps this version from being reviewed or public, in Chinese; none if it is whole."""
        try:
            self.full_clean()
        except ValidationError as error:
            return _in_words(self, error)
        return []

    def get_lock(self) -> Any:
        """Return the review's lock first, so that no lock of a person's own opens a page under review."""
        task = self.current_workflow_task
        return ReviewLock(self, task) if isinstance(task, ReviewTask) else super().get_lock()

    def is_cleared(self, revision: Revision) -> bool:
        """Whether the version may be public.

        It is meant for disclosure of the body's own motion, and was passed in every step of a completed
        review by as many people, or released in an emergency; nothing was withdrawn since.
        """
        attribute = revision.content.get("attribute", DisclosureAttribute.PROACTIVE)
        records = self.review_records.filter(revision=revision)
        if attribute != DisclosureAttribute.PROACTIVE:
            return False
        last = records.order_by("-pk").first()
        if last is None or last.decision == ReviewDecision.WITHDRAWN:
            return False
        if records.filter(decision=ReviewDecision.EMERGENCY).exists():
            return True
        passed = records.filter(
            decision__in=PASSES, workflow_state=last.workflow_state_id, workflow_state__status="approved"
        )
        people = dict(passed.values_list("step", "by_id"))
        return people.keys() >= INDISPENSABLE and len(set(people.values())) == len(people)

    def publish(self, revision: Revision, user: User | None = None, *args: Any, **kwargs: Any) -> None:
        """Publish a version that may be public.

        Without a person it is the site's own doing: a version due at the time its review set, an import.

        Raises:
            PermissionDenied: a person publishes, and the review is not complete.
        """
        if user is not None:
            if not self.is_cleared(revision):
                raise PermissionDenied("未完成保密审查和审核的内容，不得公开。")
            # Who decided last was checked by the step's own roles.
            kwargs["skip_permission_checks"] = True
        super().publish(revision, user, *args, **kwargs)


def _in_words(page: Page, error: ValidationError) -> list[str]:
    """Return each fault, with the name of its field where a sentence alone would not say which it is."""
    names = {field.name: str(field.verbose_name) for field in page._meta.fields}
    return [
        f"{names[field]}：{text}" if field in names else text
        for field, texts in error.message_dict.items()
        for text in texts
    ]


class ReviewLock(WorkflowLock):
    """Nobody edits what is being reviewed; the drafter may take it back."""

    def for_user(self, *_: User) -> bool:
        """Lock the page for everybody."""
        return True

    def get_message(self, *_: User) -> str:
        """Say in which step it is."""
        return format_html(
            "正在“{}”环节，审核期间不能修改。需要修改的，由审核人退回，或者由送审人撤回。"
            '<a href="{}">查看审核情况</a>',
            self.task.name,
            reverse("publishing_review", args=[self.object.pk]),
        )

    def get_locked_by(self, *_: User | bool) -> str:
        """Say why it is locked."""
        return "审核中，已锁定"

    def get_description(self, *_: User | bool) -> str:
        """Say what that means."""
        return "审核期间不能修改"


class ReviewTask(Task):
    """A step of a review: decided on the review page only, by one person of the page's own body."""

    step = models.CharField("环节", max_length=20, choices=ReviewStep.choices)
    groups = models.ManyToManyField(
        Group,
        verbose_name="办理角色",
        limit_choices_to={"name__in": [role.value for role in REVIEW_ROLES]},
        help_text="由信息所属机关中担任这些角色之一的人员办理。",
    )

    lock_class = ReviewLock
    admin_form_fields = [*Task.admin_form_fields, "step", "groups"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "step"]
    admin_form_widgets = {"groups": forms.CheckboxSelectMultiple}

    class Meta:
        verbose_name = "审核环节"
        verbose_name_plural = "审核环节"

    @classmethod
    def get_description(cls) -> str:
        """Say who decides."""
        return "由信息所属机关中担任指定角色的人员逐件审核"

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Begin the step; after changes, the first one instead: every step sees the version as it is now."""
        due = workflow_state.get_next_task()
        if due is not None and due.pk != self.pk:
            return due.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def is_for(self, user: User, page: Page) -> bool:
        """Whether the person holds one of the step's roles in the page's own body."""
        if not user.is_active or user.agency_id is None or user.agency_id != page.specific.agency.pk:
            return False
        return self.groups.filter(pk__in=user.groups.values("pk")).exists()

    def locked_for_user(self, *_: Page | User) -> bool:
        """Lock the page for everybody."""
        return True

    def on_action(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a decision needs the findings on the screen and an entry in the trail."""
        raise PermissionDenied("请在审核页面办理。")

    def get_task_states_user_can_moderate(self, user: User, **_: Any) -> QuerySet[TaskState]:
        """Return the running steps that are the person's to decide."""
        running = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
            "workflow_state"
        )
        own = [state.pk for state in running if self.is_for(user, state.workflow_state.content_object)]
        return TaskState.objects.filter(pk__in=own)


class TrailQuerySet(models.QuerySet[Any]):
    """Records of the trail: neither changed nor deleted through the ORM."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the trail is appended, not edited")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("the trail is appended, not deleted")


class ReviewRecord(models.Model):
    """One decision of one person on one version of a page; appended, never edited."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="review_records")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    workflow_state = models.ForeignKey(WorkflowState, models.PROTECT, null=True, related_name="+")
    step = models.CharField("环节", max_length=20, choices=ReviewStep.choices)
    decision = models.CharField("意见", max_length=20, choices=ReviewDecision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人")
    at = models.DateTimeField("时间", auto_now_add=True)
    proofread = models.BooleanField("已校对", default=False)
    remarks = models.TextField("审核意见", blank=True)
    findings = models.JSONField("自动检查结果", default=list)
    despite = models.TextField("对应当处理的问题仍予通过的理由", blank=True)
    review_due_on = models.DateField("补审期限", null=True, db_index=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = "审核记录"
        ordering = ["at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append the record.

        Raises:
            TypeError: it is there already.
        """
        if self.pk is not None:
            raise TypeError("the trail is appended, not edited")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the trail is appended, not deleted")

    def is_overdue(self, on: date) -> bool:
        """Whether the review after an emergency should have been completed by now."""
        return self.review_due_on is not None and self.review_due_on < on
