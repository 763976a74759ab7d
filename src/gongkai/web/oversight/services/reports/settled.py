"""The report as it stands: what the reader found, with the decisions of people laid over it.

Everything that shows, audits, exports or publishes a report asks `report_of`; nothing else looks into the
reading for its cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from gongkai.report import codec
from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import CellId, Form, Report
from gongkai.web.oversight.choices import CellAct
from gongkai.web.oversight.models import AnnualReport, CellDecision, PastReading

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A decision in force that a later reading contradicts; `now` is None where it found no such cell."""

    decision: CellDecision
    now: Cell | None


def as_read(record: Any) -> Report:
    """Return a registered or staged report as its reader found it, without anybody's decisions."""
    return codec.load(record.reading)


def decisions_in_force(record: AnnualReport) -> dict[str, CellDecision]:
    """Return the latest decision on each cell of this version, by cell, those taken back left out."""
    rows = CellDecision.objects.filter(report=record).select_related("by").order_by("pk")
    latest = {row.cell: row for row in rows}
    return {cell: row for cell, row in latest.items() if row.decision != CellAct.UNSETTLED}


def report_of(record: Any) -> Report:
    """Return a registered report as it stands; a file not yet registered has nobody's decisions on it."""
    report = as_read(record)
    return with_decisions(report, decisions_in_force(record)) if isinstance(record, AnnualReport) else report


def reports_of(records: Sequence[AnnualReport]) -> list[Report]:
    """Return registered reports as they stand, whatever their number in one question to the database."""
    rows = CellDecision.objects.filter(report__in=records).order_by("pk")
    latest = {(row.report_id, row.cell): row for row in rows}
    decided: dict[int, dict[str, CellDecision]] = {}
    for (pk, cell), row in latest.items():
        if row.decision != CellAct.UNSETTLED:
            decided.setdefault(pk, {})[cell] = row
    return [with_decisions(as_read(each), decided.get(each.pk, {})) for each in records]


def with_decisions(report: Report, decisions: Mapping[str, CellDecision]) -> Report:
    """Return the report with the decided values in their cells; what stood there and where is kept."""
    if not decisions:
        return report
    known = {str(cell): cell for cell in report.form.cells()}
    decided = {
        known[each.cell]: _settled(report, known[each.cell], each)
        for each in decisions.values()
        if each.cell in known
    }
    return replace(report, cells={**report.cells, **decided})


def _settled(report: Report, cell: CellId, decision: CellDecision) -> Cell:
    read = report.cell(cell)
    return Cell(value_of(decision), found_text(read), How.SETTLED, read.place)


def value_of(decision: CellDecision) -> Value:
    """Return the value a person decided on."""
    return codec.load_value(decision.value)


def found_text(cell: Cell) -> str:
    """Return the text a cell was read from; an illegible one's own, which may be all of its row's."""
    return cell.value.raw if isinstance(cell.value, Illegible) else cell.raw


def dump_read(report: Report, cell: CellId) -> Json | None:
    """Return what was read in a cell as JSON values, for the record of a decision."""
    read = report.cells.get(cell)
    return read and {"value": codec.dump_value(read.value), "raw": found_text(read)}


def cell_of(form: Form, name: str) -> CellId | None:
    """Return the form's cell of that name, or None."""
    return next((cell for cell in form.cells() if str(cell) == name), None)


def disagreements(report: Report, decisions: Mapping[str, CellDecision]) -> list[Disagreement]:
    """Return the decisions that the reading contradicts, and did not yet when they were made.

    Args:
        report: as read, without the decisions.
        decisions: those in force, by cell.
    """
    found = []
    for name, decision in decisions.items():
        cell = cell_of(report.form, name)
        now = report.cells.get(cell) if cell else None
        is_new = cell is None or _value_in(dump_read(report, cell)) != _value_in(decision.as_read)
        if is_new and not _allows(now, value_of(decision)):
            found.append(Disagreement(decision=decision, now=now))
    return found


def _value_in(read: Json | None) -> Any:
    """Return the value in what `dump_read` gave; text that is only spelt otherwise is nothing new."""
    return read and read["value"]


def _allows(cell: Cell | None, value: Value) -> bool:
    """Whether what was read leaves room for the value."""
    if cell is None:
        return value is BLANK
    if isinstance(cell.value, Illegible):
        return not cell.value.candidates or value in cell.value.candidates
    return cell.value == value


def former_decisions(record: AnnualReport) -> dict[str, CellDecision]:
    """Return by cell what was decided on other versions of the body's report of the year, the latest first.

    Whoever offers one must see that the text as found is the same.
    """
    others = AnnualReport.objects.filter(agency=record.agency_id, year=record.year).exclude(pk=record.pk)
    rows = CellDecision.objects.filter(report__in=others).select_related("by", "report").order_by("pk")
    latest = {(row.report_id, row.cell): row for row in rows}
    in_force = [row for row in latest.values() if row.decision != CellAct.UNSETTLED]
    return {row.cell: row for row in sorted(in_force, key=lambda row: (row.report.version, row.pk))}


def changed_since(record: AnnualReport, at: datetime) -> bool:
    """Whether a cell of the report was decided on or read anew after a moment."""
    decisions = CellDecision.objects.filter(report=record, at__gt=at)
    return decisions.exists() or record.past_readings.filter(replaced_at__gt=at).exists()


def state_of(record: AnnualReport) -> tuple[int, int]:
    """Return what changes whenever a decision is made or the original is read again."""
    newest = CellDecision.objects.filter(report=record).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0, record.past_readings.count()


def states_of(records: Sequence[AnnualReport]) -> list[tuple[int, int, int]]:
    """Return each report's number with its `state_of`, whatever their number in two questions."""
    decided = CellDecision.objects.filter(report__in=records).order_by().values_list("report")
    reread = PastReading.objects.filter(report__in=records).order_by().values_list("report")
    newest, often = dict(decided.annotate(Max("pk"))), dict(reread.annotate(Count("pk")))
    return [(each.pk, newest.get(each.pk, 0), often.get(each.pk, 0)) for each in records]
