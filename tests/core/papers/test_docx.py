"""The Word file says what the paper says, in the faces and places GB/T 9704 wants."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from core.papers.samples import CONTROLS, HOSTILE, NOTICE, png, row
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import Heading, Paper, Paragraph, Picture, Rule, Seal, Table, plain
from gongkai.report.reading.blocks import Grid
from gongkai.report.reading.formats.docx import read_docx


def opened(paper: Paper) -> Any:
    return docx.Document(BytesIO(write_docx(paper)))


def lines(paper: Paper) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in opened(paper).paragraphs if p.text]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_docx(NOTICE) == write_docx(replace(NOTICE))


def test_everything_stands_in_order_and_in_its_style() -> None:
    assert lines(NOTICE) == [
        ("Title", NOTICE.title),
        ("Subtitle", "青政办发〔2025〕12号"),
        ("Normal", "各乡镇人民政府，县政府各部门："),
        ("Normal", "现将工作要点印发给你们。"),
        ("Heading 1", "一、总体要求"),
        ("Heading 2", "（一）基本原则"),
        ("List Paragraph", "依法"),
        ("List Paragraph", "及时"),
        ("List Paragraph", "准确"),
        ("List Paragraph", "另起"),
        ("Caption", "图1 流程"),
        ("Signature", "青禾县人民政府办公室"),
        ("Signature", "2025年3月7日"),
        ("Source", "来源：青禾县人民政府门户网站"),
    ]


def test_the_official_faces_are_named_for_east_asian_text() -> None:
    styles = opened(NOTICE).styles
    names = ("Title", "Normal", "Heading 1", "Heading 2", "Table Text")
    faces = [styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for name in names]
    assert faces == ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "仿宋_GB2312"]


def test_the_language_of_chinese_text_is_told() -> None:
    (language,) = opened(NOTICE).styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_the_text_is_indented_by_two_characters_but_not_those_addressed() -> None:
    document = opened(NOTICE)
    addressed, text = [p for p in document.paragraphs if p.style.name == "Normal" and p.text]
    assert document.styles["Normal"].paragraph_format.first_line_indent.pt == 32
    assert addressed.paragraph_format.first_line_indent.pt == 0
    assert text.paragraph_format.first_line_indent is None


def test_bold_stays_bold() -> None:
    (text,) = [p for p in opened(NOTICE).paragraphs if p.text.startswith("现将")]
    assert [(run.text, bool(run.bold)) for run in text.runs] == list(NOTICE.blocks[1].runs)  # type: ignore[union-attr]


def test_the_mark_stands_in_the_header_and_the_page_number_at_the_foot() -> None:
    section = opened(NOTICE).sections[0]
    assert section.header.paragraphs[0].text == "【已废止】"
    foot = section.footer.paragraphs[0]._p
    assert "".join(node.text for node in foot.iter(qn("w:t"), qn("w:instrText"))) == "— PAGE —"
    assert opened(replace(NOTICE, mark="")).sections[0].header.paragraphs[0].text == ""


def test_the_properties_tell_title_issuer_and_day() -> None:
    properties = opened(NOTICE).core_properties
    assert (properties.title, properties.author) == (NOTICE.title, NOTICE.issuer)
    assert properties.created.date() == date(2025, 3, 7)


def test_spans_are_real_and_heads_repeat() -> None:
    document = read_docx(write_docx(NOTICE))
    facts, table = [block for block in document.blocks if isinstance(block, Grid)]
    assert facts.rows[1] == ["有效性", "已废止", "已废止", "已废止"]
    assert table.rows == [
        ["事项", "结果", "结果"],
        ["事项", "件", "份"],
        ["答复", "12", "30"],
    ]
    rows = opened(NOTICE).tables[1].rows
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True, True, False]


def test_each_numbered_list_begins_again_and_a_list_within_it_is_a_level_deeper() -> None:
    items = [p._p.pPr.numPr for p in opened(NOTICE).paragraphs if p.style.name == "List Paragraph"]
    levels = [item.ilvl.val for item in items]
    first, bullets, same, second = (item.numId.val for item in items)
    assert levels == [0, 1, 0, 0]
    assert first == same and len({first, bullets, second}) == 3


def test_a_picture_fits_between_the_margins_and_has_its_alternative_text() -> None:
    document = opened(NOTICE)
    (shape,) = document.inline_shapes
    assert shape.width.mm == pytest.approx(156, abs=0.1)
    assert shape.height.mm == pytest.approx(39, abs=0.1)
    assert shape._inline.docPr.get("descr") == "流程示意图"


def test_a_small_picture_is_not_enlarged() -> None:
    (shape,) = opened(Paper(title="图", blocks=(Picture(png(96, 48), "图"),))).inline_shapes
    assert (round(shape.width.inches, 2), round(shape.height.inches, 2)) == (1, 0.5)


@pytest.mark.parametrize("data", [b"", b"no picture", png(60, 60)[:20], b"BM" + bytes(60)])
def test_what_is_no_picture_gives_way_to_its_alternative_text(data: bytes) -> None:
    assert ("Picture", "示意图") in lines(Paper(title="图", blocks=(Picture(data, "示意图"),)))


def test_hostile_text_comes_back_as_it_was_given() -> None:
    paper = Paper(
        title=HOSTILE[0],
        issuer=HOSTILE[2],
        number=HOSTILE[3],
        mark=HOSTILE[4],
        blocks=(*(Paragraph(plain(text)) for text in HOSTILE), Picture(png(9, 9), '"><x>')),
    )
    document = opened(paper)
    assert [p.text for p in document.paragraphs if p.style.name == "Normal" and p.text] == list(HOSTILE)
    assert document.inline_shapes[0]._inline.docPr.get("descr") == '"><x>'


def test_what_xml_cannot_hold_is_left_out() -> None:
    paper = Paper(title=CONTROLS, issuer=CONTROLS, mark=CONTROLS, blocks=(Paragraph(plain(CONTROLS)),))
    assert lines(paper)[:2] == [("Title", "前后"), ("Normal", "前后")]
    assert opened(paper).core_properties.title == "前后"


def test_line_ends_of_every_kind_break_the_line_and_a_tab_is_a_space() -> None:
    assert lines(Paper(title="甲\r\n乙\r丙\n丁\t戊")) == [("Title", "甲\n乙\n丙\n丁 戊")]


def test_a_line_of_date_in_the_text_is_not_said_again() -> None:
    signed = replace(NOTICE, blocks=(Paragraph(plain("青禾县人民政府办公室\n2025 年 3 月 7 日")),))
    assert "Signature" not in dict(lines(signed))


def test_a_title_is_whole_however_long_though_the_property_has_a_limit() -> None:
    paper = Paper(title="长" * 2000)
    assert lines(paper) == [("Title", "长" * 2000)]
    assert opened(paper).core_properties.title == "长" * 255


def test_a_register_of_two_thousand_rows_is_whole() -> None:
    rows = tuple(row(str(number), f"事项{number}", "") for number in range(2000))
    grid = next(
        block
        for block in read_docx(write_docx(Paper(title="登记簿", blocks=(Table(rows),)))).blocks
        if isinstance(block, Grid)
    )
    assert [cells[1] for cells in grid.rows] == [f"事项{number}" for number in range(2000)]


LETTER = Paper(
    title="政府信息公开申请答复书",
    number="青教公开答〔2025〕12号",
    letterhead="青禾县教育局",
    blocks=(
        Paragraph(plain("王小禾：")),
        Paragraph(plain("现答复如下。")),
        Seal(("青禾县教育局", "2025年10月16日")),
        Rule(cut=True),
        Heading(0, "回执"),
        Table((row("姓名", ""), row("日期", "")), shares=(1, 3), form=True),
    ),
)


def test_a_letterhead_stands_over_number_and_red_line() -> None:
    document = opened(LETTER)
    assert [(p.style.name, p.text) for p in document.paragraphs if p.text][:3] == [
        ("Letterhead", "青禾县教育局"),
        ("Normal", "青教公开答〔2025〕12号"),
        ("Title", "政府信息公开申请答复书"),
    ]
    number = next(p for p in document.paragraphs if p.text == LETTER.number)
    assert [line.get(qn("w:color")) for line in number._p.iter(qn("w:bottom"))] == ["FF0000"]


def test_a_long_issuer_fits_the_letterhead_s_line() -> None:
    long = opened(replace(LETTER, letterhead="青禾县" * 8)).paragraphs[0]
    assert long.runs[0].font.size.pt * len(long.text) <= 442


def test_the_seal_is_centred_four_characters_from_the_right_and_stays_with_the_text() -> None:
    document = opened(LETTER)
    sealed = [p for p in document.paragraphs if p.style.name == "Seal"]
    assert [p.text for p in sealed] == ["青禾县教育局", "2025年10月16日"]
    date_width, right = 112, 64
    assert {p.paragraph_format.left_indent.pt for p in sealed} == {442.2 - 2 * right - date_width}
    text = next(p for p in document.paragraphs if p.text == "现答复如下。")
    assert text.paragraph_format.keep_with_next


def test_a_form_has_rows_to_write_in_and_a_line_to_cut_along() -> None:
    document = opened(LETTER)
    (table,) = document.tables
    assert [r.height.pt for r in table.rows] == [34, 34]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.iter(qn("w:gridCol"))]
    assert widths == [2211, 6633]
    assert {cell.paragraphs[0].style.name for cell in table.rows[0].cells} == {"Form Text"}
    lines_ = [line.get(qn("w:val")) for line in document.element.body.iter(qn("w:bottom"))]
    assert "dashed" in lines_
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [LETTER.title, "回执"]
