"""Text and queries as tokens: overlapping pairs of Chinese characters, whole runs of letters and digits.

A run of characters ends with its last character alone, so that a single one is found as a prefix anywhere:
农村供水 is 农村 村供 供水 水. A word of a query is a phrase of tokens in the order they stand in the text.
Brackets, marks and blanks separate runs and leave no token: 石政规〔2025〕3号 is the same in any brackets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 100
MOST_WORDS = 8
_LONGEST_RUN = 64
CHARACTERS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{CHARACTERS}]+|[^\W_{CHARACTERS}]+")
# Most of a text needs no folding: asking of each character would take ten times as long.
_FOLDED = re.compile("[^\u3001-\u301f\u3400-\u4dbf\u4e00-\u9fff a-z0-9]+")
_IS_CHINESE = re.compile(rf"[{CHARACTERS}]+")
_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_SEPARATOR = re.compile(r"[\s,、;。!?]+")


class _Folding(dict[int, str]):
    """Half width, lower case, unified forms, filled as characters are met; never longer than the original."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` with width and case evened out, character by character: places stay the same."""
    return _FOLDED.sub(lambda match: match[0].translate(_FOLDING), text)


def runs(text: str) -> list[str]:
    """Return the runs of Chinese characters, and of other letters and digits, of a folded text."""
    return _RUN.findall(text)


def is_chinese(run: str) -> bool:
    """Whether it is Chinese characters and nothing else."""
    return bool(_IS_CHINESE.fullmatch(run))


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, in order."""
    found: list[str] = []
    for run in runs(fold(text)):
        found += _tokens(run)
    return found


def _tokens(run: str) -> list[str]:
    if is_chinese(run):
        return [run[at : at + 2] for at in range(len(run))]
    return [run[:_LONGEST_RUN]]


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Tokens that must follow one another; the last may be the beginning of a longer one."""

    tokens: tuple[str, ...]
    is_prefix: bool


def phrase(word: str) -> Phrase:
    """Return a word of a query as a phrase."""
    parts = runs(fold(word))
    last = parts[-1] if parts else ""
    found = [token for part in parts for token in _tokens(part)]
    if is_chinese(last) and len(last) > 1:
        return Phrase(tokens=tuple(found[:-1]), is_prefix=False)
    return Phrase(tokens=tuple(found), is_prefix=not last.isdecimal())


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of a query; with `is_exact` it was quoted, and stands for nothing but itself."""

    text: str
    is_exact: bool = False


def words_of(query: str) -> tuple[Word, ...]:
    """Return the words of a query: what stands in quotation marks, then the rest split at blanks."""
    folded = fold(query[:LONGEST_QUERY])
    quoted = [first or second for first, second in _QUOTED.findall(folded)]
    found = [Word(text=text.strip(), is_exact=True) for text in quoted]
    found += [Word(text=text.strip('“”"')) for text in _SEPARATOR.split(_QUOTED.sub(" ", folded))]
    return tuple(dict.fromkeys(word for word in found if runs(word.text)))[:MOST_WORDS]


def key_of(number: str) -> str:
    """Return a document number without what people write in different ways: 石政规20253号."""
    return "".join(runs(fold(number)))
