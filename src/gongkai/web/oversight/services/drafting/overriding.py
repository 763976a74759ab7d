"""Cells typed over by hand: the counted number stays beside the typed one, with who, when and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.report import codec
from gongkai.report.numerals import BLANK, Illegible, Value, is_exact, number_in, read_cell
from gongkai.report.schema import CellId, Unit, edition_of, form
from gongkai.web.agencies.models import User
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.models import CellOverride, Draft
from gongkai.web.oversight.services.acting import Refused, plain_reason
from gongkai.web.oversight.services.drafting.acts import audit_draft, check_is_open, locked
from gongkai.web.oversight.services.drafting.cells import Counted, counted_cells, overrides_in_force
from gongkai.web.oversight.services.drafting.scope import check_may_write
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.settled import cell_of
from gongkai.web.oversight.services.reports.tables import BLANK_TEXT, value_text


def cell_named(draft: Draft, name: str) -> CellId:
    """Return the cell of the draft's form.

    Raises:
        Refused: the form has no such cell.
    """
    cell = cell_of(form(edition_of(draft.year)), name)
    if cell is None:
        raise Refused("表中没有这一格。")
    return cell


def stated_value(draft: Draft, name: str, text: str) -> Value:
    """Return the value a person wrote: a number of what the cell counts, or 空白.

    Raises:
        Refused: it is neither.
    """
    cell = cell_named(draft, name)
    text = text.strip()
    if text == BLANK_TEXT:
        return BLANK
    unit = form(edition_of(draft.year)).column(cell).unit
    value = read_cell(text, unit)
    number = number_in(value)
    if isinstance(value, Illegible) or number is None or not is_exact(number):
        raise Refused(f"“{text[:20]}”不是数；没有数的，请填“{BLANK_TEXT}”。")
    if number < 0 or (unit is Unit.COUNT and not isinstance(number, int)):
        raise Refused("这一格应填不小于零的整数。" if unit is Unit.COUNT else "这一格不能填负数。")
    return value


def type_over(
    *, draft: Draft, cell: str, value: Value, reason: str, seen: int, by: User, now: datetime
) -> CellOverride:
    """Put a number of one's own in a cell, beside the counted one, and audit.

    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: no reason is given, the number is the counted or the typed one, or somebody changed the
            draft meanwhile or sent it up.
    """
    check_may_write(by, draft.agency)
    reason = plain_reason(reason)
    if not reason:
        raise Refused("请写明不采用统计数的理由。")
    place = cell_named(draft, cell)
    counted = counted_cells(draft)[place]
    made = _typed(draft, place, value, counted, reason, seen, by, now)
    audit_draft(draft=draft, now=now, alike=False)
    return made


@transaction.atomic
def _typed(
    draft: Draft,
    cell: CellId,
    value: Value,
    counted: Counted,
    reason: str,
    seen: int,
    by: User,
    now: datetime,
) -> CellOverride:
    draft = locked(draft, seen)
    check_is_open(draft)
    before = overrides_in_force(draft).get(str(cell))
    if before is None and value == counted.value and value is not BLANK:
        raise Refused(f"填的数与统计数相同（{value_text(value)}），无需手工填写。")
    if before is not None and codec.load_value(before.value) == value:
        raise Refused(f"这一格已经填为 {value_text(value)}。")
    was = before.value if before is not None else codec.dump_value(counted.value)
    made = _record(draft, cell, codec.dump_value(value), codec.dump_value(counted.value), reason, by, now)
    append_event(
        act=Act.TYPED,
        by=by,
        at=now,
        draft=draft,
        cell=str(cell),
        name=form(edition_of(draft.year)).name(cell),
        value=value_text(value),
        counted=value_text(counted.value),
        before=was,
        reason=reason,
    )
    return made


def _record(
    draft: Draft,
    cell: CellId,
    value: object,
    counted: object,
    reason: str,
    by: User,
    now: datetime,
    *,
    is_restored: bool = False,
) -> CellOverride:
    made = CellOverride(
        draft=draft,
        cell=str(cell),
        value=value,
        counted=counted,
        is_restored=is_restored,
        reason=reason,
        by=by,
        at=now,
    )
    made.save()
    draft.saves += 1
    draft.save(update_fields=["saves"])
    return made


def restore(*, draft: Draft, cell: str, seen: int, by: User, now: datetime) -> CellOverride:
    """Take a typed number back: the cell is counted again.

    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: nothing was typed there, or somebody changed the draft meanwhile or sent it up.
    """
    check_may_write(by, draft.agency)
    place = cell_named(draft, cell)
    counted = counted_cells(draft)[place]
    made = _restored(draft, place, counted, seen, by, now)
    audit_draft(draft=draft, now=now, alike=False)
    return made


@transaction.atomic
def _restored(
    draft: Draft, cell: CellId, counted: Counted, seen: int, by: User, now: datetime
) -> CellOverride:
    draft = locked(draft, seen)
    check_is_open(draft)
    before = overrides_in_force(draft).get(str(cell))
    if before is None:
        raise Refused("这一格没有手工填的数，无需恢复。")
    number = codec.dump_value(counted.value)
    made = _record(draft, cell, before.value, number, "", by, now, is_restored=True)
    append_event(
        act=Act.RESTORED,
        by=by,
        at=now,
        draft=draft,
        cell=str(cell),
        name=form(edition_of(draft.year)).name(cell),
        value=value_text(counted.value),
        before=before.value,
    )
    return made
