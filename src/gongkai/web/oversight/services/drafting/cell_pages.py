"""A cell of a draft laid out for its page."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.report import codec
from gongkai.report.compare import change
from gongkai.report.schema import CellId
from gongkai.web.oversight.models import CellOverride, Draft
from gongkai.web.oversight.services.drafting.cells import DraftCell
from gongkai.web.oversight.services.drafting.composing import drafted
from gongkai.web.oversight.services.drafting.overriding import cell_named
from gongkai.web.oversight.services.reports.auditing import as_registered
from gongkai.web.oversight.services.reports.tables import HOW_NAMES, value_text


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A number typed over the cell, or taken back: both numbers, who, when and why."""

    row: CellOverride
    value: str
    counted: str


@dataclass(frozen=True, kw_only=True)
class CellPage:
    """A cell: its value in the report, the counted one, last year's, and what was typed over it."""

    id: CellId
    name: str
    cell: DraftCell
    value: str
    counted: str
    how: str
    last_year: str
    change: str
    history: list[Typed]


def cell_page(draft: Draft, name: str) -> CellPage:
    """Return what is to be told of a cell.

    Raises:
        Refused: the form has no such cell.
    """
    place = cell_named(draft, name)
    # Without its words: none of them is shown here, and their facts cost.
    found = drafted(draft, {})
    cell = found.cells[place]
    before = as_registered(found.last).value(place) if found.last else None
    moved = change(place, before, found.report.value(place)) if before is not None else None
    rows = CellOverride.objects.filter(draft=draft, cell=name).select_related("by").order_by("-pk")
    return CellPage(
        id=place,
        name=found.report.form.name(place),
        cell=cell,
        value=value_text(found.report.value(place)),
        counted=value_text(cell.counted.value),
        how=HOW_NAMES[cell.counted.how],
        last_year="" if before is None else value_text(before),
        change="" if moved is None or moved.percent is None else f"{moved.percent}%",
        history=[_typed(row) for row in rows],
    )


def _typed(row: CellOverride) -> Typed:
    value, counted = (value_text(codec.load_value(each)) for each in (row.value, row.counted))
    return Typed(row=row, value=value, counted=counted)
