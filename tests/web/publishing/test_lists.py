"""Long lists: what is kept of them holds until something the public may see changes, and no longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from gongkai.web.agencies.models import User
from gongkai.web.config import upkeep
from gongkai.web.publishing.choices import ColumnKind, Effectiveness, ValidityAct
from gongkai.web.publishing.models import (
    DocumentPage,
    InterpretationPage,
    KeptPaginator,
    PublicChange,
    SearchEntry,
    lists,
)
from gongkai.web.publishing.services.facets import listed
from gongkai.web.publishing.services.validity import change_validity

Change = Callable[[County, DocumentPage], object]
CHANGES: dict[str, Change] = {
    "published": lambda county, _: county.document(county.bureau, "新办法"),
    "changed": lambda _, page: page.save(),
    "unpublished": lambda _, page: page.unpublish(),
    "deleted": lambda _, page: page.delete(),
    "moved": lambda county, page: page.move(county.column(county.bureau, ColumnKind.RULES), "last-child"),
    "restricted": lambda _, page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
    "repealed": lambda _, page: change_validity(
        document=page, act=ValidityAct.REPEALED, on=date(2025, 7, 1), by=None
    ),
    "renamed body": lambda county, _: county.bureau.save(),
    "new column": lambda county, _: county.column(county.bureau, ColumnKind.GUIDE).save(),
}


@pytest.fixture(autouse=True)
def empty() -> None:
    """Begin with nothing kept."""
    for cache in ("lists", "answers"):
        caches[cache].clear()


@pytest.fixture
def document(county: County) -> DocumentPage:
    """A public document in force."""
    return county.document(county.bureau, "旧办法", effectiveness=Effectiveness.IN_FORCE)


def _asked(action: Callable[[], object]) -> str:
    with CaptureQueriesContext(connection) as queries:
        action()
    return "\n".join(query["sql"] for query in queries)


@pytest.mark.usefixtures("document")
def test_what_was_counted_is_not_counted_again() -> None:
    first, again = (_asked(lambda: lists.count_of(DocumentPage.objects.disclosed())) for _ in range(2))
    assert "COUNT(" in first
    assert "COUNT(" not in again


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_what_the_public_may_see_leaves_a_mark(
    county: County, document: DocumentPage, change: str
) -> None:
    made: list[int] = []
    for _ in range(2):
        lists.kept("anything", lambda: made.append(1) or made)
    assert len(made) == 1
    CHANGES[change](county, DocumentPage.objects.get(pk=document.pk))
    lists.kept("anything", lambda: made.append(1) or made)
    assert len(made) == 2


def test_a_draft_leaves_none(county: County) -> None:
    marks = PublicChange.objects.count()
    draft = county.document(county.bureau, "草稿", live=False)
    draft.save_revision()
    draft.save()
    draft.delete()
    assert PublicChange.objects.count() == marks


def test_what_was_kept_is_gone_the_next_day(monkeypatch: pytest.MonkeyPatch, county: County) -> None:
    assert county.portal.live
    days = iter((date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 1)))
    monkeypatch.setattr(lists.timezone, "localdate", lambda: next(days))
    assert [lists.kept("day", lambda value=value: value) for value in (1, 2, 3)] == [1, 2, 2]


def test_a_mark_that_comes_late_counts(county: County) -> None:
    assert county.portal.live
    lists.note_change()
    late = PublicChange.objects.latest("pk")
    PublicChange.objects.filter(pk=late.pk).delete()
    lists.note_change()
    assert lists.kept("late", lambda: 1) == 1
    late.save(force_insert=True)
    assert lists.kept("late", lambda: 2) == 2


def test_old_marks_are_forgotten(monkeypatch: pytest.MonkeyPatch, county: County) -> None:
    assert county.portal.live
    monkeypatch.setattr(lists, "_MOST_MARKS", 2)
    for _ in range(4):
        lists.note_change()
    newest = list(PublicChange.objects.order_by("-pk").values_list("pk", flat=True)[:2])
    lists.forget_old_marks()
    assert list(PublicChange.objects.order_by("-pk").values_list("pk", flat=True)) == newest


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize("is_logged_in", [False, True])
def test_a_page_asks_for_marks_and_restrictions_once(
    client: Client, superuser: User, is_logged_in: bool
) -> None:
    if is_logged_in:
        client.force_login(superuser)
    asked = _asked(lambda: client.get("/"))
    assert asked.count('FROM "publishing_publicchange"') == 1
    assert asked.count('FROM "wagtailcore_pageviewrestriction"') == 2  # once by Wagtail itself


def test_within_a_page_a_change_is_seen(document: DocumentPage) -> None:
    pages = DocumentPage.objects.disclosed
    with lists.one_reading():
        before = lists.count_of(pages())
        document.unpublish()
        assert lists.count_of(pages()) == before - 1


@pytest.mark.usefixtures("county")
def test_what_is_restricted_is_not_public(county: County, document: DocumentPage) -> None:
    column = county.column(county.bureau, ColumnKind.CONTENT)
    other = county.document(county.office, "别的")
    PageViewRestriction.objects.create(page=column, restriction_type="login")
    assert not DocumentPage.objects.disclosed().filter(pk=document.pk).exists()
    assert DocumentPage.objects.disclosed().filter(pk=other.pk).exists()
    assert list(DocumentPage.objects.private()) == [document]
    assert not InterpretationPage.objects.private().exists()


@pytest.mark.parametrize("total", [0, 1, 19, 20, 21, 45])
def test_every_page_of_a_list_has_its_own(county: County, total: int) -> None:
    for number in range(total):
        county.document(county.bureau, f"办法{number}", published_on=date(2025, 6, 1 + number % 3))
    found = DocumentPage.objects.disclosed().filter(agency=county.bureau).order_by("-published_on", "-pk")
    pages = KeptPaginator(found)
    shown = [page.pk for number in pages.page_range for page in pages.page(number)]
    assert shown == list(found.values_list("pk", flat=True))
    assert pages.count == len(shown) == total
    assert [page.pk for page in KeptPaginator(found).get_page(10**6)] == shown[total - (total % 20 or 20) :]


def test_what_is_gone_is_left_out_of_what_is_kept(county: County, document: DocumentPage) -> None:
    found = DocumentPage.objects.disclosed().filter(agency=county.bureau).order_by("pk")
    assert lists.part_of(found, 0, 5) == [document]
    DocumentPage.objects.filter(pk=document.pk).update(live=False)
    assert lists.part_of(found, 0, 5) == []


@pytest.mark.usefixtures("document")
def test_lists_are_read_without_their_long_texts() -> None:
    asked = _asked(lambda: list(DocumentPage.objects.disclosed().listed()))
    assert "plain_text" not in asked and '"published_on"' in asked


_VALUES = st.sampled_from(["", "甲", "乙", "丙"])
_ROWS = st.lists(st.tuples(_VALUES, _VALUES, _VALUES), max_size=30)
_NAMES = ("机关", "年度", "主题")


@given(rows=_ROWS, wanted=st.dictionaries(st.sampled_from(_NAMES), _VALUES | st.just("无")))
def test_what_filters_leave_is_counted_right(
    rows: list[tuple[str, str, str]], wanted: dict[str, str]
) -> None:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    counts, numbers = listed(range(100, 100 + len(rows)), dict(zip(_NAMES, columns, strict=True))).narrowed(
        wanted
    )

    def fits(row: tuple[str, str, str], names: set[str]) -> bool:
        return all(row[_NAMES.index(name)] == wanted[name] for name in names)

    assert list(numbers) == [100 + at for at, row in enumerate(rows) if fits(row, set(wanted))]
    for at, name in enumerate(_NAMES):
        assert counts[name] == Counter(row[at] for row in rows if fits(row, set(wanted) - {name}))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds out by itself")
@pytest.mark.django_db
def test_sqlite_is_told_how_large_its_tables_are() -> None:
    upkeep.refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [SearchEntry._meta.db_table])
        assert cursor.fetchone()[0]
