"""Documents and gazette issues as files to download, set by the core, each version once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText

from gongkai.papers.docx import write_docx
from gongkai.papers.from_html import from_html
from gongkai.papers.paper import (
    Block,
    Cell,
    Gazette,
    GazetteSection,
    Paper,
    Paragraph,
    Picture,
    Table,
    plain,
)
from gongkai.papers.pdf import write_gazette_pdf, write_pdf
from gongkai.web.publishing.choices import Effectiveness
from gongkai.web.publishing.models import DocumentPage, GazettePage
from gongkai.web.publishing.services.interpreting import sections_of

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": write_docx, "pdf": write_pdf}
_MARKS = {
    Effectiveness.REPEALED: "已废止",
    Effectiveness.LAPSED: "已失效",
    Effectiveness.AMENDED: "已修改",
    Effectiveness.PARTLY_REPEALED: "部分废止",
}


def paper_of(page: DocumentPage) -> Paper:
    """Return a document as the core sets it: its words, its catalogue facts, its validity as a mark."""
    facts = (
        ("索引号", page.index_number),
        ("发布机构", page.agency.name),
        ("发布日期", page.published_on.isoformat()),
        ("有效性", page.validity.label),
    )
    return Paper(
        title=page.title,
        number=page.document_number,
        issuer=page.issued_by,
        made_on=page.made_on,
        facts=facts,
        blocks=tuple(_blocks(page)),
        mark=_MARKS.get(page.validity, ""),
        source=f"来源：{page.get_site().site_name} {page.full_url}",
    )


def gazette_of(issue: GazettePage) -> Gazette:
    """Return an issue as the core sets it; documents without heading come first."""
    parts = [(heading, tuple(map(_in_gazette, pages))) for heading, pages in sections_of(issue)]
    return Gazette(
        title=f"{issue.agency.name}公报",
        year=issue.year,
        number=issue.number,
        serial=issue.serial,
        issued_on=issue.published_on,
        publisher=issue.agency.name,
        papers=tuple(paper for heading, papers in parts if not heading for paper in papers),
        sections=tuple(GazetteSection(title=heading, papers=papers) for heading, papers in parts if heading),
    )


def _in_gazette(page: DocumentPage) -> Paper:
    """Return a document as the gazette prints it: the text alone, with its mark where it has ended since."""
    return Paper(
        title=page.title,
        number=page.document_number,
        issuer=page.issued_by,
        made_on=page.made_on,
        blocks=tuple(_blocks(page)),
        mark=_MARKS.get(page.validity, ""),
    )


def _blocks(page: DocumentPage) -> Iterator[Block]:
    for piece in page.body:
        yield from _piece(piece.block_type, piece.value)
    names = [attachment.document.title for attachment in page.attachments.select_related("document")]
    if names:
        yield Paragraph(plain("附件：" + "；".join(names)))


def _piece(kind: str, value: Any) -> Iterator[Block]:
    if isinstance(value, RichText):
        yield from from_html(value.source)
    elif isinstance(value, TypedTable):
        yield from _table(value)
    elif kind == "picture":
        with value.file.open("rb") as file:
            yield Picture(file.read(), value.contextual_alt_text or "图片")
    else:
        yield Paragraph(
            plain(f"{'视频' if kind == 'video' else '附件'}：{value['title'] or value['file'].title}")
        )
        if kind == "video":
            yield Paragraph(plain(f"文字稿：{value['transcript']}"))


def _table(value: TypedTable) -> Iterator[Block]:
    if value.caption:
        yield Paragraph(((value.caption, True),))
    head = tuple(Cell(((column["heading"], True),)) for column in value.columns)
    rows = (tuple(Cell(plain(str(cell.value or ""))) for cell in row) for row in value.rows)
    yield Table((head, *rows), header_rows=1)


def document_file(page: DocumentPage, suffix: str) -> bytes:
    """Return a document as a file of the kind.

    Raises:
        PaperError: as the core's writers.
    """
    paper = paper_of(page)
    return _kept(f"papers/document-{page.pk}", suffix, paper, WRITERS[suffix])


def gazette_file(issue: GazettePage) -> bytes:
    """Return an issue as PDF.

    Raises:
        PaperError: as the core's writer.
    """
    return _kept(f"papers/gazette-{issue.pk}", "pdf", gazette_of(issue), write_gazette_pdf)


def _kept(folder: str, suffix: str, given: Any, write: Callable[[Any], bytes]) -> bytes:
    """Return the file kept of just these words, or write it and drop what was kept of others."""
    storage: Storage = storages["private"]
    # What is to be set is the key: a new revision, a repeal, another picture make it another file.
    name = f"{folder}/{hashlib.sha256(repr(given).encode('utf-8', 'replace')).hexdigest()}.{suffix}"
    if storage.exists(name):
        with storage.open(name) as file:
            return bytes(file.read())
    data = write(given)
    stale = storage.listdir(folder)[1] if storage.exists(folder) else []
    for other in stale:
        if other.endswith(f".{suffix}"):
            storage.delete(f"{folder}/{other}")
    storage.save(name, ContentFile(data))
    return data
