"""What a cell of a report holds: its value, and how and where it was come by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gongkai.report.numerals import BLANK, Value


class How(StrEnum):
    """How a cell came by its value, from the surest to the least direct."""

    COUNTED = "counted"
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stood in its source: block index from 0; page from 1, row, column from 0 and the box on
    the page where the source has them."""

    block: int
    row: int | None = None
    column: int | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a report: its value, its text as found, how and where it was read."""

    value: Value
    raw: str = ""
    how: How = How.GRID
    place: Place | None = None


MISSING = Cell(BLANK)
