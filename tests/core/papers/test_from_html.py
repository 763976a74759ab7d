"""The editor's rich text becomes blocks, and no word of it is lost."""

import pytest

from gongkai.papers.from_html import from_html
from gongkai.papers.paper import Block, Cell, Heading, ListBlock, Paragraph, Rule, Table, plain


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain(text))


def words(blocks: tuple[Block, ...]) -> list[str]:
    """All text of the blocks, cell by cell and item by item."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append("".join(text for text, _ in block.runs))
            case ListBlock():
                found += [word for item in block.items for word in words(item)]
            case Table():
                found += ["".join(text for text, _ in cell.runs) for row in block.rows for cell in row]
    return found


@pytest.mark.parametrize(
    ("fragment", "blocks"),
    [
        ("<h2>一、要求</h2>", (Heading(1, "一、要求"),)),
        ("<h3>（一）原则</h3><h4>1.做法</h4>", (Heading(2, "（一）原则"), Heading(3, "1.做法"))),
        ("<p>甲</p>\n <p>乙</p>", (paragraph("甲"), paragraph("乙"))),
        ("<p>甲<br>　　乙<br/></p>", (paragraph("甲\n乙"),)),
        (
            "<p>甲<b>乙</b><strong>丙</strong>丁</p>",
            (Paragraph((("甲", False), ("乙丙", True), ("丁", False))),),
        ),
        ('<p>见<a href="https://example.org">网页</a>。</p>', (paragraph("见网页。"),)),
        ("<p>甲</p><hr><p>乙</p>", (paragraph("甲"), Rule(), paragraph("乙"))),
        ("<blockquote>甲<p>乙</blockquote>丙", (paragraph("甲"), paragraph("乙"), paragraph("丙"))),
        ("<p>　　顶格&nbsp;</p>", (paragraph("顶格"),)),
        ("<p>1 &lt; 2 &amp;amp;</p>", (paragraph("1 < 2 &amp;"),)),
        ('<p>图：<img src="a.png" alt="示意图"></p>', (paragraph("图：示意图"),)),
        ("<style>p {}</style><script>alert(1)</script><p>甲</p>", (paragraph("甲"),)),
        ("<p></p><ul></ul><table></table>", ()),
    ],
)
def test_each_tag_of_the_editor_is_understood(fragment: str, blocks: tuple[Block, ...]) -> None:
    assert from_html(fragment) == blocks


def test_lists_nest_whether_the_inner_one_stands_in_an_item_or_between_two() -> None:
    inner = ListBlock(True, ((paragraph("乙"),),))
    nested = (ListBlock(False, ((paragraph("甲"), inner), (paragraph("丙"),))),)
    assert from_html("<ul><li>甲<ol><li>乙</li></ol></li><li>丙</li></ul>") == nested
    assert from_html("<ul><li>甲</li><ol><li>乙</li></ol><li>丙</li></ul>") == nested


def test_an_item_may_hold_a_table() -> None:
    (block,) = from_html("<ol><li>甲<table><tr><td>1</td></tr></table></li></ol>")
    table = Table(((Cell(plain("1")),),))
    assert block == ListBlock(True, ((paragraph("甲"), table),))


def test_a_table_keeps_its_spans_and_its_rows_of_heads() -> None:
    (table,) = from_html(
        "<table><thead><tr><td rowspan=2>事项</td><td colspan=2>结果</td></tr></thead>"
        "<tr><th>件</th><th>份</th></tr><tbody><tr><th>甲</th><td>1<td>2</tbody></table>"
    )
    assert table == Table(
        (
            (Cell(plain("事项"), rowspan=2), Cell(plain("结果"), colspan=2)),
            (Cell(plain("件")), Cell(plain("份"))),
            (Cell(plain("甲")), Cell(plain("1")), Cell(plain("2"))),
        ),
        header_rows=2,
    )


def test_blocks_inside_a_cell_become_its_lines() -> None:
    inner = "<table><tr><td>丙</td><td>丁</td></tr></table>"
    (table,) = from_html(f"<table><tr><td><p>甲</p><ul><li>乙</li></ul>{inner}</td><td>戊</td></tr></table>")
    assert table == Table(((Cell(plain("甲\n乙\n丙\n丁")), Cell(plain("戊"))),))


@pytest.mark.parametrize(("given", "span"), [("0", 1), ("-3", 1), ("2.5", 1), ("９", 1), ("9" * 5000, 63)])
def test_a_span_that_is_no_number_of_columns_is_one_and_none_is_too_large(given: str, span: int) -> None:
    (table,) = from_html(f'<table><tr><td colspan="{given}">甲</td></tr></table>')
    assert table == Table(((Cell(plain("甲"), colspan=span),),))


@pytest.mark.parametrize(
    "fragment",
    [
        "<li>甲<td>乙<tr>丙</td><p>丁",
        "<table>甲<tr>乙<td>丙</ul>丁</table>",
        "<ul>甲<li>乙</table>丙<h2>丁",
        "<table><caption>甲</caption><tr><td>乙<table><tr><td>丙</table></td><td>丁",
        "<b>甲<p>乙</b></p></div>丙<unknown-tag>丁",
    ],
)
def test_no_word_is_lost_where_tags_do_not_fit(fragment: str) -> None:
    assert "".join(words(from_html(fragment))).replace("\n", "") == "甲乙丙丁"


def test_lists_deeper_than_word_numbers_them_keep_their_text() -> None:
    fragment = "".join(f"<ul><li>第{level}层" for level in range(2000))
    assert words(from_html(fragment)) == [f"第{level}层" for level in range(2000)]
