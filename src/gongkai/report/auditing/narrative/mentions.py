"""The numbers a report's prose mentions, each with its unit and how exact it claims to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from gongkai.report.auditing.narrative.prose import Passage
from gongkai.report.numerals import Number, chinese_number, number


class Bound(Enum):
    """How exact a number claims to be: 12, 200余, 约200."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in prose. `unit` is "" where a bare number ends its clause; money is in 元.

    `step` is what one more in the last digit shown is worth where a scale rounds the number (9.31万: 100),
    0 where every digit is shown.
    """

    start: int
    end: int
    value: Number
    unit: str
    bound: Bound
    decimals: int = 0
    step: int | Decimal = 0

    def fits(self, value: Number) -> bool:
        """Whether a true count of `value` may be said like this."""
        if self.bound is Bound.EXACT:
            return -self.step <= 2 * (value - self.value) <= self.step
        if self.bound is Bound.AT_LEAST:
            return self.value <= value <= 2 * self.value
        return -3 * self.value <= 20 * (value - self.value) <= 3 * self.value


_UNITS = (
    r"人次|件次|批次|条次|篇次|件|条|份|宗|项|个|起|例|篇|部|次|期|场|人|名|家|元|%|处|封|户|类|通|册|张|幅|卷|"
    r"则|本|组"
)
_MENTION = re.compile(
    rf"(?<![\d.第〔\[/A-Za-z-])"
    rf"(?:(?P<num>\d{{1,3}}(?:[,，]\d{{3}})+(?![\d])|\d{{1,12}}(?!\d))(?P<frac>\.\d{{1,6}})?"
    rf"|(?<![一二三四五六七八九十百千万零两第])(?P<zh>[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*))"
    rf"(?P<mult>[百千]?[万亿])?(?P<post>余|多|来)?(?P<late>[万亿])?"
    rf"(?:(?P<unit>{_UNITS})(?P<after>以上|左右|余)?|(?=[,，。;、)\n]|$))"
)
_SCALE: dict[str, int] = {
    "万": 10**4,
    "亿": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "百亿": 10**10,
    "千亿": 10**11,
}
_NEAR = ("约", "近", "大约", "将近", "接近")
_OVER = ("超", "逾", "超过", "突破", "不少于", "至少", "多达")
_SPOKEN_UNITS = frozenset("件起例宗份条项个部")
_IDIOMS = ("事", "套", "龙", "线", "网", "码", "屏", "键", "图")


def mentions(text: str) -> list[Mention]:
    """Return the numbers of a compacted text, in order."""
    found = (_mention(text, match) for match in _MENTION.finditer(text))
    return [mention for mention in found if mention is not None]


@lru_cache(maxsize=64)
def by_sentence(passage: Passage) -> tuple[tuple[Mention, ...], ...]:
    """Return the numbers of each sentence of a passage."""
    found = mentions(passage.text)
    parts: list[tuple[Mention, ...]] = []
    at = 0
    for sentence in passage.sentences:
        first = at
        while at < len(found) and found[at].start < sentence.end:
            at += 1
        parts.append(tuple(found[first:at]))
    return tuple(parts)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    unit = match["unit"] or ""
    if match["zh"]:
        if unit not in _SPOKEN_UNITS or text.startswith(_IDIOMS, match.end()):
            return None
        spoken = chinese_number(match["zh"])
        if spoken is None:
            return None
        value: Number = spoken
    else:
        value = number(match["num"].replace("，", ",") + (match["frac"] or ""))
    decimals = len(match["frac"] or ".") - 1
    step = Decimal(0)
    for scale in (match["mult"], match["late"]):
        if scale:
            value = _whole(Decimal(value) * _SCALE[scale])
            step = (step or Decimal(1).scaleb(-decimals)) * Decimal(_SCALE[scale])
    return Mention(match.start(), match.end(), value, unit, _bound(text, match), decimals, _whole(step))


def _whole(value: Number) -> Number:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _bound(text: str, match: re.Match[str]) -> Bound:
    before = text[max(0, match.start() - 3) : match.start()]
    if match["post"] or match["after"] in ("以上", "余") or before.endswith(_OVER):
        return Bound.AT_LEAST
    return Bound.ABOUT if match["after"] == "左右" or before.endswith(_NEAR) else Bound.EXACT
