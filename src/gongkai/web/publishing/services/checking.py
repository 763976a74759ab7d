"""What the automatic checks say of a page before a person decides on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.rich_text import RichText

from gongkai import proofing
from gongkai.proofing import Draft, Level, Link, Picture, Remark
from gongkai.web.publishing.blocks import text_of
from gongkai.web.publishing.models import DocumentPage, MeetingPage

Finding = dict[str, str]
_BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "hr", "br"})
_PERSONAL = "PI"
_PLACES = {"links": "链接", "pictures": "图片", "attachments": "附件"}
_WANTED = (("topic", "主题分类"), ("genre", "体裁分类"), ("catalogue_item_id", "目录事项"))


@dataclass
class _Text:
    """A page's words, paragraph by paragraph with the name of each, and what hangs on them."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    targets: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, name: str, words: str) -> None:
        if words.strip():
            self.paragraphs.append((name, words.strip()))


class _Reader(HTMLParser):
    """Splits rich text as stored into paragraphs and links."""

    def __init__(self, text: _Text) -> None:
        super().__init__()
        self.text, self.words, self.anchor, self.start = text, "", None, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag == "a":
            self.anchor, self.start = dict(attrs), len(self.words)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.anchor is not None:
            self._end_link(self.anchor, self.words[self.start :])
            self.anchor = None
        if tag in _BLOCKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        self.words += data

    def end_paragraph(self) -> None:
        self.text.add(f"正文第{len(self.text.paragraphs) + 1}段", self.words)
        self.words, self.start = "", 0

    def _end_link(self, anchor: dict[str, str | None], words: str) -> None:
        kind, target = anchor.get("linktype"), anchor.get("id") or ""
        if kind in {"page", "document"} and target.isascii() and target.isdigit():
            self.text.targets.append((kind, int(target), words))
        else:
            self.text.links.append(Link(address=anchor.get("href") or "", words=words))


def findings_of(page: Page, on: date) -> list[Finding]:
    """Return what is found in a version of a page: level, where, words and message of each finding.

    Personal data found are hidden in `words`: findings are kept in the trail.

    Args:
        page: the version as an object of its own class.
        on: the day of checking.
    """
    text = _text(page)
    remarks = proofing.check(_draft(page, text), on)
    return [*(_finding(remark, text) for remark in remarks), *_missing(page), *_dead_links(text)]


def must_be_dealt_with(findings: list[Finding]) -> list[Finding]:
    """Return those that may not pass without a reason."""
    return [finding for finding in findings if finding["level"] == Level.BLOCK]


def _text(page: Page) -> _Text:
    text = _Text()
    if isinstance(page.body, str):
        _read(text, page.body)
    else:
        for child in page.body:
            _piece(text, child)
    if isinstance(page, DocumentPage):
        text.add("内容概述", page.abstract)
        text.attachments += [each.document.filename for each in page.attachments.select_related("document")]
    if isinstance(page, MeetingPage):
        for item in page.agenda.all():
            text.add("议题", f"{item.title} {item.decision}")
    return text


def _read(text: _Text, source: str) -> None:
    reader = _Reader(text)
    reader.feed(source)
    reader.close()
    reader.end_paragraph()


def _piece(text: _Text, child: Any) -> None:
    value = child.value
    if isinstance(value, RichText):
        _read(text, value.source)
    elif child.block_type == "picture":
        if not value.decorative:
            text.pictures.append(Picture(alternative=value.contextual_alt_text or ""))
    else:
        text.add({"table": "表格", "video": "视频"}.get(child.block_type, "附件"), text_of([child]))
        if child.block_type == "attachment":
            text.attachments.append(value["file"].filename)


def _draft(page: Page, text: _Text) -> Draft:
    agency = page.agency
    required = {"title"}
    if isinstance(page, DocumentPage):
        required |= {"made_on", "published_on"} | ({"document_number"} if page.normative_kind else set())
    return Draft(
        title=page.title,
        body=tuple(words for _, words in text.paragraphs),
        issuer=getattr(page, "issuer", ""),
        made_on=getattr(page, "made_on", None),
        published_on=getattr(page, "published_on", None),
        document_number=getattr(page, "document_number", ""),
        links=tuple(text.links),
        pictures=tuple(text.pictures),
        attachments=tuple(text.attachments),
        required=frozenset(required),
        office_contacts=frozenset({agency.phone, agency.fax, agency.email} - {""}),
    )


def _finding(remark: Remark, text: _Text) -> Finding:
    is_personal = remark.code.startswith(_PERSONAL) and remark.suggestion
    place, number = remark.where.field, remark.where.index or 0
    if place == "body":
        where = text.paragraphs[number][0]
    elif place in _PLACES:
        where = f"{_PLACES[place]}{number + 1}"
    else:
        where = proofing.FIELDS.get(place, "")
    words = remark.suggestion if is_personal else remark.words
    return {"level": remark.level, "where": where, "words": words, "message": remark.advice}


def _missing(page: Page) -> Iterator[Finding]:
    if not isinstance(page, DocumentPage):
        return
    if lacking := [label for name, label in _WANTED if not getattr(page, name)]:
        yield {
            "level": Level.WARN,
            "where": "目录",
            "words": "",
            "message": f"没有填写：{'、'.join(lacking)}。",
        }


def _dead_links(text: _Text) -> Iterator[Finding]:
    for kind, pk, words in text.targets:
        if kind == "document":
            message = "" if Document.objects.filter(pk=pk).exists() else "链接的文件已经不存在。"
            level = Level.BLOCK
        else:
            live = Page.objects.filter(pk=pk).values_list("live", flat=True).first()
            message = {True: "", False: "链接的页面没有公开。", None: "链接的页面已经不存在。"}[live]
            level = Level.BLOCK if live is None else Level.WARN
        if message:
            yield {"level": level, "where": "链接", "words": words, "message": message}
