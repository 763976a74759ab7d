"""The boxes cover the form: every cell once, no gaps, the merged cells of the issued form."""

from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from tests.core.needs import NEEDS_REPORTS, TEMPLATE

from gongkai.report.numerals import BLANK, Illegible, read_cell
from gongkai.report.schema import Edition, Report
from gongkai.report.writing.boxes import BALANCE_NOTE, draw, show_value


def empty(edition: Edition) -> Report:
    return Report(agency="霁川县教育局", year=2024, edition=edition)


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("number", [2, 3, 4])
def test_every_cell_of_the_form_has_one_box(edition: Edition, number: int) -> None:
    report = empty(edition)
    table = draw(report, number)
    drawn = [box.cell for row in table.rows for box in row if box.cell]
    assert drawn == [cell for cell in report.form.cells() if cell.table == number]
    assert all(len(row) == len(table.widths) for row in table.matrix())


@pytest.mark.parametrize(("edition", "rows"), [(Edition.FORM_2019, 26), (Edition.FORM_2021, 28)])
def test_table_3_has_three_head_rows_and_the_editions_rows(edition: Edition, rows: int) -> None:
    table = draw(empty(edition), 3)
    assert len(table.rows) == rows
    results = next(box for row in table.rows for box in row if box.text == "三、本年度办理结果")
    assert results.down == rows - 3 - 3
    assert table.rows[0][0].text == BALANCE_NOTE


@NEEDS_REPORTS
@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_merged_cells_are_those_of_the_issued_form(number: int) -> None:
    template = docx.Document(str(TEMPLATE)).tables[number - 2]
    wanted = []
    for row in template._tbl.iter(qn("w:tr")):
        cells = []
        for cell in row.iter(qn("w:tc")):
            span, merge = cell.find(".//" + qn("w:gridSpan")), cell.find(".//" + qn("w:vMerge"))
            begins = merge is None or merge.get(qn("w:val")) == "restart"
            text = "".join(t.text or "" for t in cell.iter(qn("w:t"))).replace("\u3000", "")
            cells.append(
                (text if begins else "", int(span.get(qn("w:val"))) if span is not None else 1, begins)
            )
        wanted.append(cells)
    drawn = [
        [(box.text if begins else "", box.across, begins) for box, begins in line]
        for line in draw(empty(Edition.FORM_2021), number).lines()
    ]
    assert [[cell[1:] for cell in row] for row in drawn] == [[cell[1:] for cell in row] for row in wanted]
    assert [[cell[0] for cell in row] for row in drawn] == [[cell[0] for cell in row] for row in wanted]


def test_values_are_shown_as_the_form_shows_them() -> None:
    assert show_value(0) == "0"
    assert show_value(Decimal("368.240")) == "368.24"
    assert show_value(Decimal("5.8E+3")) == "5800"
    assert show_value(BLANK) == ""


def test_an_illegible_run_of_digits_is_never_shown_as_a_number() -> None:
    shown = show_value(Illegible("898989", (8, 89, 898)))
    assert shown == "？"
    assert isinstance(read_cell(shown), Illegible)
