"""What programs may take away of what the public sees: documents, bodies, annual reports, slice by slice."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.db.models.functions import Length, Substr

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import NO_LONGER_IN_FORCE, ColumnKind, Effectiveness
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage, DocumentQuerySet
from gongkai.web.publishing.models.lists import count_of, part_of
from gongkai.web.publishing.models.searching import EntryKind, SearchEntry
from gongkai.web.publishing.services import searching

_BY_DATE = re.compile(r"([0-9]{8})-([0-9]{1,18})", re.ASCII)
_BY_RANK = re.compile(r"([0-9]{1,9})-([0-9]{1,18})", re.ASCII)
_REPORT = re.compile(r"([0-9]{1,4})-([\w-]{1,60})", re.ASCII)


class BadCursor(ValueError):
    """A cursor that no slice has given out."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which documents: by words, body (its slug), column, year of publication, topic, validity today."""

    query: str = ""
    body: str = ""
    column: str = ""
    year: int | None = None
    topic: str = ""
    validity: str = ""


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Some documents in order, how many there are in all, and the cursor of what follows; blank at the end.

    `instead` are words that were not found, each with what was searched in its place.
    """

    documents: Sequence[DocumentPage]
    count: int
    following: str
    instead: Sequence[tuple[str, Sequence[str]]] = field(default=())


def documents(wanted: Wanted, on: date) -> DocumentQuerySet:
    """Return the disclosed documents wanted, whatever words they hold; validity as it is on a day."""
    tests = Q()
    if wanted.body:
        tests &= Q(agency__slug=wanted.body)
    if wanted.year is not None:
        tests &= Q(published_on__year=wanted.year)
    if wanted.topic:
        tests &= Q(topic=wanted.topic)
    if wanted.validity:
        tests &= _validity(Effectiveness(wanted.validity), on)
    pages = DocumentPage.objects.disclosed().filter(tests)
    if wanted.column:
        above = Substr("path", 1, Length("path") - DocumentPage.steplen)
        columns = ColumnPage.objects.filter(kind=wanted.column).values("path")
        pages = pages.annotate(above=above).filter(above__in=columns)
    return pages


def _validity(value: Effectiveness, on: date) -> Q:
    """Return the condition under which `DocumentPage.validity` has a value on a day."""
    past = Q(valid_until__isnull=False, valid_until__lt=on) & ~Q(effectiveness__in=NO_LONGER_IN_FORCE)
    if value == Effectiveness.LAPSED:
        return past | Q(effectiveness=value)
    return Q(effectiveness=value) & ~past


def slice_of(wanted: Wanted, after: str, size: int, on: date, *, skip: int = 0) -> Slice:
    """Return the `size` documents that follow a cursor; where it is blank, those after the first `skip`.

    Without words the newest come first, and the cursor is the last document's day of publication and
    number: what appears or goes meanwhile moves nothing. With words they come as the search page has them,
    and the cursor is the last document's number and place; should it be gone, what stands
    in its place comes next.

    Raises:
        BadCursor: `after` is not a cursor of such a slice.
    """
    found = _by_rank if wanted.query else _by_date
    return found(wanted, after, size, on, skip)


def _by_date(wanted: Wanted, after: str, size: int, on: date, skip: int) -> Slice:
    pages = documents(wanted, on).listed().order_by("-published_on", "-pk")
    count = count_of(pages)
    if after:
        day, number = _parsed(_BY_DATE, after)
        try:
            published_on = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007  a day, not a moment
        except ValueError as error:
            raise BadCursor(after) from error
        # As a range first, which an index answers.
        pages = pages.filter(published_on__lte=published_on)
        pages = pages.exclude(published_on=published_on, pk__gte=int(number))
    taken = part_of(pages, skip, skip + size + 1, None if after else count)
    last = taken[size - 1] if len(taken) > size else None
    following = f"{last.published_on:%Y%m%d}-{last.pk}" if last else ""
    return Slice(documents=taken[:size], count=count, following=following)


def _by_rank(wanted: Wanted, after: str, size: int, on: date, skip: int) -> Slice:
    chosen = {"kind": EntryKind.DOCUMENT, "agency": wanted.body, "column": wanted.column}
    chosen |= {"year": str(wanted.year or ""), "topic": wanted.topic}
    answer = searching.search(wanted.query, chosen, on=on)
    entries = SearchEntry.objects.filter(kind=EntryKind.DOCUMENT)
    ranked = answer.numbers
    if wanted.validity:
        valid = set(
            entries.filter(_validity(Effectiveness(wanted.validity), on)).values_list("pk", flat=True)
        )
        ranked = [number for number in ranked if number in valid]
    begin = skip
    if after:
        place, page = map(int, _parsed(_BY_RANK, after))
        last = entries.filter(page=page).values_list("pk", flat=True).first()
        begin = ranked.index(last) + 1 if last in ranked else place
    end = begin + size
    page_of = dict(entries.filter(pk__in=ranked[begin:end]).values_list("pk", "page_id"))
    taken = [page_of[number] for number in ranked[begin:end] if number in page_of]
    known = DocumentPage.objects.disclosed().listed().in_bulk(taken)
    return Slice(
        documents=[known[number] for number in taken if number in known],
        count=len(ranked),
        following=f"{end - 1}-{taken[-1]}" if end < len(ranked) and taken else "",
        instead=answer.instead,
    )


def _parsed(form: re.Pattern[str], cursor: str) -> tuple[str, str]:
    match = form.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor)
    return match[1], match[2]


def document_of(index_number: str) -> DocumentPage | None:
    """Return the disclosed document of an index number."""
    pages = DocumentPage.objects.disclosed().select_related("agency", "catalogue_item")
    return pages.filter(index_number=index_number).first()


def columns_above(pages: Collection[DocumentPage]) -> dict[str, str]:
    """Return the kinds of the columns the documents stand in, by the columns' paths."""
    paths = {page.path[: -page.steplen] for page in pages}
    return dict(ColumnPage.objects.filter(path__in=paths).values_list("path", "kind"))


