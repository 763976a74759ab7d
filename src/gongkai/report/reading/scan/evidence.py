"""What the pictures say of a report's cells: each cell found again on its page by where it lies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from gongkai.report.cells import Box, Cell, Place
from gongkai.report.numerals import BLANK, Value, read_cell
from gongkai.report.schema import CellId, Report

Candidate = tuple[str, float]


class Look(Enum):
    """Clean paper; paper without black ink, but not clean; one reading on which all means agree; or else."""

    BLANK = "blank"
    STAINED = "stained"
    SURE = "sure"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Sight:
    """One cell as seen.

    `area` is where it lies on the straight page (shares), `box` where on the page as scanned; `candidates`
    are the numbers' texts it may hold, the likeliest first, each with the greater of its two probabilities.
    `shaped` says that each 0, 6 and 8 has its bowls where no 9 has them.
    """

    page: int
    area: Box
    box: Box
    look: Look
    text: str = ""
    candidates: tuple[Candidate, ...] = ()
    shaped: bool = False


class Standing(Enum):
    """Clean paper; stained paper; a number or mark read surely; or a cell to be settled or left open."""

    BLANK = "blank"
    STAINED = "stained"
    SURE = "sure"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell of the report as its picture shows it; `number` counts blanks and dashes as nothing."""

    standing: Standing
    place: Place | None
    text: str = ""
    number: int | None = None
    is_mark: bool = False
    candidates: tuple[Candidate, ...] = ()
    shaped: bool = False

    def likely(self, share: float) -> dict[int, Value]:
        """Return what the picture makes at least so probable, by what it counts: a dash is blank, 0."""
        values = [read_cell(text) for text, odds in self.candidates if odds >= share]
        return {n: value for value in reversed(values) if (n := _counted(value)) is not None}

    def confusions(self, share: float) -> Iterator[tuple[int, int]]:
        """Yield (shown, other) digits where the picture allows another digit in the place of one shown."""
        for text, odds in self.candidates:
            if odds < share or len(text) != len(self.text):
                continue
            for ours, theirs in zip(self.text, text, strict=True):
                if ours != theirs and ours.isdecimal() and theirs.isdecimal():
                    yield int(ours), int(theirs)


class Evidence:
    """All cells seen on the scanned pages of a document."""

    def __init__(self, sights: Sequence[Sight], pages: Sequence[int]) -> None:
        self._pages = frozenset(pages)
        self._by_page: dict[int, list[Sight]] = defaultdict(list)
        for sight in sights:
            self._by_page[sight.page].append(sight)

    def of(self, report: Report) -> dict[CellId, Seen]:
        """Return what is seen of every cell of the report that was read from a scanned page."""
        found = {
            name: self._at(cell.place)
            for name, cell in report.cells.items()
            if cell.place is None or cell.place.page is None or cell.place.page in self._pages
        }
        times = Counter(id(sight) for sight in found.values() if sight is not None)
        return {
            name: _seen(report.cells[name], sight if times[id(sight)] == 1 else None)
            for name, sight in found.items()
        }

    def _at(self, place: Place | None) -> Sight | None:
        """The smallest cell that holds the middle of the place's box."""
        if place is None or place.box is None or place.page is None:
            return None
        x, y = (place.box.left + place.box.right) / 2, (place.box.top + place.box.bottom) / 2
        around = [
            sight
            for sight in self._by_page[place.page]
            if sight.area.left <= x <= sight.area.right and sight.area.top <= y <= sight.area.bottom
        ]
        return min(around, key=_extent, default=None)


def _extent(sight: Sight) -> float:
    return (sight.area.right - sight.area.left) * (sight.area.bottom - sight.area.top)


def _seen(cell: Cell, sight: Sight | None) -> Seen:
    if sight is None:
        place = cell.place._replace(box=None) if cell.place else None
        return Seen(Standing.DOUBTFUL, place, cell.raw)
    place = cell.place._replace(box=sight.box) if cell.place else None
    if sight.look is Look.BLANK and cell.value is BLANK:
        return Seen(Standing.BLANK, place, number=0)
    if sight.look is Look.STAINED and cell.value is BLANK:
        return Seen(Standing.STAINED, place, number=0)
    number = _counted(cell.value)
    if sight.look is Look.SURE and number is not None and read_cell(sight.text) == cell.value:
        marked = cell.value is BLANK
        return Seen(Standing.SURE, place, sight.text, number, marked, sight.candidates, sight.shaped)
    return Seen(Standing.DOUBTFUL, place, sight.text, candidates=sight.candidates, shaped=sight.shaped)


def _counted(value: Value) -> int | None:
    """What a value counts in a sum of Tables 3 and 4; None where it is not a whole number of things."""
    if value is BLANK:
        return 0
    return value if isinstance(value, int) and value >= 0 else None
