"""The report a body writes itself: its words around the facts, numbers typed by hand, what was explained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.choices import Basis, DraftState, Scope
from gongkai.web.oversight.models.history import AppendOnly, paired, who
from gongkai.web.oversight.models.reports import AnnualReport


class Draft(models.Model):
    """A body's report of a year while it is written: its numbers are counted whenever it is looked at.

    `saves` counts the changes, so that nobody saves over what they have not seen. `frozen` is the report as
    it was sent up for review, a JSON of `codec`; None while it is written. `report` is the version that
    approval made of it, which is what is filed and published.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="drafts", verbose_name="机关")
    year = models.PositiveSmallIntegerField("报告年度")
    scope = models.CharField("统计范围", max_length=10, choices=Scope, default=Scope.OFFICE)
    basis = models.CharField("统计口径", max_length=10, choices=Basis, default=Basis.FROZEN)
    basis_reason = models.CharField("采用更正后记录的理由", max_length=500, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=DraftState, default=DraftState.DRAFTING, db_index=True
    )
    saves = models.PositiveIntegerField("修改次数", default=0)
    frozen = models.JSONField("送审稿", null=True)
    begun_by = who("起草人")
    begun_at = models.DateTimeField("起草时间")
    submitted_by = who("送审人", null=True)
    submitted_at = models.DateTimeField("送审时间", null=True)
    reviewed_by = who("审核人", null=True)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    approved_by = who("审定人", null=True)
    approved_at = models.DateTimeField("审定时间", null=True)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="+", null=True)
    # Derived: what the audit at the latest save found.
    audit = models.JSONField("核查结果", default=dict)
    audited_at = models.DateTimeField("核查时间", null=True)
    errors_open = models.PositiveSmallIntegerField("待处理错误", default=0)
    findings_open = models.PositiveSmallIntegerField("待处理问题", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "年报草稿"
        ordering = ["-year", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="draft_one_per_year"),
            models.CheckConstraint(
                condition=Q(state="drafting") | Q(frozen__isnull=False), name="draft_frozen_when_sent_up"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(report__isnull=False), name="draft_approved_has_report"
            ),
            models.CheckConstraint(
                condition=~Q(basis="live") | ~Q(basis_reason=""), name="draft_live_basis_has_reason"
            ),
            paired("submitted_by", "submitted_at"),
            paired("reviewed_by", "reviewed_at"),
            paired("approved_by", "approved_at"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告（草稿）"


class DraftText(AppendOnly):
    """The words of a section as they were saved, facts standing in them as fields. The latest counts."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="texts")
    section = models.CharField("部分", max_length=20)
    text = models.TextField("正文", blank=True)
    by = who("修改人")
    at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = verbose_name_plural = "草稿正文"
        ordering = ["pk"]


class CellOverride(AppendOnly):
    """A cell typed over by hand, beside what the records gave then; `is_restored` takes it back.

    `value` and `counted` are numbers, or null for a blank. The latest of a cell counts.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="overrides")
    cell = models.CharField("单元格", max_length=64)
    value = models.JSONField("填写的数", null=True)
    counted = models.JSONField("当时的统计数", null=True)
    is_restored = models.BooleanField("恢复统计数", default=False)
    reason = models.CharField("理由", max_length=500)
    by = who("填写人")
    at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = verbose_name_plural = "手工填数"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(is_restored=True), name="celloverride_has_reason"
            )
        ]


class Explanation(AppendOnly):
    """Why a finding of a rule does not hold there, kept from year to year; `is_taken_back` ends it.

    `where` are the cells the finding names, in order and one space apart, else the section it quotes, else
    "". The latest of a body, code and place counts.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="explanations")
    year = models.PositiveSmallIntegerField("报告年度")
    code = models.CharField("规则", max_length=8)
    where = models.TextField("位置", blank=True)
    reason = models.CharField("理由", max_length=500)
    is_taken_back = models.BooleanField("撤销说明", default=False)
    by = who("说明人")
    at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = verbose_name_plural = "问题说明"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "code"], name="explanation_agency_code")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(is_taken_back=True), name="explanation_has_reason"
            )
        ]
