"""Searching the portal: documents by every word they hold, and what else answers the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage, DocumentQuerySet

LONGEST_QUERY = 60
MOST_WORDS = 8
MOST_ENTRIES = 2000
MOST_BESIDE = 12
_EXCERPT = 90


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One page found; `excerpt` is HTML with the words marked."""

    title: SafeString
    url: str
    kind: str
    agency_name: str
    excerpt: str = ""
    published_on: date | None = None
    note: str = ""


def words_of(query: str) -> list[str]:
    """Return the words of a query: split at spaces, as few and as short as a reader would write."""
    return query[:LONGEST_QUERY].split()[:MOST_WORDS]


def search_documents(words: list[str]) -> DocumentQuerySet:
    """Return the disclosed documents whose title, text or number holds every word, newest first.

    A word is found as a run of characters, so Chinese needs no segmenting.
    """
    found = DocumentPage.objects.disclosed().filter(_holds(words, "title", "plain_text", "document_number"))
    return found.select_related("agency").order_by("-published_on", "-pk")


def search_beside(words: list[str]) -> list[Hit]:
    """Return what else answers the words, a dozen at most: bodies, annual reports, columns."""
    bodies = BodyPage.objects.live().public().filter(_holds(words, "title", "agency__name"))
    columns = ColumnPage.objects.live().public().filter(_holds(words, "title", "plain_text"))
    hits = [
        *(_body_hit(page, words) for page in bodies.select_related("agency")[:MOST_BESIDE]),
        *(_entry_hit(entry, words) for entry in _entries(words)[:MOST_BESIDE]),
        *(_column_hit(page, words) for page in columns.exclude(plain_text="")[:MOST_BESIDE]),
    ]
    return hits[:MOST_BESIDE]


def _entries(words: list[str]) -> list[feeds.Entry]:
    """Return the annual reports whose title holds every word."""
    lower = [word.lower() for word in words]
    reports = feeds.entries(ColumnKind.ANNUAL_REPORTS, limit=MOST_ENTRIES)
    return [entry for entry in reports if all(word in entry.title.lower() for word in lower)]


def _holds(words: list[str], *fields: str) -> Q:
    every = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__icontains": word})
        every &= any_field
    return every


def document_hit(page: DocumentPage, words: list[str]) -> Hit:
    """Return the document as a line of results."""
    return Hit(
        title=marked(page.title, words),
        url=page.url,
        kind="公开信息",
        agency_name=page.agency.short_name,
        excerpt=excerpt(page.plain_text, words),
        published_on=page.published_on,
        note="" if page.is_in_force else page.validity.label,
    )


def _column_hit(page: ColumnPage, words: list[str]) -> Hit:
    return Hit(
        title=marked(page.title, words),
        url=page.url,
        kind="栏目",
        agency_name=page.agency.short_name,
        excerpt=excerpt(page.plain_text, words),
    )


def _body_hit(page: BodyPage, words: list[str]) -> Hit:
    return Hit(
        title=marked(page.agency.name, words),
        url=page.url,
        kind="机关",
        agency_name="",
    )


def _entry_hit(entry: feeds.Entry, words: list[str]) -> Hit:
    return Hit(
        title=marked(entry.title, words),
        url=entry.url,
        kind="年度报告",
        agency_name=entry.agency_name,
        published_on=entry.published_on,
    )


def excerpt(text: str, words: list[str]) -> SafeString:
    """Return a stretch of `text` around the first word found, as HTML with the words marked."""
    lower = text.lower()
    found = [at for at in (lower.find(word.lower()) for word in words) if at >= 0]
    start = max(0, min(found, default=0) - _EXCERPT // 3)
    end = start + _EXCERPT
    piece = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    return marked(piece, words)


def marked(text: str, words: list[str]) -> SafeString:
    """Return `text` as HTML with every occurrence of the words in <mark>."""
    spans = _spans(text.lower(), [word.lower() for word in words])
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    # Every piece between the tags is escaped.
    return mark_safe("".join(parts))  # nosec B308 B703


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand, overlapping or touching stretches joined."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
