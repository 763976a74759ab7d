"""A superior's January: who is to report, what they filed, what became of it, and the files that came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.choices import BatchState, Filed
from gongkai.web.oversight.models.history import paired, who
from gongkai.web.oversight.models.reports import AnnualReport, report_storage


class Collection(models.Model):
    """The reports of a year that a superior collects, by when, and from whom.

    `settled` is the sum as it was last settled: `codec`'s report and the versions it was made of; a member's
    later version opens it again.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="collections", verbose_name="主管部门"
    )
    government = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="汇总机关"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    due_on = models.DateField("报送期限")
    note = models.TextField("要求", blank=True)
    opened_by = who("发起人")
    opened_at = models.DateTimeField("发起时间")
    closed_by = who("结束人", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    settled = models.JSONField("汇总数", null=True)
    settled_by = who("汇总人", null=True)
    settled_at = models.DateTimeField("汇总时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "年报报送"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="collection_one_per_year"),
            paired("closed_by", "closed_at"),
            paired("settled_by", "settled_at"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度报告报送（{self.agency.short_name}）"


class Member(models.Model):
    """A body that is to report in a collection, and its latest filing."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name="机关"
    )
    latest = models.ForeignKey(
        "oversight.Filing", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="最近报送"
    )

    class Meta:
        verbose_name = verbose_name_plural = "应报单位"
        ordering = ["agency__position", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "agency"], name="member_once"),
        ]


class Filing(models.Model):
    """A version of a member's report, filed; returned with a letter, or accepted. A new filing is a new row.

    `findings` are those of the audit that the return named, `letter` the letter as it was sent.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="filings")
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="filings")
    state = models.CharField("状态", max_length=10, choices=Filed, default=Filed.FILED, db_index=True)
    filed_by = who("报送人")
    filed_at = models.DateTimeField("报送时间")
    decided_by = who("处理人", null=True)
    decided_at = models.DateTimeField("处理时间", null=True)
    reason = models.TextField("退回意见", blank=True)
    findings = models.JSONField("退回时的问题", default=list)
    due_on = models.DateField("改正期限", null=True)
    letter = models.FileField("退回通知", storage=report_storage, max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报送记录"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "report"], name="filing_once_per_version"),
            models.CheckConstraint(
                condition=Q(state="filed", decided_at__isnull=True)
                | (~Q(state="filed") & Q(decided_at__isnull=False)),
                name="filing_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="filing_returned_has_reason"
            ),
            paired("decided_by", "decided_at"),
        ]


class Batch(models.Model):
    """Files that were sent into a collection together, worked on by a job."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="batches")
    by = who("上传人")
    at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("处理完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "上传批次"
        ordering = ["-pk"]


class BatchFile(models.Model):
    """A file of a batch: what became of it, and why.

    `said` are the body and year it names itself, `agency` the body it seems to be of; `tries` counts how
    often its reading was begun, so that one over which the worker dies is given up.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    file = models.FileField("原件", storage=report_storage, max_length=255, blank=True)
    name = models.CharField("文件名", max_length=255)
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.WAITING)
    why = models.CharField("原因", max_length=500, blank=True)
    said = models.JSONField("文件自称", default=dict)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField("识读次数", default=0)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="像是"
    )
    staged = models.ForeignKey(
        "oversight.StagedUpload", on_delete=models.SET_NULL, related_name="+", null=True
    )
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "批次文件"
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "state"], name="batchfile_batch_state")]
