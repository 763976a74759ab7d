"""Rows whose digits run together: some way of parting them must add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import clean

from gongkai.report.auditing import audit
from gongkai.report.auditing.runs import adds_up_somehow
from gongkai.report.cells import Cell, How
from gongkai.report.findings import Finding, Level
from gongkai.report.numerals import Illegible, Value
from gongkai.report.schema import APPLICANTS, CellId, Report


def _with_run(run: str, value: Value | None = None, how: How = How.SOLVED) -> Report:
    unread = Cell(Illegible(run) if value is None else value, run, how)
    cells = {CellId(3, "new", column.code): unread for column in APPLICANTS}
    return replace(clean(), cells={**clean().cells, **cells})


def _findings(report: Report) -> tuple[Finding, ...]:
    return audit(report, select=["RQ05"]).findings


@pytest.mark.parametrize(
    ("run", "adds_up"),
    [
        ("12000214", True),
        ("12000215", False),
        ("11860020126", True),
        ("11960020126", False),
        ("0000000", True),
        ("0000001", False),
        ("77", True),  # five blanks: one number and the total
        ("99999991", False),
        ("371003102313718", False),
        ("3710031023137104", False),
    ],
)
def test_a_run_adds_up_if_some_way_of_parting_it_does(run: str, adds_up: bool) -> None:
    assert adds_up_somehow(run) is adds_up


def test_rq05_hits_a_run_that_cannot_be_parted() -> None:
    [finding] = _findings(_with_run("12000215"))
    assert finding.level is Level.WARNING
    assert "“12000215”" in finding.message
    assert len(finding.where) == 7


@pytest.mark.parametrize(
    "report",
    [
        clean(),
        _with_run("12000214"),
        _with_run("12000215", Illegible("12000215", (12, 120))),
        _with_run("12000215", how=How.GRID),
        _with_run("120015"),
        _with_run("1200 0215"),
        _with_run("12000215", 3),
    ],
    ids=["clean", "parts", "open readings", "a grid", "too short", "separators", "read"],
)
def test_rq05_is_quiet_where_nothing_is_proved(report: Report) -> None:
    assert _findings(report) == ()


def _with_remedies(run: str, candidates: tuple[int, ...] = ()) -> Report:
    unread = Cell(Illegible(run, candidates), run, How.SOLVED)
    cells = {cell: unread for cell in clean().form.cells() if cell.table == 4}
    return replace(clean(), cells={**clean().cells, **cells})


def test_rm03_hits_remedies_that_no_grouping_makes_add_up() -> None:
    found = audit(_with_remedies("101030000000000"), select=["RM03"]).findings
    assert [f.code for f in found] == ["RM03"]
    assert len(found[0].where) == 15


@pytest.mark.parametrize("run", ["101020000000000", "000000000000000", "21036131041800101"])
def test_rm03_is_quiet_where_some_grouping_adds_up(run: str) -> None:
    assert not audit(_with_remedies(run), select=["RM03"]).findings


def test_rm03_is_quiet_where_readings_are_left_open() -> None:
    assert not audit(_with_remedies("101030000000000", (1, 10)), select=["RM03"]).findings