def sections() -> list[tuple[BodyPage, list[ColumnPage]]]:
    """Return the public sections of all bodies, each with its public columns."""
    pages = BodyPage.objects.live().public().select_related("agency")
    in_order = list(pages.order_by("agency__position", "agency__region_code", "agency__name"))
    columns: dict[str, list[ColumnPage]] = {}
    for column in ColumnPage.objects.live().public().defer("body", "plain_text").order_by("path"):
        columns.setdefault(column.path[: -column.steplen], []).append(column)
    return [(page, columns.get(page.path, [])) for page in in_order]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A published annual report and whose it is."""

    entry: feeds.Entry
    agency: Agency
    year: int


def reports(body: str, year: int | None, after: str, size: int) -> tuple[Sequence[Report], int, str]:
    """Return the reports that follow a cursor, how many there are in all, and the next cursor.

    They come by year, the latest first, then by the bodies' slugs; the cursor is the last one's two.

    Raises:
        BadCursor: `after` is not a cursor of these reports.
    """
    agencies = {agency.name: agency for agency in Agency.objects.only("name", "slug")}
    own = next((agency for agency in agencies.values() if agency.slug == body), None)
    fed = feeds.entries(ColumnKind.ANNUAL_REPORTS, own, limit=None)
    every = [
        Report(entry=entry, agency=agencies[entry.agency_name], year=entry.year)
        for entry in fed
        if entry.agency_name in agencies and entry.year is not None and year in (None, entry.year)
    ]
    every.sort(key=_place)
    rest = every
    if after:
        last_year, slug = _parsed(_REPORT, after)
        rest = [report for report in every if _place(report) > (-int(last_year), slug)]
    following = f"{rest[size - 1].year}-{rest[size - 1].agency.slug}" if len(rest) > size else ""
    return rest[:size], len(every), following


def _place(report: Report) -> tuple[int, str]:
    return -report.year, report.agency.slug
