"""The portal as the public meets it."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import (
    COLUMN_SLUGS,
    STATUTORY_COLUMNS,
    Article20Item,
    ColumnKind,
    Effectiveness,
)
from gongkai.web.publishing.models import BodyPage, ColumnPage


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def two_reports(agency: object, limit: int) -> list[feeds.Entry]:
    """A feed for the tests, in place of the real one."""
    names = [agency.name] if agency else ["测溪县教育局", "石桥镇人民政府"]
    return [
        feeds.Entry(
            title=f"{name}某年报告", url="/nianbao/", agency_name=name, published_on=date(2025, 1, 20)
        )
        for name in names
    ][:limit]


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the annual reports come from `two_reports`."""
    monkeypatch.setitem(feeds._feeds, ColumnKind.ANNUAL_REPORTS, f"{__name__}.two_reports")


def test_the_front_page_leads_to_every_body(client: Client, county: County) -> None:
    page = _text(client, "/")
    for agency in (county.government, county.office, county.bureau, county.township):
        assert f'href="/{agency.slug}/"' in page
    assert "远山县水利局" not in page


def test_the_front_page_shows_the_newest_documents_first(client: Client, county: County) -> None:
    county.document(county.bureau, "较早的通知", published_on=date(2025, 3, 10))
    county.document(county.township, "较新的公告", published_on=date(2025, 4, 10))
    page = _text(client, "/")
    assert page.index("较新的公告") < page.index("较早的通知")
    assert "已公开 2 件" in page


@pytest.mark.usefixtures("reports")
def test_the_front_page_lists_annual_reports(client: Client, county: County) -> None:
    assert county.portal.live
    assert "石桥镇人民政府某年报告" in _text(client, "/")


