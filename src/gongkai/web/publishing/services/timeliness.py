"""The publication clock: by when what has been made must be public, what waits, what came late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.models import PageLogEntry

from gongkai.law.calendar import Due, load_calendar
from gongkai.law.clock import period_due, publication_due
from gongkai.law.disclosure import standard_entry
from gongkai.law.periods import PENALTY_WITHDRAWAL, PUBLICATION
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import (
    Article20Item,
    DisclosureAttribute,
    Effectiveness,
    ValidityAct,
)
from gongkai.web.publishing.models import CatalogueItem, DocumentPage
from gongkai.web.publishing.services.importing import ACTION as IMPORTED
from gongkai.web.publishing.services.validity import set_in_versions

_OVERTURNED = {
    Effectiveness.AMENDED: ValidityAct.AMENDED,
    Effectiveness.PARTLY_REPEALED: ValidityAct.PARTLY_REPEALED,
    Effectiveness.REPEALED: ValidityAct.REPEALED,
}


@dataclass(frozen=True, kw_only=True)
class Timing:
    """A document's clock: from which day, how many working days, until when; done on a day, or not yet."""

    page: DocumentPage
    since: date
    limit: int
    due: Due
    done_on: date | None
    today: date

    @property
    def left(self) -> int:
        """Working days from today to the last day or, if done, from the day it was done; negative once past.

        Counted when it is asked for: whether it is late can be told of thousands of documents without.
        """
        return load_calendar().working_days_between(self.done_on or self.today, self.due.on).days

    @property
    def is_imported(self) -> bool:
        """Whether it was public elsewhere before, so that its day is the one it came with."""
        return self.done_on is not None and self.page.first_public_on is None

    @property
    def is_backdated(self) -> bool:
        """Whether its date of publication lies before the day the site first showed it."""
        first = self.page.first_public_on
        return self.done_on is not None and first is not None and self.page.published_on < first

    @property
    def is_late(self) -> bool:
        """Whether it was done after the last day, or is not done and that day has passed."""
        return (self.done_on or self.today) > self.due.on

    @property
    def words(self) -> str:
        """How it stands, in Chinese."""
        if self.is_late:
            over = f"{-self.left}个工作日" if self.left else "，不足1个工作日"
            return f"超期{over}" if self.done_on else f"已超期{over}"
        if self.done_on:
            return "按时"
        return f"还剩{self.left}个工作日" if self.left else "今天到期"


def timing(page: DocumentPage, today: date) -> Timing | None:
    """Return the clock of a document's publication; None for what is not disclosed of the body's own motion.

    It runs from the day the document was made, however late it was entered, for as many working days as its
    catalogue item says, twenty without one, until the day the site first showed it, whatever date it bears.

    Source: R711 art. 26.
    """
    if page.attribute != DisclosureAttribute.PROACTIVE or page.made_on is None:
        return None
    limit = page.catalogue_item.time_limit if page.catalogue_item else PUBLICATION.length
    due = publication_due(page.made_on, load_calendar(), working_days=limit)
    public_on = page.first_public_on or page.published_on
    done_on = public_on if page.live else None
    return Timing(page=page, since=page.made_on, limit=limit, due=due, done_on=done_on, today=today)


def note_first_day(page: DocumentPage) -> None:
    """Keep the day on which the page that was just published was first public; nobody can type it.

    An imported page was public before: its day is the one it came with. A date of publication left as the
    draft proposed it, which is the day of drafting, becomes the day of publication.
    """
    is_first = page.live and page.first_published_at == page.last_published_at
    if page.first_public_on is not None or not is_first or page.first_published_at is None:
        return
    if PageLogEntry.objects.filter(page=page.pk, action=IMPORTED).exists():
        return
    today = timezone.localdate(page.first_published_at)
    DocumentPage.objects.filter(pk=page.pk).update(first_public_on=today)
    page.first_public_on = today
    drafted_at = page.revisions.order_by("created_at", "pk").values_list("created_at", flat=True).first()
    if drafted_at and page.published_on == timezone.localdate(drafted_at) < today:
        set_in_versions(page, {"published_on": today})


