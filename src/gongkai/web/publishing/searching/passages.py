"""The passage of a text that answers a query best, with the query's words marked. All HTML is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.web.publishing.searching.words import fold, is_chinese, phrase, runs

_LONG = 100
_BEFORE = 24
_MOST_PLACES = 100
_SENTENCE_END = re.compile(r"[。；！？：\s]")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a word stands: from `start` up to `end`; `word` tells which."""

    start: int
    end: int
    word: int


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words, as the search table does, in a folded text."""
    return re.compile("|".join(_expression(word) for word in words) or r"(?!)")


def _expression(word: str) -> str:
    parts = runs(fold(word))
    text = r"[\W_]*".join(re.escape(part) for part in parts)
    if not is_chinese(parts[0]):
        text = rf"(?<![a-z0-9]){text}"
    if not is_chinese(parts[-1]) and not phrase(word).is_prefix:
        text = rf"{text}(?![a-z0-9])"
    return text


def _places(text: str, patterns: Sequence[re.Pattern[str]]) -> list[Place]:
    folded = fold(text)
    found = [
        Place(start=match.start(), end=match.end(), word=number)
        for number, each in enumerate(patterns)
        for match in islice(each.finditer(folded), _MOST_PLACES)
    ]
    return sorted(found, key=lambda place: (place.start, place.end))


def marked(text: str, patterns: Sequence[re.Pattern[str]]) -> SafeString:
    """Return `text` as HTML with every occurrence of the words in <mark>."""
    parts: list[str] = []
    done = 0
    for start, end in _joined(_places(text, patterns)):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    # Every piece between the tags is escaped.
    return mark_safe("".join(parts))  # nosec B308 B703


def _joined(places: Iterable[Place]) -> list[tuple[int, int]]:
    """Return the places with overlapping and touching ones made one."""
    joined: list[tuple[int, int]] = []
    for place in places:
        if joined and place.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], place.end))
        else:
            joined.append((place.start, place.end))
    return joined


def holds(text: str, patterns: Sequence[re.Pattern[str]]) -> int:
    """Return how many of the words the text holds."""
    folded = fold(text)
    return sum(bool(each.search(folded)) for each in patterns)


def excerpt(text: str, patterns: Sequence[re.Pattern[str]]) -> SafeString:
    """Return the stretch with the most different words, then the most words, the earliest of equals."""
    places = _places(text, patterns)
    first = max(places, key=lambda place: (*_worth(places, place), -place.start), default=None)
    start = _beginning(text, first.start) if first else 0
    end = max(start + _LONG, first.end if first else 0)
    piece = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    return marked(piece, patterns)


def _worth(places: Sequence[Place], first: Place) -> tuple[int, int]:
    within = [place for place in places if first.start <= place.start < first.start + _LONG - _BEFORE]
    return len({place.word for place in within}), len(within)


def _beginning(text: str, at: int) -> int:
    """Return where to begin: with the sentence if it began shortly before, else a little before the word."""
    least = max(0, at - _BEFORE)
    end = _SENTENCE_END.search(text, least, at)
    return end.end() if end else least
