"""What is asked of another unit of the body, or of another body on this installation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import TaskKind, TaskState
from gongkai.web.inforequests.models.cases import InfoRequest


def _who(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class Task(models.Model):
    """转办 to a unit or colleague, or 会商 with another body, with a day of its own.

    The applicant stays unknown to those asked: they see what is asked of them, not who asks.
    """

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="tasks")
    kind = models.CharField("类别", max_length=10, choices=TaskKind.choices)
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="desk_tasks", verbose_name="会商机关"
    )
    to_unit = models.CharField("承办机构", max_length=80, blank=True)
    to_user = _who(verbose_name="承办人", null=True, blank=True)
    asked = models.TextField("交办内容")
    due_on = models.DateField("反馈期限")
    state = models.CharField("状态", max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    given_by = _who(verbose_name="交办人")
    given_at = models.DateTimeField()
    answer = models.TextField("反馈意见", blank=True)
    opinion = models.CharField("是否同意公开", max_length=10, blank=True)
    answered_by = _who(verbose_name="反馈人", null=True)
    answered_at = models.DateTimeField(null=True)
    urged = models.PositiveSmallIntegerField("催办次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], name="task_open_by_due", condition=Q(state=TaskState.OPEN))
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def recipient(self) -> str:
        """Who is asked."""
        return str(self.to_agency or self.to_unit or self.to_user or "")
