"""Web pages: what they show, in blocks."""

from __future__ import annotations

from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.formats.html import read_html, read_markup


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[list[str]]]:
    return [block.rows for block in document.blocks if isinstance(block, Grid)]


def test_spans_are_expanded_with_their_origin() -> None:
    document = read_markup("<table><tr><td rowspan=2>甲<td colspan=2>乙</tr><tr><th>1<td>2</tr></table>")
    grid = document.blocks[0]
    assert isinstance(grid, Grid)
    assert grid.rows == [["甲", "乙", "乙"], ["甲", "1", "2"]]
    assert grid.origin == [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 1), (1, 2)]]


def test_absurd_and_wrong_spans_do_no_harm() -> None:
    document = read_markup(
        "<table><tr><td colspan=99999999>题</tr>"
        "<tr><td rowspan=88888888>甲<td colspan='0'>1<td colspan=x>2</tr>"
        "<tr><td>3<td>4</tr></table>"
    )
    assert rows(document) == [[["题", "题", "题"], ["甲", "1", "2"], ["甲", "3", "4"]]]


def test_text_split_over_spans_is_joined_without_spaces() -> None:
    document = read_markup("<p><span>新</span><span>收</span><b>2</b><font>3</font>件</p>")
    assert texts(document) == ["新收23件"]


def test_source_line_breaks_inside_chinese_text_vanish() -> None:
    assert texts(read_markup("<p>政府信息\n   公开</p>")) == ["政府信息公开"]


def test_br_is_a_line_and_blocks_are_paragraphs() -> None:
    assert texts(read_markup("<div>甲<br>乙<div>丙</div>丁</div>")) == ["甲\n乙", "丙", "丁"]


def test_blank_markup_is_an_empty_cell() -> None:
    document = read_markup("<table><tr><td>甲<td>&nbsp;<td><o:p>&nbsp;</o:p><td>\u3000<td>0</table>")
    assert rows(document) == [[["甲", "", "", "", "0"]]]


def test_hidden_parts_scripts_and_menus_are_dropped() -> None:
    document = read_markup(
        "<nav>菜单</nav><script>var a='<td>9</td>'</script><style>p{}</style>"
        "<p style='DISPLAY : none'>隐</p><p hidden>藏</p><!-- 注 --><footer>底</footer>"
        "<table><tr><td>甲<td style='display:none'>9<td>1</table><p>正文</p>"
    )
    assert rows(document) == [[["甲", "1"]]]
    assert texts(document) == ["正文"]


def test_layout_tables_dissolve_and_inner_tables_are_grids() -> None:
    document = read_markup(
        "<table><tr><td>栏目<td><p>一、总体情况</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table>说明</table>"
    )
    assert texts(document) == ["栏目", "一、总体情况", "说明"]
    assert rows(document) == [[["甲", "1"], ["乙", "2"]]]


def test_table_cut_in_two_gives_two_grids_in_order() -> None:
    document = read_markup("<table><tr><td>甲<td>1</table><p>续表</p><table><tr><td>乙<td>2</table>")
    assert rows(document) == [[["甲", "1"]], [["乙", "2"]]]
    assert texts(document) == ["续表"]


def test_unclosed_cells_and_a_fragment_without_a_body_are_read() -> None:
    document = read_markup("<p>题<table><tr><td>甲<td>1<tr><td>乙<td>2")
    assert rows(document) == [[["甲", "1"], ["乙", "2"]]]


def test_caption_stands_before_its_table() -> None:
    document = read_markup("<table><caption>表一</caption><tr><td>甲<td>1</table>")
    assert texts(document) == ["表一"]
    assert isinstance(document.blocks[0], Paragraph)


def test_title_comes_from_metadata_then_heading_then_title() -> None:
    meta = "<meta name='ArticleTitle' content='元题'>"
    assert read_markup(f"<title>页题</title>{meta}<h1>大题</h1>").title == "元题"
    assert read_markup("<title>页题</title><h1>大题</h1>").title == "大题"
    assert read_markup("<title>页题</title><p>文</p>").title == "页题"


def test_declared_charset_is_verified_not_believed() -> None:
    page = "<meta charset='{}'><p>政府信息公开年度报告</p>"
    for declared, codec in (
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("gbk", "utf-8"),
        ("big5", "gb18030"),
    ):
        assert texts(read_html(page.format(declared).encode(codec))) == ["政府信息公开年度报告"]


def test_nesting_deeper_than_the_interpreters_stack_is_read() -> None:
    assert texts(read_markup("<div>" * 3000 + "底" + "</div>" * 3000)) == ["底"]
