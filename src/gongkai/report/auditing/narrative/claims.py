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
from gongkai.report.auditing.narrative.scope import Body, body, speaks_of_whole
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.schema import Edition, Section

__all__ = ["Claim", "Concern", "claims"]

_STOPS = "，,;:。()"
_LEADS_TO_BARE = ("为", "是", "共", "计", "达", "有", ":")
_REACH = 80  # characters before a number that can decide what it counts
_HEAD = re.compile(r"[^，,;:\d]*(?=\d+件(?:政府信息公开)?(?:申请)?中)")
_OWN_WORDS = re.compile(r"结转|新收|申请|办结|处理|本年度?|收到的")
_TELLS_ON = re.compile(
    r"(?:(?:上|去|\d{4})年度?)?结转|(?:全[年市县区省]|本年度?|当年|已|共)*(?:办结|答复|办理申请)|从[^，。]{2,10}看"
)
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
    walk.told = (
        sentence.topic is not Topic.NONE
        or words.REQUEST_WORDS.search(text) is not None
        or (goes_on and before is not None and before.requests)
    )
    carried = before is not None and _carries_on(before, text)
    walk.guessed = not walk.told and not carried and _asks_plainly(text)
    walk.requests = walk.told or carried or walk.guessed or _lists_the_form(text)
    walk.context = walk.requests
    walk.partly = before is not None and _goes_on_about_part(before, text)
    if not _of_this_body(text, who):
        walk.requests = False
    if "复议" in text or "诉" in text or (goes_on and before is not None and before.remedies):
        walk.surely = sentence.topic is not Topic.NONE or "信息公开" in text or "依申请" in text or goes_on
        ours = words.NOT_OF_REQUESTS.search(text) is None or words.BROUGHT_AGAINST.search(text) is not None
        walk.remedies = walk.surely or ours
    walk.documents = "规章" in text or "文件" in text or "行政" in text
    if before is not None and before.sentence.topic is sentence.topic:
        walk.base = before.base if walk.context else None
        if goes_on:
            walk.remedy, walk.last = before.remedy, before.last
    return walk


def _lists_the_form(text: str) -> bool:
    """Whether a sentence lists the form's own outcomes or applicants, whatever stands before it."""
    return (
        len(words.OUTCOME_NAMES.findall(text)) > 2 or len(words.APPLICANT_NAMES.findall(text)) > 1
    ) and not words.LETTERS.search(text)


def _asks_plainly(text: str) -> bool:
    """Whether a sentence counts 申请 with nothing to say of what, or 依申请公开 itself."""
    return words.PLAIN_REQUESTS.search(text) is not None and words.OTHER_BUSINESS.search(text) is None


def _of_this_body(text: str, who: Body) -> bool:
    """Whether the words a sentence begins with, up to its first number, leave it about the whole body."""
    head = _HEAD.match(text)
    return head is None or ("本级" not in head[0] and speaks_of_whole(_OWN_WORDS.sub("", head[0]), who))


def _goes_on_about_part(before: Walk, text: str) -> bool:
    """Whether the sentence before counted the requests of a part, and this one counts no others."""
    same = before.passage.text[before.sentence.end - 1] != "\n"
    return same and before.of_part(before.sentence.end) and words.ACT_COUNTED.search(text) is None


def _carries_on(before: Walk, text: str) -> bool:
    """Whether a sentence goes on about the requests of the one before it in its paragraph."""
    if not before.context or before.of_part(before.sentence.end):
        return False
    if before.passage.text[before.sentence.end - 1] == "\n" and _TELLS_ON.match(text) is None:
        return False
    return words.NEW_MATTER.match(text) is None and words.OTHER_MATTER.search(text) is None


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
    if start > floor and text[start - 1] == ")":
        opened = text.rfind("(", floor, start)
        if opened > floor:  # 乡镇（街道）收到23件: what the bracket interrupts goes on behind it
            start = _boundary(text, floor, opened)
            before = text[start:opened] + before
    elif not before and start > floor and text[start - 1] == ":":
        start = _boundary(text, floor, start - 1)
        before = text[start : mention.start]
    if link := _LINK.match(before):
        before = before[link.end() :]
        start += link.end()
    return Lead(mention, start, before[-_REACH:], text[mention.end : after])


def _boundary(text: str, floor: int, end: int) -> int:
    for at in range(end - 1, floor - 1, -1):
        if text[at] in _STOPS:
            return at + 1
    return floor
