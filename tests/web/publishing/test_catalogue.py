"""The catalogue: loaded, counted, covered, shown to the public and handed out."""

from __future__ import annotations

import io

import pytest
from county import County
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from gongkai.law.disclosure import standard_catalogue
from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    DisclosureAttribute,
)
from gongkai.web.publishing.models import CatalogueChange, CatalogueItem, DocumentPage
from gongkai.web.publishing.services import catalogue


@pytest.fixture
def items(county: County) -> dict[str, CatalogueItem]:  # noqa: ARG001  the database must be there
    """Load the standard catalogue."""
    catalogue.load_standard()
    return {item.code: item for item in CatalogueItem.objects.all()}


def leaf(nodes: list[catalogue.Node], code: str) -> catalogue.Node | None:
    return next((one for node in nodes for one in node.leaves() if one.item.code == code), None)


def group(nodes: list[catalogue.Node], code: str) -> catalogue.Node | None:
    return next((node for node in nodes if node.item.code == code), None)


def draft(county: County, agency: Agency, title: str, **fields: object) -> DocumentPage:
    page = county.document(agency, title, **fields)
    page.live = False
    page.save(clean=False)
    return page


# ---- loading ----


@pytest.mark.usefixtures("county")
def test_loading_twice_makes_every_item_once_and_writes_one_line_of_history() -> None:
    first, second = catalogue.load_standard(), catalogue.load_standard()
    assert (first.created, second.created, second.updated) == (len(standard_catalogue()), 0, 0)
    assert CatalogueItem.objects.count() == CatalogueChange.objects.count() == len(standard_catalogue())


def test_loading_mends_what_drifted_and_records_it(items: dict[str, CatalogueItem]) -> None:
    CatalogueItem.objects.filter(code="20-04-01").update(title="旧名称")
    assert catalogue.load_standard().updated == 1
    change = items["20-04-01"].changes.first()
    assert (change.before, change.after) == ({"title": "旧名称"}, {"title": "统计公报"})


def test_loading_leaves_what_a_person_changed_unless_told_otherwise(
    items: dict[str, CatalogueItem], superuser: User
) -> None:
    item = items["20-04-01"]
    item.title = "统计公报（含县情）"
    catalogue.save_item(item=item, by=superuser, reason="便于查找")
    assert catalogue.load_standard().kept == 1
    item.refresh_from_db()
    assert item.title == "统计公报（含县情）"
    catalogue.load_standard(overwrite=True)
    item.refresh_from_db()
    assert item.title == "统计公报"


@pytest.mark.usefixtures("county")
def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogue")
    assert f"新增 {len(standard_catalogue())} 项，更新 0 项" in capsys.readouterr().out


def test_saving_without_a_change_writes_no_history(items: dict[str, CatalogueItem], superuser: User) -> None:
    before = CatalogueChange.objects.count()
    assert catalogue.save_item(item=items["20-01"], by=superuser, reason="无") is None
    assert CatalogueChange.objects.count() == before


# ---- tree, items, coverage ----


@pytest.mark.usefixtures("items")
def test_a_township_has_its_own_items_and_not_the_countys(county: County) -> None:
    bureau, township = catalogue.tree(county.bureau), catalogue.tree(county.township)
    assert (group(bureau, "21-02"), group(township, "21-01")) == (None, None)
    assert len(group(bureau, "21-01").children) == 7
    assert len(group(township, "21-02").children) == 8
    assert leaf(bureau, "20-07-01") is None
    assert leaf(catalogue.tree(county.government), "20-07-01") is not None


def test_documents_count_for_their_item_and_those_without_for_the_first_group(
    county: County, items: dict[str, CatalogueItem]
) -> None:
    filed = items["20-01-02"]
    county.document(county.bureau, "归入事项的文件", catalogue_item=filed)
    county.document(county.bureau, "未归入事项的文件")
    county.document(county.bureau, "其他法定事项", article20_item=Article20Item.OTHER)
    nodes = catalogue.tree(county.bureau)
    assert (leaf(nodes, "20-01-02").count, group(nodes, "20-01").count) == (1, 2)
    assert group(nodes, "20-01").own == 1
    assert (group(nodes, "20-15").count, group(nodes, "21-01").count) == (1, 0)
    assert catalogue.filed_under(items["20-01"]).count() == 2
    assert [page.title for page in catalogue.filed_under(filed)] == ["归入事项的文件"]
    assert not catalogue.filed_under(items["20-01"], county.office).exists()


