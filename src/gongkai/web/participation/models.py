"""Drafts on which the public is asked for comment."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency

SHORTEST = timedelta(days=30)


class Consultation(models.Model):
    """A draft open for comment; thirty days at least unless a reason is given (国令第713号 art. 15)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consultations", verbose_name="征集机关")
    title = models.CharField("标题", max_length=200)
    draft = models.TextField("征求意见稿")
    explanation = models.TextField("起草说明")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    shortening_reason = models.CharField("期限少于三十日的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "意见征集"
        verbose_name_plural = "意见征集"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="consultation_closes_after_opening",
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Demand a reason for a period under thirty days."""
        if not (self.opens_on and self.closes_on) or self.shortening_reason:
            return
        if self.closes_on - self.opens_on < SHORTEST:
            raise ValidationError(
                {"shortening_reason": "征集期限一般不少于三十日；少于三十日的，应当说明理由。"}
            )
