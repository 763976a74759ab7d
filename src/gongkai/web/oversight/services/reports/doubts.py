"""What a person needs to settle the cells of a report: the open ones, the decided ones, and the sums.

Plain data for templates; nothing is decided and nothing is written.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import CellId, Report
from gongkai.web.oversight.models import AnnualReport, CellDecision
from gongkai.web.oversight.services.reports.balancing import BalanceSheet, balance_sheet, fits, implied
from gongkai.web.oversight.services.reports.settled import (
    as_read,
    cell_of,
    decisions_in_force,
    disagreements,
    former_decisions,
    found_text,
    value_of,
    with_decisions,
)
from gongkai.web.oversight.services.reports.tables import BLANK_TEXT, place_text, value_text

MOST_CHOICES = 9
OPEN_TEXT = "？"
FITS, FITS_NOT = "与合计相符", "与合计不符"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value to settle a cell with: its text, why it is offered, what the sums say (None: nothing)."""

    text: str
    notes: tuple[str, ...]
    fits: bool | None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A cell of the row as found, under its column's name; `is_asked` for the one in question."""

    id: str
    column: str
    text: str
    is_open: bool
    is_asked: bool


@dataclass(frozen=True, kw_only=True)
class OpenCell:
    """A cell to decide on: `read` is the value found, None where no reading is proved; `across` how far
    to the right its middle stands on the page, 0 to 1."""

    id: str
    name: str
    raw: str
    read: str | None
    place: str
    page: int | None
    is_boxed: bool
    across: float
    row_name: str
    row_label: str
    row: tuple[Piece, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class DecidedCell:
    """A decision in force; `now` is what a later reading says against it, None where it does not."""

    id: str
    name: str
    decision: CellDecision
    value: str
    found: str
    says: str
    now: str | None


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """All of it; `asked` is a cell that a person wants to correct."""

    open: tuple[OpenCell, ...]
    decided: tuple[DecidedCell, ...]
    asked: OpenCell | None
    balance: BalanceSheet

    @property
    def groups(self) -> tuple[tuple[OpenCell, ...], ...]:
        """The open cells one by one, but together those of a row whose digits stand together, with no
        candidate for any: they are written in at once."""
        apart = itertools.count()
        whole = itertools.groupby(self.open, key=lambda c: next(apart) if c.choices else (c.row_name, c.raw))
        return tuple(tuple(cells) for _, cells in whole)

    @property
    def contradicted(self) -> tuple[DecidedCell, ...]:
        """The decisions that a later reading doubts."""
        return tuple(each for each in self.decided if each.now is not None)


def doubts_of(record: AnnualReport, asked: str = "") -> Doubts:
    """Return the cells of a report to be settled or looked at again; `asked` names one to correct."""
    read, decisions = as_read(record), decisions_in_force(record)
    report = with_decisions(read, decisions)
    former = former_decisions(record)
    opened = [cell for cell in report.form.cells() if _is_open(report, cell)]
    wanted = cell_of(report.form, asked) if asked else None
    if wanted in opened or asked in decisions:
        wanted = None
    return Doubts(
        open=tuple(_open_cell(report, cell, former.get(str(cell))) for cell in opened),
        decided=tuple(_decided(read, decisions)),
        asked=_open_cell(report, wanted, None) if wanted else None,
        balance=balance_sheet(report),
    )


def _open_cell(report: Report, name: CellId, former: CellDecision | None) -> OpenCell:
    cell = report.cell(name)
    place = cell.place
    is_open = isinstance(cell.value, Illegible)
    row = report.form.table(name.table).row(name.row)
    label = report.labels.get(f"row.{name.table}.{name.row}") or row.label
    return OpenCell(
        id=str(name),
        name=report.form.name(name),
        raw=found_text(cell).strip(),
        read=None if is_open else value_text(cell.value),
        place=place_text(place),
        page=place.page if place else None,
        is_boxed=bool(place and place.box),
        across=(place.box.left + place.box.right) / 2 if place and place.box else 0.0,
        row_name=f"表{'零一二三四'[name.table]}“{row.label}”",
        row_label="".join(label.split()),
        row=_row(report, name),
        choices=_choices(report, name, former) if is_open else (),
    )


def _is_open(report: Report, name: CellId) -> bool:
    return isinstance(report.value(name), Illegible)


def _row(report: Report, asked: CellId) -> tuple[Piece, ...]:
    """Return the row as found; where its digits stand together, what is known of its cells."""
    row = report.form.table(asked.table).row(asked.row)
    names = [CellId(asked.table, row.code, column.code) for column in row.columns]
    texts = [found_text(report.cell(name)).strip() for name in names]
    if _is_open(report, asked) and len(texts) > 1 and len(set(texts)) == 1:
        texts = [OPEN_TEXT if _is_open(report, name) else value_text(report.value(name)) for name in names]
    return tuple(
        Piece(
            id=str(name),
            column=column.label,
            text=text,
            is_open=_is_open(report, name),
            is_asked=name == asked,
        )
        for name, column, text in zip(names, row.columns, texts, strict=True)
    )


def _choices(report: Report, name: CellId, former: CellDecision | None) -> tuple[Choice, ...]:
    """Return what may stand in an open cell, what the sums support first; 空白 is always offered besides."""
    notes: dict[Value, list[str]] = {}
    value = report.value(name)
    candidates = value.candidates if isinstance(value, Illegible) else ()
    if former is not None and _is_same_text(former, report.cell(name)):
        by = former.by.get_full_name() or former.by.get_username()
        notes[value_of(former)] = [f"第 {former.report.version} 版由{by}确认，原文相同"]
    if (number := implied(report, name)) is not None and number not in candidates:
        notes.setdefault(number, []).append("按合计推算")
    for candidate in candidates:
        notes.setdefault(candidate, [])
    made = [_choice(report, name, value, why) for value, why in notes.items() if value is not BLANK or why]
    return tuple(
        sorted(made, key=lambda choice: (choice.fits is not True, choice.fits is False))[:MOST_CHOICES]
    )


def _is_same_text(former: CellDecision, cell: Cell) -> bool:
    text = found_text(cell).strip()
    return text != "" and text == (former.as_read or {}).get("raw", "").strip()


def _choice(report: Report, name: CellId, value: Value, why: list[str]) -> Choice:
    verdict = fits(report, name, value)
    said = {True: [FITS], False: [FITS_NOT], None: []}[verdict]
    return Choice(text=value_text(value), notes=(*why, *said), fits=verdict)


def _decided(read: Report, decisions: Mapping[str, CellDecision]) -> list[DecidedCell]:
    doubted = {each.decision.cell: each.now for each in disagreements(read, decisions)}
    shown = []
    for name, decision in decisions.items():
        cell = cell_of(read.form, name)
        shown.append(
            DecidedCell(
                id=name,
                name=read.form.name(cell) if cell else name,
                decision=decision,
                value=value_text(value_of(decision)),
                found=(decision.as_read or {}).get("raw", "").strip(),
                says=decided_text(decision),
                now=_now_text(doubted[name]) if name in doubted else None,
            )
        )
    return shown


def decided_text(decision: CellDecision) -> str:
    """Return who decided what and when: 张三 2026年1月9日 10:21 确认为 12，原文‘l2’."""
    at = timezone.localtime(decision.at)
    when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    by = decision.by.get_full_name() or decision.by.get_username()
    found = (decision.as_read or {}).get("raw", "").strip()
    value = value_text(value_of(decision))
    return f"{by} {when} {decision.get_decision_display()}为 {value}" + (f"，原文‘{found}’" if found else "")


def _now_text(cell: Cell | None) -> str:
    """Return what a later reading says of a cell."""
    if cell is None:
        return "没有读到这一格"
    if isinstance(cell.value, Illegible):
        return "可能是 " + " 或 ".join(map(value_text, cell.value.candidates))
    return BLANK_TEXT if cell.value is BLANK else value_text(cell.value)
