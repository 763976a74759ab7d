"""Finding words in a report's prose and quoting them with their sentence.

Prose from PDF breaks its lines anywhere, so most searches run over the text without white space; an offset
there is turned back into one in the section's own text only when something was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.report.findings import Quote
from gongkai.report.schema import Report, Section, SectionCode

_SENTENCE_ENDS = "。；;\n"
_REACH = 60
_BESIDE_LETTERS = re.compile(r"[^\u4e00-\u9fff]+")


@lru_cache(maxsize=64)
def flat(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


@lru_cache(maxsize=512)
def letters(text: str) -> str:
    """Return only the Chinese characters of a label or heading."""
    return _BESIDE_LETTERS.sub("", text)


def quote(section: Section, start: int, end: int) -> Quote:
    """Return the sentence round `text[start:end]` of a section, at most 60 characters either side, with
    those words marked."""
    text = section.text
    first, last = start, end
    while first > max(0, start - _REACH) and text[first - 1] not in _SENTENCE_ENDS:
        first -= 1
    while last < min(len(text), end + _REACH) and text[last] not in _SENTENCE_ENDS:
        last += 1
    return Quote(
        section=section.code,
        start=first,
        end=last,
        text=text[first:last],
        marks=((start - first, end - first),),
    )


@lru_cache(maxsize=8)
def places(text: str) -> list[int]:
    """Return, for each character of `flat(text)`, its place in the text."""
    return [place for place, c in enumerate(text) if not c.isspace()]


def quote_flat(section: Section, start: int, end: int) -> Quote:
    """Return the quotation of `flat(section.text)[start:end]`."""
    where = places(section.text)
    return quote(section, where[start], where[end - 1] + 1)


def found(
    report: Report, pattern: re.Pattern[str], *codes: SectionCode
) -> Iterator[tuple[Section, re.Match[str]]]:
    """Yield every match of `pattern` in the prose without white space, in all sections or in `codes`."""
    for section in report.sections:
        if not codes or section.code in codes:
            for match in pattern.finditer(flat(section.text)):
                yield section, match


def prose(report: Report) -> str:
    """Return all prose of a report without white space."""
    return "".join(flat(section.text) for section in report.sections)
