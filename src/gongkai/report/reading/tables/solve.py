"""Splitting digits that lost their separators, by proof and never by guess.

`640020470` can be seven numbers whose first six add up to the seventh in one way only. What row sums leave
open, column sums and the balance may close; what they leave open too stays open, and is given back as the
set of splits still possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

Split = tuple[int, ...]

MAX_STEPS = 20_000
MAX_STATES = 50_000
MAX_COMBINATIONS = 256


def splits(pieces: Sequence[str], parts: int) -> Iterator[Split]:
    """Yield every way to cut runs of digits into `parts` numbers, each run into one number or more.

    No number but 0 starts with a zero.
    """
    digits, ends = "".join(pieces), _ends(pieces)

    def cut(start: int, left: int) -> Iterator[Split]:
        if left == 0:
            if start == len(digits):
                yield ()
            return
        for end in _number_ends(digits, start, ends):
            if len(digits) - end >= left - 1:
                for rest in cut(end, left - 1):
                    yield (int(digits[start:end]), *rest)

    yield from cut(0, parts)


def summed_splits(pieces: Sequence[str], size: int, groups: int = 1) -> list[Split] | None:
    """Return the cuts into `groups` runs of `size` numbers, the last of each run being the sum of the others.

    Returns:
        An empty list says there is none; None that the digits leave too much open to look at it all.
    """
    search = _Search("".join(pieces), _ends(pieces), size)
    try:
        return list(search.groups(0, groups))
    except _TooMany:
        return None


class _TooMany(Exception):
    """The search ran out of its budget: the digits leave so much open that nothing can be proved."""


class _Search:
    """Depth-first search over cuts; a sum whose total could no longer fit is given up at once."""

    def __init__(self, digits: str, ends: frozenset[int], size: int) -> None:
        self.digits, self.ends, self.size = digits, ends, size
        self.budget = MAX_STEPS

    def groups(self, start: int, count: int) -> Iterator[Split]:
        if count == 0:
            if start == len(self.digits):
                yield ()
            return
        for numbers, stop in self._run(start, self.size - 1, 0, (count - 1) * self.size):
            for rest in self.groups(stop, count - 1):
                yield (*numbers, *rest)

    def _run(self, start: int, left: int, total: int, reserve: int) -> Iterator[tuple[Split, int]]:
        """Yield `left` addends with their total and end; `reserve` digits are left for later groups."""
        self.budget -= 1
        if self.budget < 0:
            raise _TooMany
        if len(self.digits) - start - left - reserve < len(str(total)):
            return
        if left == 0:
            shown = str(total)
            stop = start + len(shown)
            if self.digits.startswith(shown, start) and self._whole(start, stop):
                yield (total,), stop
            return
        for end in _number_ends(self.digits, start, self.ends):
            value = int(self.digits[start:end])
            for more, stop in self._run(end, left - 1, total + value, reserve):
                yield (value, *more), stop

    def _whole(self, start: int, stop: int) -> bool:
        return not any(start < end < stop for end in self.ends)


def _ends(pieces: Sequence[str]) -> frozenset[int]:
    ends, position = set(), 0
    for piece in pieces:
        position += len(piece)
        ends.add(position)
    return frozenset(ends)


def _number_ends(digits: str, start: int, ends: frozenset[int]) -> list[int]:
    """Where a number starting at `start` may end: up to the next break; at once if it starts with zero."""
    found = []
    for end in range(start + 1, len(digits) + 1):
        found.append(end)
        if end in ends or digits[start] == "0":
            break
    return found


def without_strays(numbers: Sequence[int], parts: int, groups: int = 1) -> list[Split]:
    """Return the ways to drop surplus numbers (page numbers among cells) so that every group's sum holds."""
    surplus = len(numbers) - parts * groups
    if not 0 < surplus <= 2:
        return []
    found = set()
    for drop in _choices(len(numbers), surplus):
        kept = [n for i, n in enumerate(numbers) if i not in drop]
        runs = [kept[i : i + parts] for i in range(0, len(kept), parts)]
        if all(sum(r[:-1]) == r[-1] for r in runs):
            found.add(tuple(kept))
    return sorted(found)


def _choices(length: int, count: int) -> Iterator[tuple[int, ...]]:
    if count == 1:
        yield from ((i,) for i in range(length))
    else:
        yield from ((i, j) for i in range(length) for j in range(i + 1, length))


def balanced(
    rows: Mapping[str, Sequence[Split]],
    addends: Sequence[str],
    total: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, list[Split]] | None:
    """Return, for each row, the splits that take part in some solution of the whole table.

    Args:
        rows: for each row the splits its own sum allows.
        addends: rows that add up to row `total`, column by column.
        total: the row of sums.
        balance: rows on the left and on the right of the balance; `total` is one of the right.
    Returns:
        The splits of each row that some solution uses; None where there is no solution or too many states.
    """
    left, right = balance
    others = [name for name in right if name != total]
    viable_totals = _balancing(rows, left, others, rows[total])
    forward = _reachable([rows[name] for name in addends])
    if forward is None:
        return None
    totals = [t for t in viable_totals if t in forward[-1]]
    if not totals:
        return None
    result = _backwards(rows, addends, forward, totals)
    result[total] = totals
    result.update(_balance_rows(rows, left, others, totals))
    return result


