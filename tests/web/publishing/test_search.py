"""Search over all the public may see: what is found, in what order, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.test import Client

from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute, Effectiveness, Topic
from gongkai.web.publishing.models import DocumentPage, InterpretationPage, InterpretedDocument, SearchEntry
from gongkai.web.publishing.services import searching
from gongkai.web.publishing.services.searching import evaluate, hits_of, search


def _titles(query: str, chosen: dict[str, str] | None = None, *, by_date: bool = False) -> list[str]:
    answer = search(query, chosen, by_date=by_date)
    titles = dict(SearchEntry.objects.values_list("pk", "title"))
    return [titles[number] for number in answer.numbers]


@pytest.fixture
def library(county: County) -> County:
    """Three documents of two bodies, and one that is not open."""
    county.document(
        county.bureau,
        "义务教育招生意见",
        body=body_of("<h2>范围</h2><p>随迁<b>子女</b>由学区统筹。</p>"),
        published_on=date(2025, 5, 1),
        keywords="学籍 转学",
    )
    county.document(
        county.township,
        "农村供水办法",
        body=body_of("<p>水质每季检测，执行GB5749标准。</p>"),
        document_number="石政规〔2025〕3号",
        published_on=date(2025, 6, 1),
        topic=Topic.AGRICULTURE,
    )
    county.document(
        county.township,
        "公租房轮候公示",
        body=body_of("<p>申请公租房的家庭轮候情况。</p>"),
        published_on=date(2024, 6, 1),
        made_on=date(2024, 5, 20),
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
        ("外来务工人员子女", ["义务教育招生意见"]),
        ("“外来务工人员子女”", []),
        ("石政规〔2025〕3号", ["农村供水办法"]),
        ("石政规(2025)3号", ["农村供水办法"]),
        ("石政规［２０２５］３号", ["农村供水办法"]),
        ("石政规〔2025〕13号", []),
        ("gb57", ["农村供水办法"]),
        ("GB5749", ["农村供水办法"]),
        ("b5749", []),
        ("供水 检测", ["农村供水办法"]),
        ("检测，供水", ["农村供水办法"]),
        ("供水 招生", []),
        ("教育局 招生", ["义务教育招生意见"]),
        ("转学", ["义务教育招生意见"]),
        ("“范围随迁”", []),
        ("人事", []),
        ("strong", []),
        ("%", []),
        ("_", []),
        ('")', []),
        ('供水" OR "招生', []),
        ("title:供水", []),
        ("NEAR(供水 招生)", []),
        ("供水*", ["农村供水办法"]),
        ("供水 -检测", ["农村供水办法"]),
        ("'供水' <-> !", ["农村供水办法"]),
    ],
)
@pytest.mark.usefixtures("library")
def test_a_document_is_found_by_every_word_it_holds(query: str, titles: list[str]) -> None:
    assert _titles(query) == titles


def test_title_counts_more_than_number_keywords_and_text(county: County) -> None:
    fields = {"published_on": date(2025, 4, 1)}
    county.document(county.bureau, "甲文", body=body_of("<p>关于雨棚。</p>"), published_on=date(2025, 6, 1))
    county.document(county.bureau, "乙文", keywords="雨棚", **fields)
    county.document(county.bureau, "丙文", document_number="雨棚〔2025〕1号", **fields)
    county.document(county.bureau, "雨棚办法", published_on=date(2025, 3, 10))
    assert _titles("雨棚") == ["雨棚办法", "丙文", "乙文", "甲文"]
    assert _titles("雨棚", by_date=True)[0] == "甲文"


def test_of_equals_the_newer_comes_first_and_the_repealed_last(county: County) -> None:
    county.document(
        county.bureau,
        "雨棚办法（一）",
        effectiveness=Effectiveness.REPEALED,
        repealed_on=date(2025, 8, 1),
        published_on=date(2025, 7, 1),
    )
    county.document(county.bureau, "雨棚办法（二）", published_on=date(2025, 5, 1))
    county.document(county.bureau, "雨棚办法（三）", published_on=date(2025, 6, 1))
    assert _titles("雨棚") == ["雨棚办法（三）", "雨棚办法（二）", "雨棚办法（一）"]


def test_a_document_asked_for_by_its_number_comes_before_those_that_cite_it(library: County) -> None:
    library.document(library.bureau, "关于废止石政规〔2025〕3号文件的决定", published_on=date(2025, 9, 1))
    assert _titles("石政规[2025]3号")[0] == "农村供水办法"


def test_other_pages_are_found_too(library: County) -> None:
    document = DocumentPage.objects.get(title="农村供水办法")
    page = InterpretationPage(title="图说饮水", form="video", slug="tushuo", body=body_of("<p>龙头。</p>"))
    page.interpreted = [InterpretedDocument(document=document)]
    library.column(library.township, ColumnKind.INTERPRETATIONS).add_child(instance=page)
    assert _titles("龙头") == ["图说饮水"]
    assert _titles("视频解读") == ["图说饮水"]
    assert _titles("教育局")[0] == "测溪县教育局"


@pytest.mark.parametrize(
    ("query", "instead", "titles"),
    [
        ("公祖房", [("公祖房", ("公租房",))], ["公租房轮候公示"]),
        ("公租屋", [("公租屋", ("公租房",))], ["公租房轮候公示"]),
        ("农村供水瓣法", [("农村供水瓣法", ("农村供水办法",))], ["农村供水办法"]),
        ("供水水质检测", [("供水水质检测", ("供水", "水质", "检测"))], []),
        ("“公祖房”", [], []),
        ("公祖房 轮候", [("公祖房", ("公租房",))], ["公租房轮候公示"]),
    ],
)
@pytest.mark.usefixtures("library")
def test_what_is_searched_instead_is_said(query: str, instead: list, titles: list[str]) -> None:
    answer = search(query)
    found = [(word, tuple(others)) for word, others in answer.instead]
    if titles:
        assert (found, _titles(query)) == (instead, titles)
    else:
        assert found == instead or not answer.numbers


@pytest.mark.usefixtures("library")
def test_words_that_are_nowhere_together_are_counted_one_by_one() -> None:
    answer = search("供水 轮候")
    assert (list(answer.numbers), list(answer.alone)) == ([], [("供水", 1), ("轮候", 1)])


def test_a_rare_word_that_is_likely_a_slip_is_asked_about(library: County) -> None:
    library.document(library.bureau, "关于公祖房一词的勘误")
    for number in range(5):
        library.document(library.bureau, f"公租房公告{number}")
    answer = search("公祖房")
    assert (len(answer.numbers), answer.maybe) == (1, "公租房")


def test_results_are_narrowed_and_counted(library: County) -> None:
    library.document(library.bureau, "供水价格旧办法", effectiveness="repealed", repealed_on=date(2025, 4, 1))
    answer = search("供水")
    counts = {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in answer.facets}
    assert counts == {
        "kind": {"document": 2},
        "agency": {"cexi-shiqiao": 1, "cexi-jiaoyuju": 1},
        "column": {"content": 2},
        "year": {"2025": 2},
        "topic": {"agriculture": 1},
        "validity": {"youxiao": 1, "shixiao": 1},
    }
    assert _titles("供水", {"agency": "cexi-shiqiao"}) == ["农村供水办法"]
    assert _titles("供水", {"validity": "shixiao"}) == ["供水价格旧办法"]
    assert _titles("供水", {"validity": "shixiao", "agency": "cexi-shiqiao"}) == []
    assert _titles("供水", {"year": "nonsense"}) == []


def test_a_choice_does_not_hide_its_alternatives(library: County) -> None:
    library.document(library.bureau, "供水价格办法", published_on=date(2024, 9, 1), made_on=date(2024, 9, 1))
    facets = {facet.name: facet for facet in search("供水", {"year": "2024"}).facets}
    assert [(each.value, each.count, each.is_chosen) for each in facets["year"].choices] == [
        ("2025", 1, False),
        ("2024", 1, True),
    ]
    assert [each.value for each in facets["agency"].choices] == ["cexi-jiaoyuju"]


def test_what_is_past_its_last_day_is_not_in_force(county: County) -> None:
    county.document(county.bureau, "雨棚办法", effectiveness="in_force", valid_until=date(2025, 4, 30))
    for day, value in ((date(2025, 4, 30), "youxiao"), (date(2025, 5, 1), "shixiao")):
        assert len(search("雨棚", {"validity": value}, on=day).numbers) == 1
    (hit,) = hits_of(search("雨棚").numbers, search("雨棚").words)
    assert hit.note == "失效"


@pytest.mark.usefixtures("library")
def test_quality_is_recall_and_rank_of_the_pages_expected() -> None:
    water = DocumentPage.objects.get(title="农村供水办法").pk
    school = DocumentPage.objects.get(title="义务教育招生意见").pk
    assert evaluate([("供水", {water}), ("招生", {school})]) == (1.0, 1.0)
    assert evaluate([("供水", {school}), ("招生", {school, water})]) == (0.25, 0.5)


@pytest.fixture
def page_of(client: Client, library: County) -> Callable[..., str]:
    """Return a function that asks for the search page."""
    assert library.portal.live
    return lambda **asked: client.get("/sousuo/", asked).content.decode()


def test_the_page_marks_the_words_and_names_the_query(page_of: Callable[..., str]) -> None:
    page = page_of(q="供水")
    assert "农村<mark>供水</mark>办法" in page
    assert "找到 1 条结果" in page
    assert "<title>“供水”的检索结果" in page


def test_the_page_writes_out_markup_in_a_query(page_of: Callable[..., str]) -> None:
    page = page_of(q="<script>alert(1)</script>", jigou='"><b>', ye="<i>")
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_markup_in_a_text_is_shown_as_text(county: County, client: Client) -> None:
    county.document(county.bureau, "标签<b>说明", body=body_of("<p>写作 &lt;img src=x&gt; 的标签。</p>"))
    page = client.get("/sousuo/", {"q": "标签"}).content.decode()
    assert "<mark>标签</mark>&lt;b&gt;说明" in page
    assert "<img src=x" not in page


def test_links_keep_what_was_chosen(page_of: Callable[..., str], library: County) -> None:
    for number in range(25):
        library.document(library.bureau, f"供水通告{number}")
    page = page_of(q="供水", leixing="document", paixu="shijian")
    assert "?q=%E4%BE%9B%E6%B0%B4&amp;leixing=document&amp;paixu=shijian&amp;ye=2" in page
    assert "去掉条件：类型 公开信息" in page
    assert "第 1 页，共 2 页（26 件）" in page
    assert "农村<mark>供水</mark>办法" not in page_of(q="供水", jigou="cexi-jiaoyuju", ye="2")


def test_nothing_asked_and_nothing_found_both_lead_on(page_of: Callable[..., str]) -> None:
    assert "可按标题、正文、附件、文号和机关名称检索" in page_of()
    page = page_of(q="没有的词语")
    assert "没有找到与“没有的词语”有关的内容" in page
    assert "可以这样继续" in page
    assert "没有同时含有这些词语的内容" in page_of(q="供水 轮候")


def test_a_correction_is_said_on_the_page(page_of: Callable[..., str]) -> None:
    assert "没有找到“公祖房”，以下是“公租房”的结果。" in page_of(q="公祖房")
    assert "“外来务工人员子女”" in page_of(q="随迁子女")


@pytest.mark.django_db
def test_the_limits_stay() -> None:
    assert searching.LONGEST_QUERY == 100
    assert list(search("水" * 5000).numbers) == []
