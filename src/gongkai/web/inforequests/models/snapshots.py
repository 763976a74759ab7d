"""What a year's tables held when they were frozen; what personal data was destroyed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency


class YearSnapshot(models.Model):
    """A table of a body and year as it stood at 24:00 on 31 December: (row, column) to the cases there.

    It is never changed; what is recorded later shows as a difference.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="snapshots")
    year = models.PositiveSmallIntegerField("年度")
    table = models.PositiveSmallIntegerField("表")
    cells = models.JSONField()
    frozen_at = models.DateTimeField("冻结时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度冻结"
        constraints = [models.UniqueConstraint(fields=["agency", "year", "table"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year} 表{self.table}"


class Destruction(models.Model):
    """Cases whose personal data is to be cleared; when a second person confirms the list it is, and signed.

    `cases` are (number, day closed, years kept); `files` the names of stored files still to be erased.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="destructions")
    cases = models.JSONField("案件")
    files = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提请人")
    at = models.DateTimeField("提请时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    done_at = models.DateTimeField("清除时间", null=True)
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "销毁记录"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by")),
                name="destruction_confirmed_by_another",
                violation_error_message="不能由提请的人自己确认。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, done_at__isnull=True, signature="")
                | (Q(confirmed_by__isnull=False, done_at__isnull=False) & ~Q(signature="")),
                name="destruction_signed_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.at:%Y-%m-%d}"
