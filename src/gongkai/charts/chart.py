"""What a chart shows, apart from how it is drawn: its numbers, their names and unit, and where there is none.

A number that is not there is None. It is drawn as a gap, told as a gap and left out of every sum: it is
never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from gongkai.report.numerals import Number

Figure = Number | None
_TENTH = Decimal("0.1")


class Kind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"  # series side by side over the categories, such as years
    SHARES = "shares"  # a bar of 100 % for each category, cut by the series' shares
    RANKED = "ranked"  # one series, a bar across for each category, in the order given
    LINES = "lines"  # a line with points for each series
    TILES = "tiles"  # one series, a tile for each category, darker the more


@dataclass(frozen=True, kw_only=True)
class Series:
    """Numbers of one name, one for each category of the chart."""

    name: str
    values: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart.

    `axis` says what the categories are (年度, 机关), `gap` is the word drawn where a number is not there,
    `note` what a reader must know to read the numbers rightly, `adds_up` whether the categories of one series
    are the parts of a whole: of bodies they are not, as a government's number holds those of its bodies.

    Raises:
        ValueError: a series has more or fewer numbers than there are categories, or two have one name, or a
            kind for one series is given several.
    """

    kind: Kind
    title: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"
    gap: str = "缺"
    note: str = ""
    adds_up: bool = True

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("every series needs a number or None for each category")
        if len({each.name for each in self.series}) != len(self.series):
            raise ValueError("two series have the same name")
        if self.kind in (Kind.RANKED, Kind.TILES) and len(self.series) != 1:
            raise ValueError(f"a chart of {self.kind} has one series")

    @property
    def is_empty(self) -> bool:
        """Whether there is no number to show."""
        return all(value is None for each in self.series for value in each.values)

    def shares(self, at: int) -> tuple[Decimal | None, ...]:
        """Return each series' share of a category in per cent, to one place, halves up.

        None for all where one number is not there or all are zero: then nobody knows the whole, or there is
        none.
        """
        values = [each.values[at] for each in self.series]
        whole = sum((Decimal(value) for value in values if value is not None), Decimal())
        if None in values or whole <= 0:
            return (None,) * len(values)
        return tuple(share_of(value, whole) for value in values if value is not None)


def share_of(part: Number, whole: Number) -> Decimal:
    """Return a part in per cent of a positive whole, to one place, halves up."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def figure(value: Number) -> str:
    """Return a number as a chart writes it: thousands by commas, decimals as they are."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def table(chart: Chart) -> list[tuple[str, ...]]:
    """Return the chart's numbers as rows of text, the first the columns' names; a gap is the chart's word.

    Of a chart of shares, each number has its share beside it.
    """
    head = [chart.axis]
    for each in chart.series:
        head.append(_with_unit(each.name, chart.unit))
        if chart.kind is Kind.SHARES:
            head.append(_with_unit(f"{each.name}占比", "%"))
    rows = [tuple(head)]
    for at, category in enumerate(chart.categories):
        rows.append((category, *_cells(chart, at)))
    return rows


def _with_unit(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name


def _cells(chart: Chart, at: int) -> Sequence[str]:
    numbers = [shown(chart, each.values[at]) for each in chart.series]
    if chart.kind is not Kind.SHARES:
        return numbers
    shares = [shown(chart, share) for share in chart.shares(at)]
    return [cell for pair in zip(numbers, shares, strict=True) for cell in pair]


def shown(chart: Chart, value: Figure) -> str:
    """Return a number of a chart, or its word for a gap."""
    return chart.gap if value is None else figure(value)
