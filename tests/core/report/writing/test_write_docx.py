"""The Word file names the official faces, merges the form's cells and is the same for the same report."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.core.needs import NEEDS_REPORTS, TEMPLATE

from gongkai.report.schema import CARRIED_IN, TOTAL, CellId, Report
from gongkai.report.writing.boxes import show_value
from gongkai.report.writing.docx import write_docx
from gongkai.samples import make_report


def sample(year: int = 2024) -> Report:
    return make_report(3, "霁川县人民政府", year)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_docx(sample()) == write_docx(sample())


def test_the_official_faces_are_named_for_east_asian_text() -> None:
    document = docx.Document(BytesIO(write_docx(sample())))
    faces = {
        name: document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("Title", "Normal", "Heading 1", "Heading 2")
    }
    assert faces == {
        "Title": "方正小标宋简体",
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }


def test_headings_and_prose_stand_in_order() -> None:
    report = sample()
    document = docx.Document(BytesIO(write_docx(report)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.heading for section in report.sections if section.heading]
    assert document.paragraphs[0].text == report.title
    assert document.core_properties.title == report.title


@pytest.mark.parametrize(("year", "rows"), [(2019, 26), (2024, 28)])
def test_the_three_tables_hold_the_numbers(year: int, rows: int) -> None:
    report = sample(year)
    tables = docx.Document(BytesIO(write_docx(report))).tables
    assert [len(table.rows) for table in tables][1:] == [rows, 4]
    carried = [cell.text for cell in tables[1].rows[4].cells]
    assert carried[0] == carried[2] == "二、上年结转政府信息公开申请数量"
    assert carried[-1] == show_value(report.value(CellId(3, CARRIED_IN, TOTAL)))


def test_head_rows_repeat_and_rows_do_not_break() -> None:
    table = docx.Document(BytesIO(write_docx(sample()))).tables[1]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads[:4] == [True, True, True, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def structure(table: Any) -> list[list[tuple[str, int, str | None]]]:
    """Each row's cells: words where it begins (numbers left out), columns across, state of merging down."""
    rows = []
    for row in table._tbl.iter(qn("w:tr")):
        cells = []
        for cell in row.iter(qn("w:tc")):
            span, merge = cell.find(".//" + qn("w:gridSpan")), cell.find(".//" + qn("w:vMerge"))
            text = "".join(t.text or "" for t in cell.iter(qn("w:t"))).replace("\u3000", "")
            state = None if merge is None else merge.get(qn("w:val"), "continue")
            words = "" if state == "continue" or text.strip("-.0123456789") == "" else text
            cells.append((words, 1 if span is None else int(span.get(qn("w:val"))), state))
        rows.append(cells)
    return rows


@NEEDS_REPORTS
@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_written_tables_are_those_of_the_issued_form_cell_by_cell(number: int) -> None:
    issued = docx.Document(str(TEMPLATE)).tables[number - 2]
    ours = docx.Document(BytesIO(write_docx(sample()))).tables[number - 2]
    assert structure(ours) == structure(issued)
