"""The synthetic reports are right by construction, and the same for the same seed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.auditing import audit
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOME_GROUPS,
    OUTCOMES_OF_REMEDY,
    TABLE4,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    Report,
    SectionCode,
)
from gongkai.samples import BODIES, Body, make_report, make_series

COLUMNS = [column.code for column in APPLICANTS]
reports = st.builds(
    make_report,
    st.integers(0, 10**6),
    st.sampled_from([body.name for body in BODIES[1:]]),
    st.sampled_from([2019, 2022, 2023, 2024]),
)


def value(report: Report, table: int, row: str, column: str) -> int:
    number = report.number(CellId(table, row, column))
    assert number is not None
    return int(number)


@given(reports)
@settings(max_examples=60, deadline=None)
def test_every_column_of_table_3_balances(report: Report) -> None:
    outcomes = [row for group in OUTCOME_GROUPS[report.edition].values() for row in group]
    for column in COLUMNS:
        received = value(report, 3, NEW, column) + value(report, 3, CARRIED_IN, column)
        assert received == value(report, 3, TOTAL_DONE, column) + value(report, 3, CARRIED_OUT, column)
        assert value(report, 3, TOTAL_DONE, column) == sum(value(report, 3, row, column) for row in outcomes)


@given(reports)
@settings(max_examples=60, deadline=None)
def test_every_row_total_is_the_sum_of_its_columns(report: Report) -> None:
    for row in report.form.table(3).rows:
        assert value(report, 3, row.code, TOTAL) == sum(value(report, 3, row.code, c) for c in COLUMNS[:-1])
    for row in TABLE4.rows:
        results = [value(report, 4, row.code, c.code) for c in OUTCOMES_OF_REMEDY]
        assert results[-1] == sum(results[:-1])


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_cell_of_the_form_holds_a_number(report: Report) -> None:
    assert set(report.cells) == set(report.form.cells())
    assert all(report.number(cell) is not None for cell in report.form.cells())


def test_open_requests_and_documents_carry_over_from_year_to_year() -> None:
    for body in BODIES:
        series = make_series(7, body.name, (2022, 2023, 2024))
        for last, this in pairwise(series):
            for column in COLUMNS:
                assert value(this, 3, CARRIED_IN, column) == value(last, 3, CARRIED_OUT, column)
            before = value(last, 2, "normative_documents", "in_force")
            made = value(this, 2, "normative_documents", "made")
            repealed = value(this, 2, "normative_documents", "repealed")
            assert value(this, 2, "normative_documents", "in_force") == before + made - repealed


def test_the_same_seed_gives_the_same_report_and_another_seed_another() -> None:
    name = BODIES[1].name
    assert make_report(5, name, 2024) == make_report(5, name, 2024)
    assert make_report(5, name, 2024) != make_report(6, name, 2024)


def test_a_city_has_thousands_of_requests_and_a_township_a_few() -> None:
    city, township = make_report(1, BODIES[0].name, 2024), make_report(1, BODIES[-1].name, 2024)
    assert value(city, 3, NEW, TOTAL) > 1000
    assert value(township, 3, NEW, TOTAL) < 20


def test_the_year_decides_the_edition_unless_told_otherwise() -> None:
    name = BODIES[3].name
    assert make_report(1, name, 2019).edition == Edition.FORM_2019
    assert make_report(1, name, 2021).edition == Edition.FORM_2021
    assert make_report(1, name, 2022, edition=Edition.FORM_2019).edition == Edition.FORM_2019


def test_prose_states_the_numbers_of_the_tables() -> None:
    for seed in range(20):
        report = make_report(seed, BODIES[1].name, 2024)
        overview = report.section(SectionCode.OVERVIEW)
        assert overview is not None
        assert f"{value(report, 3, TOTAL_DONE, TOTAL)}件" in overview.text
        assert f"{value(report, 2, 'normative_documents', 'in_force')}件" in overview.text


def test_an_unknown_body_gets_a_report_of_the_usual_size_for_its_name() -> None:
    assert make_report(1, "某某市人民政府", 2024).agency == "某某市人民政府"
    assert value(make_report(1, "某某县教育局", 2024), 3, NEW, TOTAL) < 40


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_clean_reports_give_no_finding(body: Body) -> None:
    for seed in range(4):
        series = [*make_series(seed, body.name, (2019,)), *make_series(seed, body.name, (2022, 2023, 2024))]
        for last, report in zip([None, None, *series[1:]], series, strict=False):
            found = audit(report, last=last).findings
            assert [(f.code, f.message) for f in found] == []
