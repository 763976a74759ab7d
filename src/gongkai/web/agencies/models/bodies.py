"""Bodies that disclose, and the people who work for them."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from gongkai.web.agencies.choices import GOVERNMENTS, RESERVED_SLUGS, Kind, Level


class Agency(index.Indexed, models.Model):
    """A body with duties under the Regulation, and the facts its disclosure guide must state (art. 12)."""

    name = models.CharField("机关全称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=60)
    slug = models.SlugField(
        "网址标识", max_length=60, unique=True, help_text="小写字母、数字和连字符，用于网址。"
    )
    region_code = models.CharField(
        "行政区划代码",
        max_length=12,
        validators=[RegexValidator(r"^[0-9]{6}([0-9]{3}){0,2}$", "行政区划代码为 6、9 或 12 位数字。")],
    )
    unified_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-HJ-NPQRTUWXY]{18}$", "统一社会信用代码为 18 位。")],
        help_text="用于生成索引号。",
    )
    level = models.CharField("层级", max_length=20, choices=Level.choices, default=Level.COUNTY)
    kind = models.CharField("机关类型", max_length=30, choices=Kind.choices, default=Kind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    competent_authority = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="overseen",
        verbose_name="政府信息公开工作主管部门",
        help_text="依据《政府信息公开条例》第三条，县级以上人民政府办公厅（室）为本级主管部门。",
    )
    position = models.PositiveIntegerField("排列次序", default=100)
    is_active = models.BooleanField("在用", default=True, help_text="机构撤并后取消勾选，历史信息仍保留。")

    disclosure_office = models.CharField("公开工作机构", max_length=120, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    office_hours = models.CharField("办公时间", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    internet_channel = models.CharField("互联网联系方式", max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("region_code"), FieldPanel("unified_code")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("parent"), FieldPanel("competent_authority")]),
                FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
            ],
            heading="机关",
        ),
        MultiFieldPanel(
            [
                FieldPanel("disclosure_office"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("office_hours"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("fax"), FieldPanel("email")]),
                FieldPanel("internet_channel"),
            ],
            heading="政府信息公开工作机构（指南应当载明）",
        ),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("level")]

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering = ["position", "region_code", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_government(self) -> bool:
        """Whether its annual report covers a whole area and not only itself."""
        return self.kind in GOVERNMENTS

    def clean(self) -> None:
        """Refuse an address the site uses itself, and a parent that stands below this body."""
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "该标识为系统所用，请另取一个。"})
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": "上级机关不能是本机关或其下级机关。"})
            ancestor = ancestor.parent


class User(AbstractUser):
    """A member of staff; acts for one body, in the roles of `roles.py`."""

    display_name = models.CharField("姓名", max_length=60, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="所属机关"
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the person's groups, read once for this object: a page asks dozens of times."""
        return frozenset(self.groups.values_list("name", flat=True))

    def get_full_name(self) -> str:
        """Return the name as colleagues know it, in Chinese order."""
        return self.display_name or f"{self.last_name}{self.first_name}"

    def get_short_name(self) -> str:
        """Return the same: Chinese names have no short form."""
        return self.get_full_name()
