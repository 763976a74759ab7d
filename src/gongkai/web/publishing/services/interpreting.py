"""What goes with policy documents: interpretations, meetings, the gazette; and the duty to interpret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from gongkai.law.calendar import load_calendar
from gongkai.law.clock import period_due
from gongkai.law.periods import INTERPRETATION
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import ColumnKind, InterpretationForm, MeetingKind
from gongkai.web.publishing.models import (
    ColumnPage,
    DocumentPage,
    GazettePage,
    InterpretationPage,
    MeetingPage,
)
from gongkai.web.publishing.services.policies import policy_documents

DUTY = (
    f"{INTERPRETATION.source}（{INTERPRETATION.source.instrument.number}）："
    f"{INTERPRETATION.runs_from}起{INTERPRETATION.words}内发布解读材料"
)
_ENTRIES: dict[str, tuple[type[Any], str]] = {
    ColumnKind.INTERPRETATIONS: (InterpretationPage, "-published_on"),
    ColumnKind.MEETINGS: (MeetingPage, "-held_on"),
    ColumnKind.GAZETTE: (GazettePage, "-published_on"),
}


def public(model: type[Any]) -> QuerySet[Any]:
    """Return the pages of a kind that the public may see, with their bodies."""
    return model.objects.live().public().select_related("agency")


def disclosed_of(page: InterpretationPage | MeetingPage) -> list[DocumentPage]:
    """Return the page's documents that the public may see; of a version not saved yet as well."""
    chosen = page.interpreted if isinstance(page, InterpretationPage) else page.related_documents
    numbers = [link.document_id for link in chosen.all()]
    pages = DocumentPage.objects.disclosed().filter(pk__in=numbers)
    return list(pages.select_related("agency").order_by("-published_on", "-pk"))


@dataclass(frozen=True, kw_only=True)
class Companions:
    """What goes with a document: interpretations by form, meetings that dealt with it, gazette issues."""

    interpretations: tuple[tuple[str, tuple[InterpretationPage, ...]], ...]
    meetings: tuple[MeetingPage, ...]
    issues: tuple[GazettePage, ...]


def companions_of(document: DocumentPage) -> Companions:
    """Return what goes with a document, as far as the public may see it."""
    explained = (
        public(InterpretationPage).filter(documents=document).distinct().order_by("published_on", "pk")
    )
    order = InterpretationForm.values
    by_form = sorted(explained, key=lambda page: order.index(page.form))
    forms = groupby(by_form, key=lambda page: InterpretationForm(page.form).label)
    issues = public(GazettePage).filter(entries__document=document).distinct()
    return Companions(
        interpretations=tuple((label, tuple(pages)) for label, pages in forms),
        meetings=tuple(public(MeetingPage).filter(documents=document).distinct().order_by("-held_on")),
        issues=tuple(issues.order_by("-published_on")),
    )


def entries_of(column: ColumnPage) -> QuerySet[Any]:
    """Return the interpretations, meetings or issues of a column, newest first; none for another column."""
    if column.kind not in _ENTRIES:
        return InterpretationPage.objects.none()
    model, order = _ENTRIES[column.kind]
    return public(model).child_of(column).order_by(order, "-pk")


def interpretations(form: str, body: str) -> QuerySet[InterpretationPage]:
    """Return the public interpretations of a form (blank: all) by a body (its slug; blank: all)."""
    documents = Prefetch("documents", DocumentPage.objects.disclosed().select_related("agency").distinct())
    pages = _by_body(public(InterpretationPage), body).prefetch_related(documents)
    return (pages.filter(form=form) if form else pages).order_by("-published_on", "-pk")


def meetings(kind: str, year: str, body: str) -> QuerySet[MeetingPage]:
    """Return the public meetings of a kind, held in a year, by a body; blank: all."""
    pages = _by_body(public(MeetingPage), body)
    pages = pages.filter(kind=kind) if kind else pages
    return (pages.filter(held_on__year=year) if year else pages).order_by("-held_on", "-pk")


def issues(year: str, body: str) -> QuerySet[GazettePage]:
    """Return the public issues of a year by a body; blank: all."""
    pages = _by_body(public(GazettePage), body)
    pages = pages.filter(year=year) if year else pages
    counted = pages.annotate(size=Count("entries"))
    return counted.order_by("-year", "-number", "agency__position", "-pk")


