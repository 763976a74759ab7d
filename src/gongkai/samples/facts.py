"""What a sample's prose is written from, and how it writes shares and enumerations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.report.schema import OUTCOME_GROUPS, TOTAL, CellId, Edition
from gongkai.samples.bodies import Body
from gongkai.samples.counting import Numbers


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the prose is written from: the body, the year, its numbers, last year's new requests if known."""

    body: Body
    year: int
    edition: Edition
    numbers: Numbers
    last_new: int | None = None

    def total(self, row: str, table: int = 3) -> int:
        """Return the total of a row of Table 3 or 4."""
        return int(self.numbers[CellId(table, row, TOTAL if table == 3 else "total")])

    def group(self, group: str) -> int:
        """Return how many requests ended in a group of outcomes."""
        return sum(self.total(row) for row in OUTCOME_GROUPS[self.edition][group])

    def table2(self, row: str, column: str) -> int:
        """Return a count of Table 2."""
        return int(self.numbers[CellId(2, row, column)])


def percent(part: int, whole: int, places: int = 1) -> str:
    """Return a share as prose writes it, rounded half up: 17.5%."""
    step = Decimal(1).scaleb(-places)
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)}%"


def split_into(rng: Random, total: int, parts: int) -> list[int]:
    """Return `parts` counts that add up to `total`."""
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def listed(items: Sequence[tuple[str, int]], unit: str) -> str:
    """Return counted things as an enumeration: 甲3件、乙2件."""
    return "、".join(f"{name}{count}{unit}" for name, count in items)
