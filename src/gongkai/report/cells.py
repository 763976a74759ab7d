"""What a cell of a report holds: its value, and how and where it was come by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from gongkai.report.frames import Kind, Record
from gongkai.report.numerals import BLANK, Illegible, Value


class How(StrEnum):
    """How a cell came by its value, from the surest to the least direct."""

    COUNTED = "counted"
    SUMMED = "summed"
    SETTLED = "settled"
    GRID = "grid"
    STREAM = "stream"
    SOLVED = "solved"
    SCANNED = "scanned"


class Box(NamedTuple):
    """A rectangle on a page: left, top, right, bottom as shares (0 to 1) of the page as it is seen."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where a cell stood in its source: block index from 0; page from 1, row, column from 0 and the box on
    the page where the source has them."""

    block: int
    row: int | None = None
    column: int | None = None
    page: int | None = None
    box: Box | None = None


class Cell(NamedTuple):
    """A cell of a report: its value, its text as found, how and where it was read."""

    value: Value
    raw: str = ""
    how: How = How.GRID
    place: Place | None = None


MISSING = Cell(BLANK)

CELL_COLUMNS: Mapping[str, Kind] = {
    "state": Kind.TEXT,
    "value": Kind.NUMBER,
    "raw": Kind.TEXT,
    "candidates": Kind.NUMBERS,
    "how": Kind.TEXT,
    "page": Kind.WHOLE,
}


def record_of(cell: Cell | None) -> Record:
    """Return a cell as a record of `CELL_COLUMNS`; None is a cell that was not found.

    `state` is `number`, `blank`, `illegible` or `absent`; only a `number` has a `value`.
    """
    if cell is None:
        return dict.fromkeys(CELL_COLUMNS) | {"state": "absent", "candidates": ()}
    value = cell.value
    illegible = isinstance(value, Illegible)
    return {
        "state": "illegible" if illegible else "blank" if value is BLANK else "number",
        "value": None if illegible or value is BLANK else value,
        "raw": cell.raw,
        "candidates": value.candidates if isinstance(value, Illegible) else (),
        "how": None if illegible else cell.how.value,
        "page": cell.place.page if cell.place else None,
    }
