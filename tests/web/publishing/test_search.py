"""Search over titles, text and numbers."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from django.test import Client

from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import DisclosureAttribute
from gongkai.web.publishing.services import searching


def _titles(query: str) -> list[str]:
    return [page.title for page in searching.search_documents(searching.words_of(query))]


@pytest.fixture
def library(county: County) -> County:
    """Three documents of two bodies."""
    county.document(
        county.bureau,
        "义务教育招生意见",
        body=body_of("<h2>范围</h2><p>随迁<b>子女</b>由学区统筹。</p>"),
        published_on=date(2025, 5, 1),
    )
    county.document(
        county.township,
        "农村供水办法",
        body=body_of("<p>水质每季检测。</p>"),
        document_number="石政规〔2025〕3号",
        published_on=date(2025, 6, 1),
    )
    county.document(
        county.township,
        "内部人事安排",
        attribute=DisclosureAttribute.WITHHELD,
        withhold_reason="内部事务信息",
    )
    return county


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("招生", ["义务教育招生意见"]),
        ("水", ["农村供水办法"]),
        ("随迁子女", ["义务教育招生意见"]),
        ("石政规〔2025〕3号", ["农村供水办法"]),
        ("供水 检测", ["农村供水办法"]),
        ("供水 招生", []),
        ("人事", []),
        ("strong", []),
        ("%", []),
        ("_", []),
    ],
)
@pytest.mark.usefixtures("library")
def test_a_document_is_found_by_every_word_it_holds(query: str, titles: list[str]) -> None:
    assert _titles(query) == titles


def test_the_newest_comes_first(library: County) -> None:
    assert library.portal.live
    assert _titles("办") == ["农村供水办法"]
    library.document(library.bureau, "新的办法", published_on=date(2025, 7, 1))
    assert _titles("办法") == ["新的办法", "农村供水办法"]


def test_a_body_is_found_by_its_name(library: County) -> None:
    hits = searching.search_beside(["教育局"])
    assert [(hit.kind, hit.url) for hit in hits] == [("机关", f"/{library.bureau.slug}/")]


def test_the_page_marks_the_words(client: Client, library: County) -> None:
    assert library.portal.live
    page = client.get("/sousuo/", {"q": "供水"}).content.decode()
    assert "农村<mark>供水</mark>办法" in page
    assert "找到公开信息 1 件" in page


def test_the_page_writes_out_markup_in_a_query(client: Client, library: County) -> None:
    assert library.portal.live
    page = client.get("/sousuo/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_nothing_asked_and_nothing_found_both_lead_on(client: Client, library: County) -> None:
    assert library.portal.live
    assert "可按标题、正文、文号和机关名称检索" in client.get("/sousuo/").content.decode()
    page = client.get("/sousuo/", {"q": "没有的词语"}).content.decode()
    assert "没有找到与“没有的词语”有关的内容" in page
    assert "可以这样继续" in page


def test_a_query_without_end_is_cut() -> None:
    assert len("".join(searching.words_of("水" * 500))) == searching.LONGEST_QUERY
    assert len(searching.words_of("水 " * 30)) == searching.MOST_WORDS


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("农村供水办法", ["供水"], "农村<mark>供水</mark>办法"),
        ("供水供水", ["供水"], "<mark>供水供水</mark>"),
        ("城乡供水", ["乡供", "供水"], "城<mark>乡供水</mark>"),
        ("a<b", ["b"], "a&lt;<mark>b</mark>"),
        ("PDF文件", ["pdf"], "<mark>PDF</mark>文件"),
        ("没有", ["别的"], "没有"),
    ],
)
def test_words_are_marked_once_and_text_is_escaped(text: str, words: list[str], html: str) -> None:
    assert searching.marked(text, words) == html


def test_an_excerpt_is_taken_round_the_word() -> None:
    text = "前" * 200 + "供水" + "后" * 200
    excerpt = searching.excerpt(text, ["供水"])
    assert excerpt.startswith("…前")
    assert "<mark>供水</mark>" in excerpt
    assert excerpt.endswith("后…")
