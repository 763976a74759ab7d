"""The interface for programs: the same results as the pages, in slices that stay put, in plain refusals."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from county import County
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from gongkai.web.publishing import feeds
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    DisclosureAttribute,
    Effectiveness,
    Topic,
    ValidityAct,
)
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services.validity import change_validity

API = "/api/v1/"


def _answer(client: Client, address: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(API + address, parameters)
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return response.json()


def _titles(client: Client, **parameters: Any) -> list[str]:
    return [item["title"] for item in _answer(client, "documents", **parameters)["items"]]


def _walk(client: Client, address: str, **parameters: Any) -> list[dict[str, Any]]:
    """Read slice after slice to the end."""
    items, cursor = [], ""
    while True:
        answer = _answer(client, address, cursor=cursor, **parameters)
        items += answer["items"]
        cursor = answer["next"]
        if not cursor:
            return items


def _withheld(county: County, **fields: object) -> DocumentPage:
    reason = {"attribute": DisclosureAttribute.WITHHELD, "withhold_reason": "内部事务信息"}
    return county.document(county.bureau, "内部供水安排", **(reason | fields))


@pytest.fixture
def library(county: County) -> County:
    """Three public documents of two bodies, one repealed, one lapsed; a draft and one withheld."""
    county.document(
        county.bureau, "供水办法", published_on=date(2025, 6, 1), topic=Topic.EDUCATION, keywords="水质 检测"
    )
    county.document(
        county.township,
        "农村供水细则",
        published_on=date(2025, 5, 1),
        effectiveness=Effectiveness.REPEALED,
        repealed_on=date(2025, 9, 1),
    )
    county.document(
        county.township,
        "供水应急办法",
        made_on=date(2020, 1, 1),
        published_on=date(2020, 1, 2),
        effectiveness=Effectiveness.IN_FORCE,
        valid_until=date(2024, 12, 31),
    )
    county.document(county.bureau, "未公开的供水草稿", live=False)
    _withheld(county)
    return county


@pytest.mark.usefixtures("library")
def test_documents_come_newest_first_and_only_the_disclosed(client: Client) -> None:
    assert _titles(client) == ["供水办法", "农村供水细则", "供水应急办法"]
    assert _answer(client, "documents")["count"] == 3


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"body": "cexi-shiqiao"}, ["农村供水细则", "供水应急办法"]),
        ({"year": 2020}, ["供水应急办法"]),
        ({"topic": "education"}, ["供水办法"]),
        ({"validity": "repealed"}, ["农村供水细则"]),
        ({"validity": "lapsed"}, ["供水应急办法"]),
        ({"validity": "in_force"}, []),
        ({"validity": "not_applicable"}, ["供水办法"]),
        ({"column": "content"}, ["供水办法", "农村供水细则", "供水应急办法"]),
        ({"column": "policies"}, []),
        ({"q": "应急"}, ["供水应急办法"]),
        ({"q": "供水", "body": "cexi-jiaoyuju"}, ["供水办法"]),
        ({"q": "供水", "validity": "lapsed", "year": 2020}, ["供水应急办法"]),
        ({"q": "没有这样的词语"}, []),
        ({"q": ""}, ["供水办法", "农村供水细则", "供水应急办法"]),
    ],
)
@pytest.mark.usefixtures("library")
def test_conditions_narrow_the_documents(
    client: Client, parameters: dict[str, Any], titles: list[str]
) -> None:
    assert _titles(client, **parameters) == titles


@pytest.mark.usefixtures("library")
def test_words_find_the_same_in_the_same_order_as_the_search_page(client: Client) -> None:
    page = html.document_fromstring(client.get("/sousuo/?q=供水&leixing=document").content.decode())
    shown = page.xpath("//section[@aria-labelledby='hits']//li/a/@href")
    items = _answer(client, "documents", q="供水")["items"]
    assert [item["url"] for item in items] == [f"http://testserver{address}" for address in shown]
    assert len(shown) == 3


@pytest.mark.usefixtures("library")
def test_a_document_says_everything_its_page_says(client: Client, county: County) -> None:
    through = county.document(county.bureau, "新供水办法", published_on=date(2025, 7, 1))
    page = county.document(
        county.bureau,
        "旧供水办法",
        document_number="测教规〔2025〕1号",
        effectiveness=Effectiveness.IN_FORCE,
        keywords="水质 检测",
        body=body_of("<p>第一条　水质每季检测，余氯 &lt; 0.3。</p>"),
        article20_item=Article20Item.LIVELIHOOD,
        last_published_at="2025-03-10T01:00:00Z",
    )
    change_validity(
        document=page,
        act=ValidityAct.REPEALED,
        on=date(2025, 7, 1),
        by=None,
        through=through,
        note="另行制定",
    )
    answer = _answer(client, f"documents/{page.index_number}")
    assert "/" in page.index_number
    assert answer["document_number"] == "测教规〔2025〕1号"
    assert answer["validity"] == {"value": "repealed", "label": "废止"}
    assert (answer["made_on"], answer["published_on"], answer["ended_on"]) == (
        "2025-03-03",
        "2025-03-10",
        "2025-07-01",
    )
    assert answer["body"] == {"slug": "cexi-jiaoyuju", "name": "测溪县教育局"}
    assert answer["column"] == {"value": "content", "label": "法定主动公开内容"}
    assert answer["keywords"] == ["水质", "检测"]
    assert answer["text"] == "第一条 水质每季检测，余氯 < 0.3。"
    assert answer["article20_item"] == 11
    assert answer["life"][-1] == {
        "on": "2025-07-01",
        "act": "废止",
        "provisions": "",
        "until": None,
        "note": "另行制定",
        "through": through.index_number,
    }
    assert answer["updated_at"] == "2025-03-10T09:00:00+08:00"
    assert client.get(answer["url"]).status_code == 200
    assert client.get(answer["api_url"]).json() == answer
    assert [file["format"] for file in answer["files"]] == ["docx", "pdf"]


@pytest.mark.usefixtures("library")
def test_a_link_to_what_is_not_public_is_not_given(client: Client, county: County) -> None:
    page = county.document(county.bureau, "旧供水办法", effectiveness=Effectiveness.IN_FORCE)
    hidden = _withheld(county)
    change_validity(document=page, act=ValidityAct.REPEALED, on=date(2025, 7, 1), by=None, through=hidden)
    answer = client.get(f"{API}documents/{page.index_number}")
    assert hidden.index_number not in answer.content.decode()
    assert answer.json()["life"][-1]["through"] is None


def test_what_is_not_disclosed_is_not_there(client: Client, county: County) -> None:
    for page in (county.document(county.bureau, "草稿", live=False), _withheld(county)):
        response = client.get(f"{API}documents/{page.index_number}")
        assert response.status_code == 404
        assert "没有索引号为" in response.json()["error"]


def test_newest_first_slices_neither_repeat_nor_miss_when_documents_appear_or_go(
    client: Client, county: County
) -> None:
    pages = [
        county.document(county.bureau, f"文件{number}", published_on=date(2025, 4, 1 + number // 2))
        for number in range(7)
    ]
    first = _answer(client, "documents", size=3)
    county.document(county.bureau, "途中公开的", published_on=date(2025, 5, 1))
    pages[4].unpublish()
    second = _answer(client, "documents", size=3, cursor=first["next"])
    third = _answer(client, "documents", size=3, cursor=second["next"])
    titles = [item["title"] for answer in (first, second, third) for item in answer["items"]]
    assert titles == [f"文件{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    assert third["next"] == ""


def test_slices_of_a_search_go_on_after_the_last_document_given(client: Client, county: County) -> None:
    for number in range(5):
        county.document(county.bureau, f"供水文件{number}", published_on=date(2025, 4, 1 + number))
    first = _answer(client, "documents", q="供水", size=2)
    county.document(county.bureau, "供水新文件", published_on=date(2025, 5, 1))
    second = _answer(client, "documents", q="供水", size=2, cursor=first["next"])
    assert [item["title"] for item in second["items"]] == ["供水文件2", "供水文件1"]
    DocumentPage.objects.get(title="供水文件1").unpublish()
    third = _answer(client, "documents", q="供水", size=2, cursor=second["next"])
    assert [item["title"] for item in third["items"]] == ["供水文件0"]
    assert third["next"] == ""


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(("address", "meaning"), [("documents", "发布年份"), ("annual-reports", "报告年度")])
def test_a_refusal_explains_the_parameter_of_its_own_operation(
    client: Client, address: str, meaning: str
) -> None:
    assert meaning in client.get(API + address, {"year": "abc"}).json()["error"]


@pytest.mark.parametrize("words", [{}, {"q": "供水"}])
def test_a_numbered_slice_is_the_one_that_many_steps_reach(
    client: Client, county: County, words: dict[str, str]
) -> None:
    for day in range(1, 8):
        county.document(county.bureau, f"供水安排{day}", published_on=date(2025, 4, day))
    whole = [item["index_number"] for item in _walk(client, "documents", size=3, **words)]
    pages = [_answer(client, "documents", size=3, page=n, **words)["items"] for n in (1, 2, 3, 4)]
    assert [item["index_number"] for page in pages for item in page] == whole
    assert len(whole) == 7 and not pages[3]
    second = _answer(client, "documents", size=3, page=2, **words)
    rest = _answer(client, "documents", size=3, cursor=second["next"], **words)
    assert [item["index_number"] for item in rest["items"]] == whole[6:]
    refused = client.get(API + "documents", {"page": 2, "cursor": second["next"], "size": 3, **words})
    assert refused.status_code == 400 and refused.json()["parameter"] == "page"


@pytest.mark.parametrize("parameters", [{}, {"q": "文件"}])
def test_every_document_can_be_reached(client: Client, county: County, parameters: dict[str, str]) -> None:
    for number in range(25):
        county.document(county.bureau, f"文件{number}", published_on=date(2025, 4, 1 + number % 3))
    numbers = [item["index_number"] for item in _walk(client, "documents", size=4, **parameters)]
    assert len(numbers) == len(set(numbers)) == 25


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("documents?year=abc", "year"),
        ("documents?year=20255", "year"),
        ("documents?year=", "year"),
        ("documents?size=0", "size"),
        ("documents?size=101", "size"),
        ("documents?topic=nonsense", "topic"),
        ("documents?column=nianbao", "column"),
        ("documents?validity=youxiao", "validity"),
        ("documents?body=meiyou", "body"),
        ("documents?cursor=x", "cursor"),
        ("documents?cursor=20259999-1", "cursor"),
        ("documents?cursor=20250101-99999999999999999999", "cursor"),
        ("documents?q=水&cursor=20250101", "cursor"),
        ("documents?page=0", "page"),
        (f"documents?q={'水' * 101}", "q"),
        ("annual-reports?year=x", "year"),
        ("annual-reports?cursor=2024", "cursor"),
        ("annual-reports?q=x", "q"),
        ("bodies?size=2", "size"),
    ],
)
def test_nonsense_is_refused_in_chinese(client: Client, county: County, address: str, parameter: str) -> None:
    assert county.portal.live
    response = client.get(API + address)
    assert response.status_code == 400
    answer = response.json()
    assert answer["parameter"] == parameter
    assert parameter in answer["error"] and answer["error"].endswith("。")


@pytest.mark.parametrize("address", ["documents/", "meiyou", "documents/x/2025-00001"])
def test_what_is_not_there_is_said_in_chinese(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    response = client.get(API + address)
    assert response.status_code == 404
    assert "没有" in response.json()["error"]


def three_reports(agency: object, limit: int | None) -> list[feeds.Entry]:
    """A feed for the tests, in place of the real one."""
    named = [("测溪县教育局", 2023), ("测溪县教育局", 2024), ("石桥镇人民政府", 2024)]
    every = [
        feeds.Entry(
            title=f"{name}{year}年报告",
            url=f"/nianbao/{year}/",
            agency_name=name,
            published_on=date(year + 1, 1, 20),
            year=year,
        )
        for name, year in named
        if agency is None or agency.name == name
    ]
    return every[:limit]


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({}, ["测溪县教育局2024年报告", "石桥镇人民政府2024年报告", "测溪县教育局2023年报告"]),
        ({"year": 2023}, ["测溪县教育局2023年报告"]),
        ({"body": "cexi-shiqiao"}, ["石桥镇人民政府2024年报告"]),
        ({"body": "cexi"}, []),
    ],
)
def test_annual_reports_come_by_year_and_body(
    client: Client,
    county: County,
    monkeypatch: pytest.MonkeyPatch,
    parameters: dict[str, Any],
    titles: list[str],
) -> None:
    monkeypatch.setitem(feeds._feeds, ColumnKind.ANNUAL_REPORTS, f"{__name__}.three_reports")
    assert county.portal.live
    items = _walk(client, "annual-reports", size=1, **parameters)
    assert [item["title"] for item in items] == titles
    for item in items:
        assert item["url"] == f"http://testserver/nianbao/{item['year']}/"
        assert item["published_on"] == f"{item['year'] + 1}-01-20"


def test_bodies_come_with_columns_and_contact(client: Client, county: County) -> None:
    county.bureau.phone = "0000-1234567"
    county.bureau.save()
    items = {item["slug"]: item for item in _answer(client, "bodies")["items"]}
    assert set(items) == {"cexi", "cexi-bangongshi", "cexi-jiaoyuju", "cexi-shiqiao"}
    bureau = items["cexi-jiaoyuju"]
    assert bureau["phone"] == "0000-1234567"
    assert bureau["kind"] == {"value": "department", "label": "工作部门"}
    guide = bureau["columns"][0]
    assert guide["column"] == "guide"
    assert client.get(guide["url"]).status_code == 200


@pytest.mark.parametrize("address", ["documents", "documents?q=文件", "bodies"])
def test_an_answer_asks_the_database_no_more_often_when_there_is_more(
    client: Client, county: County, address: str
) -> None:
    asked = []
    for _ in range(2):
        for number in range(4):
            county.document(county.bureau, f"文件{number}")
        client.get(API + address)
        with CaptureQueriesContext(connection) as queries:
            client.get(API + address)
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 15


def test_answers_are_the_same_byte_for_byte_and_tagged(client: Client, library: County) -> None:
    first, second = (client.get(f"{API}documents") for _ in range(2))
    assert first.content == second.content
    assert first["Cache-Control"] == "public, no-cache"
    held = client.get(f"{API}documents", headers={"If-None-Match": first["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    library.document(library.bureau, "又一件")
    assert client.get(f"{API}documents", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["documents", "documents?year=x", "meiyou", "openapi.json"])
def test_scripts_of_other_sites_may_read(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    response = client.get(API + address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag"
    before = client.options(API + address)
    assert before.status_code == 204
    assert before["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, county: County, method: str) -> None:
    assert county.portal.live
    assert getattr(client, method)(f"{API}documents").status_code == 405


def test_the_head_of_an_answer_has_its_length_and_nothing_else(client: Client, county: County) -> None:
    assert county.portal.live
    whole, head = client.get(f"{API}bodies"), client.head(f"{API}bodies")
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_the_description_names_every_operation_with_its_refusals(client: Client, county: County) -> None:
    assert county.portal.live
    described = _described(client)
    assert list(described["paths"]) == [
        f"{API}documents",
        f"{API}documents/{{index_number}}",
        f"{API}annual-reports",
        f"{API}bodies",
    ]
    assert described["openapi"].startswith("3.1")
    for methods in described["paths"].values():
        assert {"200", "400"} <= methods["get"]["responses"].keys()


def _described(client: Client) -> dict[str, Any]:
    response = client.get(f"{API}openapi.json")
    assert response.status_code == 200
    return response.json()


def test_the_page_describes_every_parameter_without_sight_mouse_or_script(
    client: Client, county: County
) -> None:
    assert county.portal.live
    text = client.get(API).content.decode()
    page = html.document_fromstring(text)
    named = {
        parameter["name"]
        for methods in _described(client)["paths"].values()
        for parameter in methods["get"]["parameters"]
    }
    assert named <= {code.text_content() for code in page.xpath("//dt/code")}
    assert page.xpath("//script | //style | //@style | //@onclick") == []
    assert "http" not in "".join(page.xpath("//@src | //@href"))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    for address in page.xpath("//main//a/@href"):
        assert client.get(address).status_code == 200
