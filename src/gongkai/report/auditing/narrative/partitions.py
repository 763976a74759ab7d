"""A total in the prose and the parts it is said to fall into: N条，其中：a条、b条、c条.

Parts are taken only from the same list, at the same depth of brackets, in the same unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.mentions import Bound, Mention, by_sentence, mentions
from gongkai.report.auditing.narrative.prose import Passage, Sentence
from gongkai.report.findings import Level
from gongkai.report.numerals import Number


@dataclass(frozen=True, eq=False)
class Partition:
    """A total and its parts; `level` is how grave a difference is, None where the list may be incomplete."""

    passage: Passage
    start: int
    whole: Mention
    parts: tuple[Mention, ...]
    level: Level | None

    @property
    def total(self) -> Number:
        """The sum of the parts."""
        return sum((part.value for part in self.parts), 0)


_INTRO = re.compile(
    r"[^，,。;:()、\d]{0,10}(?:(?P<open>[,，]?\((?!不?含|较|同比|占|比|约|注))?(?:[,，]?(?P<of>其中[,，]?:?|包括:?|分别(?:为|是)|具体为:?)|(?P<colon>:))?(?:有|包?含)?)"
)
_FRESH = re.compile(
    r"全年|本年|年度|累计|同时|此外|另外|另有|还|并(?!购)|[^总]共(?!计|建|享|同|服|公|资|场)|开展|召开|举办|组织|收到|受理|办理|转载|同比|较|比|占|率|浏览|阅读|点击|"
    r"培训|参加|回复|其中|包括|采纳|修订"
)
_CHANGE = re.compile(r"(?:多|少|增加|减少|增长|下降|上升)了?$")
_CHANNEL = re.compile(
    r"网站|微信|微博|公众号|新媒体|客户端|APP|公告栏|渠道|平台|抖音|报刊|电视|广播|报纸|头条"
)
_REST = re.compile(r"^(?:[、,，;]|以及|和|及)*(?:其[他它余]|剩余|余下|另外)")
_UNITS = frozenset("件条份篇期项个宗起例人名家元部则")


def partitions(passage: Passage, bound: Collection[int]) -> Iterator[Partition]:
    """Yield the totals with their parts in a passage.

    Args:
        bound: where the numbers start that the tables themselves answer for; a list with one is left to them.
    """
    before: tuple[Mention, ...] = ()
    for sentence, said in zip(passage.sentences, by_sentence(passage), strict=True):
        if len(said) >= 3 and passage.text.startswith("其中", sentence.start):
            yield from _of_the_sentence_before(passage, sentence, before, said, bound)
        before = said
        if len(said) < 3:
            continue
        for position, whole in enumerate(said[:-2]):
            if whole.unit in _UNITS and whole.bound is Bound.EXACT:
                found = _partition(passage, sentence.start, sentence.end, whole, said[position + 1 :], bound)
                if found is not None:
                    yield found


def _of_the_sentence_before(
    passage: Passage,
    sentence: Sentence,
    before: tuple[Mention, ...],
    said: tuple[Mention, ...],
    bound: Collection[int],
) -> Iterator[Partition]:
    """Yield the totals of one sentence that the next divides: ……收取8件、900元。其中，甲局……"""
    starts = [sentence.start + 2, *(mention.end for mention in said[:-1])]
    leads = [passage.text[a : m.start] for a, m in zip(starts, said, strict=True)]
    units = {mention.unit for mention in before}
    strange = any(m.unit not in units or m.start in bound or m.bound is not Bound.EXACT for m in said)
    if strange or any(_FRESH.search(lead) or _CHANNEL.search(lead) or "(" in lead for lead in leads):
        return
    for whole in before:
        parts = tuple(m for m in said if m.unit == whole.unit)
        alone = sum(m.unit == whole.unit for m in before) == 1
        if alone and whole.unit in _UNITS and whole.bound is Bound.EXACT and len(parts) > 2:
            share = sum((part.value for part in parts), 0) * 100 / whole.value if whole.value else 0
            level = _level(share, len(parts), certain=False, listed=True, least=90)
            start = _clause(passage.text, 0, whole.start)
            yield Partition(passage, start, whole, parts, level)


def _partition(
    passage: Passage,
    start: int,
    end: int,
    whole: Mention,
    rest: tuple[Mention, ...],
    bound: Collection[int],
) -> Partition | None:
    text = passage.text
    if _CHANGE.search(text, max(start, whole.start - 4), whole.start):
        return None
    intro = _INTRO.match(text, whole.end, end)
    if intro is None or not (intro["open"] or intro["of"] or intro["colon"]):
        return None
    stop = _closing(text, intro.end(), end) if intro["open"] else end
    parts, ended = _parts(text, intro.end(), stop, whole, rest)
    if len(parts) < 2 or any(part.start in bound for part in parts):
        return None
    leads = _leads(text, intro.end(), parts)
    if any(_OF_YEARS.search(lead) for lead in leads):
        return None
    if not intro["open"] and _inside_another(text, start, whole, parts):
        return None
    certain = _REST.search(leads[-1]) is not None
    of = intro["of"] or ""
    listed = bool(intro["colon"] or intro["open"] or ":" in of or "分别" in of or "包括" in of)
    total = sum((part.value for part in parts), 0)
    if _adds_up(text, start, whole, parts) or _names_all_ways(leads):
        return None
    if total > whole.value and any(_CHANNEL.search(lead) for lead in leads):
        return None
    least = 90 if "其中" in of or "包括" in of else 80  # per cent a list makes when it means to be complete
    share = total * 100 / whole.value if whole.value else 0
    level = (
        _level(share, len(parts), certain=certain, listed=listed, least=least)
        if (ended and not text.startswith("等", parts[-1].end)) or share > 100
        else None
    )
    return Partition(passage, _clause(text, start, whole.start), whole, parts, level)


def _adds_up(text: str, start: int, whole: Mention, parts: tuple[Mention, ...]) -> bool:
    """Whether the first parts make the whole, or all make a number named before it in the sentence."""
    so_far: Number = 0
    for count, part in enumerate(parts, 1):
        so_far += part.value
        if count > 1 and so_far == whole.value:
            return True
    before = [m.value for m in mentions(text[start : whole.start]) if m.unit == whole.unit]
    return so_far in before or so_far == sum(before, whole.value)


_OF_YEARS = re.compile(r"(?:19|20)\d\d年(?!结转|转)|上年(?!度?结转|转)|去年|前年")
_LISTS = re.compile(r"其中|包括|按[^，,。;]{1,8}分|:")


def _inside_another(text: str, start: int, whole: Mention, parts: tuple[Mention, ...]) -> bool:
    """Whether a list is told of an item of another, and may run on into that one's items."""
    outer = _LISTS.search(text, start, whole.start)
    if outer is None:
        return False
    apart = (
        ";" in text[outer.end() : whole.start]
        and text.startswith(";", parts[-1].end)
        and ";" not in text[parts[0].end : parts[-1].start]
    )
    return not apart or len(parts) < 2


