"""Annual reports of bodies, version by version, and what was found in them."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.choices import CellAct, Decision, ReportStatus
from gongkai.web.oversight.models.history import AppendOnly, paired, who


def report_storage() -> Storage:
    """Return where originals are kept: the alias `private`, never served by path."""
    return storages["private"]


class StagedUpload(models.Model):
    """A file that was read and waits for the supervisor to say whose report it is."""

    source_file = models.FileField("原件", storage=report_storage, max_length=255)
    source_name = models.CharField("文件名", max_length=255)
    source_sha256 = models.CharField("SHA-256", max_length=64)
    source_size = models.PositiveIntegerField("字节数")
    reading = models.JSONField("识读结果")
    uploaded_by = who("上传人")
    uploaded_at = models.DateTimeField("上传时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "待登记文件"

    def __str__(self) -> str:
        return self.source_name


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def current(self) -> AnnualReportQuerySet:
        """The latest version of each body's report of each year."""
        return self.filter(is_current=True)

    def published(self) -> AnnualReportQuerySet:
        """The versions the public may see."""
        return self.filter(status=ReportStatus.PUBLISHED)


class AnnualReport(models.Model):
    """One version of one body's report for one year. A new upload is a new version; old ones stay."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="annual_reports", verbose_name="机关"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    is_current = models.BooleanField("最新版本", default=True)
    edition = models.PositiveSmallIntegerField("格式版本")
    title = models.CharField("标题", max_length=255, blank=True)
    status = models.CharField(
        "状态", max_length=12, choices=ReportStatus, default=ReportStatus.DRAFT, db_index=True
    )
    source_file = models.FileField("原件", storage=report_storage, max_length=255)
    source_name = models.CharField("文件名", max_length=255)
    source_sha256 = models.CharField("SHA-256", max_length=64)
    source_size = models.PositiveIntegerField("字节数")
    # As read, never edited: what people decided is laid over it by `settled.report_of`.
    reading = models.JSONField("识读结果")
    reader = models.CharField("识读程序版本", max_length=64, blank=True)
    uploaded_by = who("登记人")
    uploaded_at = models.DateTimeField("登记时间")
    published_by = who("公开人", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    withdrawn_by = who("撤回人", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=500, blank=True)
    # Derived from the latest run and the reviews; every service that moves either refreshes them.
    findings_open = models.PositiveSmallIntegerField("待处理问题", default=0, db_index=True)
    errors_open = models.PositiveSmallIntegerField("待处理错误", default=0)
    findings_confirmed = models.PositiveSmallIntegerField("属实问题", default=0)
    findings_dismissed = models.PositiveSmallIntegerField("已排除问题", default=0)
    cells_illegible = models.PositiveSmallIntegerField("未能识读单元格", default=0)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "agency_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "version"], name="annualreport_one_per_version"
            ),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=Q(is_current=True), name="annualreport_one_current"
            ),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=Q(status="published"), name="annualreport_one_published"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="annualreport_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                name="annualreport_withdrawn_has_moment",
            ),
            paired("published_by", "published_at"),
            paired("withdrawn_by", "withdrawn_at"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="annualreport_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"


class AuditRun(models.Model):
    """One audit of one version: by whom, by which rules, against which last year's report, what was found."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="audits")
    last_report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = who("核查人")
    at = models.DateTimeField("核查时间")
    rules_version = models.CharField("规则版本", max_length=64)
    findings = models.JSONField("问题")
    not_assessed = models.JSONField("未能检查")

    class Meta:
        verbose_name = verbose_name_plural = "核查记录"
        ordering = ["-at", "-pk"]


class FindingReview(AppendOnly):
    """A decision on a finding. The latest counts, for every version of the body's report of the year."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="reviews")
    finding_key = models.CharField("问题标识", max_length=16, db_index=True)
    decision = models.CharField("处理", max_length=10, choices=Decision)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = who("处理人")
    at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "问题处理"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="dismissed") | ~Q(reason=""), name="findingreview_dismissal_has_reason"
            )
        ]


class CellDecision(AppendOnly):
    """What a person says stands in a cell. The latest counts, for the version it was made on.

    `value` is a number or null, which is blank; `as_read` what the reader had found there when the person
    decided, `{"value", "raw"}`, or null where it had found nothing.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="cell_decisions")
    cell = models.CharField("单元格", max_length=64)
    decision = models.CharField("处理", max_length=10, choices=CellAct)
    value = models.JSONField("值", null=True)
    as_read = models.JSONField("当时的识读结果", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = who("处理人")
    at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "单元格确认"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="corrected") | ~Q(reason=""), name="celldecision_correction_has_reason"
            )
        ]


class PastReading(AppendOnly):
    """A reading that a later one took the place of."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="past_readings")
    reading = models.JSONField("识读结果")
    reader = models.CharField("识读程序版本", max_length=64, blank=True)
    replaced_by = who("重新识读人")
    replaced_at = models.DateTimeField("重新识读时间")

    class Meta:
        verbose_name = verbose_name_plural = "以前的识读结果"
        ordering = ["pk"]
