"""Words that mean the same, words that are mistaken for others, words that only ask."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from gongkai.web.publishing.searching.words import fold, is_chinese

MOST_VARIANTS = 8
_HERE = Path(__file__).resolve().parent


@cache
def _read(name: str) -> Mapping[str, list[list[str]]]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return each term with the others of its groups."""
    found: dict[str, tuple[str, ...]] = {}
    for group in _read("synonyms.toml")["groups"]:
        terms = [fold(term) for term in group]
        for term in terms:
            others = (*found.get(term, ()), *(other for other in terms if other != term))
            found[term] = tuple(dict.fromkeys(others))
    return found


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_read("confusions.toml")["asking"][0], key=len, reverse=True)))


@cache
def _characters() -> Mapping[str, str]:
    """Return each character with those it is mistaken for."""
    found: dict[str, str] = {}
    for (group,) in _read("confusions.toml")["characters"]:
        for char in group:
            found[char] = found.get(char, "") + group.replace(char, "")
    return found


@lru_cache(maxsize=2048)
def variants(word: str) -> Sequence[str]:
    """Return the word and what means the same, the word first.

    A term is replaced where it is the word, begins it or ends it: 低保申请 is also 最低生活保障申请.
    """
    found = [word]
    for term, others in synonyms().items():
        if word.startswith(term):
            found += [other + word[len(term) :] for other in others]
        elif word.endswith(term):
            found += [word[: -len(term)] + other for other in others]
    return tuple(dict.fromkeys(found))[:MOST_VARIANTS]


def corrections(word: str) -> list[str]:
    """Return what may have been meant: known misspellings, characters mistaken, terms one character away."""
    return list(dict.fromkeys(found for found in _corrections(word) if found != word))


def _corrections(word: str) -> Iterator[str]:
    for wrong, right in _read("confusions.toml")["words"]:
        if wrong in word:
            yield word.replace(wrong, right)
    if not is_chinese(word) or len(word) < 2:
        return
    yield from (term for term in synonyms() if len(word) > 2 and _differs_once(word, term))
    for at, char in enumerate(word):
        for other in _characters().get(char, ""):
            yield word[:at] + other + word[at + 1 :]


def _differs_once(word: str, term: str) -> bool:
    if len(word) != len(term):
        return False
    return sum(a != b for a, b in zip(word, term, strict=True)) == 1


def pieces(word: str) -> list[tuple[str, ...]]:
    """Return ways to take a long word apart, fewest pieces first: 低保申请条件 is 低保 and 申请条件.

    Words that only ask (怎么, 哪里, 吗) are left out first.
    """
    rest = [part for part in _asking().sub(" ", word).split() if len(part) > 1]
    if not rest:
        return []
    found = [tuple(rest)] if rest != [word] else []
    if len(rest) == 1 and is_chinese(rest[0]) and 4 <= len(rest[0]) <= 12:
        found += _cut(rest[0])
    return found


def _cut(word: str) -> list[tuple[str, ...]]:
    """Return cuts into two, then into three; those at a known term first."""
    end = len(word) - 1
    two = [(word[:at], word[at:]) for at in range(2, end)]
    three = [
        (word[:a], word[a:b], word[b:]) for a in range(2, end) for b in range(a + 2, end) if len(word) <= 10
    ]
    known = synonyms()
    return [
        *sorted(two, key=lambda cut: -sum(piece in known for piece in cut)),
        *sorted(three, key=lambda cut: -sum(piece in known for piece in cut)),
    ]
