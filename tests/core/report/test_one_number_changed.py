"""A report with one number of Tables 3 or 4 changed by one is found out, whatever layout it comes in."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from gongkai.report.auditing import audit
from gongkai.report.cells import Cell
from gongkai.report.findings import Audit, Finding, Level
from gongkai.report.reading import read_bytes
from gongkai.report.schema import CellId, Report
from gongkai.samples import make_report, render

LAYOUTS = (
    "text_lines",
    "text_rows",
    "text_fused",
    "text_aligned",
    "markdown_clean",
    "html_portal",
    "docx_merged",
)
SAMPLED = 24


def audited(report: Report, layout: str) -> Audit:
    rendered = render(report, layout, 0)
    return audit(read_bytes(rendered.data, rendered.name).report)


def faults(found: Audit) -> list[Finding]:
    return [f for f in found.findings if f.level != Level.INFO]


def says_so(found: Audit, cell: CellId) -> bool:
    """Whether blanks beside the cell kept its sums from being checked, and the audit says that."""
    return any(cell in skipped.where for skipped in found.not_assessed)


def changed(report: Report, cell: CellId) -> Report:
    number = report.number(cell)
    assert number is not None
    return replace(report, cells={**report.cells, cell: Cell(number + 1)})


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("year", [2019, 2023])
def test_one_number_changed_is_found_and_the_clean_report_is_clean(layout: str, year: int) -> None:
    report = make_report(7, "霁川县自然资源局", year)
    assert not faults(audited(report, layout))
    cells = [c for c in report.form.cells() if c.table in (3, 4)]
    for cell in Random(f"{layout}{year}").sample(cells, SAMPLED):
        found = audited(changed(report, cell), layout)
        assert faults(found) or says_so(found, cell), cell
