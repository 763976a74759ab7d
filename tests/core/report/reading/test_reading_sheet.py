"""Workbooks: what cells say and how sheets become lines and grids."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from books import ods, packed, raw, sheet_of, workbook

from gongkai.report.codec import load
from gongkai.report.numerals import Illegible
from gongkai.report.reading import read_bytes
from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.formats.sheet import read_sheet
from gongkai.report.reading.formats.worksheet import format_code, number_text
from gongkai.report.schema import APPLICANTS, CellId, Report
from gongkai.report.writing.boxes import draw
from gongkai.samples import BODIES, make_report

KEPT_XLS = next((Path(__file__).resolve().parents[3] / "samples").glob("*.xls"))


def grid(data: bytes) -> Grid:
    (only,) = [block for block in read_sheet(data).blocks if isinstance(block, Grid)]
    return only


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


# What a number says


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.0, "", "12"),
        (0.0, "General", "0"),
        (-0.0, "", "0"),
        (0.1 + 0.2, "", "0.3"),
        (1276.5534, "0.00", "1276.5534"),
        (1276.5534000000002, "#,##0.00_ ", "1276.5534"),
        (1e20, "", "100000000000000000000"),
        (-8, "0_);(0)", "-8"),
        (-8, "0;[Red]-0", "-8"),
        (5, '"增"0;"减"0', "增5"),
        (-5, '"增"0;"减"0', "减5"),
        (12, '0"件"', "12件"),
        (12, "0件", "12件"),
        (251000, '0"元"', "251000元"),
        (0.956, "0.00%", "95.6%"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "0"),
        (45352, "yyyy/m/d", "2024年3月1日"),
        (45352, 'yyyy"年"m"月"d"日"', "2024年3月1日"),
        (0.5, "h:mm", "?0.5"),
        (12765534, "0!.0,", "?12765534"),
        (12765534, "#,##0,", "?12765534"),
        (12765534, "0.00E+00", "?12765534"),
    ],
)
def test_number_reads_as_its_format_means_it(value: float, code: str, text: str) -> None:
    assert number_text(value, code) == text


def test_built_in_formats_are_known_and_a_file_may_have_its_own() -> None:
    assert number_text(45352, format_code(14, {})) == "2024年3月1日"
    assert number_text(0.5, format_code(9, {})) == "50%"
    assert number_text(45352, format_code(14, {14: "0"})) == "45352"
    assert number_text(43890, "yyyy/m/d", from_1904=True) == "2024年3月1日"


def test_kinds_of_cells() -> None:
    strings = "<sst><si><t>名称</t></si><si><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr>"
    strings += "<t>1</t></r><r><rPr><strike/></rPr><t>99</t></r></si>"
    strings += "<si><t>拼</t><rPh><t>pin</t></rPh></si></sst>"
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>'
        '<c t="str"><f>A1</f><v>甲_x000D_</v></c>'
        '<c t="inlineStr"><is><t>乙</t></is></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c>'
        '<c t="d"><v>2025-01-06T00:00:00</v></c><c><v>3.0</v></c><c r="L{0}"><v>4</v></c><c s="0"/>'
    )
    rows = "".join(f"<row>{cells.replace('{0}', str(n))}</row>" for n in (1, 2))
    data = raw(f"<sheetData>{rows}</sheetData>", sharedStrings=strings)
    shown = ["名称", "12¹", "拼", "甲 ", "乙", "TRUE", "#REF!", "2025年1月6日", "3", "4"]
    assert grid(data).rows == [shown, shown]


def test_zero_is_not_blank_and_blanks_are_kept() -> None:
    found = grid(sheet_of([["事项", "甲", "乙", "丙"], ["新收", 0, None, 3], ["结转", None, "０", " 2 "]]))
    assert found.rows == [["事项", "甲", "乙", "丙"], ["新收", "0", "", "3"], ["结转", "", "０", " 2 "]]


# How a sheet is laid out


def test_merged_labels_cover_their_rows_and_what_hides_beneath_is_not_seen() -> None:
    def draw(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 1, "事项")
        page.merge_range(1, 0, 2, 0, "办理结果")
        page.write_column(1, 1, ["公开", "不予公开"])
        page.write_column(0, 2, ["总计", 3, 4])
        page.write(2, 0, 77)

    found = grid(workbook(draw))
    assert found.rows == [["事项", "事项", "总计"], ["办理结果", "公开", "3"], ["办理结果", "不予公开", "4"]]
    assert found.origin[2][0] == (1, 0)
    assert found.origin[0][1] == (0, 0)


def test_blank_beside_an_unmerged_label_is_no_cell_of_the_row() -> None:
    rows: list[list[object]] = [
        ["（七）总计", None, None, 5, None, 5],
        ["办理结果", "其他", "逾期不补正", 1, None, 1],
    ]
    found = grid(sheet_of(rows))
    assert found.rows[0] == ["（七）总计", "（七）总计", "（七）总计", "5", "5"]
    assert found.origin[0][:3] == [(0, 0)] * 3


def test_blanks_under_a_heading_are_cells_of_the_row() -> None:
    rows: list[list[object]] = [["事项", "自然人", "总计"], ["新收", None, 5], ["结转", None, 2]]
    assert grid(sheet_of(rows)).rows[1:] == [["新收", "", "5"], ["结转", "", "2"]]


def test_prose_and_headings_become_lines_and_part_the_tables() -> None:
    prose = "全年主动公开信息若干条，群众满意。\n下一年继续努力，把公开做实做细，让更多人看得到、看得懂。"
    rows: list[list[object]] = [
        ["某局2024年政府信息公开工作年度报告"],
        ["一、总体情况"],
        [prose],
        ["规章", 0, 1],
        ["规范性文件", 2, 3],
        [],
        ["新收", 5, 6, 7],
    ]
    document = read_sheet(sheet_of(rows))
    assert lines(document) == ["某局2024年政府信息公开工作年度报告", "一、总体情况", *prose.split("\n")]
    grids = [block.rows for block in document.blocks if isinstance(block, Grid)]
    assert grids == [[["规章", "0", "1"], ["规范性文件", "2", "3"]], [["新收", "5", "6", "7"]]]


def test_title_over_a_table_without_prose_stays_with_it() -> None:
    document = read_sheet(sheet_of([["申请情况统计表"], [], ["新收", 5, 6], ["结转", 1, 2]]))
    assert [block.rows[-1] for block in document.blocks if isinstance(block, Grid)] == [["结转", "1", "2"]]


@pytest.mark.parametrize("head", ["校验", "合计/校验", "核对（应为0）", "备注", "合计"])
def test_columns_kept_for_checks_are_left_out_with_a_note(head: str) -> None:
    rows: list[list[object]] = [
        ["事项", "甲", "总计", None, head],
        ["新收", 1, 1, None, 0],
        ["结转", 2, 2, None, 0],
    ]
    document = read_sheet(sheet_of(rows))
    (found,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert found.rows == [["事项", "甲", "总计"], ["新收", "1", "1"], ["结转", "2", "2"]]
    assert document.notes == [f"工作表“表”中“{head}”一列不是表内的数，没有读取。"]


def test_columns_without_a_heading_beside_the_table_are_left_out_with_a_note() -> None:
    rows: list[list[object]] = [
        [None, "事项", "甲", "乙"],
        [1, "新收", 3, 4, None, 0],
        [2, "结转", 5, 6, None, 0],
    ]
    document = read_sheet(sheet_of(rows))
    (found,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert found.rows == [["事项", "甲", "乙"], ["新收", "3", "4"], ["结转", "5", "6"]]
    assert document.notes == ["工作表“表”中F列没有表头，没有读取。", "工作表“表”中A列没有表头，没有读取。"]


def test_what_stands_right_of_the_total_of_requests_is_none_of_theirs() -> None:
    rows: list[list[object]] = [["事项", "自然人", "总计", "全市"], ["新收", 1, 1, 80], ["结转", 2, 2, 90]]
    assert grid(sheet_of(rows)).rows == [["事项", "自然人", "总计"], ["新收", "1", "1"], ["结转", "2", "2"]]


@pytest.mark.parametrize("head", ["序号", "行次", "编 号"])
def test_row_numbers_are_left_out_wherever_they_stand(head: str) -> None:
    rows: list[list[object]] = [["事项", head, "甲", "乙"], ["新收", 1, 3, 4], ["结转", 2, 5, 6]]
    assert grid(sheet_of(rows)).rows[1:] == [["新收", "3", "4"], ["结转", "5", "6"]]


def test_row_of_column_numbers_keeps_the_labels() -> None:
    rows: list[list[object]] = [["事项", "甲", "乙"], ["栏次", 1, 2], ["新收", 3, 4], ["结转", 5, 6]]
    assert grid(sheet_of(rows)).rows[2:] == [["新收", "3", "4"], ["结转", "5", "6"]]


def test_a_total_of_the_form_is_not_taken_for_a_check() -> None:
    rows: list[list[object]] = [["事项", "甲", "合计"], ["新收", 1, 1], ["结转", 2, 2]]
    assert grid(sheet_of(rows)).rows[1] == ["新收", "1", "1"]


def test_hidden_and_chart_sheets_are_left_out() -> None:
    def draw(book: Any) -> None:
        for name, hide in (("甲", "hide"), ("乙", "very_hidden"), ("丙", "")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, [name, 1, 2])
            if hide:
                getattr(page, hide)()
        book.get_worksheet_by_name("丙").activate()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=丙!$B$1:$C$1"})
        book.add_chartsheet("图").set_chart(chart)

    document = read_sheet(workbook(draw))
    assert [block.rows for block in document.blocks if isinstance(block, Grid)] == [[["丙", "1", "2"]]]
    assert document.notes == ["工作表“甲”是隐藏的，没有读取。", "工作表“乙”是隐藏的，没有读取。"]


def test_text_boxes_and_further_tables_of_the_same_kind_are_noted() -> None:
    def draw(book: Any) -> None:
        for name in ("甲局", "乙局"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["一、本年新收政府信息公开申请数量", 1, 2])
        page.insert_textbox(3, 0, "补充说明")

    assert read_sheet(workbook(draw)).notes == [
        "工作簿里有文本框，其中的文字没有读取。",
        "有2个工作表都像是表三，只读了最前面的“甲局”，请按单位拆开再读。",
    ]


def test_sums_by_body_laid_out_sideways_are_not_read_as_one_report() -> None:
    """A row for each body, a column for each row of the form: nothing says which figure is whose."""
    report = make_report(5, BODIES[4].name, 2024)
    rows = report.form.table(3).rows
    totals: list[object] = [report.value(CellId(3, row.code, "total")) for row in rows]
    reading = read_bytes(sheet_of([["单位", *(row.label for row in rows)], *[["某局", *totals]] * 7]))
    assert all(isinstance(cell.value, Illegible) for cell in reading.report.cells.values())


# Whole reports


FIRST, SECOND = (CellId(3, "new", column.code) for column in APPLICANTS[:2])


def requests_sheet(result: object, *, keep: bool = True) -> tuple[Report, bytes]:
    """A report's table of requests, one of its figures given by a formula with this result, or with none."""
    report = make_report(3, BODIES[3].name, 2024)

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        seen: set[int] = set()
        for r, line in enumerate(draw(report, 3).matrix()):
            for c, box in enumerate(line):
                if id(box) in seen:
                    continue
                seen.add(id(box))
                if box.across > 1 or box.down > 1:
                    page.merge_range(r, c, r + box.down - 1, c + box.across - 1, "")
                if box.cell == FIRST:
                    page.write_formula(r, c, "=SUM(X9)", None, result if keep else 424242)
                elif box.cell is None:
                    page.write_string(r, c, box.text)
                else:
                    page.write_number(r, c, float(box.text))

    data = workbook(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return report, packed({name: part.replace("<v>424242</v>", "") for name, part in parts.items()})


def test_formula_gives_the_value_it_had_when_saved() -> None:
    report, data = requests_sheet(17)
    assert report.value(FIRST) != 17
    assert read_bytes(data).report.value(FIRST) == 17


def test_formula_that_gives_nothing_is_blank() -> None:
    rows = '<row><c><v>1</v></c><c t="str"><f>IF(A1,"","")</f><v></v></c><c><v>2</v></c></row>'
    head = '<row><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c><c t="str"><v>丙</v></c></row>'
    assert grid(raw(f"<sheetData>{head}{rows}</sheetData>")).rows[1] == ["1", "", "2"]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_error_in_a_cell_is_illegible(error: str) -> None:
    report, data = requests_sheet(error)
    reading = read_bytes(data).report
    assert reading.value(FIRST) == Illegible(error)
    assert reading.value(SECOND) == report.value(SECOND)


def test_formula_never_counted_is_illegible_and_noted() -> None:
    reading = read_bytes(requests_sheet(0, keep=False)[1])
    assert isinstance(reading.report.value(FIRST), Illegible)
    assert any("还没有计算结果" in note for note in reading.notes)


def test_kept_xls_reads_as_its_truth_says() -> None:
    truth = load(json.loads(KEPT_XLS.with_suffix(".truth.json").read_text()))
    report = read_bytes(KEPT_XLS.read_bytes(), KEPT_XLS.name).report
    assert {c: report.value(c) for c in truth.form.cells()} == {c: truth.value(c) for c in truth.form.cells()}


def test_open_document_sheet_with_spans_repeats_errors_and_formats() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    def row(*cells: str, attributes: str = "") -> str:
        return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"

    both = 'table:number-columns-spanned="2"'
    number = 'office:value-type="float" office:value="{}"'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    covered = "<table:covered-table-cell/>"
    rows = "".join(
        (
            row(cell("事项", both), covered, cell("数"), cell("比")),
            row(
                cell("新收", both),
                covered,
                cell("1,277", number.format(1276.5534)),
                cell("95%", 'office:value-type="percentage" office:value="0.95"'),
            ),
            row(empty, attributes='table:number-rows-repeated="1048500"'),
            row(
                cell("结转"),
                cell("<text:span>甲</text:span>"),
                cell("#REF!", 'office:value-type="string" calcext:value-type="error"'),
                cell("12元", number.format(12)),
            ),
        )
    )
    document = read_sheet(ods(rows))
    found = [row for block in document.blocks if isinstance(block, Grid) for row in block.rows]
    assert found == [
        ["事项", "数", "比"],
        ["新收", "1276.5534", "95%"],
        ["结转", "甲", "#REF!", "12元"],
    ]
    assert document.notes == ["工作表“旧”是隐藏的，没有读取。"]
