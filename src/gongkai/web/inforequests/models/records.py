"""The record of a case: every act once, in order, each sealed to the one before."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.web.inforequests.choices import ACT_NAMES, LEGAL_ACTS, ProposalState
from gongkai.web.inforequests.models.cases import InfoRequest


class Record(models.Model):
    """Something done in a case: an act of the procedure, which `fold` reads, or one of the desk's own.

    `on` is the day of the act, `at` the moment it was recorded: where they differ, `reason` says why and
    `confirmed_by` who else stood by it. `by` is empty where the applicant or the system acted. Rows are only
    ever added; a mistake is voided by a later record.
    Source: R711 art. 45.
    """

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField("序号")
    act = models.CharField("事项", max_length=30)
    on = models.DateField("日期")
    facts = models.JSONField("内容", default=dict)
    at = models.DateTimeField("记录时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    by_name = models.CharField("记录人姓名", max_length=60)
    reason = models.CharField("补录理由", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["case", "sequence"]
        indexes = [models.Index(fields=["act", "on"], name="record_act_on")]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="record_sequence_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.sequence} {self.act_name}"

    @property
    def act_name(self) -> str:
        """What was done, in words."""
        return ACT_NAMES.get(self.act, self.act)

    @property
    def is_legal(self) -> bool:
        """Whether it is an act of the procedure."""
        return self.act in LEGAL_ACTS

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new record; one that exists is never changed."""
        if self.pk is not None:
            raise TypeError("a record is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a record is never removed."""
        raise TypeError("a record is never removed")


class Proposal(models.Model):
    """An act that is to be recorded for an earlier day and waits for a second person to stand by it."""

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="proposals")
    act = models.CharField("事项", max_length=30)
    on = models.DateField("日期")
    facts = models.JSONField("内容", default=dict)
    reason = models.CharField("理由", max_length=300)
    state = models.CharField("状态", max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    remarks = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认的补录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.act_name} {self.on}"

    @property
    def act_name(self) -> str:
        """What is to be recorded, in words."""
        return ACT_NAMES.get(self.act, self.act)
