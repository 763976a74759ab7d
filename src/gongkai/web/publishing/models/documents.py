"""Disclosed documents: their metadata, their files, their index numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page, PageManager

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.blocks import body_field, one_line, text_of
from gongkai.web.publishing.choices import (
    ITEM_NUMERALS,
    NO_LONGER_IN_FORCE,
    Article20Item,
    DisclosureAttribute,
    Effectiveness,
    Genre,
    NormativeKind,
    Term,
    Topic,
)
from gongkai.web.publishing.models.drafting import DocumentForm, FactPanel
from gongkai.web.publishing.models.lists import PublicQuerySet
from gongkai.web.publishing.models.reviewing import ReviewedPage
from gongkai.web.publishing.models.tree import BodyPage, ColumnPage

COUNTED_BY = ("attribute", "agency", "article20_item", "catalogue_item", "topic", "genre", "normative_kind")
COUNTED_BY += ("made_on", "effectiveness", "repealed_on", "valid_until")
LISTED_BY = {
    "of_body": ("agency",),
    "of_item": ("catalogue_item",),
    "of_topic": ("topic",),
    "of_body_and_topic": ("agency", "topic"),
    "of_body_and_item": ("agency", "article20_item"),
}


class DocumentQuerySet(PublicQuerySet):
    """Documents."""

    def disclosed(self) -> DocumentQuerySet:
        """Those the public may see: live, unrestricted, and meant for disclosure of the body's own motion."""
        return self.live().public().filter(attribute=DisclosureAttribute.PROACTIVE)

    def listed(self) -> DocumentQuerySet:
        """As a line of a list needs them: with their bodies, without their long texts."""
        return self.select_related("agency").defer("body", "plain_text", "abstract")

    def in_force(self, on: date) -> DocumentQuerySet:
        """Those not repealed, lapsed or past their last day on a day; what has no validity counts as such."""
        return self.exclude(effectiveness__in=NO_LONGER_IN_FORCE).exclude(valid_until__lt=on)

    def normative(self) -> DocumentQuerySet:
        """规章 and 行政规范性文件."""
        return self.exclude(normative_kind="")

    def made_in(self, year: int) -> DocumentQuerySet:
        """Those made in a year, for Table 2."""
        return self.filter(made_on__year=year)

    def ended_in(self, year: int) -> DocumentQuerySet:
        """Those repealed or lapsed in a year, for Table 2; the last day of validity is still one in force."""
        return self.filter(
            Q(effectiveness__in=NO_LONGER_IN_FORCE, repealed_on__year=year)
            | Q(
                repealed_on=None,
                valid_until__gte=date(year - 1, 12, 31),
                valid_until__lt=date(year, 12, 31),
            )
        )


