"""Whether the sums prove what each printed digit stands for.

Suppose every digit of one shape were misread alike: f(d) is what a digit shown as d truly is. Each balance
that holds is a linear equation in f(0) … f(9), f(d) = d being one solution. A digit is pinned if f(d) = d in
every solution, out of the values it may stand for at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

Row = list[Fraction]
_MOST_TRIALS = 100_000


def equation(left: Iterable[int], right: Iterable[int]) -> list[int]:
    """Return the coefficients of f(0) … f(9) in the equation that two groups of numbers have one sum."""
    coefficients = [0] * 10
    for sign, numbers in ((1, left), (-1, right)):
        for number in numbers:
            for power, digit in enumerate(reversed(str(number))):
                coefficients[int(digit)] += sign * 10**power
    return coefficients


def pinned(equations: Sequence[Sequence[int]], may_be: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Return the digits that stand for themselves in every solution.

    Args:
        equations: coefficients of f(0) … f(9), each sum zero.
        may_be: for each digit shown, what else it may stand for.
    """
    shown = sorted(may_be)
    # In terms of f(d) - d the equations are homogeneous.
    shifts = {d: [0, *sorted({other - d for other in may_be[d]} - {0})] for d in shown}
    open_ = [d for d in shown if len(shifts[d]) > 1]
    pivots = _reduced([[Fraction(row[d]) for d in open_] for row in equations])
    free = [i for i in range(len(open_)) if i not in pivots]
    if prod(len(shifts[open_[i]]) for i in free) > _MOST_TRIALS:
        return frozenset(shown) - frozenset(open_)
    moved: set[int] = set()
    for chosen in product(*(shifts[open_[i]] for i in free)):
        solution = dict(zip(free, chosen, strict=True))
        for at, row in pivots.items():
            solution[at] = -sum(row[i] * shift for i, shift in zip(free, chosen, strict=True))  # type: ignore[assignment]
        if all(shift in shifts[open_[i]] for i, shift in solution.items()):
            moved |= {open_[i] for i, shift in solution.items() if shift}
    return frozenset(shown) - moved


def _reduced(rows: list[Row]) -> dict[int, Row]:
    """Gauss–Jordan: for each pivot column the row that has 1 in it and 0 in the other pivot columns."""
    pivots: dict[int, Row] = {}
    for row in rows:
        for at, pivot in pivots.items():
            if row[at]:
                row = [a - row[at] * b for a, b in zip(row, pivot, strict=True)]
        lead = next((i for i, value in enumerate(row) if value), None)
        if lead is None:
            continue
        row = [value / row[lead] for value in row]
        for at, pivot in pivots.items():
            if pivot[lead]:
                pivots[at] = [a - pivot[lead] * b for a, b in zip(pivot, row, strict=True)]
        pivots[lead] = row
    return pivots
