"""Whatever happens to requests, the tables counted from their records balance as the form demands."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from walks import folded, histories

from gongkai.law.counting import count_table3, count_table4
from gongkai.law.procedure.states import Event
from gongkai.report.auditing import audit
from gongkai.report.cells import Cell, How
from gongkai.report.schema import CellId, Report, edition_of, form

LATER = date(2026, 12, 1)


def counted(told: list[tuple[Event, ...]], year: int) -> Report:
    """Return the tables of a year over histories as a report; where nothing is counted stands a zero."""
    cases = [(f"甲{number}", folded(events, LATER)) for number, events in enumerate(told)]
    tables = (count_table3(cases, year), count_table4(cases, year))
    numbers = {(t.table, *place): len(names) for t in tables for place, names in t.cells.items()}
    cells = {name: Cell(numbers.get(name, 0), how=How.COUNTED) for name in form(edition_of(year)).cells()}
    return Report(agency="测溪县教育局", year=year, edition=edition_of(year), cells=cells)


@settings(max_examples=120, deadline=None)
@given(st.lists(histories(10), max_size=8), st.integers(2021, 2026))
def test_a_report_counted_from_histories_breaks_no_balance(told: list[tuple[Event, ...]], year: int) -> None:
    report, before = counted(told, year), counted(told, year - 1) if year > 2021 else None
    found = audit(report, last=before, select=("RQ", "RM", "YR01"))
    assert [(f.code, f.message) for f in found.findings] == []


def test_a_number_too_many_breaks_a_balance() -> None:
    report = counted([], 2025)
    cells = dict(report.cells) | {CellId(3, "new", "business"): Cell(1)}
    broken = Report(agency="测溪县教育局", year=2025, edition=report.edition, cells=cells)
    assert {f.code for f in audit(broken, select=("RQ",)).findings} == {"RQ01", "RQ03"}
