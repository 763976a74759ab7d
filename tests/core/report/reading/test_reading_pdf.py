"""PDFs: ruled and unruled tables, pages, turned pages, prose."""

from __future__ import annotations

import io
import json

import pypdfium2
import pytest
from papers import FIGURES, LABELS, requests_table, typeset
from tests.core.needs import NEEDS_REPORTS, REPORTS

from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.pdf.pages import read_pdf, read_pdf_second

PROSE = "全年工作平稳有序，各项任务按期完成，群众办事更加方便，公开渠道更加畅通，服务质量稳步提升。" * 3


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def figures(document: Document) -> list[tuple[str, ...]]:
    """The last seven cells of every row that ends in seven figures, over all grids."""
    found = (tuple(row[-7:]) for block in document.blocks if isinstance(block, Grid) for row in block.rows)
    return [row for row in found if all(cell.isdigit() for cell in row)]


def labels(document: Document) -> list[str]:
    return [
        row[-8]
        for block in document.blocks
        if isinstance(block, Grid)
        for row in block.rows
        if row[-1].isdigit()
    ]


@pytest.mark.parametrize(
    "stroke", ["0.5pt", '(dash: "dashed")', "(x: none, y: 0.5pt)", "(x: 0.5pt, y: none)", "none"]
)
@pytest.mark.parametrize("read", [read_pdf, read_pdf_second])
def test_every_figure_of_a_table_is_in_its_row_and_column(read, stroke: str) -> None:  # type: ignore[no-untyped-def]
    document = read(typeset(requests_table(stroke)))
    assert figures(document) == list(FIGURES)
    assert labels(document) == list(LABELS)


def test_merged_label_covers_its_rows() -> None:
    document = read_pdf(typeset(requests_table(label_rows=True)))
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert [row[0] for row in grid.rows[1:]] == ["办理结果"] * len(LABELS)
    assert {cell for row in grid.origin[1:] for cell in row[:1]} == {(1, 0)}


def test_table_across_pages_gives_grids_that_know_their_pages() -> None:
    document = read_pdf(typeset("正文。\n\n#v(20.5cm)\n" + requests_table()))
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [grid.page for grid in grids] == [1, 2]
    assert figures(document) == list(FIGURES)


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_landscape_table_drawn_sideways_is_set_upright(stroke: str) -> None:
    for quarter in ("90deg", "-90deg"):
        body = f"#rotate({quarter}, reflow: true)[#block(width: 22cm)[{requests_table(stroke)}]]"
        assert figures(read_pdf(typeset(body))) == list(FIGURES)


def test_page_turned_by_its_rotation_entry_is_read_alike() -> None:
    for degrees in (90, 180, 270):
        pdf = pypdfium2.PdfDocument(typeset(requests_table()))
        for page in pdf:
            page.set_rotation(degrees)
        out = io.BytesIO()
        pdf.save(out)
        pdf.close()
        assert figures(read_pdf(out.getvalue())) == list(FIGURES)


def test_wrapped_lines_are_one_paragraph_and_paragraphs_stay_apart() -> None:
    document = read_pdf(typeset(f"一、总体情况\n\n{PROSE}\n\n{PROSE}结尾。\n\n二、其他情况\n\n没有。"))
    assert texts(document) == ["一、总体情况", PROSE, PROSE + "结尾。", "二、其他情况", "没有。"]


def test_paragraph_goes_on_over_the_page_break_and_page_numbers_vanish() -> None:
    document = read_pdf(typeset(f"起。\n\n#v(21.3cm)\n{PROSE * 2}\n\n末。"))
    assert texts(document) == ["起。", PROSE * 2, "末。"]
    pages = [block.page for block in document.blocks]
    assert pages == [1, 1, 2]


def test_running_head_on_every_page_is_dropped() -> None:
    head = ", header: [云栖县人民政府公报]"
    document = read_pdf(typeset("甲段落。#pagebreak()乙段落。#pagebreak()丙段落。", page=head))
    assert texts(document) == ["甲段落。", "乙段落。", "丙段落。"]


def test_numbers_in_a_table_are_not_in_the_prose() -> None:
    document = read_pdf(typeset("前文。\n\n" + requests_table() + "\n后文。"))
    assert texts(document) == ["前文。", "后文。"]


def test_blank_cell_stays_blank() -> None:
    body = "#table(columns: 3, stroke: 0.5pt, [甲甲甲甲], [1], [2], [乙乙乙乙], [], [3], [丙丙丙丙], [4], [])"
    grid = next(
        block
        for block in read_pdf(typeset(body + "正文若干若干若干若干。")).blocks
        if isinstance(block, Grid)
    )
    assert grid.rows == [["甲甲甲甲", "1", "2"], ["乙乙乙乙", "", "3"], ["丙丙丙丙", "4", ""]]


def unruled(rows: list[tuple[str, ...]], align: str = "center + horizon") -> str:
    """A table without rules under the headings of the statutory columns."""
    head = "[事项],[自然人],[企业],[科研],[公益],[法律],[其他],[总计],"
    cells = "".join(f"[{cell}]," for row in rows for cell in row)
    return (
        "#table(columns: (1fr, 3.6em, 3em, 3em, 3em, 3em, 3em, 3.6em), stroke: none, "
        f"align: {align}, {head}{cells})\n"
    )


