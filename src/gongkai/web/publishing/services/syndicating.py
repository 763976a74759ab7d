"""What is new, for programs that follow the portal, and every address, for search engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Max, Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import ColumnKind, Topic
from gongkai.web.publishing.models import ColumnPage, PortalPage, ValidityChange
from gongkai.web.publishing.models.lists import kept
from gongkai.web.publishing.models.searching import EntryKind, SearchEntry
from gongkai.web.publishing.services import searching

MOST_NEWS = 50
# The protocol allows fifty times as many; this is a page's worth of work.
ADDRESSES_A_FILE = 1000
_SUMMARY = 200
_NEVER_NEWS = (EntryKind.COLUMN, EntryKind.BODY)


class Unknown(LookupError):
    """A body, column or topic that there is not."""


@dataclass(frozen=True, kw_only=True)
class News:
    """Something published: what, where, by whom, when, and when it last changed."""

    title: str
    url: str
    summary: str
    agency_name: str
    kind: str
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a feed is about: words, a body, a column, a topic; blank for all."""

    query: str = ""
    agency: str = ""
    column: str = ""
    topic: str = ""


def title_of(chosen: Chosen) -> str:
    """Return what a feed is about, in Chinese; blank for everything.

    Raises:
        Unknown: there is no such body, column or topic.
    """
    names = []
    if chosen.agency:
        agency = Agency.objects.filter(slug=chosen.agency).first()
        names.append(agency.short_name if agency else None)
    if chosen.column:
        names.append(dict(ColumnKind.choices).get(chosen.column))
    if chosen.topic:
        names.append(dict(Topic.choices).get(chosen.topic))
    if None in names:
        raise Unknown
    return " - ".join([*names, *([f"检索“{chosen.query}”"] if chosen.query else [])])


def news(chosen: Chosen) -> list[News]:
    """Return what was published last, the newest first, of what the search knows."""
    found = SearchEntry.objects.filter(published_on__isnull=False).exclude(kind__in=_NEVER_NEWS)
    tests = {"agency__slug": chosen.agency, "column": chosen.column, "topic": chosen.topic}
    found = found.filter(**{name: value for name, value in tests.items() if value})
    if chosen.query:
        facets = {"agency": chosen.agency, "column": chosen.column, "topic": chosen.topic}
        # What has no date comes last, so that the first fifty are the news.
        numbers = searching.search(chosen.query, facets, by_date=True).numbers
        found = found.filter(pk__in=numbers[:MOST_NEWS])
    entries = list(
        found.select_related("agency", "page").defer("attached").order_by("-published_on", "-pk")[:MOST_NEWS]
    )
    changed = _changed([entry.page_id for entry in entries if entry.page_id])
    return [_news(entry, changed) for entry in entries]


def _news(entry: SearchEntry, changed: Mapping[int, datetime]) -> News:
    published_at = _midnight(entry.published_on)
    text = entry.text
    page = entry.page
    moments = (published_at, page and page.last_published_at, page and changed.get(page.pk))
    return News(
        title=f"（已{entry.validity}）{entry.title}" if entry.validity else entry.title,
        url=entry.url,
        summary=text[:_SUMMARY] + ("……" if len(text) > _SUMMARY else ""),
        agency_name=entry.agency.name if entry.agency else "",
        kind=entry.get_kind_display(),
        published_at=published_at,
        updated_at=max(filter(None, moments)),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _changed(pages: Collection[int]) -> dict[int, datetime]:
    """Return when the validity of documents last changed."""
    changes = ValidityChange.objects.filter(document__in=pages).order_by()
    return dict(changes.values_list("document").annotate(Max("recorded_at")))


def files_of_addresses() -> list[int]:
    """Return the numbers of the files that together give every address."""
    file = (F("pk") - 1) / ADDRESSES_A_FILE + 1
    numbers = SearchEntry.objects.annotate(file=file).order_by("file").values_list("file", flat=True)
    return sorted({1, *kept(f"files {ADDRESSES_A_FILE}", lambda: list(numbers.distinct()))})


def addresses(file: int, fixed: Iterable[str]) -> Iterator[tuple[str, datetime | None]]:
    """Yield the addresses of a file, each with when it last changed.

    A file has the entries of a range of numbers: they stay in it whatever comes and goes, and it need not
    count those before it. The first has also the pages of lists (`fixed`), and the columns without words of
    their own, which search does not know.
    """
    if not PortalPage.objects.live().public().exists():
        return
    if file == 1:
        for address in fixed:
            yield address, None
        columns = ColumnPage.objects.live().public().filter(plain_text="").defer("body")
        for column in columns.order_by("path"):
            if column.url:
                yield column.url, column.last_published_at
    end = file * ADDRESSES_A_FILE
    entries = SearchEntry.objects.filter(pk__gt=end - ADDRESSES_A_FILE, pk__lte=end)
    known = list(
        entries.filter(Q(page=None) | Q(page__live=True))
        .order_by("pk")
        .values_list("page_id", "url", "published_on", "page__last_published_at")
    )
    changed = _changed([page for page, *_ in known if page])
    for page, url, on, at in known:
        moments = (on and _midnight(on), at, changed.get(page))
        yield url, max(filter(None, moments), default=None)
