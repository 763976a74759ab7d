"""What caches are told, and that what changed shows at once, kept pages or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from county import County
from django.db.utils import ConnectionHandler
from django.test import Client
from wagtail.models import PageViewRestriction

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing import caching
from gongkai.web.publishing.choices import Effectiveness, NormativeKind, ValidityAct
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services.validity import change_validity

Change = Callable[[County, DocumentPage], object]
PAGES = (
    "/",
    "/cexi-jiaoyuju/",
    "/cexi-jiaoyuju/neirong/",
    "/zhengce/",
    "/zhengce/tongji/?niandu=2025",
    "/sousuo/?q=办法",
    "/atom.xml",
    "/sitemap.xml",
    "/api/v1/documents",
)
NORMATIVE = {
    "effectiveness": Effectiveness.IN_FORCE,
    "normative_kind": NormativeKind.NORMATIVE,
    "document_number": "测教规〔2025〕1号",
}
CHANGES: dict[str, Change] = {
    "publish": lambda county, _: county.document(county.bureau, "新办法", **NORMATIVE),
    "unpublish": lambda _, page: page.unpublish(),
    "repeal": lambda _, page: change_validity(
        document=page, act=ValidityAct.REPEALED, on=date(2025, 7, 1), by=None
    ),
    "restrict": lambda _, page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
}


@pytest.fixture
def document(county: County) -> DocumentPage:
    """A public document in force."""
    return county.document(county.bureau, "旧办法", slug="jiu", **NORMATIVE)


@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_the_page_is_told_so(client: Client, document: DocumentPage, address: str) -> None:
    assert document.live
    page = client.get(address)
    assert page["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", page["ETag"])
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_at_once(
    client: Client, county: County, document: DocumentPage, address: str, change: str
) -> None:
    page = client.get(address)
    CHANGES[change](county, document)
    after = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != page["ETag"]


@pytest.mark.parametrize(("change", "status"), [("unpublish", 404), ("restrict", 302)])
def test_what_was_taken_off_is_gone_at_once(
    client: Client, county: County, document: DocumentPage, change: str, status: int
) -> None:
    page = client.get(document.url)
    assert page.status_code == 200
    CHANGES[change](county, document)
    after = client.get(document.url, headers={"If-None-Match": page["ETag"]})
    assert after.status_code == status
    assert "ETag" not in after.headers


def test_what_is_not_there_is_not_kept_either(client: Client, county: County) -> None:
    assert client.get("/cexi-jiaoyuju/neirong/jiu/")["Cache-Control"] == "public, no-cache"
    county.document(county.bureau, "旧办法", slug="jiu")
    assert client.get("/cexi-jiaoyuju/neirong/jiu/").status_code == 200


def test_the_type_size_makes_another_page(client: Client, document: DocumentPage) -> None:
    assert document.live
    page = client.get("/")
    assert "Cookie" in page["Vary"]
    client.post("/zihao/", {"zihao": "da", "next": "/"})
    large = client.get("/", headers={"If-None-Match": page["ETag"]})
    assert large.status_code == 200 and 'class="large"' in large.content.decode()
    assert large["ETag"] != page["ETag"]


@pytest.mark.parametrize("address", ["/", "/cexi-jiaoyuju/neirong/jiu/", "/nianbao/", "/api/v1/documents"])
@pytest.mark.usefixtures("document")
def test_what_staff_see_is_kept_by_nobody(client_of: Callable[..., Client], address: str) -> None:
    page = client_of(Role.CLERK).get(address)
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("county")
def test_a_page_that_sets_a_cookie_is_kept_by_nobody(client: Client) -> None:
    page = client.get("/admin/login/")
    assert page.cookies and "public" not in page["Cache-Control"]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Let the database's state be a number the test counts up; pages of other tests are gone."""
    state = [0]
    shelf = caching._Shelf()
    monkeypatch.setattr(caching, "_shelf", shelf)
    monkeypatch.setattr(caching, "database_state", lambda _: state[0])
    yield state
    shelf.pages.clear()


def test_a_kept_page_is_given_while_nothing_was_written(
    client: Client, county: County, document: DocumentPage, kept: list[int]
) -> None:
    assert document.live
    first = client.get("/")
    county.document(county.bureau, "新办法")
    assert client.get("/").content == first.content
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    kept[0] += 1
    assert "新办法" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/?a=1"},
        {"path": "/", "headers": {"Host": "127.0.0.1"}},
        {"path": "/", "headers": {"Cookie": "zihao=da"}},
        {"path": "/", "headers": {"Cookie": "zizhu=1"}},
        {"path": "/", "headers": {"Cookie": "sessionid=x"}},
        {"path": "/", "secure": True},
    ],
)
def test_a_page_kept_for_one_address_is_not_given_for_another(
    client: Client, county: County, document: DocumentPage, kept: list[int], other: dict[str, Any]
) -> None:
    assert document.live and not kept[0]
    assert "新办法" not in client.get("/").content.decode()
    county.document(county.bureau, "新办法")
    assert "新办法" in client.get(**other).content.decode()


@pytest.mark.parametrize("address", ["/cexi-jiaoyuju/neirong/xin/", "/api/v1/documents?cursor=x"])
def test_only_whole_pages_are_kept(client: Client, county: County, kept: list[int], address: str) -> None:
    assert county.portal.live and not kept[0]
    assert client.get(address).status_code in (400, 404)
    assert not caching._shelf.pages


@pytest.mark.usefixtures("document", "kept")
def test_no_more_pages_are_kept_than_fit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "KEPT_PAGES", 3)
    for number in range(5):
        client.get(f"/robots.txt?{number}")
    assert [key[2] for key in caching._shelf.pages] == [f"/robots.txt?{number}" for number in (2, 3, 4)]


@pytest.mark.usefixtures("document", "kept")
def test_a_large_page_is_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "LARGEST_KEPT", 10)
    assert client.get("/").status_code == 200
    assert not caching._shelf.pages


def _connections(path: Path) -> list[Any]:
    options = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {}}
    return [ConnectionHandler({"default": options})["default"] for _ in range(2)]


def test_the_state_changes_with_whatever_is_written_by_whomever(tmp_path: Path) -> None:
    own, other = _connections(tmp_path / "any.sqlite3")
    own.inc_thread_sharing()
    with own.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE facts (value)")
    states = [caching.database_state(own)]
    for writer in (own, other):
        assert caching.database_state(own) == states[-1]
        with writer.cursor() as cursor:
            cursor.execute("INSERT INTO facts VALUES (1)")
        states.append(caching.database_state(own))
    with other.cursor() as cursor:
        cursor.execute("SELECT * FROM facts")
    assert caching.database_state(own) == states[-1]
    assert len(set(states)) == 3
    own.close()
    other.close()


def test_within_a_transaction_there_is_no_telling(county: County) -> None:
    assert county.portal.live
    assert caching.database_state(caching.connection) is None
