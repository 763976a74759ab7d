"""The publication clock: due from the day of making, late, waiting, to be withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from county import County
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import (
    Article20Item,
    DisclosureAttribute,
    Effectiveness,
    ValidityAct,
)
from gongkai.web.publishing.models import CatalogueItem, DocumentPage
from gongkai.web.publishing.services import catalogue, timeliness
from gongkai.web.publishing.services.importing import ACTION as IMPORTED
from gongkai.web.publishing.services.validity import change_validity

EVERY = Agency.objects.all


@pytest.fixture
def items(county: County) -> dict[str, CatalogueItem]:  # noqa: ARG001  the database must be there
    """Load the standard catalogue."""
    catalogue.load_standard()
    return {item.code: item for item in CatalogueItem.objects.all()}


def draft(county: County, agency: Agency, title: str, **fields: object) -> DocumentPage:
    page = county.document(agency, title, **fields)
    page.live = False
    page.save(clean=False)
    return page


@pytest.mark.parametrize(
    ("code", "due"),
    [(None, date(2024, 10, 28)), ("20-01-02", date(2024, 10, 28)), ("20-05-02", date(2024, 10, 10))],
)
def test_publication_is_due_from_the_day_a_document_was_made_and_the_shorter_limit_wins(
    county: County, items: dict[str, CatalogueItem], code: str | None, due: date
) -> None:
    page = county.document(
        county.bureau,
        "成文在国庆前的文件",
        made_on=date(2024, 9, 25),
        published_on=date(2024, 10, 28),
        catalogue_item=items.get(code),
    )
    clock = timeliness.timing(page, date(2024, 12, 2))
    assert (clock.due.on, clock.due.provisional) == (due, False)
    assert clock.is_late == (due < date(2024, 10, 28))


def test_a_penalty_overturned_before_the_holiday_is_withdrawn_before_it(
    county: County, items: dict[str, CatalogueItem]
) -> None:
    page = county.document(
        county.bureau,
        "行政处罚决定",
        made_on=date(2025, 3, 3),
        article20_item=Article20Item.PENALTIES,
        catalogue_item=items["20-06-02"],
        effectiveness=Effectiveness.IN_FORCE,
    )
    today = date(2025, 9, 29)
    assert timeliness.to_withdraw(EVERY(), today) == []
    change_validity(document=page, act=ValidityAct.REPEALED, on=date(2025, 9, 26), by=None)
    (found,) = timeliness.to_withdraw(EVERY(), today)
    assert (found.page, found.due.on, found.words) == (page, date(2025, 9, 30), "还剩1个工作日")
    assert timeliness.to_withdraw(EVERY(), date(2025, 10, 9))[0].words == "已超期1个工作日"
    page.refresh_from_db()
    page.live = False
    page.save(clean=False)
    assert timeliness.to_withdraw(EVERY(), today) == []


def test_what_penalties_rest_on_is_not_withdrawn_when_repealed(
    county: County, items: dict[str, CatalogueItem]
) -> None:
    county.document(
        county.bureau,
        "行政处罚事项清单",
        article20_item=Article20Item.PENALTIES,
        catalogue_item=items["20-06-01"],
        effectiveness=Effectiveness.REPEALED,
        repealed_on=date(2025, 9, 26),
    )
    assert timeliness.to_withdraw(EVERY(), date(2025, 9, 29)) == []


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2025, 3, 27), "还剩2个工作日", False),
        (date(2025, 3, 31), "今天到期", False),
        (date(2025, 4, 1), "已超期1个工作日", True),
    ],
)
def test_days_left_are_told_in_words(county: County, today: date, words: str, is_late: bool) -> None:
    page = draft(county, county.bureau, "草稿", made_on=date(2025, 3, 3))
    clock = timeliness.timing(page, today)
    assert (clock.words, clock.is_late) == (words, is_late)


def test_a_day_over_that_is_no_working_day_is_late_all_the_same(county: County) -> None:
    fields = {"made_on": date(2025, 2, 28), "published_on": date(2025, 3, 29)}
    page = county.document(county.bureau, "周六发布", **fields)
    assert timeliness.timing(page, date(2025, 4, 1)).words == "超期，不足1个工作日"


def test_a_due_day_in_a_year_without_notice_is_provisional(county: County) -> None:
    page = draft(county, county.bureau, "草稿", made_on=date(2031, 3, 3), published_on=date(2031, 3, 3))
    clock = timeliness.timing(page, date(2031, 3, 4))
    assert clock.due.provisional
    assert "暂定" in timeliness.sentence(clock)


def test_drafts_wait_by_due_day_as_last_edited(county: County, items: dict[str, CatalogueItem]) -> None:
    slow = draft(county, county.bureau, "一般文件", made_on=date(2025, 3, 3))
    quick = draft(county, county.bureau, "许可结果", made_on=date(2025, 3, 3))
    quick.catalogue_item = items["20-05-02"]
    quick.save_revision(clean=False)
    closed = draft(county, county.bureau, "改为不公开", made_on=date(2025, 3, 3))
    closed.attribute = DisclosureAttribute.WITHHELD
    closed.save_revision(clean=False)
    county.document(county.bureau, "已经公开")
    found = timeliness.waiting(EVERY(), date(2025, 3, 5))
    assert [(one.page.pk, one.limit) for one in found] == [(quick.pk, 7), (slow.pk, 20)]


def test_late_publications_are_counted_per_body_and_year(county: County) -> None:
    late = county.document(county.bureau, "迟", made_on=date(2025, 3, 3), published_on=date(2025, 4, 1))
    county.document(county.bureau, "按时", made_on=date(2025, 3, 3), published_on=date(2025, 3, 31))
    county.document(county.office, "别的机关", made_on=date(2025, 3, 3), published_on=date(2025, 4, 2))
    own = Agency.objects.filter(pk=county.bureau.pk)
    found = timeliness.published(own, 2025, date(2025, 5, 1))
    assert [one.page for one in found if one.is_late] == [late]
    assert len(found) == 2
    assert timeliness.published(own, 2024, date(2025, 5, 1)) == []


# The day a document was first public


def published_through_review(page: DocumentPage) -> DocumentPage:
    """Publish the page's latest version as a completed review does."""
    (page.get_latest_revision() or page.save_revision()).publish()
    return DocumentPage.objects.get(pk=page.pk)


