"""Growth whose base the sentence itself gives: 312件，比2023年的260件多52件，增长20.0%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.report.auditing.narrative.proportions import cut, rounded
from gongkai.report.auditing.narrative.prose import Passage
from gongkai.report.numerals import number


@dataclass(frozen=True, eq=False)
class Comparison:
    """A number now, the number then, and by how much it is said to have grown (`sign` 1) or shrunk (-1).

    `then` is as written, or worked out from `change` where the sentence gives no base; `percent` and `change`
    are None where not said. `start`–`end` are offsets of the passage.
    """

    passage: Passage
    start: int
    end: int
    now: int
    then: int
    sign: int
    change: int | None
    percent: Decimal | None

    @property
    def grown(self) -> int:
        """Return by how much the number grew in the direction said; below zero if it went the other way."""
        return (self.now - self.then) * self.sign

    @property
    def right(self) -> str | None:
        """Return what should have been said, or None where what is said is right."""
        if self.change is not None and self.change != self.grown:
            return f"相差应为{self.now - self.then:+d}"
        if self.percent is None or not self.then:
            return None
        said = self.percent
        places = -int(said.as_tuple().exponent)
        if self.grown >= 0 and said in (
            rounded(self.grown, self.then, places),
            cut(self.grown, self.then, places),
        ):
            return None
        return f"幅度应为{rounded(self.grown * self.sign, self.then, max(places, 1)):+}%"


_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,9})"
_PERCENT = r"\d{1,4}(?:\.\d{1,3})?"
_UNIT = r"(?:件|条|篇|宗|份|项|次|个|起|期|场)"
_LAST = r"(?:上一?年度?|去年|20\d\d年度?)(?:同期)?"
_UP = "增长|增加|上升|提高|多|增幅|升幅|\\+"
_DOWN = "下降|减少|回落|降低|少|降幅|下滑|-"
_WAY = rf"(?:同比|略有|大幅|共|总)*(?P<{{}}>{_UP}|{_DOWN})(?:了|率|幅度?|为|达)*"
_COMPARISON = re.compile(
    rf"(?<!\d)(?<!\d[,，.])(?P<now>{_NUMBER})(?P<unit>{_UNIT})[，,(]{{0,2}}"
    rf"(?P<year>同比|[较比与]{_LAST}(?:的|\(|为)?(?:(?P<base>{_NUMBER})(?P=unit)\)?)?(?:相比)?[，,]?)?"
    + _WAY.format("way")
    + rf"(?:(?P<change>{_NUMBER})(?P=unit)(?:[，,、(]*{_WAY.format('then')}(?P<after>{_PERCENT})%\)?)?"
    rf"|(?P<percent>{_PERCENT})%)"
    rf"(?:[，,]?\(?{_LAST}(?:为|是|:)?(?P<given>{_NUMBER})(?P=unit)\)?)?"
)


_AGAIN = re.compile(
    rf"[，,;、][较比与]{_LAST}(?:的|\(|为)?(?P<base>{_NUMBER})(?P<unit>{_UNIT})\)?(?:相比)?[，,]?"
    + _WAY.format("way")
    + rf"(?P<percent>{_PERCENT})%"
)


def comparisons(passage: Passage) -> Iterator[Comparison]:
    """Yield the growth a passage tells together with what it is worked out from."""
    if "%" not in passage.text:
        return
    for match in _COMPARISON.finditer(passage.text):
        found = _comparison(passage, match)
        if found is not None:
            yield found
            again = _AGAIN.match(passage.text, match.end())
            if again is not None and again["unit"] == match["unit"]:
                yield replace(
                    found,
                    end=again.end(),
                    then=_whole(again["base"]),
                    sign=_sign(again["way"]),
                    change=None,
                    percent=Decimal(again["percent"]),
                )


def _whole(digits: str) -> int:
    return int(number(digits.replace("，", ",")))


def _sign(way: str) -> int:
    return -1 if way in _DOWN.split("|") else 1


def _comparison(passage: Passage, match: re.Match[str]) -> Comparison | None:
    base = match["base"] or match["given"]
    if match["then"] and (match["then"] in _UP.split("|")) != (match["way"] in _UP.split("|")):
        neutral = match["then"] in ("增幅", "升幅", "降幅")
        if not neutral:
            return None
    if base is None and (match["year"] is None or match["change"] is None):
        return None
    if passage.text[: match.start()].endswith(_SOFT) or match["unit"] not in _UNIT:
        return None
    now = _whole(match["now"])
    sign = _sign(match["way"])
    change = _whole(match["change"]) if match["change"] else None
    said = match["percent"] or match["after"]
    if said is None and base is None:
        return None
    then = _whole(base) if base else now - sign * (change or 0)
    return Comparison(
        passage, match.start(), match.end(), now, then, sign, change, Decimal(said) if said else None
    )


_SOFT = ("约", "近", "超", "逾", "余", ".", "-", "第")
