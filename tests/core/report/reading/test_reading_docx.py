"""Word files: what a reader of the accepted document sees, and tables with their spans."""

from __future__ import annotations

import io

import docx
from papers import p, tbl, tc, tr, word_file
from tests.core.needs import NEEDS_REPORTS, TEMPLATE

from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.formats.docx import read_docx


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def test_paragraphs_and_tables_come_in_reading_order() -> None:
    table = tbl(tr(tc("行政许可"), tc("12")), tr(tc("行政处罚"), tc("7")))
    document = read_docx(word_file(p("一、总体情况") + table + p("二、其他")))
    assert [type(block) for block in document.blocks] == [Paragraph, Grid, Paragraph]
    assert grids(document)[0].rows == [["行政许可", "12"], ["行政处罚", "7"]]
    assert texts(document) == ["一、总体情况", "二、其他"]


def test_file_written_by_python_docx_is_read_with_its_title() -> None:
    made = docx.Document()
    made.core_properties.title = "云栖县年度报告"
    made.add_heading("一、总体情况", level=1)
    table = made.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "合并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖并"
    out = io.BytesIO()
    made.save(out)
    document = read_docx(out.getvalue())
    assert document.title == "云栖县年度报告"
    assert texts(document) == ["一、总体情况"]
    assert grids(document)[0].rows == [["00", "合并", "合并"], ["竖并", "11", "12"], ["竖并", "21", "22"]]
    assert grids(document)[0].origin[2] == [(1, 0), (2, 1), (2, 2)]


def test_equal_neighbours_are_told_from_a_merged_cell() -> None:
    span = '<w:gridSpan w:val="2"/>'
    document = read_docx(word_file(tbl(tr(tc("0", span), tc("1")), tr(tc("0"), tc("0"), tc("1")))))
    assert grids(document)[0].rows == [["0", "0", "1"], ["0", "0", "1"]]
    assert grids(document)[0].origin == [[(0, 0), (0, 0), (0, 2)], [(1, 0), (1, 1), (1, 2)]]


def test_cells_before_the_row_keep_the_columns_in_line() -> None:
    before = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    document = read_docx(
        word_file(tbl(tr(tc("甲"), tc("1"), tc("2")), tr(tc("3"), tc("4"), properties=before)))
    )
    assert grids(document)[0].rows == [["甲", "1", "2"], ["", "3", "4"]]


def test_columns_in_which_nothing_begins_are_left_out() -> None:
    wide = '<w:gridSpan w:val="9"/>'
    document = read_docx(word_file(tbl(tr(tc("甲", wide), tc("1", wide)), tr(tc("乙", wide), tc("2", wide)))))
    assert grids(document)[0].rows == [["甲", "1"], ["乙", "2"]]


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = (
        "<w:p>"
        + run.format("新收")
        + "<w:del><w:r><w:delText>15</w:delText></w:r></w:del>"
        + "<w:ins>"
        + run.format("16")
        + "</w:ins>"
        + "<w:moveFrom>"
        + run.format("旧处")
        + "</w:moveFrom><w:moveTo>"
        + run.format("件")
        + "</w:moveTo></w:p>"
    )
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>'
    table = tbl(tr(tc("甲"), tc(changed)), tr(tc("乙"), tc("9"), properties=gone), tr(tc("丙"), tc("3")))
    document = read_docx(word_file(changed + table))
    assert texts(document) == ["新收16件"]
    assert grids(document)[0].rows == [["甲", "新收16件"], ["丙", "3"]]


def test_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert texts(read_docx(word_file(p("全年新收", mark) + p("21件。") + p("另一段。")))) == [
        "全年新收21件。",
        "另一段。",
    ]


def test_text_box_is_read_once_though_written_twice() -> None:
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    drawing = (
        "<w:p><w:r><w:t>锚点</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_docx(word_file(drawing))) == ["锚点", "框内文字"]


def test_table_in_a_text_box_is_a_grid() -> None:
    content = f"<w:txbxContent>{tbl(tr(tc('甲'), tc('1')))}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r></w:p>"
    assert grids(read_docx(word_file(box)))[0].rows == [["甲", "1"]]


def test_layout_table_dissolves_and_the_inner_table_is_a_grid() -> None:
    inner = tbl(tr(tc("行政许可"), tc("12")), tr(tc("行政处罚"), tc("7")), tr(tc("行政强制"), tc("0")))
    outer = tbl(tr(tc("栏目"), tc(p("一、总体情况") + inner + p("说明"))))
    document = read_docx(word_file(outer))
    assert texts(document) == ["栏目", "一、总体情况", "说明"]
    assert grids(document)[0].rows == [["行政许可", "12"], ["行政处罚", "7"], ["行政强制", "0"]]


def test_one_celled_table_inside_a_cell_is_that_cells_text() -> None:
    boxed = tbl(tr(tc("12")))
    document = read_docx(word_file(tbl(tr(tc("行政许可"), tc(boxed + p(""))), tr(tc("行政处罚"), tc("7")))))
    assert [grid.rows for grid in grids(document)] == [[["行政许可", "12"], ["行政处罚", "7"]]]


def test_row_of_prose_in_a_table_of_figures_becomes_a_paragraph() -> None:
    span = '<w:gridSpan w:val="2"/>'
    prose = "本年工作总体平稳，各项任务按期完成。" * 12
    document = read_docx(word_file(tbl(tr(tc("甲"), tc("1")), tr(tc(prose, span)), tr(tc("乙"), tc("2")))))
    assert [grid.rows for grid in grids(document)] == [[["甲", "1"]], [["乙", "2"]]]
    assert texts(document) == [prose]


def test_content_controls_are_transparent() -> None:
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('5')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc('甲'), cell)}</w:sdtContent></w:sdt>"
    inline = "<w:p><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    document = read_docx(word_file(f"<w:sdt><w:sdtContent>{inline}</w:sdtContent></w:sdt>" + tbl(row)))
    assert texts(document) == ["控件"]
    assert grids(document)[0].rows == [["甲", "5"]]


def test_hidden_text_and_field_codes_are_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2024</w:t></w:r>'
    )
    assert texts(read_docx(word_file(f"<w:p>{hidden}{shown}{field}</w:p>"))) == ["显2024"]


def test_breaks_tabs_and_symbols_become_characters() -> None:
    minus = '<w:sym w:font="Symbol" w:char="F02D"/>'
    run = f"<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>{minus}</w:r>"
    assert texts(read_docx(word_file(f"<w:p>{run}</w:p>"))) == ["甲\t乙\n丙--"]


def test_embedded_sheet_is_noted_not_passed_over_in_silence() -> None:
    sheet = '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
    assert read_docx(word_file(sheet)).notes == [
        "文档中嵌有 Excel 表格对象，其内容未读取，请将其转为 Word 表格。"
    ]
    assert read_docx(word_file(p("正文"))).notes == []


@NEEDS_REPORTS
def test_blank_statutory_form_has_its_three_tables() -> None:
    shapes = [(len(grid.rows), len(grid.rows[0])) for grid in grids(read_docx(TEMPLATE.read_bytes()))]
    assert shapes == [(14, 4), (28, 10), (4, 15)]
