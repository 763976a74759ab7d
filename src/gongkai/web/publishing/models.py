"""The portal's tree: the portal, a page per body, its five columns, the documents in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import (
    HOLDS_DOCUMENTS,
    ITEM_NUMERALS,
    ITEM_SHORT_LABELS,
    NO_LONGER_IN_FORCE,
    SHOWS_CONTACT,
    Article20Item,
    ColumnKind,
    DisclosureAttribute,
    Effectiveness,
)

PER_PAGE = 20
HEADING_OF = {
    Kind.GOVERNMENT: "人民政府",
    Kind.OFFICE: "工作部门",
    Kind.DEPARTMENT: "工作部门",
    Kind.AUTHORISED_ORGANISATION: "工作部门",
    Kind.DEVELOPMENT_ZONE: "乡镇、街道和园区",
    Kind.TOWNSHIP_GOVERNMENT: "乡镇、街道和园区",
    Kind.SUBDISTRICT_OFFICE: "乡镇、街道和园区",
}
HEADINGS = list(dict.fromkeys(HEADING_OF.values()))


def read_item(text: str) -> Article20Item | None:
    """Return the item that a query string names; None for nothing or nonsense."""
    return Article20Item(int(text)) if text in {str(item.value) for item in Article20Item} else None


def plain_text(*fragments: str) -> str:
    """Return the fragments of HTML as one line of text, for search and excerpts."""
    spaced = (fragment.replace("><", "> <") for fragment in fragments)
    return " ".join(" ".join(strip_tags(fragment) for fragment in spaced).split())


class PortalPage(Page):
    """The front page: one government's portal for itself and every body under it."""

    agency = models.OneToOneField(Agency, models.PROTECT, verbose_name="主办机关", related_name="portal")
    introduction = models.TextField("说明", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("agency"), FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["publishing.BodyPage"]
    max_count = 1
    template = "publishing/portal.html"

    class Meta:
        verbose_name = "门户首页"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the bodies, the newest documents and the newest annual reports."""
        context = super().get_context(request, *args, **kwargs)
        live = DocumentPage.objects.disclosed().descendant_of(self)
        context["front"] = True
        context["bodies"] = self.bodies()
        own = BodyPage.objects.live().filter(agency=self.agency).first()
        context["own_columns"] = own.columns() if own else ()
        context["newest_documents"] = live.select_related("agency").order_by("-published_on", "-pk")[:6]
        context["newest_reports"] = feeds.entries(ColumnKind.ANNUAL_REPORTS, limit=8)
        context["document_count"] = live.count()
        return context

    def bodies(self) -> list[BodyPage]:
        """Return the live sections of the bodies, heading by heading, each in the bodies' order."""
        pages = BodyPage.objects.live().child_of(self).select_related("agency")
        in_order = pages.order_by("agency__position", "agency__region_code", "title")
        return sorted(in_order, key=lambda page: HEADINGS.index(page.group))


class BodyPage(Page):
    """A body's disclosure section; its children are its five statutory columns."""

    agency = models.OneToOneField(Agency, models.PROTECT, verbose_name="机关", related_name="body_page")

    content_panels = [*Page.content_panels, FieldPanel("agency")]
    parent_page_types = ["publishing.PortalPage"]
    subpage_types = ["publishing.ColumnPage"]
    template = "publishing/body.html"

    class Meta:
        verbose_name = "机关专栏"

    @property
    def group(self) -> str:
        """The heading under which the front page lists the body."""
        return HEADING_OF[Kind(self.agency.kind)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the columns, each with its newest entries."""
        context = super().get_context(request, *args, **kwargs)
        context["columns"] = self.columns()
        context["newest_documents"] = (
            DocumentPage.objects.disclosed().descendant_of(self).order_by("-published_on", "-pk")[:8]
        )
        context["newest_reports"] = feeds.entries(ColumnKind.ANNUAL_REPORTS, self.agency, 5)
        return context

    def columns(self) -> QuerySet[ColumnPage]:
        """Return the live columns in the order of the tree."""
        return ColumnPage.objects.live().child_of(self).order_by("path")


class ColumnPage(Page):
    """One of a body's statutory columns."""

    kind = models.CharField("栏目", max_length=20, choices=ColumnKind.choices)
    body = RichTextField("正文", blank=True)
    plain_text = models.TextField(editable=False, default="", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("kind"), FieldPanel("body")]
    parent_page_types = ["publishing.BodyPage"]
    subpage_types = ["publishing.DocumentPage"]
    template = "publishing/column.html"

    class Meta:
        verbose_name = "法定栏目"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text that search reads in step with the body."""
        self.plain_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a second column of the same kind under one body."""
        super().clean()
        parent = self.get_parent() if self.path else None
        if parent is None:
            return
        if ColumnPage.objects.child_of(parent).filter(kind=self.kind).exclude(pk=self.pk).exists():
            raise ValidationError({"kind": "该机关已有此栏目。"})

    @property
    def holds_documents(self) -> bool:
        """Whether documents are filed under this column."""
        return self.kind in HOLDS_DOCUMENTS

    @property
    def shows_contact(self) -> bool:
        """Whether the column must say where the disclosure office is (R711 art. 12)."""
        return self.kind in SHOWS_CONTACT

    @cached_property
    def section(self) -> BodyPage:
        """The section of the body whose column this is."""
        return BodyPage.objects.ancestor_of(self).select_related("agency").get()

    @property
    def agency(self) -> Agency:
        """The body whose column this is."""
        return self.section.agency

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the column's siblings, its documents page by page, and what other apps place in it."""
        context = super().get_context(request, *args, **kwargs)
        context["section"] = self.section
        context["columns"] = self.section.columns()
        context["entries"] = feeds.entries(ColumnKind(self.kind), self.agency)
        if self.holds_documents:
            item = read_item(request.GET.get("shixiang", ""))
            context["items"] = self.items()
            context["item"] = item
            context["documents"] = self.documents(item, request.GET.get("ye", "1"))
        return context

    def items(self) -> list[tuple[Article20Item, str, int]]:
        """Return the items of R711 art. 20 that the column holds, with short labels and counts."""
        counts = (
            DocumentPage.objects.disclosed()
            .child_of(self)
            .values_list("article20_item")
            .annotate(Count("pk"))
            .order_by("article20_item")
        )
        return [(Article20Item(item), ITEM_SHORT_LABELS[item - 1], count) for item, count in counts]

    def documents(self, item: Article20Item | None, page: str) -> PageOfResults[DocumentPage]:
        """Return one page of the column's documents, newest first; only those of `item` if given."""
        found = DocumentPage.objects.disclosed().child_of(self).order_by("-published_on", "-pk")
        if item is not None:
            found = found.filter(article20_item=item)
        return Paginator(found, PER_PAGE).get_page(page)


class DocumentQuerySet(PageQuerySet):
    """Documents."""

    def disclosed(self) -> DocumentQuerySet:
        """Those the public may see: live, unrestricted, and meant for disclosure of the body's own motion."""
        return self.live().public().filter(attribute=DisclosureAttribute.PROACTIVE)


class DocumentPage(Page):
    """A disclosed item with the metadata of the national catalogue guideline."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, editable=False, related_name="documents", verbose_name="发布机构"
    )
    index_number = models.CharField("索引号", max_length=40, unique=True, editable=False)
    document_number = models.CharField("文号", max_length=80, blank=True)
    made_on = models.DateField("成文日期")
    published_on = models.DateField("发布日期", default=timezone.localdate)
    article20_item = models.PositiveSmallIntegerField("法定公开事项", choices=Article20Item.choices)
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
    abstract = models.TextField("内容概述", blank=True)
    body = RichTextField("正文")
    plain_text = models.TextField(editable=False, default="", blank=True)

    objects = PageManager.from_queryset(DocumentQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("document_number"),
        FieldPanel("article20_item"),
        FieldRowPanel([FieldPanel("made_on"), FieldPanel("published_on")]),
        MultiFieldPanel(
            [FieldPanel("attribute"), FieldPanel("withhold_reason")], heading="公开属性（拟稿时确定）"
        ),
        MultiFieldPanel(
            [
                FieldPanel("effectiveness"),
                FieldRowPanel([FieldPanel("effective_from"), FieldPanel("repealed_on")]),
            ],
            heading="效力",
        ),
        FieldPanel("abstract"),
        FieldPanel("body"),
        InlinePanel("attachments", label="附件"),
    ]
    parent_page_types = ["publishing.ColumnPage"]
    subpage_types: list[str] = []
    template = "publishing/document.html"

    class Meta:
        verbose_name = "公开信息"
        verbose_name_plural = "公开信息"
        indexes = [models.Index(fields=["agency", "-published_on"])]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fix the body and the index number on first saving; keep the text that search reads in step."""
        if self.agency_id is None:
            self.agency = BodyPage.objects.ancestor_of(self).select_related("agency").get().agency
        if not self.index_number:
            self.index_number = next_index_number(self.agency, self.made_on.year)
        self.plain_text = plain_text(self.abstract, self.body)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Demand a reason for anything but proactive disclosure, and dates that fit the validity."""
        super().clean()
        if self.attribute != DisclosureAttribute.PROACTIVE and not self.withhold_reason:
            raise ValidationError({"withhold_reason": "依申请公开或者不予公开的，应当说明理由。"})
        if self.effectiveness in NO_LONGER_IN_FORCE and self.repealed_on is None:
            raise ValidationError({"repealed_on": "已废止或者失效的，应当填写日期。"})
        if self.made_on and self.published_on and self.made_on > self.published_on:
            raise ValidationError({"published_on": "发布日期不能早于成文日期。"})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as if there were nothing when the document is not for disclosure, however it went live."""
        if self.attribute != DisclosureAttribute.PROACTIVE:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the document stands, and its files."""
        context = super().get_context(request, *args, **kwargs)
        context["column"] = ColumnPage.objects.parent_of(self).first()
        context["section"] = BodyPage.objects.ancestor_of(self).first()
        context["attachments"] = self.attachments.select_related("document")
        return context

    @property
    def item_in_chinese(self) -> str:
        """The number of its item in R711 art. 20, as the article writes it."""
        return ITEM_NUMERALS[self.article20_item - 1]

    @property
    def is_in_force(self) -> bool:
        """False once repealed or lapsed."""
        return self.effectiveness not in NO_LONGER_IN_FORCE


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
