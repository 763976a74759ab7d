"""What is appended and never edited: the base of such rows, and the sealed log of acts."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.oversight.choices import Act


def who(name: str, **options: Any) -> models.ForeignKey:
    """Return a column that names a person, kept as long as the row."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=name, **options
    )


def paired(who: str, when: str) -> models.CheckConstraint:
    """A person without a moment, or a moment without a person, is half a fact."""
    return models.CheckConstraint(
        condition=Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
        | Q(**{f"{who}__isnull": False, f"{when}__isnull": False}),
        name=f"%(class)s_{who}_with_{when}",
    )


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are history: neither changed nor deleted through the ORM."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("history is appended, not edited")

    def delete(self) -> NoReturn:
        raise TypeError("history is appended, not deleted")


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("history is appended, not edited")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("history is appended, not deleted")


class ReportEvent(AppendOnly):
    """An act on a report, a draft or a collection, sealed to the one before it by its hash.

    An act that concerns several of them names each, such as a filing its report and its collection.
    """

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    report = models.ForeignKey(
        "oversight.AnnualReport", on_delete=models.PROTECT, related_name="events", null=True
    )
    draft = models.ForeignKey("oversight.Draft", on_delete=models.PROTECT, related_name="events", null=True)
    collection = models.ForeignKey(
        "oversight.Collection", on_delete=models.PROTECT, related_name="events", null=True
    )
    act = models.CharField("事项", max_length=10, choices=Act)
    by = who("经办人")
    by_name = models.CharField("经办人姓名", max_length=150)
    at = models.DateTimeField("时间")
    details = models.JSONField("详情", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "报告办理记录"
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="reportevent_sequence_from_one"),
            models.CheckConstraint(
                condition=Q(report__isnull=False) | Q(draft__isnull=False) | Q(collection__isnull=False),
                name="reportevent_is_about_something",
            ),
        ]


class LedgerHead(models.Model):
    """The end of the chain of events: one row, locked by whoever appends; tells a cut-off tail."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ledgerhead_is_one_row")]
