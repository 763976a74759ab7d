"""What a reader may have meant by a word that nothing holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.web.publishing.searching.lexicon import corrections, pieces
from gongkai.web.publishing.searching.words import CHARACTERS, fold, is_chinese

_MOST_TRIED = 16
_MOST_READ = 30
_LONGEST = 10


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is asked of the entries: how many hold all of some words, and texts of the newest that do."""

    count: Callable[[Sequence[str]], int]
    texts: Callable[[Sequence[str], int], Sequence[str]]


def meant(word: str, known: Known) -> Sequence[str]:
    """Return what to search instead: one other word, or the pieces of this one; nothing if nothing fits.

    In this order: a known misspelling, a term or a word with a like character, whichever finds most; the
    pieces of a long word; a word found in the texts that differs in one character.
    """
    counts = {other: known.count([other]) for other in corrections(word)[:_MOST_TRIED]}
    best = max(counts, key=lambda other: counts[other], default="")
    if best and counts[best]:
        return (best,)
    for parts in pieces(word):
        if known.count(parts):
            return parts
    near = _one_character_away(word, known)
    return (near,) if near else ()


def _one_character_away(word: str, known: Known) -> str:
    """Return the word that most texts hold among those that differ from this one in a single character."""
    if not is_chinese(word) or not 3 <= len(word) <= _LONGEST:
        return ""
    found: Counter[str] = Counter()
    for at in range(len(word)):
        sides = [side for side in (word[:at], word[at + 1 :]) if side]
        if max(map(len, sides)) > 1:
            near = re.compile(f"{re.escape(word[:at])}[{CHARACTERS}]{re.escape(word[at + 1 :])}")
            for text in known.texts(sides, _MOST_READ):
                found.update(set(near.findall(fold(text))))
    return max(found, key=lambda other: (found[other], other), default="")
