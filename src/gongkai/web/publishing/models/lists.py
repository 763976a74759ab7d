"""Long lists: what takes long to count or find is kept for as long as nothing the public may see changes.

To count a hundred thousand documents takes a database many times as long as to show twenty. So counts, and
the numbers of the pages that stand on a page of a list, are kept under the query that asks for them, under
the day and under the latest marks. Whatever changes what the public may see leaves a mark of its own in the
same transaction, which makes all that was kept before out of date at once. Several marks count: one of a
transaction that takes long may appear after younger ones.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page as WagtailPage
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

PER_PAGE = 20
_LATEST, _MOST_MARKS = 30, 1000
Made = TypeVar("Made")


class PublicChange(models.Model):
    """The mark that a change of what the public may see has left."""

    mark = models.CharField(max_length=16)

    class Meta:
        verbose_name = "公开内容变动"

    def __str__(self) -> str:
        return self.mark


def note_change() -> None:
    """Leave a mark."""
    PublicChange.objects.create(mark=secrets.token_hex(8))
    if _reading.known is not None:
        _reading.known.clear()


def forget_old_marks() -> None:
    """Keep the latest thousand."""
    last = PublicChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    PublicChange.objects.filter(pk__lte=last - _MOST_MARKS).delete()


class _Reading(threading.local):
    known: dict[str, Any] | None = None


_reading = _Reading()


@contextmanager
def one_reading() -> Iterator[None]:
    """Ask for the marks and restrictions once only, for one page."""
    _reading.known = {}
    try:
        yield
    finally:
        _reading.known = None


def _once(name: str, read: Callable[[], Made]) -> Made:
    known = {} if _reading.known is None else _reading.known
    if name not in known:
        known[name] = read()
    return known[name]


def _marks() -> str:
    marks = PublicChange.objects.order_by("-pk").values_list("mark", flat=True)[:_LATEST]
    return " ".join(marks)


def kept(key: str, make: Callable[[], Made], cache: str = "lists") -> Made:
    """Return what `make` makes of what the public may see today; made once until that changes."""
    words = f"{key} {timezone.localdate()} {_once('marks', _marks)}"
    name = hashlib.sha256(words.encode()).hexdigest()
    found = caches[cache].get(name)
    if found is None:
        found = make()
        caches[cache].set(name, found)
    return found


def key_of(pages: QuerySet[Any]) -> str:
    """Return what tells a query from every other."""
    try:
        sql, parameters = pages.query.sql_with_params()
    except EmptyResultSet:
        return ""
    return f"{sql} {parameters}"


def count_of(pages: QuerySet[Any]) -> int:
    """Return how many pages there are."""
    return kept(f"count {key_of(pages.order_by().values('pk'))}", pages.count)


def part_of(pages: QuerySet[Any], begin: int, end: int, count: int | None = None) -> list[Any]:
    """Return the pages from one place to another of an ordered query; of `count`, if that is known.

    Only those shown are read whole. What stands in the second half is looked for from the end.
    """

    def numbers() -> list[int]:
        if count is None or begin <= count // 2:
            return list(pages.values_list("pk", flat=True)[begin:end])
        from_end = pages.reverse().values_list("pk", flat=True)
        return list(from_end[max(count - end, 0) : max(count - begin, 0)])[::-1]

    found = kept(f"{begin}-{end} {key_of(pages)}", numbers) if count != 0 else []
    known = pages.order_by().in_bulk(found)
    return [known[number] for number in found if number in known]


class KeptPaginator(Paginator):
    """Pages of a long list, whose count may be known already."""

    def __init__(self, pages: QuerySet[Any], *, count: int | None = None) -> None:
        super().__init__(pages, PER_PAGE)
        self._known = count

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return count_of(self.object_list) if self._known is None else self._known

    def page(self, number: int | str) -> Page[Any]:
        """Return one page."""
        number = self.validate_number(number)
        begin = (number - 1) * PER_PAGE
        found = part_of(self.object_list, begin, begin + PER_PAGE, self.count)
        return self._get_page(found, number, self)


class PublicQuerySet(PageQuerySet):
    """Pages, with Wagtail's question of what is restricted asked so that a database need not read them all.

    Joined to an empty table of restrictions, SQLite looks each of the pages up in it.
    """

    def private_q(self) -> Q:
        """Return the condition of standing under a restricted page, or being one."""
        condition = Q(pk__in=[])
        for page in _once("restricted", _restricted):
            condition |= self.descendant_of_q(page, inclusive=True)
        return condition


def _restricted() -> list[WagtailPage]:
    numbers = list(PageViewRestriction.objects.values_list("page_id", flat=True))
    return list(WagtailPage.objects.filter(pk__in=numbers)) if numbers else []
