"""What readers report as wrong on a page, until somebody has seen to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.models import Page


class PageFault(models.Model):
    """A reader's report of an error on a page."""

    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+", verbose_name="页面")
    address = models.CharField("网址", max_length=300)
    words = models.TextField("问题描述", max_length=1000)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField("处理结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "网页纠错"
        ordering = ["settled_at", "-reported_at"]
