"""The life of a normative document: made, amended, partly repealed, repealed, lapsed; and cleaning."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import ValidityAct
from gongkai.web.publishing.models.documents import DocumentPage


class ValidityChange(models.Model):
    """One act in a document's life, `through` another document if one did it; appended, never edited."""

    document = models.ForeignKey(DocumentPage, models.CASCADE, related_name="validity_changes")
    act = models.CharField("行为", max_length=20, choices=ValidityAct.choices)
    through = models.ForeignKey(
        DocumentPage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes_made",
        verbose_name="依据文件",
    )
    on = models.DateField("生效日期")
    provisions = models.CharField("涉及条款", max_length=300, blank=True)
    until = models.DateField("延长后的有效期至", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "效力变动"
        ordering = ["on", "pk"]


class Cleaning(models.Model):
    """A campaign that says of each of a body's normative documents what becomes of it (清理)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cleanings", verbose_name="清理机关")
    title = models.CharField("名称", max_length=200)
    begun_on = models.DateField("开始日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)
    result = models.ForeignKey(
        DocumentPage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清理结果文件"
    )

    class Meta:
        verbose_name = "规范性文件清理"
        ordering = ["-begun_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class CleaningDecision(models.Model):
    """What a campaign decided of one document; none yet while `act` is blank."""

    cleaning = models.ForeignKey(Cleaning, models.CASCADE, related_name="decisions")
    document = models.ForeignKey(DocumentPage, models.PROTECT, related_name="+")
    act = models.CharField("清理意见", max_length=20, choices=ValidityAct.choices, blank=True, default="")
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "清理意见"
        ordering = ["document__made_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cleaning", "document"], name="one_decision_per_document")
        ]
