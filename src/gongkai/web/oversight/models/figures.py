"""Numbers no register holds: decisions and fees month by month, and the facts of a year entered once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models.history import AppendOnly, who
from gongkai.web.oversight.models.reports import report_storage


class FigureFile(AppendOnly):
    """A spreadsheet that monthly figures were taken from."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="figure_files")
    file = models.FileField("原件", storage=report_storage, max_length=255)
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节数")
    by = who("导入人")
    at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "数据来源文件"
        ordering = ["-pk"]


class MonthlyFigure(AppendOnly):
    """What a body did in a month, by row of Table 2; the latest counts, without a value it is not known.

    `item` is the row's code: `permits`, `penalties` and `coercion` in decisions, `fees_10k_yuan` in 万元.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="monthly_figures")
    year = models.PositiveSmallIntegerField("年度")
    month = models.PositiveSmallIntegerField("月份")
    item = models.CharField("项目", max_length=20)
    value = models.DecimalField("数量", max_digits=16, decimal_places=6, null=True)
    source = models.CharField("来源", max_length=200, blank=True)
    file = models.ForeignKey(FigureFile, on_delete=models.PROTECT, related_name="figures", null=True)
    by = who("填报人")
    at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "月度数据"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "year"], name="monthlyfigure_agency_year")]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="monthlyfigure_month"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="monthlyfigure_not_negative"
            ),
        ]


class SheetFact(AppendOnly):
    """A fact of a year that no register holds, entered once on the fact sheet; the latest counts.

    `value` is a number, or null for not known.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sheet_facts")
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("事实", max_length=60)
    value = models.DecimalField("数量", max_digits=16, decimal_places=6, null=True)
    source = models.CharField("来源", max_length=200, blank=True)
    by = who("填报人")
    at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度事实"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "year"], name="sheetfact_agency_year")]
