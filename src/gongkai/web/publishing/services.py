"""Acts and searches over the portal's tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex, Site

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing import feeds, teams
from gongkai.web.publishing.choices import (
    COLUMN_SLUGS,
    GOVERNMENT_COLUMNS,
    OTHER_COLUMNS,
    STATUTORY_COLUMNS,
    ColumnKind,
)
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage, DocumentQuerySet, PortalPage

LONGEST_QUERY = 60
MOST_WORDS = 8
MOST_ENTRIES = 2000
MOST_BESIDE = 12
_EXCERPT = 90


@transaction.atomic
def open_portal(*, agency: Agency, title: str, introduction: str = "") -> PortalPage:
    """Make the portal the root of the default site, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    for welcome in root.get_children().exact_type(Page):
        welcome.delete()
    root = Page.objects.get(pk=root.pk)
    portal = PortalPage(title=title, slug="portal", agency=agency, introduction=introduction)
    root.add_child(instance=portal)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": portal, "site_name": title}
    )
    teams.set_up_portal(portal)
    return portal


@transaction.atomic
def open_section(*, portal: PortalPage, agency: Agency) -> BodyPage:
    """Give the body its section with the five statutory columns, and those that a body of its kind has."""
    section = BodyPage(title=agency.short_name, slug=agency.slug, agency=agency)
    portal.add_child(instance=section)
    others = GOVERNMENT_COLUMNS if agency.is_government else OTHER_COLUMNS
    for kind in (*STATUTORY_COLUMNS, *others):
        column = ColumnPage(title=kind.label, slug=COLUMN_SLUGS[kind], kind=kind)
        section.add_child(instance=column)
    teams.set_up_section(section)
    return section


def is_disclosed_file(document: Document) -> bool:
    """Whether a page that the public may see offers the file, as attachment or by a link in its text."""
    used = ReferenceIndex.get_references_to(document)
    on_pages = used.filter(base_content_type=ContentType.objects.get_for_model(Page))
    numbers = [int(pk) for pk in on_pages.values_list("object_id", flat=True)]
    others = Page.objects.live().public().not_exact_type(DocumentPage)
    return any(pages.filter(pk__in=numbers).exists() for pages in (DocumentPage.objects.disclosed(), others))


def files_of(user: User | AnonymousUser, documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of the files that the person's bodies brought in; all for who runs the portal."""
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR):
        return documents
    return documents.filter(uploaded_by_user__agency__in=agencies_of(user))


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
