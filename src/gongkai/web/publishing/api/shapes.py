"""Pages and reports in the shapes the interface gives them, with addresses of this site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Choices
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from gongkai.web.agencies.choices import Kind, Level
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.blocks import one_line, text_of
from gongkai.web.publishing.choices import ColumnKind, Effectiveness, Genre, NormativeKind, Topic
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage
from gongkai.web.publishing.services import harvesting
from gongkai.web.publishing.services.validity import life_of

Shape = dict[str, Any]


def _address(request: HttpRequest, page: Page) -> str:
    return request.build_absolute_uri(page.get_url(request) or "")


def _labelled(choices: type[Choices], value: str) -> Shape | None:
    return {"value": value, "label": choices(value).label} if value else None


def _named(agency: Agency) -> Shape:
    return {"slug": agency.slug, "name": agency.name}


def document(request: HttpRequest, page: DocumentPage, columns: Mapping[str, str]) -> Shape:
    """Return a document as a line of a list; `columns` are kinds of columns by path."""
    own = reverse("publishing:api:document", args=[page.index_number])
    return {
        "index_number": page.index_number,
        "title": page.title,
        "document_number": page.document_number,
        "body": _named(page.agency),
        "issuer": page.issued_by,
        "column": _labelled(ColumnKind, columns.get(page.path[: -page.steplen], "")),
        "made_on": page.made_on,
        "published_on": page.published_on,
        "article20_item": page.article20_item,
        "topic": _labelled(Topic, page.topic),
        "genre": _labelled(Genre, page.genre),
        "validity": _labelled(Effectiveness, page.validity),
        "ended_on": page.ended_on,
        "url": _address(request, page),
        "api_url": request.build_absolute_uri(own),
    }


def full_document(request: HttpRequest, page: DocumentPage) -> Shape:
    """Return a document with everything its page says."""
    item = page.catalogue_item
    has_life = page.effectiveness != Effectiveness.NOT_APPLICABLE
    return document(request, page, harvesting.columns_above([page])) | {
        "effective_from": page.effective_from,
        "valid_until": page.valid_until,
        "normative_kind": _labelled(NormativeKind, page.normative_kind),
        "catalogue_item": {"value": item.code, "label": item.title} if item else None,
        "keywords": page.keywords.split(),
        "abstract": one_line(page.abstract),
        "text": text_of(page.body),
        "files": list(_files(request, page)),
        "life": [
            {
                "on": step.on,
                "act": step.act,
                "provisions": step.provisions,
                "until": step.until,
                "note": step.note,
                "through": step.document.index_number if step.document else None,
            }
            for step in (life_of(page) if has_life else ())
        ],
        "updated_at": timezone.localtime(page.last_published_at) if page.last_published_at else None,
    }


def _files(request: HttpRequest, page: DocumentPage) -> Iterable[Shape]:
    for attachment in page.attachments.select_related("document"):
        file = attachment.document
        yield {
            "title": file.title,
            "format": file.file_extension.lower(),
            "bytes": file.file_size,
            "url": request.build_absolute_uri(file.url),
        }
    for suffix in ("docx", "pdf"):
        url = request.build_absolute_uri(reverse(f"publishing:{suffix}", args=[page.pk]))
        yield {"title": page.title, "format": suffix, "bytes": None, "url": url}


def report(request: HttpRequest, one: harvesting.Report) -> Shape:
    """Return an annual report."""
    return {
        "title": one.entry.title,
        "year": one.year,
        "body": _named(one.agency),
        "published_on": one.entry.published_on,
        "url": request.build_absolute_uri(one.entry.url),
    }


_CONTACT = (
    "short_name",
    "region_code",
    "unified_code",
    "disclosure_office",
    "address",
    "office_hours",
    "phone",
    "fax",
    "email",
    "internet_channel",
)


def body(request: HttpRequest, page: BodyPage, columns: Iterable[ColumnPage]) -> Shape:
    """Return a body with its contact facts and columns."""
    agency = page.agency
    return {
        **_named(agency),
        **{name: getattr(agency, name) for name in _CONTACT},
        "level": _labelled(Level, agency.level),
        "kind": _labelled(Kind, agency.kind),
        "url": _address(request, page),
        "columns": [
            {"column": column.kind, "title": column.title, "url": _address(request, column)}
            for column in columns
        ],
    }
