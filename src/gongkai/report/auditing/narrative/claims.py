"""What the prose claims of the tables: each mention of a number bound to the accounts it may stand for.

One pass over the sentences; the words next to a number decide, then the clause and the sentence before it. A
mention that cannot be bound surely is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.binders import BINDERS
from gongkai.report.auditing.narrative.mentions import Mention, by_sentence
from gongkai.report.auditing.narrative.prose import Passage, Sentence, Topic, passages
from gongkai.report.auditing.narrative.scope import Body, body
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.schema import Edition, Section

__all__ = ["Claim", "Concern", "claims"]

_STOPS = "，,;:。()"
_LEADS_TO_BARE = ("为", "是", "共", "计", "达", "有", ":")
_REACH = 80  # characters before a number that can decide what it counts
_LINK = re.compile(r"^(?:、|和|以及|及(?!时)|与|并|另)+")


@lru_cache(maxsize=16)
def claims(
    sections: tuple[Section, ...], agency: str | None, year: int | None, edition: Edition
) -> tuple[Claim, ...]:
    """Return every claim the prose of a report makes of its tables, in order."""
    found: list[Claim] = []
    for passage in passages(sections):
        walk: Walk | None = None
        for sentence, said in zip(passage.sentences, by_sentence(passage), strict=True):
            walk = _enter(passage, sentence, body(agency), year, edition, walk)
            if said and (walk.requests or walk.remedies or walk.documents):
                _read(walk, said)
                found += walk.found
    return tuple(found)


def _enter(
    passage: Passage, sentence: Sentence, who: Body, year: int | None, edition: Edition, before: Walk | None
) -> Walk:
    text = passage.text[sentence.start : sentence.end]
    walk = Walk(passage, edition, who, year, sentence)
    goes_on = before is not None and text.startswith(("其中", "上述", "在办"))
    walk.requests = (
        sentence.topic is not Topic.NONE
        or words.REQUEST_WORDS.search(text) is not None
        or (goes_on and before is not None and before.requests)
    )
    if "复议" in text or "诉" in text or (goes_on and before is not None and before.remedies):
        walk.remedies = sentence.topic is not Topic.NONE or "信息公开" in text or "依申请" in text or goes_on
    walk.documents = "规章" in text or "文件" in text or "行政" in text
    if before is not None and before.sentence.topic is sentence.topic:
        walk.base = before.base if walk.requests else None
        if goes_on:
            walk.remedy, walk.last = before.remedy, before.last
    return walk


def _read(walk: Walk, said: Sequence[Mention]) -> None:
    for lead in _leads(walk, said):
        for bind in BINDERS:
            claim = bind(walk, lead)
            if claim is not None:
                walk.found.append(claim)
                walk.last = claim
                break


def _leads(walk: Walk, said: Sequence[Mention]) -> Iterator[Lead]:
    text, sentence = walk.passage.text, walk.sentence
    floor = sentence.start
    for position, mention in enumerate(said):
        after = said[position + 1].start if position + 1 < len(said) else sentence.end
        if mention.unit != "%":
            lead = _lead(text, mention, floor, after)
            if mention.unit or lead.words.endswith(_LEADS_TO_BARE):
                yield lead
        floor = mention.end


def _lead(text: str, mention: Mention, floor: int, after: int) -> Lead:
    start = _boundary(text, floor, mention.start)
    before = text[start : mention.start]
    if not before and start > floor and text[start - 1] == ")":
        opened = text.rfind("(", floor, start)
        if opened > floor:
            start = _boundary(text, floor, opened)
            before = text[start:opened]
    elif not before and start > floor and text[start - 1] == ":":
        start = _boundary(text, floor, start - 1)
        before = text[start : mention.start]
    before = _LINK.sub("", before[-_REACH:])
    return Lead(mention, start, before, text[mention.end : after])


def _boundary(text: str, floor: int, end: int) -> int:
    for at in range(end - 1, floor - 1, -1):
        if text[at] in _STOPS:
            return at + 1
    return floor
