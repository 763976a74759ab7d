"""Lists that must make a number told beside them: the ways requests came in, and sums told as 合计."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.claims import Claim, Concern
from gongkai.report.auditing.narrative.mentions import Bound, Mention, by_sentence
from gongkai.report.auditing.narrative.partitions import Partition
from gongkai.report.auditing.narrative.prose import Passage
from gongkai.report.findings import Level
from gongkai.report.numerals import Number

_LEAD_AT_MOST = 16
_NOT_RECEIVED = re.compile(r"答复|咨询|来信|来访|建议|投诉|办结|查阅")
_SUMMED = re.compile(
    r"^(?:[，,;、]|以上|上述|[二三两四五六](?:者|[类项种个]))*(?:合计|总计|共计|总共|共)(?:为|有|:)?$"
)
_STRANGE = re.compile(
    r"同比|[较比]|其中|同期|占|率|累计|增|减|以来|平均|约|余|上年(?!结转)|去年(?!结转)|召开|开展|组织|举办"
)
_BRACKETED = re.compile(r"^\([^()]{0,12}%\)")
_TELLING = 25  # per cent a list may be off and still be meant to make the number
_NEAR = 200


def channel_lists(passage: Passage, made: Sequence[Claim], totals: Collection[Number]) -> Iterator[Partition]:
    """Yield the lists of all three ways requests come in, with the number received, where they differ.

    Args:
        made: the claims of the passage.
        totals: numbers of the table any such list may make.
    """
    if "信函" not in passage.text and "邮" not in passage.text:
        return
    before: tuple[Mention, ...] = ()
    for said in by_sentence(passage):
        for parts in _runs_of_ways(passage, said):
            total = sum((part.value for part in parts), 0)
            told = {m.value for m in (*before, *said) if m not in parts}
            whole = _received(made, parts)
            if whole is None or total in told or total in totals or not _meant(total, whole.mention.value):
                continue
            yield Partition(passage, parts[0].start, whole.mention, parts, Level.WARNING)
        before = said


def _runs_of_ways(passage: Passage, said: tuple[Mention, ...]) -> Iterator[tuple[Mention, ...]]:
    run: list[Mention] = []
    ways: set[str] = set()
    counted = [mention for mention in said if mention.unit != "%"]
    for position, mention in enumerate(counted):
        start = counted[position - 1].end if position else max(0, mention.start - _LEAD_AT_MOST)
        way = _way(passage.text[start : mention.start]) if mention.unit == "件" else None
        if way is not None and way not in ways and mention.bound is Bound.EXACT:
            run.append(mention)
            ways.add(way)
            continue
        if ways >= words.ALL_WAYS:
            yield tuple(run)
        run, ways = [], set()
    if ways >= words.ALL_WAYS:
        yield tuple(run)


def _way(lead: str) -> str | None:
    """Return the way in that the words before a number name, if just one."""
    lead = _BRACKETED.sub("", lead.rpartition("。")[2])[-_LEAD_AT_MOST:]
    if _NOT_RECEIVED.search(lead) or ")" in lead:
        return None
    named = [way for way, pattern in words.WAYS if pattern.search(lead)]
    return named[0] if len(named) == 1 else None


def _received(made: Sequence[Claim], parts: tuple[Mention, ...]) -> Claim | None:
    """Return the number of requests nearest before a list, or the first behind it."""
    intake = [c for c in made if c.concern is Concern.INTAKE and c.mention not in parts]
    before = [c for c in intake if 0 <= parts[0].start - c.mention.end < _NEAR]
    behind = [c for c in intake if 0 <= c.start - parts[-1].end < _LEAD_AT_MOST]
    return before[0] if before else (behind[0] if behind else None)


def _meant(total: Number, whole: Number) -> bool:
    return (max(total, whole) - min(total, whole)) * 100 <= whole * _TELLING


def sums_told(passage: Passage) -> Iterator[Partition]:
    """Yield what is summed up behind a list and is not its sum: 甲7件，乙2件，合计8件."""
    for sentence, said in zip(passage.sentences, by_sentence(passage), strict=True):
        for position, whole in enumerate(said):
            if position < 2 or whole.bound is not Bound.EXACT or not whole.unit or whole.unit == "%":
                continue
            if not _SUMMED.match(passage.text[said[position - 1].end : whole.start]):
                continue
            parts = _listed(passage, sentence.start, said[:position], whole)
            if parts and not _makes(parts, whole):
                yield Partition(passage, parts[0].start, whole, parts, Level.WARNING)


def _listed(passage: Passage, start: int, before: tuple[Mention, ...], whole: Mention) -> tuple[Mention, ...]:
    """Return the list that ends just before a total, or () where it is no plain list of its unit."""
    parts: list[Mention] = []
    for position in range(len(before) - 1, -1, -1):
        mention = before[position]
        floor = before[position - 1].end if position else start
        lead = passage.text[floor : mention.start]
        if mention.unit != whole.unit or mention.bound is not Bound.EXACT or _STRANGE.search(lead):
            return ()
        if "(" in lead or ")" in lead or ";" in lead:
            return ()
        parts.insert(0, mention)
    return tuple(parts) if len(parts) > 1 else ()


def _makes(parts: tuple[Mention, ...], whole: Mention) -> bool:
    """Whether the last numbers of a list make a total, or it is none of them in sight."""
    total: Number = 0
    for count, part in enumerate(reversed(parts), 1):
        total += part.value
        if total == whole.value and count > 1:
            return True
    return any(part.value == whole.value for part in parts) or not _meant(total, whole.value)