def test_blanks_of_an_unruled_table_stay_in_their_columns() -> None:
    rows = [
        ("1.属于国家秘密", "12", "", "", "", "3", "", "15"),
        ("2.属于行政执法案卷", "7", "4", "", "", "", "", "11"),
        ("3.属于行政查询事项", "", "", "", "", "", "1", "1"),
    ]
    document = read_pdf(typeset(unruled(rows)))
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert [tuple(row[-8:]) for row in grid.rows] == rows
    assert not grid.inferred


def test_row_without_any_value_does_not_lend_its_label_to_the_next() -> None:
    rows = [
        ("1.属于国家秘密", "12", "0", "1", "0", "3", "0", "16"),
        ("2.属于行政执法案卷", "7", "4", "0", "0", "0", "0", "11"),
        ("3.要求提供公开出版物", "", "", "", "", "", "", ""),
        ("4.属于行政查询事项", "1", "0", "0", "0", "0", "1", "2"),
    ]
    grid = next(block for block in read_pdf(typeset(unruled(rows))).blocks if isinstance(block, Grid))
    assert [tuple(row[-8:]) for row in grid.rows] == rows


@pytest.mark.parametrize("align", ["left + top", "center + horizon", "right + bottom"])
def test_wrapped_labels_go_with_their_own_row_however_aligned(align: str) -> None:
    long = "、申请人没有正当理由逾期不补正因而机关不再处理其申请的情形"
    rows = [(f"{i}.某类{long}", str(30 + i), "0", "1", "0", "2", "0", str(33 + i)) for i in range(1, 6)]
    grid = next(block for block in read_pdf(typeset(unruled(rows, align))).blocks if isinstance(block, Grid))
    assert [tuple(row[-8:]) for row in grid.rows] == rows


def test_last_row_of_an_unruled_table_on_the_next_page_keeps_its_columns() -> None:
    rows = [(f"{i}.某类事项", str(30 + i), "0", "1", "0", "2", "0", str(33 + i)) for i in range(1, 9)]
    rows[7] = ("8.某类事项", "38", "", "", "", "", "", "38")
    for space in range(180, 216):
        document = read_pdf(typeset(f"正文。\n\n#v({space}mm)\n" + unruled(rows)))
        grids = [block for block in document.blocks if isinstance(block, Grid)]
        if [len(grid.rows) for grid in grids] == [7, 1]:
            break
    assert [grid.page for grid in grids] == [1, 2]
    assert tuple(grids[1].rows[0][-8:]) == rows[7]


def test_missing_lines_between_figures_are_made_up_for() -> None:
    plain = "[行政处罚决定],[11],[12],[13],"
    sides = ("left: 0.5pt, right: none", "x: none", "x: none", "left: none, right: 0.5pt")
    bare = "".join(
        f"table.cell(stroke: (y: 0.5pt, {side}))[{cell}],"
        for side, cell in zip(sides, ("行政许可决定", "21", "22", "23"), strict=True)
    )
    body = f"#table(columns: (10em, 4em, 4em, 4em), stroke: 0.5pt, {plain}{bare}{plain})"
    grid = next(
        block
        for block in read_pdf(typeset(body + "正文若干若干若干若干。")).blocks
        if isinstance(block, Grid)
    )
    assert grid.rows[1] == ["行政许可决定", "21", "22", "23"]


def test_figure_that_sticks_out_over_a_line_stays_whole() -> None:
    cells = "[甲甲甲甲], [#box[12345678]], [5], [乙乙乙乙], [1], [2]"
    body = f"#table(columns: (6em, 3em, 9em), stroke: 0.5pt, align: (left, left, right), {cells})"
    grid = next(
        block
        for block in read_pdf(typeset(body + "正文若干若干若干若干。")).blocks
        if isinstance(block, Grid)
    )
    assert grid.rows == [["甲甲甲甲", "12345678", "5"], ["乙乙乙乙", "1", "2"]]


def test_number_wrapped_in_a_narrow_cell_is_one_number() -> None:
    cells = "[行政处罚决定], [1234\u200b567], [行政强制决定], [8]"
    body = f"#table(columns: (6em, 2.2em), stroke: 0.5pt, inset: 2pt, {cells})"
    grid = next(
        block for block in read_pdf(typeset(body + "正文若干若干若干。")).blocks if isinstance(block, Grid)
    )
    assert grid.rows == [["行政处罚决定", "1234567"], ["行政强制决定", "8"]]


def test_two_figures_one_above_the_other_are_not_fused() -> None:
    cells = "[行政许可#linebreak()行政处罚], [12#linebreak()34], [行政强制], [5]"
    body = f"#table(columns: (9em, 9em), stroke: 0.5pt, {cells})"
    document = read_pdf(typeset(body + "正文若干若干若干若干。"))
    cells = [
        cell for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row
    ]
    assert "1234" not in cells


def test_title_is_the_large_lines_of_the_first_page() -> None:
    body = "#align(center)[#text(size: 18pt)[云栖县人民政府 #linebreak() 二〇二四年年度报告]]\n\n" + PROSE
    assert read_pdf(typeset(body)).title == "云栖县人民政府二〇二四年年度报告"


@NEEDS_REPORTS
def test_real_report_holds_exactly_the_figures_of_its_truth() -> None:
    report = REPORTS / "huaian-2024.pdf"
    truth = json.loads(report.with_suffix(".truth.json").read_text())
    for read in (read_pdf, read_pdf_second):
        document = read(report.read_bytes())
        expected = [tuple(map(str, row)) for row in truth["table3"].values()]
        assert figures(document)[: len(expected)] == expected
        last = [block for block in document.blocks if isinstance(block, Grid)][-1]
        assert list(map(int, last.rows[-1])) == [
            n for group in truth["table4"].values() for n in group.values()
        ]
