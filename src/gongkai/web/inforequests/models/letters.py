"""Letters, their numbers, and the office's own wording for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import LetterState
from gongkai.web.inforequests.models.cases import InfoRequest
from gongkai.web.inforequests.models.files import sealed_storage


class NumberSeries(models.Model):
    """The last number given out in a series of a body and year; locked while the next is taken."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    series = models.CharField("字号", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints = [models.UniqueConstraint(fields=["agency", "series", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"


def _who(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class Letter(models.Model):
    """A letter of a case: drafted, approved where it must be, issued with its number, frozen as files.

    `fields` is what the drafter wrote, `facts` what the act it goes with carries. The number is taken in the
    transaction that issues it, so that a series has no gap; a voided letter keeps its number and says why.
    """

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="letters")
    kind = models.CharField("文书", max_length=40)
    state = models.CharField("状态", max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    fields = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    drafted_by = _who(verbose_name="起草人")
    drafted_at = models.DateTimeField()
    submitted_by = _who(verbose_name="送审人", null=True)
    approved_by = _who(verbose_name="签发人", null=True)
    remarks = models.CharField("审批意见", max_length=500, blank=True)
    series = models.CharField("字号", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("签发日期", null=True)
    sent_on = models.DateField("发出日期", null=True)
    told_at = models.DateTimeField("已通知申请人", null=True)
    docx = models.FileField(storage=sealed_storage, max_length=255, blank=True)
    pdf = models.FileField(storage=sealed_storage, max_length=255, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=LetterState.ISSUED) | Q(issued_on__isnull=False),
                name="letter_issued_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("drafted_by")),
                name="letter_not_approved_by_its_drafter",
                violation_error_message="起草人不能签发自己起草的文书。",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.case} {self.kind}"


class LetterTemplate(models.Model):
    """An office's own wording of a letter; each save is a new row, the last one holds."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="letter_templates")
    kind = models.CharField("文书", max_length=40)
    text = models.TextField("模板正文", blank=True, help_text="留空即恢复通用模板。")
    by = _who()
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "kind", "-id"], name="letter_template_latest")]

    def __str__(self) -> str:
        return f"{self.agency} {self.kind}"
