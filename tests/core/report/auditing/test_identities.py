"""Sums and balances: what is broken for certain, what blanks leave open, what stays quiet."""

from __future__ import annotations

import pytest
from specimen import clean, clean_2019, findings, messages, skipped, with_cells, with_text

from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import APPLICANTS, CellId, Edition, Report, SectionCode, form

COLUMNS = [column.code for column in APPLICANTS]


def blanked(report: Report, *names: str) -> Report:
    return with_cells(report, dict.fromkeys(names, BLANK))


@pytest.mark.parametrize("column", COLUMNS)
def test_rq01_hits_in_the_column_that_does_not_balance(column: str) -> None:
    report = clean()
    cell = f"t3.carried_out.{column}"
    was = report.number(CellId.parse(cell))
    assert was is not None
    [finding] = findings("RQ01", with_cells(report, {cell: was + 1}))
    assert CellId.parse(cell) in finding.where
    assert {name.column for name in finding.where} == {column}
    assert finding.level is Level.ERROR


def test_rq01_says_both_sums_and_their_difference() -> None:
    [message] = messages("RQ01", with_cells(clean(), {"t3.new.business": 6}))
    assert message == "商业企业列：本年新收＋上年结转＝6，办理结果总计＋结转下年度＝4，相差2"


def test_rq01_is_quiet_when_every_column_balances() -> None:
    assert findings("RQ01", clean()) == ()
    assert findings("RQ01", clean_2019()) == ()
    assert skipped("RQ01", clean()) == ()


def test_rq01_is_not_assessed_where_a_total_is_blank() -> None:
    report = blanked(clean(), "t3.total_done.natural_person")
    assert findings("RQ01", report) == ()
    [skip] = skipped("RQ01", report)
    assert skip.where == (CellId.parse("t3.total_done.natural_person"),)


def test_rq01_is_not_assessed_where_a_cell_is_illegible() -> None:
    report = with_cells(clean(), {"t3.new.natural_person": Illegible("3?", (38, 39))})
    assert findings("RQ01", report) == ()
    assert [skip.where for skip in skipped("RQ01", report)] == [(CellId.parse("t3.new.natural_person"),)]


@pytest.mark.parametrize("row", [row.code for row in form(Edition.FORM_2021).table(3).rows][2:-2])
def test_rq02_hits_whichever_outcome_is_changed(row: str) -> None:
    report = clean()
    cell = CellId(3, row, "natural_person")
    was = report.number(cell)
    assert was is not None
    [finding] = findings("RQ02", with_cells(report, {str(cell): was + 1}))
    assert finding.facts["difference"] == "1"


def test_rq02_is_quiet_when_outcomes_add_up() -> None:
    assert findings("RQ02", clean()) == ()
    assert findings("RQ02", clean_2019()) == ()


def test_rq02_is_quiet_when_blanks_mean_none_and_the_sum_is_right() -> None:
    column = [f"t3.{row.code}.business" for row in clean().form.table(3).rows if row.code.count(".") == 1]
    report = blanked(clean(), *(c for c in column if clean().number(CellId.parse(c)) == 0))
    assert findings("RQ02", report) == ()
    assert skipped("RQ02", report) == ()


def test_rq02_hits_when_stated_outcomes_exceed_the_total_whatever_the_blanks_hold() -> None:
    report = blanked(clean(), "t3.denied.state_secret.business")
    [finding] = findings("RQ02", with_cells(report, {"t3.granted.business": 9}))
    assert finding.level is Level.ERROR


def test_rq02_is_not_assessed_when_blanks_could_make_up_the_difference() -> None:
    report = blanked(clean(), "t3.granted.natural_person")
    assert findings("RQ02", report) == ()
    [skip] = skipped("RQ02", report)
    assert skip.where == (CellId.parse("t3.granted.natural_person"),)


def test_rq02_hits_as_a_warning_when_the_report_shows_elsewhere_that_its_blanks_mean_none() -> None:
    report = clean()
    zeros = [str(name) for name, cell in report.cells.items() if name.table == 3 and cell.value == 0]
    report = blanked(report, *zeros)
    rows = {
        "t3.new.legal_service_org": 2,
        "t3.granted.legal_service_org": 2,
        "t3.total_done.legal_service_org": 2,
    }
    totals = {"t3.new.total": 44, "t3.granted.total": 25, "t3.total_done.total": 43}
    report = with_cells(report, rows | totals)
    assert findings("RQ02", report) == ()
    [finding] = findings("RQ02", with_cells(report, {"t3.unable.not_held.natural_person": 8}))
    assert finding.level is Level.WARNING
    assert "空白格按“无”计" in finding.message


