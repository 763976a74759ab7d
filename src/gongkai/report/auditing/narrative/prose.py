"""A report's prose made ready for matching: folded, without white space, in sentences that know their topic.

Every passage keeps the way back: `origin` turns an offset of the compacted text into one of the section's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from gongkai.report.findings import Quote
from gongkai.report.schema import Section, SectionCode


class Topic(Enum):
    """What a stretch of prose is about, as its nearest heading says."""

    NONE = "none"
    REQUESTS = "requests"
    REMEDIES = "remedies"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: offsets into its compacted text, and the topic of the heading above it."""

    start: int
    end: int
    topic: Topic


@dataclass(frozen=True, eq=False)
class Passage:
    """One section's prose, compacted. ASCII punctuation stands for full-width, except the comma."""

    code: SectionCode
    source: str
    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    sentences: tuple[Sentence, ...]

    def origin(self, offset: int) -> int:
        """Return the offset in the section's text of the character at `offset` of the compacted text."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]

    def quote(self, start: int, end: int, *marks: tuple[int, int]) -> Quote:
        """Return the words at `start`–`end` of the compacted text, with `marks` (same offsets) marked."""
        first, last = self.origin(start), self.origin(end - 1) + 1
        return Quote(
            section=self.code,
            start=first,
            end=last,
            text=self.source[first:last],
            marks=tuple((self.origin(a) - first, self.origin(b - 1) + 1 - first) for a, b in marks),
        )


# Full-width forms to ASCII; the full-width comma stays, since an ASCII one may part thousands.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_HEAD = r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)|\(\d{1,2}\))"
_PAGE = r"[—–-]{1,3}[^\S\n]?\d{1,4}[^\S\n]?[—–-]{1,3}[^\S\n]*\n\s*"
_GAP = re.compile(rf"[^\S\n]*\n\s*(?:{_PAGE})*|\s+|[\u200b\u200c\u200d\ufeff\u00ad]+")
_STARTS_HEADING = re.compile(r"\s*" + _HEAD)
_ENDS = "。!?"
_BREAK = re.compile(r"[。!?\n]+")
_BLOCK = re.compile(r"(?:^|(?<=[。\n;]))" + _HEAD + r"([^。\n:;]{0,40})")
_LONGEST = 3000
_WRAPPED = 20  # characters a line has at least when it was broken only for want of room
_HEADING_REQUESTS = re.compile(r"依申请|申请公开|公开申请|申请(?:情况|办理|受理)")
_HEADING_REMEDIES = re.compile(r"复议|诉讼")
_SECTION_TOPIC = {SectionCode.REQUESTS: Topic.REQUESTS, SectionCode.REMEDIES: Topic.REMEDIES}


@lru_cache(maxsize=16)
def passages(sections: tuple[Section, ...]) -> tuple[Passage, ...]:
    """Return the prose of every section but the preamble."""
    return tuple(_passage(s) for s in sections if s.code is not SectionCode.PREAMBLE and s.text.strip())


def _passage(section: Section) -> Passage:
    text, starts, shifts = _compact(section.text.translate(_FOLD))
    return Passage(
        code=section.code,
        source=section.text,
        text=text,
        starts=starts,
        shifts=shifts,
        sentences=_sentences(text, _SECTION_TOPIC.get(section.code, Topic.NONE)),
    )


def _compact(folded: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    pieces: list[str] = []
    starts, shifts = [0], [0]
    length = at = line = 0
    for gap in _GAP.finditer(folded):
        piece = folded[at : gap.start()]
        pieces.append(piece)
        length += len(piece)
        line += len(piece)
        if "\n" in gap[0]:
            if _parts(folded, gap, line):
                pieces.append("\n")
                starts.append(length)
                shifts.append(gap.start() - length)
                length += 1
            line = 0
        at = gap.end()
        starts.append(length)
        shifts.append(at - length)
    pieces.append(folded[at:])
    return "".join(pieces), tuple(starts), tuple(shifts)


def _parts(folded: str, gap: re.Match[str], line: int) -> bool:
    """Whether a line break parts two paragraphs, rather than wrapping one."""
    if gap.start() == 0 or line < _WRAPPED or folded[gap.start() - 1] in _ENDS:
        return True
    return _STARTS_HEADING.match(folded, gap.end()) is not None


def _sentences(text: str, topic: Topic) -> tuple[Sentence, ...]:
    headings = [(m.start(), _topic(m[1])) for m in _BLOCK.finditer(text)]
    heading_starts = [at for at, _ in headings]
    found: list[Sentence] = []
    start = 0
    for stop in _stops(text):
        if stop > start:
            above = bisect_right(heading_starts, start) - 1
            found.append(Sentence(start, stop, headings[above][1] if above >= 0 else topic))
            start = stop
    if topic is not Topic.NONE:
        return tuple(Sentence(s.start, s.end, topic) if s.topic is Topic.NONE else s for s in found)
    return tuple(found)


def _stops(text: str) -> Iterator[int]:
    """Yield where each sentence ends; one that never ends is cut, so that the cost grows with the length."""
    start = 0
    for stop in (*(m.end() for m in _BREAK.finditer(text)), len(text)):
        while stop - start > _LONGEST:
            start = max(text.rfind("，", start, start + _LONGEST), start + _LONGEST // 2) + 1
            yield start
        yield stop
        start = stop


def _topic(heading: str) -> Topic:
    if _HEADING_REQUESTS.search(heading):
        return Topic.REQUESTS
    return Topic.REMEDIES if _HEADING_REMEDIES.search(heading) else Topic.NONE