def test_an_empty_portal_says_so(client: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_feeds", {})
    for section in BodyPage.objects.all():
        section.unpublish()
    page = _text(client, "/")
    assert county.portal.live
    for sentence in ("尚无已公开的信息。", "尚无已公开的年度报告。", "尚未开设机关专栏。"):
        assert sentence in page


def test_a_section_has_the_five_statutory_columns_in_order(client: Client, county: County) -> None:
    page = _text(client, f"/{county.bureau.slug}/")
    places = [page.index(f'href="/{county.bureau.slug}/{COLUMN_SLUGS[kind]}/"') for kind in STATUTORY_COLUMNS]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", list(ColumnKind))
def test_every_column_opens(client: Client, county: County, kind: ColumnKind) -> None:
    page = _text(client, f"/{county.government.slug}/{COLUMN_SLUGS[kind]}/")
    assert f"<h1>{kind.label}</h1>" in page
    assert 'aria-current="page">' + kind.label in page


@pytest.mark.parametrize("kind", [ColumnKind.GUIDE, ColumnKind.ON_REQUEST])
def test_the_guide_states_where_the_office_is(client: Client, county: County, kind: ColumnKind) -> None:
    county.bureau.phone = "0000-1234567"
    county.bureau.address = "清水路8号"
    county.bureau.save()
    page = _text(client, f"/{county.bureau.slug}/{COLUMN_SLUGS[kind]}/")
    assert "0000-1234567" in page
    assert "清水路8号" in page


@pytest.mark.usefixtures("reports")
def test_the_report_column_lists_the_bodys_own_reports(client: Client, county: County) -> None:
    page = _text(client, f"/{county.bureau.slug}/nianbao/")
    assert "测溪县教育局某年报告" in page
    assert "石桥镇人民政府某年报告" not in page


def test_documents_are_filtered_by_item(client: Client, county: County) -> None:
    county.document(county.bureau, "财政预算", article20_item=Article20Item.BUDGET)
    county.document(county.bureau, "招考公告", article20_item=Article20Item.RECRUITMENT)
    address = f"/{county.bureau.slug}/neirong/"
    assert "招考公告" in _text(client, address)
    filtered = _text(client, f"{address}?shixiang=7")
    assert "财政预算" in filtered
    assert "招考公告" not in filtered


@pytest.mark.parametrize("nonsense", ["shixiang=99", "shixiang=x", "shixiang=-1", "ye=0", "ye=999", "ye=x"])
def test_a_nonsense_query_shows_the_column_all_the_same(
    client: Client, county: County, nonsense: str
) -> None:
    county.document(county.bureau, "财政预算")
    assert "财政预算" in _text(client, f"/{county.bureau.slug}/neirong/?{nonsense}")


def test_a_long_column_comes_in_pages_that_keep_the_filter(client: Client, county: County) -> None:
    for number in range(21):
        county.document(county.bureau, f"第{number}号文件", published_on=date(2025, 5, number + 1))
    address = f"/{county.bureau.slug}/neirong/?shixiang=1"
    first, second = _text(client, address), _text(client, f"{address}&ye=2")
    assert "第20号文件" in first and "第0号文件" not in first
    assert "第0号文件" in second and "第20号文件" not in second
    assert 'href="?shixiang=1&amp;ye=2"' in first


def test_a_document_shows_its_metadata(client: Client, county: County) -> None:
    document = county.document(county.bureau, "供水办法", document_number="测教规〔2025〕1号")
    page = _text(client, document.url)
    for fact in (
        document.index_number,
        "测教规〔2025〕1号",
        "2025-03-03",
        "2025-03-10",
        "第二十条第（一）项",
    ):
        assert fact in page


def test_a_repealed_document_is_marked_wherever_it_appears(client: Client, county: County) -> None:
    document = county.document(
        county.bureau, "旧办法", effectiveness=Effectiveness.REPEALED, repealed_on=date(2025, 4, 1)
    )
    assert "本文件已废止" in _text(client, document.url)
    addresses = ("/", f"/{county.bureau.slug}/", f"/{county.bureau.slug}/neirong/", "/sousuo/?q=旧办法")
    for address in addresses:
        assert '<span class="tag tag-void">废止</span>' in _text(client, address)


@pytest.mark.parametrize("address", ["/meiyou/", "/sousuo/meiyou/", "/wenjian/documents/999/x.pdf"])
def test_what_is_not_there_is_said_in_chinese(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    response = client.get(address)
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_column_of_one_kind_stands_once_in_a_section(county: County) -> None:
    section = BodyPage.objects.get(agency=county.bureau)
    second = ColumnPage(title="又一个指南", slug="zhinan-2", kind=ColumnKind.GUIDE)
    with pytest.raises(ValidationError, match="该机关已有此栏目"):
        section.add_child(instance=second)


def test_large_type_is_a_choice_that_stays(client: Client, county: County) -> None:
    assert county.portal.live
    assert 'class="large"' not in _text(client, "/")
    answer = client.post("/zihao/", {"zihao": "da", "next": "/sousuo/?q=a"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sousuo/?q=a")
    page = _text(client, "/")
    assert 'class="large"' in page
    assert "恢复标准字号" in page
    client.post("/zihao/", {"zihao": "", "next": "/"})
    assert 'class="large"' not in _text(client, "/")


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_the_type_size_leads_nowhere_else(client: Client, county: County, elsewhere: str) -> None:
    assert county.portal.live
    assert client.post("/zihao/", {"zihao": "da", "next": elsewhere}).headers["Location"] == "/"


def test_the_type_size_is_not_changed_by_following_a_link(client: Client) -> None:
    assert client.get("/zihao/").status_code == 405


@pytest.mark.parametrize("address", ["/", "/cexi-jiaoyuju/", "/cexi-jiaoyuju/neirong/", "/sousuo/?q=文件"])
def test_a_page_asks_the_database_no_more_often_when_there_is_more(
    client: Client, county: County, address: str
) -> None:
    asked = []
    for _ in range(2):
        for number in range(5):
            county.document(county.bureau, f"文件{number}")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 20


@pytest.mark.parametrize(
    ("address", "place"),
    [("/", "首页"), ("/sousuo/", "信息检索"), ("/nianbao/", "年度报告"), ("/cexi-jiaoyuju/nianbao/", None)],
)
def test_the_main_navigation_marks_where_the_reader_is(
    client: Client, county: County, address: str, place: str | None
) -> None:
    assert county.portal.live
    page = html.document_fromstring(_text(client, address))
    marked = [link.text_content() for link in page.xpath("//nav[@aria-label='主导航']//a[@aria-current]")]
    assert marked == ([place] if place else [])
