"""Decisions on the cells of a report, for the tests of oversight."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from filing import NOW

from gongkai.report.cells import Cell
from gongkai.report.numerals import Value
from gongkai.report.schema import CellId
from gongkai.web.agencies.models import User
from gongkai.web.oversight.models import AnnualReport, CellDecision
from gongkai.web.oversight.services.reports import repair
from gongkai.web.oversight.services.reports.settled import report_of

# After the audit that followed the registration.
LATER = NOW + timedelta(hours=1)
NEW, NATURAL, GRANTED = "t3.new.total", "t3.new.natural_person", "t3.granted.total"


def decide(report: AnnualReport, cell: str, value: Value, by: User, **more: Any) -> CellDecision:
    made = repair.decide_cell(report=report, cell=cell, value=value, by=by, now=LATER, **more)
    report.refresh_from_db()
    return made


def undo(report: AnnualReport, cell: str, by: User) -> CellDecision:
    made = repair.undo_cell(report=report, cell=cell, by=by, now=LATER)
    report.refresh_from_db()
    return made


def standing_in(report: AnnualReport, cell: str) -> Cell:
    return report_of(report).cell(CellId.parse(cell))
