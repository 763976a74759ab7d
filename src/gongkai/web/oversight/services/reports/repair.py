"""The acts on what was read: a person settles or corrects a cell, or has the original read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.report import codec
from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible, Unit, Value, plain, read_cell
from gongkai.report.reading import Reading
from gongkai.report.schema import CellId, Column, Report
from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import check_may_oversee
from gongkai.web.oversight.choices import Act, CellAct
from gongkai.web.oversight.models import AnnualReport, CellDecision, PastReading
from gongkai.web.oversight.services.acting import Refused, check_current, locked, plain_reason, refresh
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.auditing import is_drafted, reader_version
from gongkai.web.oversight.services.reports.registering import audit_report, read_upload
from gongkai.web.oversight.services.reports.settled import (
    as_read,
    cell_of,
    decisions_in_force,
    disagreements,
    dump_read,
    report_of,
    value_of,
)
from gongkai.web.oversight.services.reports.tables import BLANK_TEXT, value_text

MOST_DIGITS = 15
# The one column of the form that counts up or down.
_MAY_FALL = "change"


def stated_value(report: AnnualReport, cell: str, text: str) -> Value:
    """Return what a person wrote for a cell: a number as a reader would take it, or 空白.

    Raises:
        Refused: nothing was written, or it is no number that may stand in this cell.
    """
    read = as_read(report)
    column = read.form.column(_known(read, cell))
    written = plain(text)
    if not written:
        raise Refused("请填写这一格的数，确实没有数的请选“空白”。")
    if written in (BLANK_TEXT, "空"):
        return BLANK
    value = read_cell(written, column.unit)
    if value is BLANK:
        return BLANK
    if isinstance(value, Illegible) or len(str(value)) > MOST_DIGITS:
        raise Refused(f"“{written[:20]}”不是数，请只填数字。")
    _check_fits(value, column)
    return value


def _check_fits(value: Any, column: Column) -> None:
    if column.unit is Unit.COUNT and value != int(value):
        raise Refused("这一格是件数，应为整数。")
    if value < 0 and column.code != _MAY_FALL:
        raise Refused("这一格不会小于零，请核对。")


def _known(report: Report, cell: str) -> CellId:
    name = cell_of(report.form, cell)
    if name is None:
        raise Refused("这一版报告没有这个单元格，请刷新页面。")
    return name


def open_cells(report: AnnualReport) -> list[str]:
    """Return the cells that nobody could read and nobody has settled."""
    standing = report_of(report)
    return [str(cell) for cell in standing.form.cells() if isinstance(standing.value(cell), Illegible)]


def cell_name(report: AnnualReport, cell: str) -> str:
    """Return a cell's name as a clerk would say it; its id where the form, read anew, has no such cell."""
    form = as_read(report).form
    name = cell_of(form, cell)
    return form.name(name) if name else cell


def decide_cell(
    *, report: AnnualReport, cell: str, value: Value, by: User, now: datetime, reason: str = ""
) -> CellDecision:
    """Say what stands in a cell, and audit again: settle one that could not be read, or correct one that was.

    The reading itself stays as it is. The same decision sent twice counts once.

    Args:
        cell: the cell's id, `t3.new.total`.
        value: a number, or BLANK.
        reason: needed where the reader did find a value.
    Raises:
        PermissionDenied: `by` does not oversee the body.
        Refused: the version is not the latest, has no such cell, somebody decided otherwise before, or a
            correction has no reason or changes nothing.
    """
    made = _decide(report, cell, value, plain_reason(reason), by, now)
    _audit_after(report, by, now)
    return made


def settle_cells(
    *, report: AnnualReport, values: Mapping[str, Value], by: User, now: datetime
) -> list[CellDecision]:
    """Settle several cells that could not be read, all or none of them, and audit again once.

    Raises:
        PermissionDenied, Refused: as `decide_cell`; also where there are none.
    """
    if not values:
        raise Refused("请至少填写一格。")
    with transaction.atomic():
        made = [_decide(report, cell, value, "", by, now) for cell, value in values.items()]
    _audit_after(report, by, now)
    return made


@transaction.atomic
def _decide(
    report: AnnualReport, cell: str, value: Value, reason: str, by: User, now: datetime
) -> CellDecision:
    check_may_oversee(by, report.agency)
    report = locked(report)
    check_current(report)
    read = as_read(report)
    name = _known(read, cell)
    before = decisions_in_force(report).get(cell)
    if before and not disagreements(read, {cell: before}):
        if value_of(before) == value:
            return before
        raise Refused(f"这一格已由{_who(before.by)}确认为 {value_text(value_of(before))}；要改变，请先撤销。")
    decision = _kind(read.cells.get(name), value, reason, again=before is not None)
    return _record(report, decision, cell, value, dump_read(read, name), reason, by, now)


