"""Files of a case: kept sealed, handed out only by views that ask who is asking."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models.cases import InfoRequest


def sealed_storage() -> Storage:
    """Return where files of cases are kept: the alias `sealed`, never served by path."""
    return storages["sealed"]


class CaseFileItem(models.Model):
    """A file in a case. `for_applicant`: it went out with a letter; letters name what is given."""

    case = models.ForeignKey(InfoRequest, models.PROTECT, related_name="files")
    kind = models.CharField("类别", max_length=16, choices=FileKind.choices)
    name = models.CharField("文件名", max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=sealed_storage, max_length=255)
    for_applicant = models.BooleanField("随答复提供", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("附卷时间")
    removed_at = models.DateTimeField("移出时间", null=True)
    scanned_clean = models.BooleanField("已查毒", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷文件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Severance(models.Model):
    """Work on a PDF of the case before it is given: what is marked so far, and the copy made of it last.

    `marks` is what `gongkai.severing.dump_marks` writes. The file itself stays as it is.
    Source: R711 art. 37.
    """

    item = models.OneToOneField(CaseFileItem, models.PROTECT, related_name="severance")
    marks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    made = models.OneToOneField(CaseFileItem, models.PROTECT, null=True, related_name="made_from")

    class Meta:
        verbose_name = verbose_name_plural = "区分处理"

    def __str__(self) -> str:
        return f"{self.item}的区分处理"