def _names_all_ways(leads: list[str]) -> bool:
    """Whether a list tells by which way requests came in; it is held against all that was received."""
    named = {way for lead in leads for way, pattern in words.WAYS if pattern.search(lead)}
    return named >= words.ALL_WAYS


def _level(share: Number | float, count: int, *, certain: bool, listed: bool, least: int) -> Level | None:
    """Return how grave it is that the parts make `share` per cent of the whole; None where it is none."""
    if share > 100 or (certain and share >= 75):
        return Level.ERROR
    if listed and count > 2 and share >= least:
        return Level.WARNING
    return Level.INFO if count > 3 and share >= 98 else None


def _closing(text: str, start: int, end: int) -> int:
    depth = 1
    for at in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return end


def _clause(text: str, start: int, at: int) -> int:
    return max(start, *(text.rfind(stop, start, at) + 1 for stop in "，,;。"))


def _parts(
    text: str, start: int, stop: int, whole: Mention, rest: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], bool]:
    """Return the parts of the list from `start` to `stop`, and whether the list fills it in one unit."""
    parts: list[Mention] = []
    at, depth, semicolons = start, 0, False
    for mention in rest:
        if mention.start >= stop:
            break
        between = text[at : mention.start]
        if depth == 0 and len(parts) > 1 and ";" in between and not semicolons:
            return tuple(parts), True  # 其中a件、b件；另一事c件
        depth += between.count("(") - between.count(")")
        at = mention.end
        if depth > 0:
            continue
        alien = mention.unit != whole.unit or mention.bound is not Bound.EXACT
        over = mention.value > whole.value and "、" not in (between[:1], text[mention.end : mention.end + 1])
        if alien or over or (parts and _FRESH.search(_outside(between))):
            return ((), False) if mention.bound is not Bound.EXACT else (tuple(parts), False)
        semicolons = semicolons or (bool(parts) and ";" in between)
        parts.append(mention)
    after = text[at:stop].lstrip(")").rstrip("。\n")
    return tuple(parts), len(after) <= 12


def _outside(words: str) -> str:
    """Return the words before a number without what brackets closed before them held."""
    return words.rpartition(")")[2]


def _leads(text: str, start: int, parts: tuple[Mention, ...]) -> list[str]:
    leads = []
    for part in parts:
        leads.append(text[start : part.start])
        start = part.end
    return leads
