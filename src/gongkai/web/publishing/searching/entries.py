"""From pages, and from what other apps feed, to entries of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import Page

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models import (
    BodyPage,
    ColumnPage,
    DocumentAttachment,
    DocumentPage,
    GazettePage,
    InterpretationPage,
    MeetingPage,
)
from gongkai.web.publishing.models.searching import EntryKind, SearchEntry
from gongkai.web.publishing.searching.attachments import files_in, texts_of
from gongkai.web.publishing.searching.backends import Fields
from gongkai.web.publishing.searching.words import key_of

SEARCHED: tuple[type[Page], ...] = (
    DocumentPage,
    InterpretationPage,
    MeetingPage,
    GazettePage,
    ColumnPage,
    BodyPage,
)
MOST_FED = 5000
_KINDS = {
    InterpretationPage: EntryKind.INTERPRETATION,
    MeetingPage: EntryKind.MEETING,
    GazettePage: EntryKind.GAZETTE,
}
FED = {ColumnKind.ANNUAL_REPORTS: EntryKind.REPORT}


def fields_of(entry: SearchEntry) -> Fields:
    """Return what of an entry is searched."""
    return Fields(
        title=entry.title,
        number=entry.number,
        keywords=entry.keywords,
        text=f"{entry.text}\n{entry.attached}" if entry.attached else entry.text,
    )


def entries_of(pages: Collection[int]) -> Iterator[SearchEntry]:
    """Yield unsaved entries of those of the pages that the public may see and that have an address.

    They are read from the database: what a page in hand holds may be a draft.
    """
    kinds = set(Page.objects.filter(pk__in=pages).values_list("content_type__model", flat=True))
    yield from _documents(pages, kinds)
    if "columnpage" in kinds:
        yield from _columns(pages)
    if "bodypage" not in kinds:
        return
    for page in BodyPage.objects.live().public().filter(pk__in=pages).select_related("agency"):
        yield from _entry(page, EntryKind.BODY, agency=page.agency, title=page.agency.name)


def _entry(page: Any, kind: EntryKind, **values: Any) -> Iterator[SearchEntry]:
    url = page.url
    if url:
        yield SearchEntry(**{"page_id": page.pk, "url": url, "kind": kind, "title": page.title} | values)


def _documents(pages: Collection[int], kinds: Collection[str]) -> Iterator[SearchEntry]:
    """Yield the entries of documents, interpretations, meetings and issues."""
    documents = []
    if "documentpage" in kinds:
        documents = list(DocumentPage.objects.disclosed().filter(pk__in=pages).select_related("agency"))
    files = _files(documents)
    columns = _column_kinds(documents)
    for page in documents:
        yield from _entry(
            page,
            EntryKind.DOCUMENT,
            agency=page.agency,
            column=columns.get(page.path[: -page.steplen], ""),
            year=page.published_on.year,
            topic=page.topic,
            published_on=page.published_on,
            effectiveness=page.effectiveness,
            valid_until=page.valid_until,
            number=" / ".join(filter(None, (page.document_number, page.index_number, page.issuer))),
            number_key=key_of(page.document_number)[:80],
            keywords=" ".join(filter(None, (page.keywords, _label(page, "topic"), _label(page, "genre")))),
            text=page.plain_text,
            attached=files[page.pk],
        )
    for model, kind in _KINDS.items():
        if model._meta.model_name not in kinds:
            continue
        found = list(model.objects.live().public().filter(pk__in=pages).select_related("agency"))
        files = _files(found)
        for page in found:
            yield from _entry(
                page,
                kind,
                agency=page.agency,
                column=page.column_kind,
                year=getattr(page, "year", page.published_on.year),
                published_on=page.published_on,
                keywords=_about(page),
                text=page.plain_text,
                attached=files[page.pk],
            )


def _label(page: DocumentPage, field: str) -> str:
    return str(getattr(page, f"get_{field}_display")()) if getattr(page, field) else ""


def _about(page: Page) -> str:
    """Return what kind of interpretation or meeting it is, and by whom or which."""
    if isinstance(page, InterpretationPage):
        return f"{page.get_form_display()} {page.interpreter}".strip()
    return f"{page.get_kind_display()} {page.number}".strip() if isinstance(page, MeetingPage) else ""


def _columns(pages: Collection[int]) -> Iterator[SearchEntry]:
    found = list(ColumnPage.objects.live().public().filter(pk__in=pages).exclude(plain_text=""))
    paths = {page.path[: -page.steplen] for page in found}
    sections = BodyPage.objects.filter(path__in=paths).select_related("agency")
    agencies = {section.path: section.agency for section in sections}
    for page in found:
        agency = agencies.get(page.path[: -page.steplen])
        yield from _entry(page, EntryKind.COLUMN, agency=agency, column=page.kind, text=page.plain_text)


def _column_kinds(pages: Sequence[Page]) -> dict[str, str]:
    """Return the kinds of the columns the pages stand in, by path."""
    paths = {page.path[: -page.steplen] for page in pages}
    return dict(ColumnPage.objects.filter(path__in=paths).values_list("path", "kind"))


def _files(pages: Sequence[Any]) -> dict[int, str]:
    """Return the words of each page's files, name first."""
    offered = {page.pk: files_in(page.body.raw_data) for page in pages}
    attached = DocumentAttachment.objects.filter(page__in=list(offered)).order_by("sort_order", "pk")
    for page, file in attached.values_list("page_id", "document_id"):
        offered[page].add(file)
    files = Document.objects.in_bulk({file for each in offered.values() for file in each})
    texts = texts_of(files.values())
    return {
        pk: "\n".join(f"{files[file].title} {texts[file]}" for file in sorted(each) if file in files)
        for pk, each in offered.items()
    }


def fed_entries(column: ColumnKind) -> Iterator[SearchEntry]:
    """Yield unsaved entries of what another app places in a column."""
    agencies = {agency.name: agency for agency in Agency.objects.all()}
    for entry in feeds.entries(column, limit=MOST_FED):
        yield SearchEntry(
            url=entry.url,
            kind=FED[column],
            agency=agencies.get(entry.agency_name),
            column=column,
            year=entry.published_on.year if entry.published_on else None,
            published_on=entry.published_on,
            title=entry.title,
        )
