"""Shares (占P%) and growth (同比增长P%) in the prose, tied to the number they are worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from gongkai.report.auditing.narrative.claims import Claim, Concern
from gongkai.report.auditing.narrative.mentions import Bound, Mention, by_sentence
from gongkai.report.auditing.narrative.prose import Passage
from gongkai.report.numerals import Number


@dataclass(frozen=True, eq=False)
class Proportion:
    """A share or a growth: the claim it is worked out from, the number said, and for growth its sign."""

    passage: Passage
    claim: Claim
    mention: Mention
    sign: int = 1


_SHARE = re.compile(
    r"(?:案件|申请)?[,，(]?(?:分别)?(?:占(?:比|申请|总|全部|全年|办结|答复|处理|收到|受理|已|的|数|量|件|办理|本年度?|比例|比重|结果)*(?:为|达|:)?|比例为)?"
)
_RISE = (
    r"(?:同比|(?:较|比|与)(?:去年|上年度?|上一年度?|\d{4}年度?)(?:同期)?(?:相比)?)(?:[,，]?(?:申请量|申请数量|数量|总量|共))?"
    r"(?P<way>增长|增加|上升|提高|多|增幅|下降|减少|回落|降低|少|降幅|下滑)(?:了|约|幅度?|率|为|达)*$"
)
_GROWTH = re.compile(_RISE)
_DOWN = ("下降", "减少", "回落", "降低", "少", "降幅", "下滑")


def shares(passage: Passage, made: tuple[Claim, ...]) -> Iterator[Proportion]:
    """Yield the shares said of outcomes and applicants, each just after its number."""
    by_end = {c.mention.end: c for c in made if c.concern in (Concern.OUTCOME, Concern.APPLICANT)}
    for said in by_sentence(passage):
        for before, mention in pairwise(said):
            claim = by_end.get(before.end)
            if claim is None or mention.unit != "%" or mention.bound is not Bound.EXACT:
                continue
            words = passage.text[before.end : mention.start]
            if words and "约" not in words and _SHARE.fullmatch(words):
                yield Proportion(passage, claim, mention)


def growths(passage: Passage, made: tuple[Claim, ...]) -> Iterator[Proportion]:
    """Yield the growth said of requests and remedies against the year before."""
    for sentence, said in zip(passage.sentences, by_sentence(passage), strict=True):
        here = [c for c in made if sentence.start <= c.mention.start < sentence.end]
        if not here:
            continue
        for mention in said:
            rise = _GROWTH.search(passage.text, max(sentence.start, mention.start - 30), mention.start)
            claim = next((c for c in reversed(here) if c.mention.end <= mention.start), None)
            if rise and claim and mention.unit in ("%", claim.mention.unit):
                yield Proportion(passage, claim, mention, -1 if rise["way"] in _DOWN else 1)


def rounded(part: Number, whole: Number, decimals: int) -> Decimal:
    """Return part / whole in per cent, rounded half up at `decimals` places."""
    return _per_cent(part, whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut(part: Number, whole: Number, decimals: int) -> Decimal:
    """Return part / whole in per cent, cut off after `decimals` places."""
    return _per_cent(part, whole).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _per_cent(part: Number, whole: Number) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole)
