"""The catalogue in the back office: changes, their history, their owners; and a document's edit view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import (
    Article20Item,
)
from gongkai.web.publishing.models import CatalogueItem, DocumentPage
from gongkai.web.publishing.services import catalogue


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


def filled(item: CatalogueItem, **changes: object) -> dict[str, object]:
    names = ("code", "title", "content", "article20_item", "column", "legal_basis", "time_limit", "position")
    values = {name: getattr(item, name) for name in names}
    return (
        values
        | {
            "parent": item.parent_id or "",
            "agency": item.agency_id or "",
            "is_active": "on",
            "reason": "调整",
        }
        | changes
    )


def test_the_supervisor_changes_an_item_and_the_change_is_recorded(
    client_of: Callable[..., Client], items: dict[str, CatalogueItem]
) -> None:
    client, item = client_of(Role.SUPERVISOR), items["20-08-01"]
    url = reverse("catalogue:edit", args=[item.pk])
    assert client.post(url, filled(item, time_limit=10, reason="从严")).status_code == 302
    change = item.changes.first()
    assert (change.before, change.after, change.reason) == ({"time_limit": 20}, {"time_limit": 10}, "从严")
    assert change.by is not None
    history = client.get(reverse("catalogue:history", args=[item.pk])).content.decode()
    assert "公开时限（工作日）" in history
    assert "从严" in history


def test_a_change_without_reason_is_refused(
    client_of: Callable[..., Client], items: dict[str, CatalogueItem]
) -> None:
    item = items["20-08-01"]
    url = reverse("catalogue:edit", args=[item.pk])
    answer = client_of(Role.SUPERVISOR).post(url, filled(item, time_limit=10, reason=""))
    assert answer.status_code == 200
    item.refresh_from_db()
    assert item.time_limit == 20


def test_an_approver_adds_items_for_the_own_body_only(
    county: County, client_of: Callable[..., Client], items: dict[str, CatalogueItem]
) -> None:
    client = client_of(Role.APPROVER, county.bureau)
    own = filled(items["20-11-02"], code="jiaoyu-01", title="学区划分", agency=county.bureau.pk)
    assert client.post(reverse("catalogue:add"), own).status_code == 302
    assert CatalogueItem.objects.get(code="jiaoyu-01").agency == county.bureau
    for agency in ("", county.office.pk):
        client.post(reverse("catalogue:add"), own | {"code": "jiaoyu-02", "agency": agency})
    assert not CatalogueItem.objects.filter(code="jiaoyu-02").exists()
    shared = reverse("catalogue:edit", args=[items["20-08-01"].pk])
    client.post(shared, filled(items["20-08-01"], time_limit=10, agency=county.bureau.pk))
    items["20-08-01"].refresh_from_db()
    assert items["20-08-01"].time_limit == 20


def test_a_clerk_looks_but_does_not_change(
    county: County, client_of: Callable[..., Client], items: dict[str, CatalogueItem]
) -> None:
    client = client_of(Role.CLERK, county.bureau)
    shown = client.get(reverse("catalogue:index")).content.decode()
    assert "20-08-01" in shown
    assert reverse("catalogue:edit", args=[items["20-08-01"].pk]) not in shown
    client.post(reverse("catalogue:edit", args=[items["20-08-01"].pk]), filled(items["20-08-01"], title="改"))
    items["20-08-01"].refresh_from_db()
    assert items["20-08-01"].title != "改"


def test_nobody_deletes_an_item(client: Client, superuser: User, items: dict[str, CatalogueItem]) -> None:
    client.force_login(superuser)
    client.post(reverse("catalogue:delete", args=[items["20-08-01"].pk]))
    assert CatalogueItem.objects.filter(code="20-08-01").exists()


def test_a_group_in_use_is_not_switched_off(
    client: Client, superuser: User, items: dict[str, CatalogueItem]
) -> None:
    client.force_login(superuser)
    url = reverse("catalogue:edit", args=[items["20-08"].pk])
    form = filled(items["20-08"])
    del form["is_active"]
    assert "请先停用其下级事项" in client.post(url, form).content.decode()
    only = reverse("catalogue:edit", args=[items["20-08-01"].pk])
    leaf_form = filled(items["20-08-01"])
    del leaf_form["is_active"]
    assert client.post(only, leaf_form).status_code == 302
    items["20-08-01"].refresh_from_db()
    assert not items["20-08-01"].is_active


@pytest.mark.usefixtures("items")
def test_staff_see_coverage_and_clock_of_their_own_bodies_only(
    county: County, client_of: Callable[..., Client]
) -> None:
    draft(county, county.bureau, "教育局的草稿")
    draft(county, county.office, "政府办的草稿")
    client = client_of(Role.CLERK, county.bureau)
    asked = {"jiguan": county.office.slug}
    assert county.bureau.name in client.get(reverse("catalogue_desk:coverage"), asked).content.decode()
    clock = client.get(reverse("catalogue_desk:clock"), asked).content.decode()
    assert "教育局的草稿" in clock
    assert "政府办的草稿" not in clock
    above = client_of(Role.SUPERVISOR).get(reverse("catalogue_desk:clock")).content.decode()
    assert "教育局的草稿" in above
    assert "政府办的草稿" in above


@pytest.mark.usefixtures("county")
def test_the_pages_of_the_desk_are_closed_to_the_public(client: Client) -> None:
    for name in ("catalogue_desk:coverage", "catalogue_desk:clock", "catalogue:index"):
        assert client.get(reverse(name)).status_code == 302


# ---- editing a document ----


def edited(page: DocumentPage, **changes: object) -> dict[str, object]:
    values = {
        "title": page.title,
        "slug": page.slug,
        "made_on": "2025-03-03",
        "published_on": "2025-03-10",
        "article20_item": "",
        "attribute": page.attribute,
        "effectiveness": page.effectiveness,
        "scope": page.scope,
        "term": page.term,
        "body-count": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
    }
    return values | changes


def test_choosing_a_catalogue_item_sets_the_item_of_article_20(
    client: Client, county: County, superuser: User, items: dict[str, CatalogueItem]
) -> None:
    client.force_login(superuser)
    page = county.document(county.bureau, "招生方案")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(url, edited(page, catalogue_item=items["20-11-02"].pk)).status_code == 302
    latest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (latest.article20_item, latest.catalogue_item.code) == (Article20Item.LIVELIHOOD, "20-11-02")


def test_a_document_with_neither_item_is_refused(client: Client, county: County, superuser: User) -> None:
    client.force_login(superuser)
    page = county.document(county.bureau, "招生方案")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, edited(page) | {"action-submit": "1"})
    assert "请选择目录事项，或者法定公开事项。" in answer.content.decode()


@pytest.mark.usefixtures("items")
def test_the_edit_view_offers_the_bodys_items_by_group(
    client: Client, county: County, superuser: User
) -> None:
    CatalogueItem.objects.create(
        code="bangong-01", title="政府办专有事项", agency=county.office, article20_item=15
    )
    client.force_login(superuser)
    page = county.document(county.bureau, "招生方案")
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<optgroup label="行政处罚和行政强制">' in shown
    assert "政府办专有事项" not in shown


def test_the_edit_view_tells_the_clock_of_a_draft_and_doubts_the_column(
    client: Client, county: County, superuser: User, items: dict[str, CatalogueItem]
) -> None:
    client.force_login(superuser)
    page = draft(
        county,
        county.bureau,
        "办法",
        made_on=date(2024, 9, 25),
        published_on=date(2024, 9, 30),
        catalogue_item=items["20-01-02"],
    )
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "最迟应当于2024年10月28日公开" in shown
    assert "应当公开在“政策文件”，本信息在“法定主动公开内容”" in shown


def test_the_edit_view_is_silent_on_a_document_published_in_time(
    client: Client, county: County, superuser: User
) -> None:
    client.force_login(superuser)
    page = county.document(county.bureau, "按时公开的文件")
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "最迟应当于" not in shown