def test_what_is_not_public_does_not_count(county: County, items: dict[str, CatalogueItem]) -> None:
    hidden = {"attribute": DisclosureAttribute.WITHHELD, "withhold_reason": "过程性信息"}
    county.document(county.bureau, "不予公开", catalogue_item=items["20-01-02"], **hidden)
    draft(county, county.bureau, "草稿", catalogue_item=items["20-01-02"])
    assert leaf(catalogue.tree(), "20-01-02").count == 0


@pytest.mark.usefixtures("items")
def test_an_item_of_a_column_without_documents_counts_what_stands_in_the_column(county: County) -> None:
    assert leaf(catalogue.tree(county.bureau), "20-15-01").count == 0
    guide = county.column(county.bureau, ColumnKind.GUIDE)
    guide.body = "<p>公开指南正文。</p>"
    guide.save()
    assert leaf(catalogue.tree(county.bureau), "20-15-01").count == 1
    assert leaf(catalogue.tree(county.office), "20-15-01").count == 0


def test_a_bodys_own_item_binds_nobody_else(county: County, items: dict[str, CatalogueItem]) -> None:
    CatalogueItem.objects.create(
        code="jiaoyu-01", title="学区划分", parent=items["20-11"], agency=county.bureau, article20_item=11
    )
    assert leaf(catalogue.tree(county.bureau), "jiaoyu-01") is not None
    assert leaf(catalogue.tree(county.office), "jiaoyu-01") is None


def test_coverage_names_items_columns_and_documents_that_do_not_meet(
    county: County, items: dict[str, CatalogueItem]
) -> None:
    county.document(county.bureau, "归入事项的文件", catalogue_item=items["20-01-02"])
    loose = county.document(county.bureau, "未归入事项的文件")
    CatalogueItem.objects.filter(column=ColumnKind.RULES).update(is_active=False)
    found = catalogue.coverage(county.bureau)
    empty = {node.item.code for node in found.empty_items}
    assert "20-01-02" not in empty
    assert {"20-01-01", "21-01-01"} <= empty
    assert not empty & {"20-07-01", "21-02-01", "20-15-03"}
    assert [column.kind for column in found.empty_columns] == [ColumnKind.RULES]
    assert list(found.unfiled) == [loose]


# ---- the public pages ----


def test_the_public_tree_counts_and_leads_to_the_item(
    client: Client, county: County, items: dict[str, CatalogueItem]
) -> None:
    county.document(county.bureau, "招生方案", catalogue_item=items["20-11-02"], article20_item=11)
    page = client.get("/mulu/", {"jiguan": county.bureau.slug}).content.decode()
    assert f"/mulu/20-11-02/?jiguan={county.bureau.slug}" in page
    assert "/mulu/21-02-01/" not in page
    item = client.get("/mulu/20-11-02/").content.decode()
    assert "招生方案" in item
    assert "第二十条第（十一）项" in item
    assert "20个工作日" in item


@pytest.mark.usefixtures("items")
def test_an_item_switched_off_or_unknown_is_not_found(client: Client) -> None:
    CatalogueItem.objects.filter(code="20-11-02").update(is_active=False)
    assert client.get("/mulu/20-11-02/").status_code == 404
    assert client.get("/mulu/meiyou/").status_code == 404


@pytest.mark.usefixtures("county")
def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "目录尚未编制" in client.get("/mulu/").content.decode()


@pytest.mark.usefixtures("items")
def test_a_group_shows_its_items_and_a_column_item_its_columns(client: Client, county: County) -> None:
    assert "/mulu/20-05-02/" in client.get("/mulu/20-05/").content.decode()
    guide = client.get("/mulu/20-15-01/").content.decode()
    assert county.column(county.bureau, ColumnKind.GUIDE).url in guide


@pytest.mark.usefixtures("county")
def test_the_catalogue_is_handed_out_as_text_and_workbook(
    client: Client, items: dict[str, CatalogueItem]
) -> None:
    CatalogueItem.objects.filter(code="20-11-02").update(title="=1+1")
    text = client.get("/mulu/mulu.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("事项编码,上级事项,事项名称")
    assert ",'=1+1," in text
    book = load_workbook(io.BytesIO(client.get("/mulu/mulu.xlsx").content))
    rows = {row[0].value: row for row in book.active.iter_rows()}
    assert len(rows) == len(items) + 1
    assert (rows["20-11-02"][2].value, rows["20-11-02"][2].data_type) == ("=1+1", "s")
    assert client.get("/mulu/mulu.pdf").status_code == 404
