"""Which cells of a scan are read: those the form's sums prove. All others are left to a person.

A cell counts as read when

1. two recognitions by different means (as scanned; in pure black and white, larger) give the same number,
   each with high probability; or the sums leave one number and the picture allows it (below);
2. every balance it stands in (`report.balances`) holds, with all its cells read or clean paper;
3. none of its digits may systematically stand for another without the sums noticing.

Why this is enough. A number of Table 3 stands in two or three sums, so that a single misreading breaks at
least two; to deceive them all, four cells or more must be wrong by amounts that cancel (in a group of Table
4, two). Noise does not do that to two recognitions in all these cells. What might is a print in which one
digit always looks like another: a table of few ones, all read as sevens, satisfies every sum. Against this
stands (3). A digit is honest if it is seen to be shown as itself: Table 3 carries the ordinals 1 to 8 in
its own labels, whose words say which is which; and the sums are linear equations in what each printed digit
stands for (`digit_proof`), so that a digit which stands for itself in every solution is honest too. An
honest digit is not shown as another. A digit is therefore proved if the sums pin it and every other of 1 to
8 is honest. No label shows 0 and 9: they are not taken for digits without a bowl, and for those with one
only where the odds of some cell or the sums allow it; and unless 9 is known to be honest, each 0, 6 and 8
must have its bowls where no 9 has them (`bowls`).

A cell of Table 3 on which the recognitions differ is settled where a sum with no other doubtful cell in it
leaves one number, and that is one the picture makes likely. Taken so one after another, doubtful cells form
no ring of rows and columns, so that there is always a sum more than was used to find them; (2) asks that
one too. A cell of Table 4 stands in one sum and is never settled so. A cell both recognitions agree on is
never overruled: a sum that is wrong in print is the auditor's to find, and the cells in it are left to a
person.

Table 2 has no sums: no number of it is ever confirmed. Clean paper is blank in every table, except where
two sums say that the same number has faded from it. Paper without black ink but stained, by a seal or by a
sign in colour or too pale, is blank only where all its sums say that nothing is missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from gongkai.report.balances import Balance, balances
from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Number, read_cell
from gongkai.report.reading.scan.digit_proof import equation, pinned
from gongkai.report.reading.scan.evidence import Evidence, Seen, Standing
from gongkai.report.schema import CellId, Edition, Report

_LIKELY = 0.05
_SUSPICIOUS = 0.01
_BOWLS = frozenset((0, 4, 6, 8, 9))
_EMPTY = (Standing.BLANK, Standing.STAINED)
_ORDINALS = frozenset(range(1, 9))


def confirm(report: Report, evidence: Evidence) -> Report:
    """Return the report with the cells of scanned pages as the sums prove them, or illegible."""
    seen = evidence.of(report)
    known = _printed(report, seen)
    known |= {name: each.number for name, each in seen.items() if each.number is not None}
    settled = _settle(seen, known, report.edition)
    known |= settled
    proved = _proved(report, seen, known)
    cells = {
        name: _cell(report, name, seen[name], known, proved) if name in seen else cell
        for name, cell in report.cells.items()
    }
    return replace(report, cells=cells)


def _printed(report: Report, seen: Mapping[CellId, Seen]) -> dict[CellId, int]:
    """The numbers of cells that were not read from a scan, in a file that is one only in part."""
    others = {name: cell.value for name, cell in report.cells.items() if name not in seen}
    counted = {name: 0 if value is BLANK else value for name, value in others.items()}
    return {name: value for name, value in counted.items() if isinstance(value, int)}


@cache
def _standing(edition: Edition) -> Mapping[CellId, Sequence[tuple[int, Balance]]]:
    """The balances each cell stands in, with +1 where it stands at the left and -1 at the right."""
    found: dict[CellId, list[tuple[int, Balance]]] = defaultdict(list)
    for balance in balances(edition):
        for sign, side in ((1, balance.left), (-1, balance.right)):
            for name in side:
                found[name].append((sign, balance))
    return found


def _surplus(balance: Balance, known: Mapping[CellId, int], without: CellId | None = None) -> int | None:
    """Left less right, or None where a cell is not known."""
    total = 0
    for sign, side in ((1, balance.left), (-1, balance.right)):
        for name in side:
            if name == without:
                continue
            if name not in known:
                return None
            total += sign * known[name]
    return total


def _implied(name: CellId, known: Mapping[CellId, int], edition: Edition) -> list[int]:
    """What each balance leaves for a cell, if all others in it are known."""
    found = [(sign, _surplus(balance, known, name)) for sign, balance in _standing(edition).get(name, ())]
    return [-sign * surplus for sign, surplus in found if surplus is not None]


def _settle(seen: Mapping[CellId, Seen], known: Mapping[CellId, int], edition: Edition) -> dict[CellId, int]:
    """What the sums leave for doubtful cells, one after another, of Table 3 only."""
    settled: dict[CellId, int] = {}
    open_ = [name for name, each in seen.items() if each.standing is Standing.DOUBTFUL and name.table == 3]
    while True:
        now = {**known, **settled}
        for name in open_:
            values = set(_implied(name, now, edition)) if name not in settled else set()
            if len(values) == 1 and values <= seen[name].likely(_LIKELY).keys():
                settled[name] = values.pop()
                break
        else:
            return settled


def _proved(report: Report, seen: Mapping[CellId, Seen], known: Mapping[CellId, int]) -> frozenset[CellId]:
    """The cells all of whose balances hold, and all of whose digits are pinned."""
    holding = [balance for balance in balances(report.edition) if _surplus(balance, known) == 0]
    hold, standing = set(holding), _standing(report.edition)
    sound = {name for name in known if name.table != 2 and all(b in hold for _, b in standing[name])}
    digits = honest = frozenset[int]()
    proved: set[CellId] = set()
    for table in (3, 4):
        here = {name: known[name] for name in sound if name.table == table}
        shown = {name: number for name, number in known.items() if _shown(name, seen)}
        equations = [_equation(b, shown) for b in holding if b.left[0].table == table]
        printed = {name: number for name, number in shown.items() if name.table == table}
        digits, honest = _proved_digits(report, seen, printed, equations, digits)
        proved |= {name for name, number in here.items() if name not in shown or _digits(number) <= digits}
        if 9 not in honest:
            proved -= {name for name in here if name in shown and name in seen and not seen[name].shaped}
    return frozenset(proved)


def _equation(balance: Balance, shown: Mapping[CellId, int]) -> list[int]:
    left, right = ([shown[name] for name in side if name in shown] for side in (balance.left, balance.right))
    return equation(left, right)


def _shown(name: CellId, seen: Mapping[CellId, Seen]) -> bool:
    """Whether a cell shows digits; a blank or a dash is no zero that might be misread."""
    return name not in seen or not (seen[name].standing in _EMPTY or seen[name].is_mark)


def _proved_digits(
    report: Report,
    seen: Mapping[CellId, Seen],
    numbers: Mapping[CellId, int],
    equations: Sequence[Sequence[int]],
    already: frozenset[int],
) -> tuple[frozenset[int], frozenset[int]]:
    """The digits that stand for themselves, pinned by the sums and like no other; and the honest ones."""
    suspicions = {pair for name in numbers if name in seen for pair in seen[name].confusions(_SUSPICIOUS)}
    honest = _ordinals(report) | already
    shown = {digit for number in numbers.values() for digit in _digits(number)}
    while True:
        ruled_out = {d: frozenset(range(10)) if d in already else _ruled_out(d, honest) for d in shown}
        may_be = {d: {o for o in range(10) if (d, o) in suspicions or o not in ruled_out[d]} for d in shown}
        found = pinned(equations, may_be)
        if found <= honest:
            break
        honest |= found
    proved = frozenset(d for d in found if honest >= _ORDINALS - {d}) | (already - shown)
    return proved, honest


def _digits(number: int) -> frozenset[int]:
    return frozenset(map(int, str(number)))


def _ruled_out(digit: int, honest: frozenset[int]) -> frozenset[int]:
    """What a digit shown cannot be: those seen to look as they should, and 0 or 9 where no bowl is seen."""
    return honest if digit in _BOWLS else honest | {0, 9}


def _ordinals(report: Report) -> frozenset[int]:
    """The ordinals of Table 3's labels that were read right wherever they stand."""
    right: set[int] = set()
    wrong: set[int] = set()
    for row in report.form.table(3).rows:
        printed = row.label[0]
        found = re.match(r"[(（]?(\d)", report.labels.get(f"row.3.{row.code}", ""))
        if printed.isdecimal() and found:
            (right if found[1] == printed else wrong).add(int(printed))
    return frozenset(right - wrong)


def _cell(
    report: Report,
    name: CellId,
    seen: Seen,
    known: Mapping[CellId, int],
    proved: frozenset[CellId],
) -> Cell:
    cell = report.cells[name]
    place = seen.place
    implied = _implied(name, known, report.edition)
    if seen.standing in _EMPTY:
        faded = len(implied) > 1 and len(set(implied)) == 1 and implied[0] > 0
        if faded or (seen.standing is Standing.STAINED and name not in proved):
            return Cell(Illegible("", (implied[0],) if faded else ()), "", How.GRID, place)
        return Cell(BLANK, "", How.GRID, place)
    if name in proved:
        value = BLANK if seen.is_mark else seen.likely(_LIKELY).get(known[name], known[name])
        return Cell(value, seen.text, How.SCANNED, place)
    unit = report.form.column(name).unit
    texts = [read_cell(text, unit) for text, _ in seen.candidates] or [cell.value]
    numbers: list[Number] = [v for v in texts if v is not BLANK and not isinstance(v, Illegible)]
    numbers.sort(key=lambda number: number not in implied)
    return Cell(Illegible(seen.text, tuple(dict.fromkeys(numbers))), seen.text, How.SCANNED, place)
