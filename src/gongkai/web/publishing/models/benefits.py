"""What a policy gives to whom, item by item, and who wants to hear of new ones (政策标签)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from gongkai.web.publishing.choices import Audience
from gongkai.web.publishing.models.documents import DocumentPage


class Benefit(ClusterableModel):
    """One thing a document gives: to whom, on what condition, how much, until when, how and where."""

    document = models.ForeignKey(
        DocumentPage, models.CASCADE, related_name="benefits", verbose_name="政策文件"
    )
    title = models.CharField("事项", max_length=120)
    audience = models.CharField("适用对象", max_length=20, choices=Audience.choices)
    condition = models.TextField("条件")
    amount = models.CharField("标准", max_length=200)
    deadline = models.DateField("申报截止", null=True, blank=True, help_text="不填为常年受理。")
    how = models.TextField("办理方式")
    where = models.CharField("办理地点", max_length=200)
    added_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)

    panels = [
        PageChooserPanel("document", "publishing.DocumentPage"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("audience")]),
        FieldPanel("condition"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("deadline")]),
        FieldPanel("how"),
        FieldPanel("where"),
    ]

    class Meta:
        verbose_name = "政策事项"
        verbose_name_plural = "政策事项"
        ordering = ["audience", "deadline", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it can still be applied for, and its document is in force."""
        in_time = self.deadline is None or self.deadline >= timezone.localdate()
        return in_time and self.document.is_in_force


class Subscription(models.Model):
    """An address that wants new items for an audience by e-mail; counts only once confirmed."""

    email = models.EmailField("电子邮箱")
    audience = models.CharField("适用对象", max_length=20, choices=Audience.choices)
    token = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "政策订阅"
        constraints = [
            models.UniqueConstraint(fields=["email", "audience"], name="one_subscription_per_audience")
        ]
