"""What was disclosed in a year, counted for the annual report; each number is a list that can be opened.

Counted is what the public may see today. A document belongs to the year in which the site first showed it,
one from an older site to that of the date it came with; an interpretation to that of its publication, a
meeting to that in which it was held, an issue of the gazette to the year it bears.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from django.db.models import Count, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from gongkai.web.agencies.fact_sources import Count as Counting
from gongkai.web.agencies.fact_sources import Opens, Parts, asked_for
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import (
    ITEM_SHORT_LABELS,
    ColumnKind,
    Genre,
    InterpretationForm,
    MeetingKind,
    NormativeKind,
)
from gongkai.web.publishing.models import (
    ColumnPage,
    DocumentPage,
    GazetteEntry,
    GazettePage,
    InterpretationPage,
    MeetingPage,
)
from gongkai.web.publishing.services import faults, timeliness
from gongkai.web.publishing.services.validity import table2_counts

Pages = Callable[[Sequence[Agency], int], QuerySet]


def _first_public(agencies: Sequence[Agency], year: int) -> QuerySet:
    return timeliness.dated(_bodies(agencies)).filter(public_on__year=year)


def _bodies(agencies: Sequence[Agency]) -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=[each.pk for each in agencies])


def _timed(agencies: Sequence[Agency], year: int, *, is_late: bool) -> QuerySet:
    clocks = timeliness.published(_bodies(agencies), year, timezone.localdate())
    return DocumentPage.objects.filter(pk__in=[one.page.pk for one in clocks if one.is_late is is_late])


def _table2(agencies: Sequence[Agency], year: int, *, kind: NormativeKind, column: str) -> QuerySet:
    rows = {row.kind: row for row in table2_counts(agencies, year)}
    found: QuerySet = getattr(rows[kind], column)
    return found


def _entries(agencies: Sequence[Agency], year: int, *, model: type[Page], by: str) -> QuerySet:
    return model.objects.live().public().filter(**{by: year, "agency__in": [each.pk for each in agencies]})


def _interpreted(agencies: Sequence[Agency], year: int) -> QuerySet:
    shown = InterpretationPage.objects.live().public()
    return _first_public(agencies, year).filter(interpretations__in=shown).distinct()


def _in_gazettes(agencies: Sequence[Agency], year: int) -> QuerySet:
    entries = GazetteEntry.objects.filter(page__in=_issues(agencies, year)).values("document")
    return DocumentPage.objects.disclosed().filter(pk__in=entries)


_explained = partial(_entries, model=InterpretationPage, by="published_on__year")
_held = partial(_entries, model=MeetingPage, by="held_on__year")
_issues = partial(_entries, model=GazettePage, by="year")

PAGES: Mapping[str, Pages] = {
    "documents": _first_public,
    "documents_in_time": partial(_timed, is_late=False),
    "documents_late": partial(_timed, is_late=True),
    **{
        f"{kind.value}_{column}": partial(_table2, kind=kind, column=column)
        for kind in NormativeKind
        for column in ("made", "ended", "in_force")
    },
    "interpretations": _explained,
    "documents_interpreted": _interpreted,
    "meetings": _held,
    "gazettes": _issues,
    "gazette_documents": _in_gazettes,
}


def _by_column(agencies: Sequence[Agency], year: int) -> Parts:
    parent = Substr("path", 1, Length("path") - Page.steplen)
    found = _first_public(agencies, year).order_by().values_list(parent).annotate(Count("pk"))
    counts = dict(found)
    kinds = dict(ColumnPage.objects.filter(path__in=counts).values_list("path", "kind"))
    by_kind: Counter[str] = Counter()
    for path, count in counts.items():
        by_kind[kinds.get(path, "")] += count
    return [(kind.label, by_kind[kind]) for kind in ColumnKind if by_kind[kind]]


def _by_item(agencies: Sequence[Agency], year: int) -> Parts:
    counts = _counts(_first_public(agencies, year), "article20_item")
    named = [(label, counts.get(number, 0)) for number, label in enumerate(ITEM_SHORT_LABELS, 1)]
    return [*_with_any(named), *_without(counts.get(None, 0))]


def _by_choice(
    agencies: Sequence[Agency], year: int, *, pages: Pages, field: str, choices: Sequence[tuple[str, str]]
) -> Parts:
    counts = _counts(pages(agencies, year), field)
    return [*_with_any((label, counts.get(code, 0)) for code, label in choices), *_without(counts.get("", 0))]


def _counts(pages: QuerySet, field: str) -> dict[str | int | None, int]:
    return dict(pages.order_by().values_list(field).annotate(Count("pk")))


def _with_any(parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(label, count) for label, count in parts if count]


def _without(count: int) -> list[tuple[str, int]]:
    return [("未分类", count)] if count else []


def faults_reported(agencies: Sequence[Agency], year: int) -> int:
    """Return how many errors readers reported on the bodies' pages in a year."""
    return faults.of_bodies(_bodies(agencies)).filter(reported_at__year=year).count()


def faults_settled(agencies: Sequence[Agency], year: int) -> int:
    """Return how many such reports were settled in a year."""
    return faults.of_bodies(_bodies(agencies)).filter(settled_at__year=year).count()


# Numbers by kinds; each opens the list of what it divides.
PARTS: Mapping[str, tuple[str, Counting]] = {
    "documents_by_column": ("documents", _by_column),
    "documents_by_item": ("documents", _by_item),
    "documents_by_genre": (
        "documents",
        partial(_by_choice, pages=_first_public, field="genre", choices=Genre.choices),
    ),
    "interpretations_by_form": (
        "interpretations",
        partial(_by_choice, pages=_explained, field="form", choices=InterpretationForm.choices),
    ),
    "meetings_by_kind": (
        "meetings",
        partial(_by_choice, pages=_held, field="kind", choices=MeetingKind.choices),
    ),
}


def __getattr__(name: str) -> Counting | Opens:
    """Return the function that counts a fact, `documents`, or says where it opens, `documents_page`."""
    code = name.removesuffix("_page")
    if code not in PAGES and code not in PARTS:
        raise AttributeError(name)
    if name != code:
        return partial(_page, code=PARTS[code][0] if code in PARTS else code)
    return PARTS[code][1] if code in PARTS else partial(_count, code=code)


def _count(agencies: Sequence[Agency], year: int, *, code: str) -> int:
    return PAGES[code](agencies, year).count()


def _page(agencies: Sequence[Agency], year: int, *, code: str) -> str:
    return f"{reverse('catalogue_desk:fact', args=[code])}?{asked_for(agencies, year)}"


def pages_behind(code: str, agencies: Sequence[Agency], year: int) -> QuerySet:
    """Return the pages that a fact counts, the newest first, with their bodies.

    Raises:
        LookupError: there is no such fact.
    """
    return PAGES[code](agencies, year).select_related("agency").order_by("-published_on", "-pk")