def one_off(
    rows: Mapping[str, Sequence[Split]],
    unknown: str,
    cuts: Sequence[Split],
    addends: Sequence[str],
    total: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, Split] | None:
    """Return the only solution in which row `unknown` differs in one number from what the others demand.

    A row that breaks its own sum has no cut that could be proved by it. But where all other rows are cut so
    that one row alone is left to close the table, and one cut of its digits agrees with what is demanded in
    every number but one, that number is what the report got wrong.

    Args:
        rows: for each other row the splits its own sum allows.
        cuts: every cut of the unknown row's digits.
    """
    left, right = balance
    equations = [dict.fromkeys(addends, 1) | {total: -1}, dict.fromkeys(left, 1) | dict.fromkeys(right, -1)]
    if prod(len(splits_) for splits_ in rows.values()) > MAX_COMBINATIONS:
        return None
    found: list[dict[str, Split]] = []
    for choice in product(*rows.values()):
        chosen = dict(zip(rows, choice, strict=True))
        demanded = _demanded(chosen, unknown, equations)
        found += [
            chosen | {unknown: cut}
            for cut in cuts
            if demanded and sum(a != b for a, b in zip(cut, demanded, strict=True)) == 1
        ]
    return found[0] if len(found) == 1 else None


def _demanded(
    chosen: Mapping[str, Split], unknown: str, equations: Sequence[Mapping[str, int]]
) -> Split | None:
    """Return what a row must be for the table to close; None where the other rows contradict each other."""
    demanded: set[Split] = set()
    for equation in equations:
        rest = [tuple(sign * x for x in chosen[name]) for name, sign in equation.items() if name != unknown]
        sums = tuple(map(sum, zip(*rest, strict=True)))
        if unknown in equation:
            demanded.add(tuple(-equation[unknown] * x for x in sums))
        elif any(sums):
            return None
    only = demanded.pop() if len(demanded) == 1 else None
    return only if only and min(only) >= 0 else None


def _add(a: Split, b: Split) -> Split:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _reachable(candidates: Sequence[Sequence[Split]]) -> list[set[Split]] | None:
    width = len(candidates[0][0]) if candidates and candidates[0] else 0
    states: list[set[Split]] = [{(0,) * width}]
    for row in candidates:
        states.append({_add(s, c) for s in states[-1] for c in row})
        if len(states[-1]) > MAX_STATES:
            return None
    return states


def _backwards(
    rows: Mapping[str, Sequence[Split]],
    addends: Sequence[str],
    forward: list[set[Split]],
    totals: Sequence[Split],
) -> dict[str, list[Split]]:
    result: dict[str, list[Split]] = {}
    wanted = set(totals)
    for index in range(len(addends) - 1, -1, -1):
        before, name = forward[index], addends[index]
        kept, earlier = [], set()
        for c in rows[name]:
            sources = {tuple(w - x for w, x in zip(want, c, strict=True)) for want in wanted} & before
            if sources:
                kept.append(c)
                earlier |= sources
        result[name] = kept
        wanted = earlier
    return result


def _pairs(
    rows: Mapping[str, Sequence[Split]], left: Sequence[str], others: Sequence[str], totals: Sequence[Split]
) -> Iterator[tuple[dict[str, Split], Split]]:
    """Yield the choices of the balance's rows that make it hold, with the total each needs."""
    by_total = set(totals)
    names = [*left, *others]
    signs = [1] * len(left) + [-1] * len(others)

    def choose(index: int, chosen: dict[str, Split], sum_: Split) -> Iterator[tuple[dict[str, Split], Split]]:
        if index == len(names):
            if sum_ in by_total:
                yield dict(chosen), sum_
            return
        for c in rows[names[index]]:
            chosen[names[index]] = c
            yield from choose(index + 1, chosen, _add(sum_, tuple(signs[index] * x for x in c)))

    width = len(totals[0]) if totals else 0
    yield from choose(0, {}, (0,) * width)


def _balancing(
    rows: Mapping[str, Sequence[Split]], left: Sequence[str], others: Sequence[str], totals: Sequence[Split]
) -> list[Split]:
    needed = {total for _, total in _pairs(rows, left, others, totals)}
    return [t for t in totals if t in needed]


def _balance_rows(
    rows: Mapping[str, Sequence[Split]], left: Sequence[str], others: Sequence[str], totals: Sequence[Split]
) -> dict[str, list[Split]]:
    kept: dict[str, dict[Split, None]] = {name: {} for name in (*left, *others)}
    for chosen, _ in _pairs(rows, left, others, totals):
        for name, split in chosen.items():
            kept[name][split] = None
    return {name: list(splits_) for name, splits_ in kept.items()}