def test_the_clock_believes_the_site_and_not_the_typed_date(county: County) -> None:
    today = timezone.localdate()
    page = draft(county, county.bureau, "倒填日期", made_on=date(2025, 3, 3), published_on=date(2025, 3, 10))
    page = published_through_review(page)
    assert (page.first_public_on, page.published_on) == (today, date(2025, 3, 10))
    clock = timeliness.timing(page, today)
    assert clock.done_on == today and clock.is_late and clock.is_backdated
    assert "2025年3月10日早于首次公开日期" in timeliness.sentence(clock)
    own = Agency.objects.filter(pk=county.bureau.pk)
    assert [one.page for one in timeliness.published(own, today.year, today)] == [page]
    assert timeliness.published(own, 2025, today) == []
    assert timeliness.years(own, today) == [today.year]


def test_the_first_day_stays_whatever_is_published_later(county: County) -> None:
    page = published_through_review(draft(county, county.bureau, "旧稿", made_on=date(2025, 3, 3)))
    DocumentPage.objects.filter(pk=page.pk).update(first_public_on=date(2025, 3, 20))
    page.refresh_from_db()
    first = page.get_latest_revision()
    page.title = "改过的"
    page.save_revision().publish()
    assert DocumentPage.objects.get(pk=page.pk).first_public_on == date(2025, 3, 20)
    first.publish()
    page = DocumentPage.objects.get(pk=page.pk)
    assert (page.title, page.first_public_on) == ("旧稿", date(2025, 3, 20))
    page.unpublish()
    page.get_latest_revision().publish()
    assert DocumentPage.objects.get(pk=page.pk).first_public_on == date(2025, 3, 20)
    copied = DocumentPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "fuben"})
    assert copied.first_public_on == timezone.localdate()


def test_nobody_can_type_the_first_day(county: County) -> None:
    form = DocumentPage.get_edit_handler().get_form_class()
    assert "first_public_on" not in form.base_fields and "published_on" in form.base_fields
    assert county.portal.live


def test_a_date_left_as_the_draft_proposed_it_becomes_the_day_of_publication(county: County) -> None:
    today = timezone.localdate()
    drafted = today - timedelta(days=9)
    page = draft(county, county.bureau, "照填", made_on=drafted, published_on=drafted)
    page.save_revision()
    page.revisions.update(created_at=timezone.now() - timedelta(days=9))
    page = published_through_review(page)
    assert (page.first_public_on, page.published_on) == (today, today)
    assert page.get_latest_revision_as_object().published_on == today
    assert not timeliness.timing(page, today).is_backdated


def test_what_was_imported_keeps_the_date_it_came_with(county: County) -> None:
    page = draft(county, county.bureau, "旧站文件", made_on=date(2025, 3, 3), published_on=date(2025, 3, 10))
    page.save_revision()
    log(page, IMPORTED, data={"source": "a.html"})
    page = published_through_review(page)
    clock = timeliness.timing(page, date(2025, 5, 1))
    assert (page.first_public_on, clock.done_on) == (None, date(2025, 3, 10))
    assert clock.is_imported and not clock.is_late and not clock.is_backdated
    assert "在旧站发布" in timeliness.sentence(clock)


def test_the_desk_names_what_is_backdated(county: County, client_of: Callable[..., Client]) -> None:
    page = draft(county, county.bureau, "倒填日期", made_on=date(2025, 3, 3), published_on=date(2025, 3, 10))
    county.document(county.bureau, "旧站迟发", made_on=date(2025, 3, 3), published_on=date(2025, 4, 10))
    page = published_through_review(page)
    desk = client_of(Role.SUPERVISOR, county.office)
    text = desk.get("/admin/mulu/shixian/").content.decode()
    assert f"{page.first_public_on.year}年发布日期早于首次公开日期 1" in text and "应当核实并更正" in text
    text = desk.get("/admin/mulu/shixian/?niandu=2025").content.decode()
    assert "早于首次公开日期 0" in text and "旧站发布日期" in text
