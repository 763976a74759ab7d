"""Interpretations, meetings and gazette issues: pages that explain, report and collect documents."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.models import Orderable, Page, PageManager

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.blocks import body_field, text_of
from gongkai.web.publishing.choices import ColumnKind, InterpretationForm, MeetingKind
from gongkai.web.publishing.models.documents import DocumentPage
from gongkai.web.publishing.models.drafting import DraftForm, InterpretingForm
from gongkai.web.publishing.models.lists import PublicQuerySet
from gongkai.web.publishing.models.reviewing import ReviewedPage
from gongkai.web.publishing.models.tree import BodyPage, ColumnPage


class EntryPage(ReviewedPage, Page):
    """What interpretations, meetings and issues share: a body, a day, words for search."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, editable=False, related_name="+", verbose_name="发布机构"
    )
    published_on = models.DateField("发布日期", default=timezone.localdate)
    body = body_field(blank=True)
    plain_text = models.TextField(editable=False, default="", blank=True)

    parent_page_types = ["publishing.ColumnPage"]
    subpage_types: list[str] = []
    base_form_class = DraftForm
    column_kind: ColumnKind

    objects = PageManager.from_queryset(PublicQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fix the body on first saving; keep the text that search reads in step."""
        if self.agency_id is None:
            self.agency = BodyPage.objects.ancestor_of(self).select_related("agency").get().agency
        self.plain_text = self.words()
        super().save(*args, **kwargs)

    def words(self) -> str:
        """Return the page's text as one line."""
        return text_of(self.body)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Whether the column is the one for such pages."""
        column = parent.specific
        fits = isinstance(column, ColumnPage) and column.kind == cls.column_kind
        return bool(super().can_create_at(parent)) and fits

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the page stands."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["column"] = ColumnPage.objects.parent_of(self).first()
        context["section"] = BodyPage.objects.ancestor_of(self).select_related("agency").first()
        return context


class InterpretationPage(EntryPage):
    """An interpretation (政策解读) of one or several documents, linked both ways."""

    column_kind = ColumnKind.INTERPRETATIONS
    form = models.CharField("解读形式", max_length=20, choices=InterpretationForm.choices)
    interpreter = models.CharField("解读人", max_length=120, blank=True)
    documents = models.ManyToManyField(
        DocumentPage,
        through="InterpretedDocument",
        related_name="interpretations",
        verbose_name="所解读的文件",
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("form"), FieldPanel("interpreter")]),
        MultipleChooserPanel("interpreted", "document", heading="所解读的文件", label="文件"),
        FieldPanel("published_on"),
        FieldPanel("body"),
    ]
    base_form_class = InterpretingForm
    template = "publishing/interpretation.html"

    class Meta:
        verbose_name = "政策解读"

    def gaps(self) -> list[str]:
        """Add that it interprets nothing."""
        nothing = [] if self.interpreted.all() else list(InterpretingForm.needed.values())
        return super().gaps() + nothing


class InterpretedDocument(Orderable):
    """A document that an interpretation explains."""

    page = ParentalKey(InterpretationPage, on_delete=models.CASCADE, related_name="interpreted")
    document = models.ForeignKey(DocumentPage, models.CASCADE, related_name="+", verbose_name="文件")

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "所解读的文件"


class MeetingPage(EntryPage):
    """A meeting of a government: agenda, brief, the documents it dealt with, its replay."""

    column_kind = ColumnKind.MEETINGS
    kind = models.CharField("会议类型", max_length=20, choices=MeetingKind.choices)
    held_on = models.DateField("召开日期", null=True)
    number = models.CharField("会议届次", max_length=60, blank=True, help_text="如：第十八届第42次。")
    documents = models.ManyToManyField(
        DocumentPage, through="MeetingDocument", related_name="meetings", verbose_name="相关文件"
    )
    replay = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="会议视频",
    )
    transcript = models.TextField(
        "视频文字稿", blank=True, help_text="供听障、视障人士阅读，也用于检索；空行分段。"
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("held_on"), FieldPanel("published_on")]),
        InlinePanel("agenda", label="议题"),
        FieldPanel("body", heading="会议简报"),
        MultipleChooserPanel("related_documents", "document", heading="相关文件", label="文件"),
        FieldPanel("replay"),
        FieldPanel("transcript"),
    ]
    template = "publishing/meeting.html"

    class Meta:
        verbose_name = "政府会议"

    def check_finished(self) -> None:
        """Refuse a page published before the meeting."""
        if self.held_on and self.published_on and self.published_on < self.held_on:
            raise ValidationError({"published_on": "发布日期不能早于会议召开日期。"})

    def words(self) -> str:
        """Return the agenda, the brief and what is said in the video as one line."""
        agenda = (item.title for item in self.agenda.all())
        return " ".join([*agenda, text_of(self.body), *self.transcript.split()]).strip()


class MeetingDocument(Orderable):
    """A document that a meeting dealt with."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="related_documents")
    document = models.ForeignKey(DocumentPage, models.CASCADE, related_name="+", verbose_name="文件")

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "相关文件"


class AgendaItem(Orderable):
    """An item of a meeting's agenda, and what was decided."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField("议题", max_length=300)
    decision = models.CharField("议定事项", max_length=600, blank=True)

    panels = [FieldPanel("title"), FieldPanel("decision")]

    class Meta(Orderable.Meta):
        verbose_name = "议题"


class GazettePage(EntryPage):
    """An issue of the gazette (政府公报): documents in order, as a page and as a typeset PDF."""

    column_kind = ColumnKind.GAZETTE
    year = models.PositiveSmallIntegerField("年份", null=True)
    number = models.PositiveSmallIntegerField("期号", null=True)
    serial = models.PositiveIntegerField("总期号", null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("year"), FieldPanel("number"), FieldPanel("serial")])], heading="刊期"
        ),
        FieldPanel("published_on"),
        MultipleChooserPanel(
            "entries", "document", heading="文件", label="文件", help_text="用各条右上角的箭头调整次序。"
        ),
        FieldPanel("body", heading="卷首语"),
    ]
    template = "publishing/gazette.html"

    class Meta:
        verbose_name = "政府公报"

    def words(self) -> str:
        """Return the titles of those of its documents that are public as one line."""
        numbers = [entry.document_id for entry in self.entries.all()]
        titles = dict(DocumentPage.objects.disclosed().filter(pk__in=numbers).values_list("pk", "title"))
        return " ".join(titles[number] for number in numbers if number in titles)

    def check_finished(self) -> None:
        """Refuse a second issue of the same number."""
        same = GazettePage.objects.filter(agency=self.agency_id, year=self.year, number=self.number)
        if self.agency_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"number": "本机关这一年已有此期公报。"})


class GazetteEntry(Orderable):
    """A document in an issue, under a heading."""

    page = ParentalKey(GazettePage, on_delete=models.CASCADE, related_name="entries")
    document = models.ForeignKey(
        DocumentPage, models.PROTECT, related_name="gazette_entries", verbose_name="文件"
    )
    heading = models.CharField("栏目", max_length=60, blank=True, help_text="如：县政府文件、部门文件。")

    panels = [FieldPanel("document"), FieldPanel("heading")]

    class Meta(Orderable.Meta):
        verbose_name = "公报文件"
