"""What staff are told, and how it reaches them outside the back office."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.choices import Channel, DeliveryState, NotificationKind
from gongkai.web.agencies.models.bodies import Agency, User


class Notification(models.Model):
    """One thing that one person should know; the row itself is what the back office shows.

    What is meant for a role that nobody holds has no recipient yet: it waits for whoever takes the role.
    """

    recipient = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="notifications", verbose_name="收件人"
    )
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+", verbose_name="机关")
    role = models.CharField("角色", max_length=20, blank=True)
    key = models.CharField(max_length=200)
    kind = models.CharField("类别", max_length=20, choices=NotificationKind.choices)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("编号", max_length=80, blank=True)
    path = models.CharField("网址", max_length=300)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    about = GenericForeignKey("content_type", "object_id")
    due_on = models.DateField("期限", null=True)
    created_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        verbose_name = "通知"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"])]
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient"], name="told_once"),
            models.UniqueConstraint(
                fields=["key", "agency", "role"],
                condition=Q(recipient=None),
                name="waits_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | (Q(agency__isnull=False) & ~Q(role="")),
                name="person_or_role",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A notification on its way out by one channel; kept until it has arrived."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", default=timezone.now)
    last_error = models.CharField("最近的错误", max_length=300, blank=True)
    done_at = models.DateTimeField("送达时间", null=True)

    class Meta:
        verbose_name = "通知投递"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_try_at"])]
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="one_delivery_per_channel")
        ]


class CalendarAddress(models.Model):
    """The secret address at which a person's calendar program fetches their deadlines."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "日历地址"
