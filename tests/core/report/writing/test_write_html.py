"""The HTML tables can be read by a screen reader and carry what the caller hangs on their cells."""

import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.report.schema import CellId, Edition, Report, Section, SectionCode
from gongkai.report.writing.html import article_html, cell_id, table_html, write_html
from gongkai.samples import make_report

YEARS = [2019, 2024]


def sample(year: int = 2024) -> Report:
    return make_report(4, "霁川县自然资源局", year)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("number", [2, 3, 4])
def test_every_value_names_heads_that_exist(year: int, number: int) -> None:
    tree = LexborHTMLParser(table_html(sample(year), number))
    heads = {th.attributes["id"] for th in tree.css("th")}
    cells = tree.css("td")
    assert len(cells) == sum(cell.table == number for cell in sample(year).form.cells())
    for cell in cells:
        named = (cell.attributes["headers"] or "").split()
        assert len(named) >= 2
        assert set(named) <= heads


def test_a_cells_heads_say_what_it_counts() -> None:
    tree = LexborHTMLParser(table_html(sample(), 3))
    cell = tree.css_first("#t3-denied-third_party-business")
    assert cell is not None
    said = [tree.css_first(f"#{head}").text() for head in (cell.attributes["headers"] or "").split()]
    assert said == [
        "三、本年度办理结果",
        "（三）不予公开",
        "4.保护第三方合法权益",
        "申请人情况",
        "法人或其他组织",
        "商业企业",
    ]


def test_in_table_2_the_heads_are_those_of_the_cells_own_block() -> None:
    tree = LexborHTMLParser(table_html(sample(), 2))
    cell = tree.css_first("#t2-coercion-decisions")
    assert cell is not None
    said = [tree.css_first(f"#{head}").text() for head in (cell.attributes["headers"] or "").split()]
    assert said == ["行政强制", "第二十条第（六）项", "本年处理决定数量"]


def test_every_table_has_a_caption_and_every_head_a_scope() -> None:
    tree = LexborHTMLParser(article_html(sample()))
    assert len(tree.css("table > caption")) == 3
    assert all(th.attributes.get("scope") in ("row", "rowgroup", "col", "colgroup") for th in tree.css("th"))


def test_the_caller_may_hang_attributes_on_a_cell_and_they_are_escaped() -> None:
    wrong = CellId(3, "new", "total")

    def of_cell(cell: CellId) -> dict[str, str]:
        return {"class": "wrong", "title": '"不等"<b>'} if cell == wrong else {}

    tree = LexborHTMLParser(table_html(sample(), 3, of_cell=of_cell))
    marked = tree.css("td.wrong")
    assert [td.attributes["id"] for td in marked] == [cell_id(wrong)]
    assert marked[0].attributes["title"] == '"不等"<b>'


def test_ids_are_unique_in_the_whole_article() -> None:
    ids = re.findall(r' id="([^"]+)"', article_html(sample()))
    assert [each for each, n in Counter(ids).items() if n > 1] == []


def test_prose_is_escaped_and_the_article_has_no_script_and_no_style() -> None:
    hostile = Section(code=SectionCode.OVERVIEW, heading="一、总体情况", text="<script>alert(1)</script>")
    report = Report(
        agency="甲", year=2024, edition=Edition.FORM_2021, title='<img src="x">', sections=(hostile,)
    )
    shown = article_html(report)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "style" not in shown


def test_a_file_of_its_own_asks_for_nothing_from_elsewhere() -> None:
    tree = LexborHTMLParser(write_html(sample()).decode())
    assert len(tree.css("style")) == 1
    assert tree.css("script, link, img, iframe, object, [style], [src]") == []
    assert not re.search(r"url\(|@import", tree.css_first("style").text())


def test_tables_of_a_report_without_their_sections_are_still_shown() -> None:
    report = sample()
    bare = Report(agency=report.agency, year=report.year, edition=report.edition, cells=report.cells)
    assert article_html(bare).count("<table") == 3
