"""What we write we read back to the same report, in every format and both editions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.needs import NEEDS_TYPST

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible, Unit, Value
from gongkai.report.reading import read, read_bytes
from gongkai.report.schema import CellId, Edition, Report
from gongkai.report.writing import FORMATS, write
from gongkai.report.writing.docx import write_docx
from gongkai.report.writing.json import write_json
from gongkai.samples import BODIES, make_report

WRITTEN = [pytest.param(name, marks=NEEDS_TYPST if name == "pdf" else ()) for name in FORMATS]
REPORTS = [make_report(seed, BODIES[seed].name, year) for seed in range(8) for year in (2019, 2024)]
FIRST_BLANKS = 4
NEW_TOTAL = CellId(3, "new", "total")


def gist(report: Report) -> object:
    """What two readings of one report must agree on: everything but how and where a cell was read."""
    values = {cell: report.value(cell) for cell in report.form.cells()}
    sections = [(s.code, s.heading, s.text) for s in report.sections]
    return report.agency, report.year, report.edition, report.title, report.published_on, values, sections


def back(report: Report, format_: str) -> Report:
    return read_bytes(write(report, format_), f"report.{format_}").report


def with_values(report: Report, values: dict[CellId, Value]) -> Report:
    cells = dict(report.cells) | {cell: Cell(value) for cell, value in values.items()}
    return replace(report, cells=cells)


@pytest.mark.parametrize("report", REPORTS, ids=lambda each: f"{each.edition.value}-{each.value(NEW_TOTAL)}")
@pytest.mark.parametrize("format_", WRITTEN)
def test_a_written_report_reads_back_the_same(format_: str, report: Report) -> None:
    assert gist(back(report, format_)) == gist(report)


@st.composite
def values_of(draw: Any, report: Report) -> dict[CellId, Value]:
    """Numbers of any size, amounts to the cent, decreases and blanks for some cells of a report."""
    cells = sorted(report.form.cells())
    chosen = draw(st.sets(st.sampled_from(cells), max_size=40))
    return {cell: draw(value_of(report, cell)) for cell in sorted(chosen)}


def value_of(report: Report, cell: CellId) -> st.SearchStrategy[Value]:
    counts = st.integers(min_value=-99 if cell.column == "change" else 0, max_value=9_999_999)
    if report.form.column(cell).unit is Unit.COUNT:
        return st.one_of(counts, st.just(BLANK))
    amounts = st.decimals(min_value=0, max_value=9_999_999, places=2, allow_nan=False)
    return st.one_of(amounts.filter(lambda each: each != int(each)), counts, st.just(BLANK))


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("format_", WRITTEN)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_any_numbers_read_back_the_same(format_: str, edition: Edition, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 50))
    report = make_report(seed, BODIES[seed % len(BODIES)].name, int(edition))
    changed = with_values(report, data.draw(values_of(report)))
    assert gist(back(changed, format_)) == gist(changed)


@pytest.mark.parametrize("format_", WRITTEN)
def test_blank_cells_come_back_blank(format_: str) -> None:
    report = REPORTS[1]
    blanks = [cell for cell in report.form.cells() if cell.table == 3 and report.value(cell) == 0]
    emptied = with_values(report, dict.fromkeys(blanks[:FIRST_BLANKS], BLANK))
    assert gist(back(emptied, format_)) == gist(emptied)


@pytest.mark.parametrize("format_", WRITTEN)
def test_an_illegible_cell_never_comes_back_as_a_number(format_: str) -> None:
    report = with_values(REPORTS[1], {NEW_TOTAL: Illegible("898989", (8, 89, 898))})
    assert isinstance(back(report, format_).value(NEW_TOTAL), Illegible)


@pytest.mark.parametrize("format_", WRITTEN)
def test_the_same_report_gives_the_same_bytes(format_: str) -> None:
    assert write(REPORTS[0], format_) == write(REPORTS[0], format_)


@pytest.mark.parametrize("format_", WRITTEN)
def test_words_that_cannot_be_printed_do_not_stop_a_writer(format_: str) -> None:
    first, *others = REPORTS[1].sections
    spoilt = replace(first, text=f"\x0b{first.text}\x1f")
    report = replace(REPORTS[1], title=f"\x02{REPORTS[1].title}" * 9, sections=(spoilt, *others))
    assert back(report, format_).value(NEW_TOTAL) == report.value(NEW_TOTAL)


def test_an_amount_keeps_every_digit() -> None:
    amount = CellId(2, "fees_10k_yuan", "amount")
    report = with_values(REPORTS[1], {amount: Decimal("123456789.123456")})
    assert {name: back(report, name).value(amount) for name in ("docx", "html", "json", "xlsx")} == (
        dict.fromkeys(("docx", "html", "json", "xlsx"), Decimal("123456789.123456"))
    )


def test_json_keeps_how_each_cell_was_read() -> None:
    reading = read_bytes(write_docx(REPORTS[0]), "report.docx").report
    assert read_bytes(write_json(reading, provenance=True), "report.json").report == reading


@pytest.mark.parametrize("format_", WRITTEN)
def test_a_title_wrapped_over_lines_is_not_taken_for_prose(format_: str) -> None:
    name = "泽衡市霁川经济技术开发区行政审批服务局综合办公室"
    title = f"{name}2024年政府信息公开工作年度报告"
    report = replace(REPORTS[1], agency=name, title=title)
    assert gist(back(report, format_)) == gist(report)


REAL = Path(__file__).resolve().parents[5] / "shared" / "reports"
FOUND = [
    path
    for path in (sorted(REAL.iterdir()) if REAL.is_dir() else ())
    if path.with_name(f"{path.stem}.truth.json").exists() and path.suffix != ".json"
]


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
@pytest.mark.parametrize("format_", WRITTEN)
def test_a_real_report_written_anew_says_the_same(format_: str, path: Path) -> None:
    report = read(path).report
    again = back(report, format_)
    for cell in report.form.cells():
        value = report.value(cell)
        assert again.value(cell) == value or isinstance(value, Illegible)
        assert isinstance(again.value(cell), Illegible) == isinstance(value, Illegible)
    words = [("".join(s.heading.split()), "".join(s.text.split())) for s in report.sections]
    assert [("".join(s.heading.split()), "".join(s.text.split())) for s in again.sections] == words
    assert (again.agency, again.year, again.published_on) == (report.agency, report.year, report.published_on)
