"""What the portal's search finds: one row for each page or report the public may see."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import NO_LONGER_IN_FORCE, ColumnKind, Effectiveness, Topic


class EntryKind(models.TextChoices):
    """What a reader has found."""

    DOCUMENT = "document", "公开信息"
    INTERPRETATION = "interpretation", "政策解读"
    MEETING = "meeting", "会议公开"
    GAZETTE = "gazette", "政府公报"
    REPORT = "report", "年度报告"
    COLUMN = "column", "栏目"
    BODY = "body", "机关"


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Entries."""

    def void(self, on: date) -> Q:
        """Return the condition of no longer being in force on a day."""
        return Q(effectiveness__in=NO_LONGER_IN_FORCE) | Q(valid_until__lt=on)


class SearchEntry(models.Model):
    """One thing to be found, with what a line of results shows; its tokens are in a table beside it.

    Validity is kept apart from the text, so that a repeal changes this row and no token. `page` is None for
    what another app feeds; that is known by its address.
    """

    page = models.OneToOneField(Page, models.CASCADE, null=True, related_name="+")
    url = models.CharField(max_length=600)
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+")
    column = models.CharField(max_length=20, choices=ColumnKind.choices, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    topic = models.CharField(max_length=20, choices=Topic.choices, blank=True)
    published_on = models.DateField(null=True)
    effectiveness = models.CharField(
        max_length=20, choices=Effectiveness.choices, default=Effectiveness.NOT_APPLICABLE
    )
    valid_until = models.DateField(null=True)

    title = models.CharField(max_length=255)
    number = models.CharField(max_length=400, blank=True)
    number_key = models.CharField(max_length=80, blank=True)
    keywords = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    attached = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "检索条目"
        indexes = [
            models.Index(fields=["published_on", "id"], name="entries_newest"),
            models.Index(fields=["agency", "published_on", "id"], name="entries_of_body"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def validity(self) -> str:
        """The mark of what is no longer in force today; blank for all else."""
        if self.effectiveness in NO_LONGER_IN_FORCE:
            return Effectiveness(self.effectiveness).label
        is_past = self.valid_until is not None and self.valid_until < timezone.localdate()
        return Effectiveness.LAPSED.label if is_past else ""


class AttachmentText(models.Model):
    """The words of a file, read once for each content; `note` says why there are none."""

    file = models.OneToOneField("wagtaildocs.Document", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "附件文字"