def _who(person: User) -> str:
    return str(person.get_full_name() or person.get_username())


def _kind(read: Cell | None, value: Value, reason: str, *, again: bool) -> CellAct:
    """Return what deciding on a cell as read amounts to; `again` over a decision that a re-reading doubts."""
    if read is not None and isinstance(read.value, Illegible):
        return CellAct.SETTLED
    if read is not None and read.value == value and not again:
        raise Refused(f"识读结果就是 {value_text(value)}，不需要更正。")
    if not reason:
        raise Refused("更正识读出的数，请写明理由。")
    return CellAct.CORRECTED


def _record(
    report: AnnualReport,
    decision: CellAct,
    cell: str,
    value: Value,
    read: dict[str, Any] | None,
    reason: str,
    by: User,
    now: datetime,
) -> CellDecision:
    row = CellDecision(
        report=report,
        cell=cell,
        decision=decision,
        value=codec.dump_value(value),
        as_read=read,
        reason=reason,
        by=by,
        at=now,
    )
    row.save()
    refresh(report)
    append_event(
        report=report,
        act=Act(decision.value),
        by=by,
        at=now,
        cell=cell,
        name=cell_name(report, cell),
        value=value_text(value),
        found=(read or {}).get("raw", ""),
        reason=reason,
    )
    return row


def undo_cell(*, report: AnnualReport, cell: str, by: User, now: datetime) -> CellDecision:
    """Take back the decision on a cell, so that the reading counts again, and audit again.

    Raises:
        PermissionDenied: `by` does not oversee the body.
        Refused: the version is not the latest, or nothing is decided on the cell.
    """
    made = _undo(report, cell, by, now)
    _audit_after(report, by, now)
    return made


@transaction.atomic
def _undo(report: AnnualReport, cell: str, by: User, now: datetime) -> CellDecision:
    check_may_oversee(by, report.agency)
    report = locked(report)
    check_current(report)
    before = decisions_in_force(report).get(cell)
    if before is None:
        raise Refused("这一格没有人工确认，无需撤销。")
    return _record(report, CellAct.UNSETTLED, cell, value_of(before), before.as_read, "", by, now)


def _audit_after(report: AnnualReport, by: User, now: datetime) -> None:
    try:
        audit_report(report=report, by=by, now=now)
    except Refused as refusal:
        raise Refused(f"已经保存，但没有重新核查：{refusal}") from refusal


@dataclass(frozen=True, kw_only=True)
class Reread:
    """What a re-reading came to: the cells now read otherwise, and the decided ones it contradicts."""

    changed: tuple[str, ...]
    contradicted: tuple[str, ...]


def reread_report(*, report: AnnualReport, by: User, now: datetime) -> Reread:
    """Read the stored original again, with the reader as it is now, and audit again.

    Decisions on cells stay in force, and the reading replaced is kept.

    Raises:
        PermissionDenied: `by` does not oversee the body.
        Refused: the version is not the latest or was drafted here, or the original is lost, altered or no
            longer readable.
    """
    check_may_oversee(by, report.agency)
    if is_drafted(report):
        raise Refused("这一版是在本系统起草的，没有经过识读，无需重新识读。")
    reading = read_upload(data=_original(report), name=report.source_name)
    done = _replace_reading(report, reading, by, now)
    _audit_after(report, by, now)
    return done


def _original(report: AnnualReport) -> bytes:
    try:
        with report.source_file.open("rb") as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise Refused("原件已不在存储目录中，不能重新识读。") from error
    if hashlib.sha256(data).hexdigest() != report.source_sha256:
        raise Refused("原件与登记时的文件不同，不能重新识读。")
    return data


@transaction.atomic
def _replace_reading(report: AnnualReport, reading: Reading, by: User, now: datetime) -> Reread:
    report = locked(report)
    check_current(report)
    before, after = as_read(report), reading.report
    fresh = codec.dump(after, reading.notes, provenance=True)
    if fresh != report.reading:
        PastReading(
            report=report, reading=report.reading, reader=report.reader, replaced_by=by, replaced_at=now
        ).save()
    report.reading, report.reader = fresh, reader_version()
    report.edition, report.title = after.edition, (after.title or "")[:255]
    refresh(report)
    changed = tuple(str(cell) for cell in _cells_of(before, after) if before.value(cell) != after.value(cell))
    contradicted = disagreements(after, decisions_in_force(report))
    append_event(
        report=report,
        act=Act.REREAD,
        by=by,
        at=now,
        reader=report.reader,
        changed=list(changed),
        illegible=report.cells_illegible,
    )
    return Reread(changed=changed, contradicted=tuple(each.decision.cell for each in contradicted))


def _cells_of(*reports: Report) -> list[CellId]:
    return list(dict.fromkeys(cell for report in reports for cell in report.form.cells()))
