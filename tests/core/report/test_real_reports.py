"""Real published reports against their hand-checked truth, where the folder with them is at hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.needs import NEEDS_REPORTS, REPORTS

from gongkai.report.auditing import audit
from gongkai.report.cells import Cell
from gongkai.report.codec import load
from gongkai.report.findings import Audit, Level
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading import Reading, read
from gongkai.report.schema import APPLICANTS, CellId, Report, Section

FILES = sorted(
    path
    for path in (REPORTS.iterdir() if REPORTS.is_dir() else ())
    if path.suffix in (".txt", ".md", ".html", ".docx", ".pdf")
    and (REPORTS / f"{path.name.split('.')[0]}.truth.json").exists()
)
pytestmark = NEEDS_REPORTS


def truth_of(path: Path) -> tuple[Report, list[dict[str, str]]]:
    shown = json.loads((REPORTS / f"{path.name.split('.')[0]}.truth.json").read_text())
    table3 = {
        row: dict(zip((c.code for c in APPLICANTS), values, strict=True))
        for row, values in shown["table3"].items()
    }
    return load({**shown, "table3": table3}), shown["findings"]


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def reading(path: Path) -> Reading:
    return read(path)


def test_every_cell_is_right_and_blank_exactly_where_the_source_is(path: Path, reading: Reading) -> None:
    truth, _ = truth_of(path)
    assert reading.report.edition == truth.edition
    assert reading.report.year == truth.year
    for cell in truth.form.cells():
        read_, true = reading.report.value(cell), truth.value(cell)
        if isinstance(read_, Illegible):
            assert cell.table == 2, cell
            assert true in read_.candidates, cell
        else:
            assert read_ == true, cell


def test_every_grave_finding_is_found_and_none_is_an_error_without_ground(
    path: Path, reading: Reading
) -> None:
    _, findings = truth_of(path)
    found = audit(reading.report)
    assert all(_is_hit(f["quote"], found) for f in findings if f["severity"] == "high")
    if not any(f["severity"] in ("high", "medium") for f in findings):
        assert not [f for f in found.findings if f.level == Level.ERROR]


def _is_hit(quote: str, audited: Audit) -> bool:
    """Whether some finding speaks of numbers or words of the truth's quotation."""
    numbers, words = _numbers(quote), _pairs(quote)
    for finding in audited.findings:
        own = finding.quote.text if finding.quote else ""
        said = own + finding.message
        if _pairs(own) and _pairs(own) <= words:
            return True
        if len(words & _pairs(said)) >= len(words) / 2 or (numbers and len(numbers & _numbers(said)) >= 2):
            return True
    return False


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(" ", "")))


def _pairs(text: str) -> set[str]:
    compact = "".join(c for c in text if c.isalnum())
    return {compact[i : i + 2] for i in range(len(compact) - 1)}


def test_one_changed_cell_is_found_and_changing_it_back_is_not(reading: Reading) -> None:
    """Tables 3 and 4 are closed by their sums: any number changed by one breaks one of them.

    Where blanks stand among the addends a sum can only be exceeded, so either direction counts.
    """
    report = reading.report
    before = _errors(report)
    for cell in report.form.cells():
        number = report.number(cell)
        if cell.table == 2 or number is None:
            continue
        changes = [replace(report, cells={**report.cells, cell: Cell(number + by)}) for by in (1, -1)]
        if all(_errors(changed) <= before for changed in changes):
            assert _unchecked(report, cell), f"{cell} changed by one and nothing was found"
    assert _errors(replace(report, cells=dict(report.cells))) == before


def _unchecked(report: Report, cell: CellId) -> bool:
    """A row whose total is blank and a column whose sum is blank leave a number without any check."""
    total = CellId(cell.table, cell.row, "total")
    return report.value(total) is BLANK


def _errors(report: Report) -> set[str]:
    bare = replace(report, sections=tuple(Section(code=s.code, heading=s.heading) for s in report.sections))
    return {f.key for f in audit(bare).findings if f.level == Level.ERROR}
