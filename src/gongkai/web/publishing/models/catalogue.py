"""The catalogue (目录): what a body must disclose, by which article, within what time, in which column."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import Article20Item, ColumnKind


class CatalogueItem(models.Model):
    """An item of the catalogue; under another, or at the top. `agency` is None for every body's."""

    code = models.SlugField("事项编码", max_length=40, unique=True)
    title = models.CharField("事项名称", max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级事项"
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="catalogue_items",
        verbose_name="责任机关",
        help_text="不填的，各机关都应公开。",
    )
    article20_item = models.PositiveSmallIntegerField("第二十条的项", choices=Article20Item.choices)
    legal_basis = models.CharField("公开依据", max_length=300)
    time_limit = models.PositiveSmallIntegerField(
        "公开时限（工作日）",
        default=20,
        help_text="自信息形成或者变更之日起；其他法律、法规另有规定的从其规定。",
    )
    column = models.CharField(
        "公开栏目", max_length=20, choices=ColumnKind.choices, default=ColumnKind.CONTENT
    )
    content = models.CharField("公开内容（要素）", max_length=400, blank=True)
    position = models.PositiveIntegerField("排列次序", default=100)
    is_active = models.BooleanField("在用", default=True)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
        FieldPanel("title"),
        FieldPanel("content"),
        FieldRowPanel([FieldPanel("parent"), FieldPanel("agency")]),
        FieldRowPanel([FieldPanel("article20_item"), FieldPanel("column")]),
        FieldRowPanel([FieldPanel("legal_basis"), FieldPanel("time_limit")]),
        FieldPanel("is_active"),
    ]

    class Meta:
        verbose_name = "目录事项"
        verbose_name_plural = "目录事项"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an item that stands below itself, and a limit of no days."""
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": "上级事项不能是本事项或者其下级事项。"})
            ancestor = ancestor.parent
        if self.time_limit < 1:
            raise ValidationError({"time_limit": "公开时限至少为1个工作日。"})


class CatalogueChange(models.Model):
    """What was changed in the catalogue, by whom, when: appended, never edited."""

    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "目录变更"
        ordering = ["-at", "-pk"]
