"""Feeds, the map of the site and the word to search engines."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from django.test import Client, override_settings
from lxml import etree, html

from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import (
    DisclosureAttribute,
    Effectiveness,
    Topic,
    ValidityAct,
)
from gongkai.web.publishing.models import BodyPage
from gongkai.web.publishing.services.validity import change_validity
from gongkai.web.publishing.views import following

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _xml(client: Client, address: str, content_type: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    return etree.fromstring(response.content)


def _titles(client: Client, query: str = "") -> list[str]:
    found = _xml(client, f"/atom.xml{query}", "application/atom+xml")
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def _mapped(client: Client) -> dict[str, str | None]:
    found = _xml(client, "/sitemap.xml", "application/xml")
    return {each.findtext(f"{MAP}loc"): each.findtext(f"{MAP}lastmod") for each in found.iter(f"{MAP}url")}


@pytest.fixture
def library(county: County) -> County:
    """Two documents of two bodies, a draft, and one that is withheld."""
    county.document(county.bureau, "招生意见", topic=Topic.EDUCATION, published_on=date(2025, 6, 1))
    county.document(
        county.township, "供水办法", published_on=date(2025, 5, 1), body=body_of("<p>余氯 &lt; 0.3</p>")
    )
    county.document(county.bureau, "招生草稿", live=False)
    county.document(
        county.bureau,
        "内部招生安排",
        attribute=DisclosureAttribute.WITHHELD,
        withhold_reason="内部事务信息",
    )
    return county


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["招生意见", "供水办法"]),
        ("?jigou=cexi-shiqiao", ["供水办法"]),
        ("?lanmu=content", ["招生意见", "供水办法"]),
        ("?lanmu=policies", []),
        ("?jigou=cexi-jiaoyuju&lanmu=content", ["招生意见"]),
        ("?zhuti=education", ["招生意见"]),
        ("?q=供水", ["供水办法"]),
        ("?q=供水&jigou=cexi-jiaoyuju", []),
    ],
)
@pytest.mark.usefixtures("library")
def test_a_feed_gives_what_is_new_of_what_was_chosen(client: Client, query: str, titles: list[str]) -> None:
    assert _titles(client, query) == titles
    channel = _xml(client, f"/rss.xml{query}", "application/rss+xml").find("channel")
    assert [item.findtext("title") for item in channel.iter("item")] == titles


@pytest.mark.parametrize("query", ["?jigou=meiyou", "?lanmu=meiyou", "?zhuti=meiyou"])
@pytest.mark.usefixtures("library")
def test_there_is_no_feed_of_what_is_not_there(client: Client, query: str) -> None:
    assert client.get(f"/atom.xml{query}").status_code == 404


@pytest.mark.usefixtures("library")
def test_a_feed_says_what_it_is_and_where_each_entry_leads(client: Client) -> None:
    found = _xml(client, "/atom.xml?jigou=cexi-jiaoyuju&lanmu=content", "application/atom+xml")
    assert found.findtext(f"{ATOM}title") == "测溪县政府信息公开 - 县教育局 - 法定主动公开内容"
    own = found.find(f"{ATOM}link[@rel='self']").get("href")
    assert own == "http://testserver/atom.xml?jigou=cexi-jiaoyuju&lanmu=content"
    entry = found.find(f"{ATOM}entry")
    assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200
    assert entry.findtext(f"{ATOM}published") == "2025-06-01T00:00:00+08:00"
    assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == "测溪县教育局"


@pytest.mark.usefixtures("library")
def test_a_summary_is_text_and_not_markup(client: Client) -> None:
    found = _xml(client, "/atom.xml?q=供水", "application/atom+xml")
    assert "余氯 &lt; 0.3" in found.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


def test_a_repeal_marks_the_entry_and_moves_its_last_change(client: Client, county: County) -> None:
    page = county.document(county.bureau, "旧办法", effectiveness=Effectiveness.IN_FORCE)
    address = f"http://testserver{page.url}"
    before = _mapped(client)[address]
    change = change_validity(document=page, act=ValidityAct.REPEALED, on=date(2025, 7, 1), by=None)
    assert _titles(client) == ["（已废止）旧办法"]
    found = _xml(client, "/atom.xml", "application/atom+xml").find(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}updated") == found.getparent().findtext(f"{ATOM}updated")
    after = _mapped(client)[address]
    assert before == "2025-03-10T00:00:00+08:00"
    assert after[:10] == f"{change.recorded_at.astimezone():%Y-%m-%d}"


def test_an_empty_feed_stays_the_same(client: Client, county: County) -> None:
    assert county.portal.live
    assert client.get("/atom.xml").content == client.get("/atom.xml").content
    assert _titles(client) == []


def test_a_feed_ends_at_fifty(client: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following.syndicating, "MOST_NEWS", 3)
    for number in range(5):
        county.document(county.bureau, f"文件{number}", published_on=date(2025, 5, 1 + number))
    assert _titles(client) == _titles(client, "?q=文件") == ["文件4", "文件3", "文件2"]


def test_the_map_gives_every_public_page(client: Client, library: County) -> None:
    addresses = _mapped(client)
    for address in ("/", "/zhengce/", "/cexi-jiaoyuju/", "/cexi-jiaoyuju/zhinan/"):
        assert f"http://testserver{address}" in addresses
    for address in addresses:
        assert client.get(address).status_code == 200
    pages = [page.url for page in library.column(library.bureau, "content").get_children()]
    assert [f"http://testserver{url}" in addresses for url in pages] == [True, False, False]


def test_above_the_limit_of_a_file_the_map_is_a_list_of_files(
    client: Client, library: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(_mapped(client))
    monkeypatch.setattr(following.syndicating, "ADDRESSES_A_FILE", 3)
    gone = library.document(library.bureau, "撤回的招生通知")
    for number in range(4):
        library.document(library.bureau, f"撤回的通知{number}").delete()
    whole += [f"http://testserver{library.document(library.bureau, '招生简章', slug='jianzhang').url}"]
    gone.delete()
    index = _xml(client, "/sitemap.xml", "application/xml")
    assert index.tag == f"{MAP}sitemapindex"
    files = [each.findtext(f"{MAP}loc") for each in index]
    parts = [
        [each.text for each in _xml(client, file, "application/xml").iter(f"{MAP}loc")] for file in files
    ]
    assert [address for part in parts for address in part] == whole
    assert all(1 <= len(part) <= 3 for part in parts[1:])
    numbers = [int(file.rpartition("=")[2]) for file in files]
    empty = next(number for number in range(2, numbers[-1]) if number not in numbers)
    for nonsense in ("0", str(empty), str(numbers[-1] + 1), "x", "-1", "²"):
        assert client.get(f"/sitemap.xml?ye={nonsense}").status_code == 404


def test_search_engines_are_told_where_the_map_is(client: Client, county: County) -> None:
    assert county.portal.live
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    with override_settings(DEMO=True):
        assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/", ""),
        ("/cexi-jiaoyuju/", "?jigou=cexi-jiaoyuju"),
        ("/cexi-jiaoyuju/zhengce/", "?jigou=cexi-jiaoyuju&lanmu=policies"),
    ],
)
def test_pages_name_their_feed(client: Client, county: County, address: str, query: str) -> None:
    assert county.portal.live
    page = html.document_fromstring(client.get(address).content.decode())
    links = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
    assert links == list(dict.fromkeys(["/atom.xml", f"/atom.xml{query}"]))
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/atom.xml", "/rss.xml", "/sitemap.xml", "/robots.txt", "/api/v1/documents"]
)
def test_a_site_without_a_portal_does_not_break(client: Client, address: str) -> None:
    BodyPage.objects.all().update(live=False)
    assert client.get(address).status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/atom.xml",
        "/atom.xml?q=招生",
        "/rss.xml",
        "/sitemap.xml",
        "/sousuo/?q=招生",
        "/api/v1/documents?size=100",
        "/api/v1/documents?q=招生",
        "/api/v1/bodies",
    ],
)
def test_nothing_undisclosed_appears_anywhere(client: Client, library: County, address: str) -> None:
    secret = library.document(library.bureau, "撤回的招生通知", slug="chehui")
    assert "撤回的" in client.get("/atom.xml").content.decode()
    secret.unpublish()
    text = client.get(address).content.decode()
    hidden = library.column(library.bureau, "content").get_children().exclude(title="招生意见").specific()
    assert len(hidden) == 3
    for page in hidden:
        assert page.title not in text
        assert f"/{page.slug}/" not in text
        assert page.index_number not in text