def sentence(one: Timing) -> str:
    """Return a document's clock as one sentence, in Chinese."""
    provisional = "（放假安排尚未公布，暂定）" if one.due.provisional else ""
    due = f"最迟应当于{_in_words(one.due.on)}公开{provisional}"
    how = "在旧站发布" if one.is_imported else "首次公开"
    done = f"{_in_words(one.done_on)}{how}，" if one.done_on else ""
    dated = f"填写的发布日期{_in_words(one.page.published_on)}早于首次公开日期，应当更正。"
    clock = f"{_in_words(one.since)}形成，公开时限{one.limit}个工作日，{due}；{done}{one.words}。"
    return f"{clock}{dated}" if one.is_backdated else clock


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def withdrawal(page: DocumentPage, overturned_on: date, today: date) -> Timing:
    """Return the clock by which a public penalty decision that was overturned must be withdrawn.

    Source: 行政处罚法 art. 48(2).
    """
    due = period_due(PENALTY_WITHDRAWAL, overturned_on, load_calendar())
    limit = PENALTY_WITHDRAWAL.length
    return Timing(page=page, since=overturned_on, limit=limit, due=due, done_on=None, today=today)


def waiting(agencies: QuerySet[Agency], today: date) -> list[Timing]:
    """Return what has never been public and is to be, as last edited, the soonest due first."""
    pages = DocumentPage.objects.filter(live=False, first_published_at=None, agency__in=agencies)
    found = _timings(_as_edited(pages.select_related("agency", "latest_revision")), today)
    return sorted(found, key=lambda one: (one.due.on, one.page.pk))


def published(agencies: QuerySet[Agency], year: int, today: date) -> list[Timing]:
    """Return the clocks of what was first public in a year, by that day."""
    pages = dated(agencies).filter(public_on__year=year)
    pages = pages.select_related("agency", "catalogue_item").defer("body", "plain_text")
    return list(_timings(pages.order_by("public_on", "pk"), today))


def dated(agencies: QuerySet[Agency]) -> QuerySet[DocumentPage]:
    """Return the bodies' documents that the public may see, with `public_on`, the day they first were."""
    pages = DocumentPage.objects.disclosed().filter(agency__in=agencies)
    return pages.annotate(public_on=Coalesce("first_public_on", "published_on"))


def to_withdraw(agencies: QuerySet[Agency], today: date) -> list[Timing]:
    """Return the penalty decisions that are public although overturned, the soonest due first."""
    acts = Q(validity_changes__act__in=_OVERTURNED.values(), validity_changes__on__lte=today)
    pages = DocumentPage.objects.disclosed().filter(
        agency__in=agencies,
        article20_item=Article20Item.PENALTIES,
        normative_kind="",
        effectiveness__in=_OVERTURNED,
    )
    pages = pages.annotate(changed_on=Min("validity_changes__on", filter=acts))
    found = [
        withdrawal(page, overturned_on, today)
        for page in pages.select_related("agency", "catalogue_item")
        if _is_decision(page) and (overturned_on := page.changed_on or page.repealed_on)
    ]
    return sorted(found, key=lambda one: (one.due.on, one.page.pk))


def _is_decision(page: DocumentPage) -> bool:
    """Whether it is a decision, as far as its catalogue item tells, and not what decisions rest on."""
    entry = standard_entry(page.catalogue_item.code) if page.catalogue_item else None
    return entry is None or entry.withdrawal is not None


def years(agencies: QuerySet[Agency], today: date) -> list[int]:
    """Return the years in which the bodies published something, and this one, newest first."""
    found = {day.year for day in dated(agencies).dates("public_on", "year")}
    return sorted(found | {today.year}, reverse=True)


def _timings(pages: Iterable[DocumentPage], today: date) -> Iterator[Timing]:
    for page in pages:
        found = timing(page, today)
        if found is not None:
            yield found


def _as_edited(pages: Iterable[DocumentPage]) -> Iterator[DocumentPage]:
    """Yield drafts with what their latest version says: Wagtail keeps the row as it was first saved."""
    items = CatalogueItem.objects.in_bulk()
    for page in pages:
        edited: dict[str, Any] = page.latest_revision.content if page.latest_revision else {}
        page.made_on = _day(edited.get("made_on", page.made_on))
        page.attribute = edited.get("attribute", page.attribute)
        page.catalogue_item = items.get(edited.get("catalogue_item", page.catalogue_item_id))
        yield page


def _day(value: date | str | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value
