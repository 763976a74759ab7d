"""The trail of reviews: who decided what of which version, in which step; appended, never edited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.models import Page, Revision, WorkflowState

from gongkai.web.publishing.choices import ReviewDecision, ReviewStep


class ReviewRecord(models.Model):
    """One decision of one person on one version of a page."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="review_records")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    workflow_state = models.ForeignKey(WorkflowState, models.SET_NULL, null=True, related_name="+")
    step = models.CharField("环节", max_length=20, choices=ReviewStep.choices)
    decision = models.CharField("意见", max_length=20, choices=ReviewDecision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人")
    at = models.DateTimeField("时间", auto_now_add=True)
    proofread = models.BooleanField("已校对", default=False)
    remarks = models.TextField("审核意见", blank=True)
    findings = models.JSONField("自动检查结果", default=list)

    class Meta:
        verbose_name = "审核记录"
        ordering = ["at", "pk"]
