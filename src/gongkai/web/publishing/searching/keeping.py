"""Keeping entries and tokens in step with what the public may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from django.db import connection, transaction
from wagtail.models import Page

from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models.lists import forget_old_marks, note_change
from gongkai.web.publishing.models.searching import SearchEntry
from gongkai.web.publishing.searching.backends import backend
from gongkai.web.publishing.searching.entries import FED, entries_of, fed_entries, fields_of

BATCH = 500
Key = TypeVar("Key")
_FIELDS = [field for field in SearchEntry._meta.concrete_fields if field.name not in {"id", "page"}]


@transaction.atomic
def refresh(pages: Collection[int]) -> None:
    """Bring the entries of pages up to date, whatever happened to them; tokens only where words changed."""
    known = {entry.page_id: entry for entry in SearchEntry.objects.filter(page__in=pages)}
    _keep(known, {entry.page_id: entry for entry in entries_of(pages)})
    if known or Page.objects.filter(pk__in=pages, live=True).exists():
        note_change()


@transaction.atomic
def refresh_fed(column: ColumnKind) -> None:
    """Bring the entries that another app feeds into a column up to date."""
    known = {entry.url: entry for entry in SearchEntry.objects.filter(page=None, column=column)}
    _keep(known, {entry.url: entry for entry in fed_entries(column)})
    note_change()


def refresh_all() -> Iterator[tuple[int, int]]:
    """Bring everything up to date, a transaction a batch; yield how many pages are done, and of how many."""
    pages = list(Page.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(pages), BATCH):
        refresh(pages[begin : begin + BATCH])
        yield min(begin + BATCH, len(pages)), len(pages)
    for column in FED:
        refresh_fed(column)
    forget_old_marks()


@transaction.atomic
def clear() -> None:
    """Forget everything: entries, and tokens however they were cut."""
    note_change()
    backend().clear()
    SearchEntry.objects.all()._raw_delete(connection.alias)


def refresh_below(page: Page) -> None:
    """Bring the entries of a page and everything under it up to date."""
    pages = list(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
    for begin in range(0, len(pages), BATCH):
        refresh(pages[begin : begin + BATCH])


def forget(entry: SearchEntry) -> None:
    """Take out the tokens of an entry that is being deleted."""
    note_change()
    backend().remove([(entry.pk, fields_of(entry))])


def _keep(known: dict[Key, SearchEntry], wanted: dict[Key, SearchEntry]) -> None:
    gone = [entry.pk for key, entry in known.items() if key not in wanted]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    kept = [(known[key], entry) for key, entry in wanted.items() if key in known]
    for old, new in kept:
        new.pk = old.pk
    changed = [new for old, new in kept if _values(old) != _values(new)]
    if changed:
        SearchEntry.objects.bulk_update(changed, [field.name for field in _FIELDS], batch_size=50)
    _write(
        [(old, new) for old, new in kept if fields_of(old) != fields_of(new)],
        SearchEntry.objects.bulk_create([entry for key, entry in wanted.items() if key not in known]),
    )


def _write(reworded: Sequence[tuple[SearchEntry, SearchEntry]], added: Sequence[SearchEntry]) -> None:
    if reworded:
        backend().remove([(old.pk, fields_of(old)) for old, _ in reworded])
    written = [*(new for _, new in reworded), *added]
    if written:
        backend().write([(entry.pk, fields_of(entry)) for entry in written])


def _values(entry: SearchEntry) -> list[object]:
    return [getattr(entry, field.attname) for field in _FIELDS]