def issue_of(agency: Agency, year: int, number: int) -> GazettePage | None:
    """Return the body's public issue of that number; None where there is none."""
    return public(GazettePage).filter(agency=agency, year=year, number=number).first()


def sections_of(issue: GazettePage) -> list[tuple[str, list[DocumentPage]]]:
    """Return an issue's disclosed documents under their headings, in the order of the issue."""
    entries = list(issue.entries.all())
    shown = DocumentPage.objects.disclosed().select_related("agency")
    known = shown.in_bulk([entry.document_id for entry in entries])
    placed = [entry for entry in entries if entry.document_id in known]
    return [
        (heading, [known[entry.document_id] for entry in under])
        for heading, under in groupby(placed, key=lambda entry: entry.heading)
    ]


def _by_body(pages: QuerySet[Any], body: str) -> QuerySet[Any]:
    return pages.filter(agency__slug=body) if body else pages


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value to filter by, and how many pages have it."""

    value: str
    label: str
    count: int


def forms_in(pages: QuerySet[InterpretationPage]) -> list[Choice]:
    """Return the forms in use, in their order."""
    return _choices(pages, "form", InterpretationForm.choices)


def kinds_in(pages: QuerySet[MeetingPage]) -> list[Choice]:
    """Return the kinds of meetings held, in their order."""
    return _choices(pages, "kind", MeetingKind.choices)


def bodies_in(pages: QuerySet[Any]) -> list[Choice]:
    """Return the bodies whose pages they are, in the bodies' order."""
    named = Agency.objects.order_by("position", "pk").values_list("slug", "short_name")
    return _choices(pages, "agency__slug", named)


def years_in(pages: QuerySet[Any], field: str) -> list[Choice]:
    """Return the years that occur, the newest first."""
    counts = _counts(pages, field)
    return [Choice(value=str(year), label=f"{year}年", count=counts[year]) for year in sorted(counts)[::-1]]


def _choices(pages: QuerySet[Any], field: str, named: Iterable[tuple[str, Any]]) -> list[Choice]:
    counts = _counts(pages, field)
    return [
        Choice(value=value, label=str(label), count=counts[value])
        for value, label in named
        if value in counts
    ]


def _counts(pages: QuerySet[Any], field: str) -> dict[Any, int]:
    return dict(pages.order_by().values_list(field).annotate(Count("pk", distinct=True)))


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A policy document and when it was due to be interpreted; `done_on` None where it has not been."""

    document: DocumentPage
    due: date
    provisional: bool
    days_left: int
    done_on: date | None = None

    @property
    def standing(self) -> str:
        """What to say of it."""
        if self.done_on is None:
            return "逾期未解读" if self.days_left < 0 else "待解读"
        if self.done_on > self.due:
            return "逾期解读"
        return "同步解读" if self.done_on <= self.document.published_on else "按期解读"

    @property
    def words(self) -> str:
        """How long there is left, in working days."""
        if self.done_on is not None:
            return ""
        if self.days_left < 0:
            return f"已过 {-self.days_left} 个工作日"
        return f"还有 {self.days_left} 个工作日" if self.days_left else "今天到期"


def duties(agencies: QuerySet[Agency], year: int) -> list[Duty]:
    """Return the duties of the documents that the bodies published in a year: the open first, by due day.

    The first interpretation counts; one published with the document, or before it, is simultaneous.

    Source: 国办发〔2016〕19号: within three working days of the document's publication.
    """
    pages = policy_documents().filter(agency__in=agencies, published_on__year=year)
    explained = Prefetch(
        "interpretations", InterpretationPage.objects.live().public().order_by("published_on")
    )
    found = [_duty(page) for page in pages.prefetch_related(explained)]
    return sorted(found, key=lambda duty: (duty.done_on is not None, duty.due, duty.document.pk))


def _duty(document: DocumentPage) -> Duty:
    calendar = load_calendar()
    due = period_due(INTERPRETATION, document.published_on, calendar)
    left = calendar.working_days_between(timezone.localdate(), due.on)
    first = next(iter(document.interpretations.all()), None)
    return Duty(
        document=document,
        due=due.on,
        provisional=due.provisional,
        days_left=left.days,
        done_on=first.published_on if first else None,
    )
