"""The charts made of reports: which numbers, which gaps, and the document they stand in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.charts.annex import paper_of
from gongkai.charts.chart import Kind
from gongkai.charts.reports import (
    MEASURES,
    by_body,
    charts_of_body,
    corrected_rate,
    outcomes_of_bodies,
    timeliness,
)
from gongkai.charts.telling import alternative
from gongkai.papers.docx import write_docx
from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import NEW, TOTAL, TOTAL_DONE, CellId, Edition, Report

RECONSIDERATION = {"corrected": 1, "total": 9, "pending": 1}


def report(year: int, table3: dict[str, Value] | None = None, **table4: Value) -> Report:
    """A report whose Table 3 is 0 in all totals but those given; its reconsiderations are as given."""
    edition = Edition.FORM_2021 if year > 2020 else Edition.FORM_2019
    blank = Report(agency="霁川县教育局", year=year, edition=edition)
    rows = {row.code: 0 for row in blank.form.table(3).rows} | (table3 or {})
    cells = {CellId(3, row, TOTAL): Cell(value) for row, value in rows.items()}
    for row in blank.form.table(4).rows:
        for column in row.columns:
            value = table4.get(column.code, 0) if row.code == "reconsideration" else 0
            cells[CellId(4, row.code, column.code)] = Cell(value)
    return replace(blank, cells=cells)


def test_a_year_without_report_is_a_gap_in_every_chart() -> None:
    charts = charts_of_body("教育局", [report(2022, {NEW: 5}), report(2024, {NEW: 7})])
    assert charts["requests"].categories == ("2022年", "2023年", "2024年")
    assert charts["requests"].series[0].values == (5, None, 7)
    assert charts["outcomes"].series[0].values == (0, None, 0)


@pytest.mark.parametrize("value", [BLANK, Illegible("l0", (10,))])
def test_a_blank_or_unclear_cell_is_a_gap_and_not_zero(value: Value) -> None:
    charts = charts_of_body(
        "教育局", [report(2024, {NEW: value, "denied.state_secret": value, TOTAL_DONE: 1})]
    )
    assert charts["requests"].series[0].values == (None,)
    denied = next(each for each in charts["outcomes"].series if each.name == "不予公开")
    assert denied.values == (None,)
    assert charts["reasons"].series[0].values[0] is None


def test_a_blank_beside_which_nothing_is_wanting_adds_nothing() -> None:
    blanks: dict[str, Value] = {"granted": 4, "denied.state_secret": BLANK, "partial": BLANK, TOTAL_DONE: 4}
    charts = charts_of_body("教育局", [report(2024, blanks, corrected=1, pending=BLANK, total=1)])
    assert [each.values for each in charts["outcomes"].series] == [(4,), (0,), (0,), (0,), (0,), (0,)]
    assert charts["reasons"].series[0].values[0] == 0
    assert charts["corrected"].series[0].values == (Decimal("100.0"),)
    unclear = charts_of_body("教育局", [report(2024, blanks | {"partial": Illegible("l")})])
    assert unclear["outcomes"].series[1].values == (None,)


def test_outcomes_are_summed_by_group_in_both_editions() -> None:
    old = report(2020, {"other": 4, "unable.not_held": 2, "unable.needs_creation": 1})
    new = report(2021, {"other.misc": 3, "other.fee_unpaid": 1})
    series = {each.name: each.values for each in charts_of_body("局", [old, new])["outcomes"].series}
    assert series["其他处理"] == (4, 4)
    assert series["无法提供"] == (3, 0)


def test_reasons_are_summed_over_the_years() -> None:
    years = [report(2023, {"denied.third_party": 2}), report(2024, {"denied.third_party": 3})]
    reasons = charts_of_body("局", years)["reasons"]
    assert reasons.categories[3] == "保护第三方合法权益" and reasons.series[0].values[3] == 5
    assert reasons.title == "局2023—2024年不予公开的理由"


def test_the_corrected_rate_is_of_the_decided_alone() -> None:
    assert corrected_rate(report(2024, **RECONSIDERATION), ["reconsideration"]) == Decimal("12.5")


@pytest.mark.parametrize(
    "cells",
    [
        {"corrected": 0, "total": 2, "pending": 2},
        {"corrected": BLANK, "total": 2, "pending": 0},
        {"corrected": 3, "total": 2, "pending": 0},
    ],
)
def test_no_rate_is_told_where_nothing_was_decided_or_the_cells_contradict(cells: dict[str, Value]) -> None:
    assert corrected_rate(report(2024, **cells), ["reconsideration"]) is None


def test_only_the_latest_ten_years_are_drawn() -> None:
    charts = charts_of_body("局", [report(2019), report(2031)])
    assert charts["requests"].categories[0] == "2022年" and len(charts["requests"].categories) == 10
    assert charts_of_body("局", []) == {}


def test_bodies_stand_in_the_order_given_as_tiles_and_by_number_as_bars() -> None:
    bodies = [("甲局", report(2024, {NEW: 3})), ("乙局", None), ("甲局", report(2024, {NEW: 9}))]
    tiles = by_body(2024, bodies, "new")
    assert tiles.categories == ("甲局", "乙局", "甲局（2）") and tiles.series[0].values == (3, None, 9)
    bars = by_body(2024, bodies, "new", Kind.RANKED)
    assert bars.series[0].values == (9, 3, None)
    assert "没有数据的：乙局。" in alternative(tiles)


def test_no_share_is_told_of_bodies_as_a_governments_report_holds_those_of_its_bodies() -> None:
    bodies = [("县政府", report(2024, {NEW: 12})), ("甲局", report(2024, {NEW: 3}))]
    assert "最多的是县政府，12件。" in alternative(by_body(2024, bodies, "new"))


def test_every_measure_can_be_taken_of_a_report() -> None:
    for code in MEASURES:
        chart = by_body(2024, [("局", report(2024, **RECONSIDERATION))], code)
        assert not chart.is_empty, code


def test_a_report_that_lacks_a_number_is_left_out_of_the_sum_and_said() -> None:
    bodies = [
        ("甲", report(2024, {"granted": 2})),
        ("乙", report(2024, {"granted": BLANK, TOTAL_DONE: 1})),
        ("丙", None),
    ]
    chart = outcomes_of_bodies(2024, bodies)
    assert chart.series[0].values[0] == 2
    assert chart.note.startswith("另有1个机关的报告缺少数字，没有计入。") and "1个机关" in chart.title


def test_timeliness_has_gaps_where_nobody_knows_or_nothing_was_answered() -> None:
    chart = timeliness("局", {2021: (19, 20), 2023: (0, 0), 2024: (2, 3)})
    assert chart.series[0].values == (Decimal("95.0"), None, None, Decimal("66.7"))


def test_an_annex_shows_each_chart_with_its_words_and_its_table() -> None:
    charts = charts_of_body("教育局", [report(2023, {NEW: 5}), report(2024, {NEW: 7}, **RECONSIDERATION)])
    paper = paper_of("图表", charts.values())
    file = write_docx(paper)
    assert file == write_docx(paper_of("图表", charts.values()))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        body = archive.read("word/document.xml").decode()
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == len(charts) == body.count("<w:tbl>")
    for chart in charts.values():
        assert f'descr="{alternative(chart)}"' in body
