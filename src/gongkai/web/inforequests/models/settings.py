"""How an office answers what the law leaves open, and what its letters need to know."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.law.remedies import BodyKind
from gongkai.web.agencies.models import Agency

_BODY_KINDS = [
    (BodyKind.LOCAL_DEPARTMENT.value, "县级以上地方人民政府工作部门"),
    (BodyKind.LOCAL_GOVERNMENT.value, "县级以上地方人民政府、乡镇人民政府"),
    (BodyKind.PROVINCIAL_GOVERNMENT.value, "省级人民政府"),
    (BodyKind.STATE_COUNCIL_DEPARTMENT.value, "国务院部门"),
    (BodyKind.VERTICAL.value, "海关、金融、外汇、税务、国家安全等垂直领导机关"),
    (BodyKind.JUSTICE.value, "司法行政部门"),
]


class DeskSettings(models.Model):
    """A body's settings; `practice` holds the switches that differ from the strict default."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="desk_settings")
    practice = models.JSONField("口径", default=dict, blank=True)
    body_kind = models.CharField("机关性质（复议管辖）", max_length=30, choices=_BODY_KINDS, blank=True)
    government = models.CharField("本级人民政府", max_length=120, blank=True)
    upper = models.CharField("上一级行政机关", max_length=120, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=120, blank=True)
    reconsideration_url = models.CharField("网上行政复议渠道", max_length=200, blank=True)
    mark = models.CharField(
        "机关代字", max_length=12, blank=True, help_text="用于文号，如“宁信公开告”的“宁”。"
    )
    fee_account = models.CharField("缴费方式", max_length=300, blank=True)
    correction_days = models.PositiveSmallIntegerField("补正期限（工作日）", default=15)
    is_open = models.BooleanField("接受网上申请", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "依申请公开设置"

    def __str__(self) -> str:
        return f"{self.agency}的设置"

    @classmethod
    def of(cls, agency: Agency) -> DeskSettings:
        """Return a body's settings, unsaved defaults where it has none."""
        return cls.objects.filter(agency=agency).first() or cls(agency=agency)


class SettingsChange(models.Model):
    """A change of a body's settings: who, when, on what ground, the values before and after; only added."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="desk_settings_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    reason = models.CharField("依据", max_length=300, blank=True)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = "设置变更记录"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.agency} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new change; one that exists is never changed."""
        if self.pk is not None:
            raise TypeError("a change of settings is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a change of settings is never removed."""
        raise TypeError("a change of settings is never removed")


class SavedView(models.Model):
    """A person's own view of the work list: a name and its filters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_views")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="desk_view_once")]

    def __str__(self) -> str:
        return self.name
