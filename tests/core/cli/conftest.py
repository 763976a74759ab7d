"""Invented reports for the commands to work on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.report.cells import Cell
from gongkai.report.numerals import Illegible, Value
from gongkai.report.schema import CellId, Edition, Report, Section, SectionCode, form
from gongkai.report.writing.json import write_json

AGENCY = "云岭县林泉局"
OVERVIEW = "2024年，本局收到政府信息公开申请5件。\n全年办结4件，<b>无</b>行政复议案件。"

Make = Callable[..., Report]


def made_report(*, year: int = 2024, agency: str = AGENCY, **changed: Value) -> Report:
    """A report whose sums hold: five new requests, four granted, one carried out; `changed` by cell name."""
    values: dict[CellId, Value] = dict.fromkeys(form(Edition.FORM_2021).cells(), 0)
    for row, number in (("new", 5), ("granted", 4), ("total_done", 4), ("carried_out", 1)):
        for column in ("natural_person", "total"):
            values[CellId(3, row, column)] = number
    values |= {CellId.parse(name): value for name, value in changed.items()}
    return Report(
        agency=agency,
        year=year,
        edition=Edition.FORM_2021,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        cells={
            name: Cell(value, "" if not isinstance(value, Illegible) else value.raw)
            for name, value in values.items()
        },
        sections=tuple(
            Section(code=code, text=OVERVIEW if code is SectionCode.OVERVIEW else "")
            for code in SectionCode
            if code is not SectionCode.PREAMBLE
        ),
    )


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write an invented report to a file of that name and return its path."""

    def write(name: str = "report.json", **changed: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_json(made_report(**changed), provenance=True))
        return path

    return write