def test_rq02_is_not_assessed_where_some_rows_were_not_totalled() -> None:
    report = clean()
    zeros = [str(name) for name, cell in report.cells.items() if name.table == 3 and cell.value == 0]
    report = blanked(report, *zeros, "t3.partial.total")
    assert findings("RQ02", report) == ()
    [skip] = skipped("RQ02", report)
    assert CellId.parse("t3.partial.total") in skip.where


@pytest.mark.parametrize("row", [row.code for row in form(Edition.FORM_2021).table(3).rows])
def test_rq03_hits_in_every_row_not_only_the_totals(row: str) -> None:
    report = clean()
    cell = CellId(3, row, "research_institute")
    [finding] = findings("RQ03", with_cells(report, {str(cell): 1}))
    assert {name.row for name in finding.where} == {row}


def test_rq03_is_quiet_when_rows_add_up() -> None:
    assert findings("RQ03", clean()) == ()


def test_rq03_is_quiet_where_the_row_total_is_blank_but_says_so() -> None:
    report = blanked(clean(), "t3.granted.total", "t3.partial.total")
    assert findings("RQ03", report) == ()
    [skip] = skipped("RQ03", report)
    assert set(skip.where) == {CellId.parse("t3.granted.total"), CellId.parse("t3.partial.total")}


def test_rq03_is_quiet_on_columns_left_blank_throughout() -> None:
    columns = ("business", "research_institute", "public_benefit_org", "legal_service_org", "other")
    report = with_cells(
        clean(),
        {f"t3.{row.code}.{column}": BLANK for row in clean().form.table(3).rows for column in columns},
    )
    natural = {
        f"t3.{row.code}.total": report.value(CellId(3, row.code, "natural_person"))
        for row in report.form.table(3).rows
    }
    report = with_cells(report, natural)
    for code in ("RQ01", "RQ02", "RQ03"):
        assert findings(code, report) == ()
        assert skipped(code, report) == ()


def test_rm01_hits_as_a_warning_where_table_3_shows_that_blanks_mean_none() -> None:
    report = clean()
    zeros = [str(name) for name, cell in report.cells.items() if name.table > 2 and cell.value == 0]
    report = blanked(report, *zeros)
    assert findings("RM01", report) == ()
    [finding] = findings("RM01", with_cells(report, {"t4.reconsideration.upheld": 1}))
    assert finding.level is Level.WARNING


def test_rm01_is_not_assessed_where_nothing_shows_what_blanks_mean() -> None:
    report = blanked(clean(), "t4.reconsideration.other")
    report = with_cells(report, {"t4.reconsideration.upheld": 1})
    assert findings("RM01", report) == ()
    assert len(skipped("RM01", report)) == 1


@pytest.mark.parametrize("group", ["reconsideration", "direct_suit", "suit_after_reconsideration"])
def test_rm01_hits_in_the_group_that_does_not_add_up(group: str) -> None:
    [finding] = findings("RM01", with_cells(clean(), {f"t4.{group}.pending": 3}))
    assert {name.row for name in finding.where} == {group}
    assert finding.facts["difference"] == "3"


def test_rm01_is_quiet_when_groups_add_up() -> None:
    assert findings("RM01", clean()) == ()


def unpaid(text: str) -> Report:
    report = with_cells(clean(), {"t3.other.fee_unpaid.total": 2})
    return with_text(report, SectionCode.OTHER_MATTERS, text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年度未收取信息处理费。",
        "全年未收取信息处理费，也没有发出收费通知。",
        "信息处理费：零收费。",
        "收取信息处理费金额为0元。",
    ],
)
def test_rq04_hits_when_unpaid_fees_stand_beside_no_fee(text: str) -> None:
    [finding] = findings("RQ04", unpaid(text))
    assert finding.level is Level.INFO
    assert "逾期未缴费2件" in finding.message


@pytest.mark.parametrize("text", ["2024年度收取信息处理费600元。", "发出收费通知2件，未收取到费用。"])
def test_rq04_is_quiet_when_the_fee_is_explained(text: str) -> None:
    assert findings("RQ04", unpaid(text)) == ()
    assert findings("RQ04", clean()) == ()


def without_requests(report: Report) -> Report:
    return with_cells(report, {"t3.new.total": 0, "t3.carried_in.total": 0})


def test_rm02_hits_when_two_years_without_requests_still_bring_disputes() -> None:
    report = without_requests(clean())
    [finding] = findings("RM02", report, last=without_requests(clean()))
    assert finding.where == (CellId.parse("t4.reconsideration.total"),)


def test_rm02_is_quiet_when_there_were_requests_and_not_assessed_without_last_year() -> None:
    assert findings("RM02", clean(), last=without_requests(clean())) == ()
    assert findings("RM02", without_requests(clean()), last=clean()) == ()
    assert findings("RM02", without_requests(clean())) == ()
    assert len(skipped("RM02", without_requests(clean()))) == 1
