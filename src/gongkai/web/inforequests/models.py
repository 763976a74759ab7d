"""Requests for government information."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import Channel


class InfoRequest(models.Model):
    """A request as it was received: which body, how, when, what is asked for (R711 art. 29)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inforequests", verbose_name="受理机关")
    number = models.CharField("登记编号", max_length=40)
    channel = models.CharField("提交方式", max_length=20, choices=Channel.choices)
    submitted_on = models.DateField("提交日期")
    received_on = models.DateField(
        "收到日期", help_text="依据《政府信息公开条例》第三十一条确定，期限自次日起算。"
    )
    wanted = models.TextField("所需政府信息的名称、文号或者其他特征性描述")

    class Meta:
        verbose_name = "公开申请"
        verbose_name_plural = "公开申请"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                name="inforequest_number_once_per_agency",
                violation_error_message="该机关已有此登记编号。",
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("submitted_on")),
                name="inforequest_received_after_submission",
                violation_error_message="收到日期不能早于提交日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.number
