"""What we write we read back to the same report."""

from collections.abc import Callable

import pytest

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK
from gongkai.report.reading import read_bytes
from gongkai.report.schema import CellId, Report
from gongkai.report.writing.docx import write_docx
from gongkai.report.writing.html import write_html
from gongkai.report.writing.json import write_json
from gongkai.samples import BODIES, make_report

WRITERS = {"docx": write_docx, "html": write_html, "json": write_json}
REPORTS = [make_report(seed, BODIES[seed].name, year) for seed in range(8) for year in (2019, 2024)]
FIRST_BLANKS = 4
NEW_TOTAL = CellId(3, "new", "total")


def gist(report: Report) -> object:
    """What two readings of one report must agree on: everything but how and where a cell was read."""
    values = {cell: report.value(cell) for cell in report.form.cells()}
    sections = [(s.code, s.heading, s.text) for s in report.sections]
    return report.agency, report.year, report.edition, report.title, report.published_on, values, sections


@pytest.mark.parametrize("report", REPORTS, ids=lambda each: f"{each.edition.value}-{each.value(NEW_TOTAL)}")
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_written_report_reads_back_the_same(suffix: str, report: Report) -> None:
    write: Callable[[Report], bytes] = WRITERS[suffix]
    assert gist(read_bytes(write(report), f"report.{suffix}").report) == gist(report)


@pytest.mark.parametrize("suffix", WRITERS)
def test_blank_cells_come_back_blank(suffix: str) -> None:
    report = REPORTS[1]
    blanks = [cell for cell in report.form.cells() if cell.table == 3 and report.value(cell) == 0][
        :FIRST_BLANKS
    ]
    emptied = Report(
        agency=report.agency,
        year=report.year,
        edition=report.edition,
        title=report.title,
        published_on=report.published_on,
        cells=dict(report.cells) | {cell: Cell(BLANK) for cell in blanks},
        sections=report.sections,
    )
    assert gist(read_bytes(WRITERS[suffix](emptied), f"report.{suffix}").report) == gist(emptied)


def test_json_keeps_how_each_cell_was_read() -> None:
    reading = read_bytes(write_docx(REPORTS[0]), "report.docx").report
    assert read_bytes(write_json(reading, provenance=True), "report.json").report == reading
