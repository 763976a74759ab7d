"""Reconsiderations and lawsuits over cases: the register, and what is learnt from them."""

from __future__ import annotations

from django.db import models

from gongkai.web.inforequests.choices import TRACK_NAMES, LossCause
from gongkai.web.inforequests.models.cases import InfoRequest


class Proceeding(models.Model):
    """A reconsideration or a lawsuit: the derived part follows from the case's record, as Table 4 counts it.

    `turns` are (day, result or null where it was reopened), oldest first.
    """

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="proceedings")
    ref = models.CharField("案号", max_length=80)

    # Derived.
    track = models.CharField("类别", max_length=32, choices=list(TRACK_NAMES.items()))
    filed_on = models.DateField("提起日期")
    answer_due_on = models.DateField("答复、答辩期限", null=True)
    answered_on = models.DateField("提交答复、答辩日期", null=True)
    turns = models.JSONField(default=list)
    result = models.CharField("结果", max_length=12, blank=True)
    ended_on = models.DateField("审结日期", null=True)

    # The office's own notes.
    heard_by = models.CharField("审理机关", max_length=120, blank=True)
    cause = models.CharField("纠正、败诉原因", max_length=12, choices=LossCause.choices, blank=True)
    lessons = models.TextField("分析", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼案件"
        ordering = ["-filed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="proceeding_once")]
        indexes = [models.Index(fields=["filed_on", "ended_on"], name="proceeding_counted")]

    def __str__(self) -> str:
        return self.ref
