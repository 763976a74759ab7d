"""The portal's tree: the portal, a page per body, its five columns, the documents in them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfResults
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing import feeds
from gongkai.web.publishing.blocks import one_line
from gongkai.web.publishing.choices import (
    HOLDS_DOCUMENTS,
    ITEM_SHORT_LABELS,
    SHOWS_CONTACT,
    Article20Item,
    ColumnKind,
)
from gongkai.web.publishing.models.lists import KeptPaginator, PublicQuerySet, count_of, kept, part_of
from gongkai.web.publishing.models.reviewing import ReviewedPage

MOST_COLUMNS = 50
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


def disclosed() -> Any:
    """Return the documents the public may see, newest first; by name, as documents stand below the tree."""
    documents = apps.get_model("publishing", "DocumentPage").objects.disclosed()
    return documents.order_by("-published_on", "-pk")


class Section(NamedTuple):
    """A body's section as the front page lists it."""

    group: str
    name: str
    url: str


class PortalPage(Page):
    """The front page: one government's portal for itself and every body under it."""

    agency = models.OneToOneField(Agency, models.PROTECT, verbose_name="主办机关", related_name="portal")
    introduction = models.TextField("说明", blank=True)

    objects = PageManager.from_queryset(PublicQuerySet)()

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
        context["front"] = True
        context["bodies"] = self.bodies()
        own = BodyPage.objects.live().filter(agency=self.agency).first()
        context["own_columns"] = own.columns() if own else ()
        context["newest_documents"] = part_of(disclosed().listed(), 0, 6)
        context["newest_reports"] = feeds.entries(ColumnKind.ANNUAL_REPORTS, limit=8)
        context["document_count"] = count_of(disclosed())
        return context

    def bodies(self) -> list[Section]:
        """Return the live sections of the bodies, heading by heading, each in the bodies' order."""
        pages = BodyPage.objects.live().child_of(self).select_related("agency")
        in_order = pages.order_by("agency__position", "agency__region_code", "title")

        def sections() -> list[Section]:
            found = (Section(page.group, page.agency.short_name, page.url or "") for page in in_order)
            return sorted(found, key=lambda section: HEADINGS.index(section.group))

        return kept("sections", sections)


class BodyPage(Page):
    """A body's disclosure section; its children are its five statutory columns."""

    agency = models.OneToOneField(Agency, models.PROTECT, verbose_name="机关", related_name="body_page")

    objects = PageManager.from_queryset(PublicQuerySet)()

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
        context["newest_documents"] = part_of(disclosed().listed().descendant_of(self), 0, 8)
        context["newest_reports"] = feeds.entries(ColumnKind.ANNUAL_REPORTS, self.agency, 5)
        return context

    def columns(self) -> list[ColumnPage]:
        """Return the live columns in the order of the tree."""
        columns = ColumnPage.objects.live().child_of(self).defer("body", "plain_text")
        return part_of(columns.order_by("path"), 0, MOST_COLUMNS)


class ColumnPage(ReviewedPage, Page):
    """One of a body's columns."""

    kind = models.CharField("栏目", max_length=20, choices=ColumnKind.choices)
    body = RichTextField("正文", blank=True)
    plain_text = models.TextField(editable=False, default="", blank=True)

    objects = PageManager.from_queryset(PublicQuerySet)()

    content_panels = [*Page.content_panels, FieldPanel("kind"), FieldPanel("body")]
    parent_page_types = ["publishing.BodyPage"]
    subpage_types = [
        "publishing.DocumentPage",
        "publishing.InterpretationPage",
        "publishing.MeetingPage",
        "publishing.GazettePage",
    ]
    template = "publishing/column.html"

    class Meta:
        verbose_name = "栏目"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the text that search reads in step with the body."""
        self.plain_text = one_line(self.body)
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
            context["items"] = items = self.items()
            context["item"] = item
            count = sum(each for which, _, each in items if item in (None, which))
            context["documents"] = self.documents(item, request.GET.get("ye", "1"), count)
        return context

    def items(self) -> list[tuple[Article20Item, str, int]]:
        """Return the items of R711 art. 20 that the column holds, with short labels and counts."""
        found = disclosed().child_of(self).order_by("article20_item").values_list("article20_item")
        counts = kept(f"items of {self.pk}", lambda: list(found.annotate(Count("pk"))))
        return [(Article20Item(item), ITEM_SHORT_LABELS[item - 1], count) for item, count in counts]

    def documents(self, item: Article20Item | None, page: str, count: int) -> PageOfResults[Any]:
        """Return one page of the column's documents, of all `count` or of those of an item; newest first."""
        found = disclosed().listed().child_of(self)
        if item is not None:
            found = found.filter(article20_item=item)
        return KeptPaginator(found, count=count).get_page(page)