class DocumentPage(ReviewedPage, Page):
    """A disclosed item with the metadata of the national catalogue guideline."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, editable=False, related_name="documents", verbose_name="发布机构"
    )
    # None until the drafter knows when it was made: the year is part of the number.
    index_number = models.CharField(
        "索引号", max_length=40, unique=True, null=True, blank=True, editable=False
    )
    document_number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField(
        "发文机关", max_length=200, blank=True, help_text="联合发文的，写明各机关；不填则为发布机构。"
    )
    made_on = models.DateField("成文日期", null=True)
    published_on = models.DateField("发布日期", default=timezone.localdate)
    # Set by the site when it first shows the page; None where the page was public elsewhere before.
    first_public_on = models.DateField("首次公开日期", null=True, editable=False)
    article20_item = models.PositiveSmallIntegerField(
        "法定公开事项", choices=Article20Item.choices, null=True
    )
    attribute = models.CharField(
        "公开属性",
        max_length=20,
        choices=DisclosureAttribute.choices,
        default=DisclosureAttribute.PROACTIVE,
    )
    withhold_reason = models.CharField("不主动公开的理由", max_length=300, blank=True)
    effectiveness = models.CharField(
        "有效性", max_length=20, choices=Effectiveness.choices, default=Effectiveness.NOT_APPLICABLE
    )
    effective_from = models.DateField("实施日期", null=True, blank=True)
    repealed_on = models.DateField("废止（失效）日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    normative_kind = models.CharField(
        "规章、规范性文件", max_length=20, choices=NormativeKind.choices, blank=True, default=""
    )
    catalogue_item = models.ForeignKey(
        "publishing.CatalogueItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="目录事项",
    )
    topic = models.CharField("主题分类", max_length=20, choices=Topic.choices, blank=True, default="")
    genre = models.CharField("体裁分类", max_length=20, choices=Genre.choices, blank=True, default="")
    scope = models.CharField("公开范围", max_length=60, default="面向社会")
    term = models.CharField("公开时限", max_length=20, choices=Term.choices, default=Term.LASTING)
    term_until = models.DateField("公开至", null=True, blank=True)
    keywords = models.CharField("关键词", max_length=120, blank=True, help_text="用空格分隔。")
    abstract = models.TextField("内容概述", blank=True)
    body = body_field()
    plain_text = models.TextField(editable=False, default="", blank=True)

    objects = PageManager.from_queryset(DocumentQuerySet)()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document_number"), FieldPanel("issuer")]),
                FieldRowPanel([FieldPanel("made_on"), FieldPanel("published_on")]),
                FieldRowPanel([FieldPanel("topic"), FieldPanel("genre")]),
                FieldPanel("keywords"),
            ],
            heading="文件",
        ),
        MultiFieldPanel(
            [
                FieldPanel("article20_item"),
                FieldPanel("catalogue_item"),
                FieldRowPanel([FieldPanel("scope"), FieldPanel("term"), FieldPanel("term_until")]),
            ],
            heading="目录",
        ),
        MultiFieldPanel(
            [FieldPanel("attribute"), FieldPanel("withhold_reason")], heading="公开属性（拟稿时确定）"
        ),
        MultiFieldPanel(
            [
                FieldPanel("normative_kind"),
                FieldRowPanel([FieldPanel("effective_from"), FieldPanel("valid_until")]),
                FieldRowPanel(
                    [FactPanel("effectiveness", read_only=True), FactPanel("repealed_on", read_only=True)]
                ),
            ],
            heading="效力（修改、废止在“效力管理”中登记）",
        ),
        FieldPanel("abstract"),
        FieldPanel("body"),
        MultipleChooserPanel("attachments", "document", heading="附件", label="附件"),
    ]
    exclude_fields_in_copy = ["index_number", "first_public_on"]
    parent_page_types = ["publishing.ColumnPage"]
    subpage_types: list[str] = []
    base_form_class = DocumentForm
    template = "publishing/document.html"

    class Meta:
        verbose_name = "公开信息"
        verbose_name_plural = "公开信息"
        # What lists are ordered by, after what they are narrowed by; and all that counting reads, so that it
        # need not read the texts beside it.
        indexes = [
            models.Index(fields=["published_on", "page_ptr", *COUNTED_BY], name="documents_counted"),
            *(
                models.Index(fields=[*narrowed_by, "published_on", "page_ptr"], name=f"documents_{name}")
                for name, narrowed_by in LISTED_BY.items()
            ),
        ]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fix the body, and the index number once the day it was made is known; keep search in step."""
        if self.agency_id is None:
            self.agency = BodyPage.objects.ancestor_of(self).select_related("agency").get().agency
        if not self.index_number:
            self.index_number = self._number_given() or self._next_number()
        self.plain_text = f"{one_line(self.abstract)} {text_of(self.body)}".strip()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> DocumentPage:
        """Return a version of the page; the day it was first public is the page's, not the version's."""
        version: DocumentPage = super().with_content_json(content)
        version.first_public_on = self.first_public_on
        return version

    def _number_given(self) -> str | None:
        """Return the number it has already: an older version may not know it yet."""
        return DocumentPage.objects.filter(pk=self.pk).values_list("index_number", flat=True).first()

    def _next_number(self) -> str | None:
        return next_index_number(self.agency, self.made_on.year) if self.made_on else None

    def clean(self) -> None:
        """Let a normative document be in force where nothing else is said."""
        if self.normative_kind and self.effectiveness == Effectiveness.NOT_APPLICABLE:
            self.effectiveness = Effectiveness.IN_FORCE
        super().clean()

    def check_finished(self) -> None:
        """Demand a reason for anything but proactive disclosure, and dates that fit the validity."""
        if self.attribute != DisclosureAttribute.PROACTIVE and not self.withhold_reason:
            raise ValidationError({"withhold_reason": "依申请公开或者不予公开的，应当说明理由。"})
        if self.effectiveness in NO_LONGER_IN_FORCE and self.repealed_on is None:
            raise ValidationError({"repealed_on": "已废止或者失效的，应当填写日期。"})
        if self.made_on and self.published_on and self.made_on > self.published_on:
            raise ValidationError({"published_on": "发布日期不能早于成文日期。"})
        if self.term == Term.LIMITED and self.term_until is None:
            raise ValidationError({"term_until": "限时公开的，应当填写公开至哪一天。"})
        if self.normative_kind and not self.document_number:
            raise ValidationError({"document_number": "规章、规范性文件应当填写文号。"})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as if there were nothing when the document is not for disclosure, however it went live."""
        if self.attribute != DisclosureAttribute.PROACTIVE:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the document stands, and its files."""
        context = super().get_context(request, *args, **kwargs)
        context["column"] = ColumnPage.objects.parent_of(self).first()
        context["section"] = BodyPage.objects.ancestor_of(self).select_related("agency").first()
        if context["section"] and context["section"].agency_id == self.agency_id:
            self.agency = context["section"].agency
        context["attachments"] = self.attachments.select_related("document")
        return context

    @property
    def item_in_chinese(self) -> str:
        """The number of its item in R711 art. 20, as the article writes it; blank in a draft without one."""
        return ITEM_NUMERALS[self.article20_item - 1] if self.article20_item else ""

    @property
    def validity(self) -> Effectiveness:
        """Its validity today: what is past its last day has lapsed, whether anybody said so or not."""
        is_past = self.valid_until is not None and self.valid_until < timezone.localdate()
        known = Effectiveness(self.effectiveness)
        return Effectiveness.LAPSED if is_past and known not in NO_LONGER_IN_FORCE else known

    @property
    def is_in_force(self) -> bool:
        """False once repealed or lapsed."""
        return self.validity not in NO_LONGER_IN_FORCE

    @property
    def ended_on(self) -> date | None:
        """The day from which it is no longer in force."""
        if self.is_in_force:
            return None
        lapsed = self.valid_until + timedelta(days=1) if self.valid_until else None
        return self.repealed_on or lapsed

    @property
    def issued_by(self) -> str:
        """Who issued it."""
        return self.issuer or self.agency.name


class DocumentAttachment(Orderable):
    """A file offered for download beside a document."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name="文件"
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "附件"


def next_index_number(agency: Agency, year: int) -> str:
    """Return the next free index number of the body: code, "/", year, "-", five-digit serial.

    The body's row is locked, so two clerks saving at once get two numbers. The number never changes
    afterwards, even if the body does.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    prefix = f"{agency.unified_code or agency.slug}/{year}-"
    last = (
        DocumentPage.objects.filter(index_number__startswith=prefix)
        .order_by("-index_number")
        .values_list("index_number", flat=True)
        .first()
    )
    serial = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return f"{prefix}{serial:05d}"
