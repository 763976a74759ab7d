"""What is listed, small enough to be kept whole, and what each value of a filter would leave of it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress


@dataclass(frozen=True, kw_only=True)
class Column:
    """The values of a filter, and for each thing listed the place of its own among them."""

    values: Sequence[str]
    places: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Things in order: their numbers, and by name of a filter the value of each; a few bytes a thing."""

    numbers: Sequence[int]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.numbers)

    def narrowed(self, wanted: Mapping[str, str]) -> tuple[dict[str, Counter[str]], Sequence[int]]:
        """Return by filter how often each value occurs, and the numbers of what has every value wanted.

        Under a filter that is set, what only its own value keeps out is counted too.
        """
        if not wanted:
            return {
                name: _counted(column, column.places) for name, column in self.columns.items()
            }, self.numbers
        codes = {name: _code(self.columns[name], value) for name, value in wanted.items()}
        misses = [0] * len(self)
        for name, code in codes.items():
            places = self.columns[name].places
            misses = [miss + (place != code) for miss, place in zip(misses, places, strict=True)]
        fits = [not miss for miss in misses]
        counts = {}
        for name, column in self.columns.items():
            places = column.places
            counts[name] = _counted(column, compress(places, fits))
            if name in codes:
                missed = zip(places, misses, strict=True)
                others = (place for place, miss in missed if miss == 1 and place != codes[name])
                counts[name].update(_counted(column, others))
        return counts, array("q", compress(self.numbers, fits))


def listed(numbers: Iterable[int], values: Mapping[str, Iterable[str]]) -> Listed:
    """Return things with these numbers and, by name of a filter, these values."""
    columns = {name: _column(list(have)) for name, have in values.items()}
    return Listed(numbers=array("q", numbers), columns=columns)


def _column(have: Sequence[str]) -> Column:
    values = sorted(set(have))
    codes = {value: code for code, value in enumerate(values)}
    return Column(values=values, places=array("H", map(codes.__getitem__, have)))


def _code(column: Column, value: str) -> int:
    return column.values.index(value) if value in column.values else -1


def _counted(column: Column, places: Iterable[int]) -> Counter[str]:
    return Counter({column.values[place]: count for place, count in Counter(places).items()})
