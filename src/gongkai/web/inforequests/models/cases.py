"""A case: a request for government information, or a demand to correct one's own records."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import (
    APPLICANT_CHOICES,
    CHANNEL_CHOICES,
    KIND_CHOICES,
    OUTCOME_CHOICES,
    STATE_CHOICES,
    Delivery,
    RelationKind,
    Retention,
    SupplyMedium,
)


class InfoRequest(models.Model):
    """A case as it was received, and what its record makes of it.

    The fields under "derived" follow from the records by `law.procedure.fold` and are written by
    `services.folding.refresh` only; `version` is the number of the last record. Overdue is a question asked
    of `due_on` on a day, not a state.
    Source: R711 arts. 27, 29, 31, 45.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inforequests", verbose_name="受理机关")
    number = models.CharField("登记编号", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=KIND_CHOICES, default="request")
    wanted = models.TextField("所需政府信息的名称、文号或者其他特征性描述")
    medium = models.CharField("提供载体", max_length=12, choices=SupplyMedium.choices, blank=True)
    delivery = models.CharField("获取方式", max_length=10, choices=Delivery.choices, blank=True)
    needs_help = models.BooleanField(
        "需要协助", default=False, help_text="阅读、书写、视听有困难（第四十三条）"
    )
    topic = models.CharField("主题", max_length=40, blank=True)
    query_salt = models.CharField(max_length=32, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, null=True, editable=False)

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="经办人",
    )
    unit = models.CharField("承办机构", max_length=80, blank=True)
    created_at = models.DateTimeField("登记时间")
    retention = models.CharField(
        "保管期限", max_length=10, choices=Retention.choices, default=Retention.STANDARD
    )
    purged_on = models.DateField("个人信息清除日期", null=True, blank=True)

    # Derived.
    version = models.PositiveIntegerField("记录数", default=0)
    state = models.CharField("状态", max_length=20, choices=STATE_CHOICES)
    channel = models.CharField("提交方式", max_length=12, choices=CHANNEL_CHOICES)
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=APPLICANT_CHOICES)
    registered_on = models.DateField("登记日期")
    received_on = models.DateField("收到日期", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    next_due_on = models.DateField("最近到期", null=True, blank=True)
    is_paused = models.BooleanField("期限中止", default=False)
    outcome = models.CharField("处理结果", max_length=30, choices=OUTCOME_CHOICES, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    defects = models.PositiveSmallIntegerField("瑕疵", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公开申请"
        ordering = ["-registered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                name="inforequest_number_once_per_agency",
                violation_error_message="该机关已有此登记编号。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("registered_on")),
                name="inforequest_closed_after_registration",
            ),
        ]
        indexes = [
            # The work list: what is open, and what a court waits for, by what falls due first.
            models.Index(
                fields=["agency", "next_due_on", "id"],
                name="inforequest_work_list",
                condition=Q(closed_on__isnull=True) | Q(next_due_on__isnull=False),
            ),
            # Table 3: each column grouped by year without reading the rows.
            models.Index(
                fields=["agency", "kind", "received_on", "closed_on", "applicant_kind", "outcome"],
                name="inforequest_counted",
            ),
            models.Index(fields=["agency", "-registered_on", "-id"], name="inforequest_newest"),
            # The same over all bodies that a supervisor sees.
            models.Index(fields=["-registered_on", "-id"], name="inforequest_newest_overall"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """The beginning of what is asked for, on one line."""
        line = " ".join(self.wanted.split())
        return line if len(line) <= 40 else f"{line[:39]}…"


class CaseRelation(models.Model):
    """How one case stands to another; the clock and the count of both stay their own.

    `external` names the case of a body that is not on this installation.
    """

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="relations")
    other = models.ForeignKey(InfoRequest, models.PROTECT, null=True, related_name="related_from")
    external = models.CharField("其他机关的案件", max_length=120, blank=True)
    kind = models.CharField("关系", max_length=16, choices=RelationKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "案件关联"
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()} {self.other or self.external}"


class Rating(models.Model):
    """What the applicant thinks of how the case was handled, once."""

    case = models.OneToOneField(InfoRequest, models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField(
        "满意度", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.CharField("意见", max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "申请人评价"

    def __str__(self) -> str:
        return f"{self.case}：{self.score}"
