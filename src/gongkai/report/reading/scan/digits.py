"""What number a cell may hold: the likeliest strings of digits, with their probabilities.

The network's steps are a chain in which a character may be repeated and "nothing" stand between (CTC); a
string's probability is the sum over all chains that give it. The search keeps the likeliest beginnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from gongkai.report.numerals import plain
from gongkai.report.reading.scan.recogniser import Odds, alphabet

_SIGNS = "0123456789,./无增减+-"
# What the network may take a number's sign for, of those no number has.
_LOOKALIKES = str.maketrans(
    dict.fromkeys("—–－一―─", "-") | dict.fromkeys("Oo〇○", "0") | dict.fromkeys("lI", "1")
)
_BEAM = 12
_NOTHING = 0


def signs(text: str) -> str:
    """Return a text as signs of a number: widths folded, no white space, lookalikes made one."""
    return plain(text).translate(_LOOKALIKES)


@cache
def _columns() -> Mapping[int, str]:
    """Which columns of the odds stand for which sign; several may for one."""
    folded = ((index, char.translate(_LOOKALIKES)) for index, char in enumerate(alphabet()))
    return {index: char for index, char in folded if char and char in _SIGNS}


def likeliest(odds: Odds, most: int = 4) -> list[tuple[str, float]]:
    """Return the likeliest strings of number signs, the best first, each with its probability.

    Characters that are no signs of a number keep their share, so that the probabilities need not add up to 1.
    """
    columns = _columns()
    indices = np.array(list(columns))
    # For each beginning: the probability of chains that end in nothing, and of those that end in a sign.
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in odds:
        shares = step[indices]
        signs = [(columns[int(indices[k])], float(shares[k])) for k in np.flatnonzero(shares > 1e-6)]
        beam = _next(beam, float(step[_NOTHING]), signs)
    found = sorted(((text, sum(ends)) for text, ends in beam.items()), key=lambda item: -item[1])
    return found[:most]


def _next(
    beam: Mapping[str, tuple[float, float]], nothing: float, signs: Sequence[tuple[str, float]]
) -> dict[str, tuple[float, float]]:
    idle: dict[str, float] = defaultdict(float)
    ended: dict[str, float] = defaultdict(float)
    for text, (in_nothing, in_sign) in beam.items():
        idle[text] += (in_nothing + in_sign) * nothing
        for sign, share in signs:
            if text.endswith(sign):
                ended[text] += in_sign * share
                ended[text + sign] += in_nothing * share
            else:
                ended[text + sign] += (in_nothing + in_sign) * share
    texts = sorted(idle.keys() | ended.keys(), key=lambda text: -(idle[text] + ended[text]))
    return {text: (idle[text], ended[text]) for text in texts[:_BEAM]}
