"""The standard catalogue (目录): what R711 arts 20 and 21 have bodies disclose of their own motion.

References:
    R711 arts 12, 20, 21, 26, 49; other instruments only where an item names them.
Limitations:
    The groups are the law's items; how an item is split into entries, and their content elements, is our own
    reading of its words. Seven working days for results of permits and penalties, and three for
    interpretations, are known at second hand: `Entry.evidence` says so, and `Entry.basis` does in Chinese.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from gongkai.law import sources
from gongkai.law.periods import PERIODS, PUBLICATION, Evidence, Period
from gongkai.law.sources import Citation, Instrument

_INSTRUMENTS: Mapping[str, Instrument] = {"R711": sources.R711, "ZDJC": sources.ZDJC}


class Bodies(StrEnum):
    """Which bodies an entry binds."""

    EVERY = "every"
    GOVERNMENTS = "governments"
    COUNTY = "county"
    TOWNSHIP = "township"

    @property
    def words(self) -> str:
        """The bodies as the law names them."""
        return _BODIES[self]


_BODIES: Mapping[Bodies, str] = {
    Bodies.EVERY: "各行政机关",
    Bodies.GOVERNMENTS: "各级人民政府",
    Bodies.COUNTY: "设区的市级、县级人民政府及其部门",
    Bodies.TOWNSHIP: "乡（镇）人民政府",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the catalogue, or a group of them (`parent` blank).

    `code` is the article, the item and a serial: 20-06-02. `article20_item` is the item it is filed under;
    what art. 21 adds goes under the last, which takes in what other provisions demand. `column` is the code
    of the portal's column. `period` runs from the day the information is formed or changed; `withdrawal`,
    where there is one, from the day it is overturned.
    """

    code: str
    parent: str = ""
    title: str
    content: str
    article20_item: int
    sources: tuple[Citation, ...]
    bodies: Bodies
    column: str
    period: Period = PUBLICATION
    withdrawal: Period | None = None

    @property
    def evidence(self) -> Evidence:
        """How surely its time limit is known; the duty itself is read in the law."""
        return self.period.evidence

    @property
    def basis(self) -> str:
        """The articles, and where the time limit is another than art. 26 has, what that one rests on."""
        parts = [_listed(self.sources)]
        if self.period is not PUBLICATION:
            why = self.period.note or f"{self.period.source}，据转引"
            parts.append(f"公开时限{self.period.words}：{why}")
        if self.withdrawal is not None:
            parts.append(f"{self.withdrawal.name}{self.withdrawal.words}：{self.withdrawal.source}")
        return "；".join(parts)


@cache
def standard_catalogue() -> tuple[Entry, ...]:
    """Return the entries in order, each group before its own.

    Source: R711 arts 20, 21, 26.
    """
    text = files("gongkai.law").joinpath("disclosure.toml").read_text(encoding="utf-8")
    return tuple(entry for group in tomllib.loads(text)["group"] for entry in _group(group))


@cache
def standard_entry(code: str) -> Entry | None:
    """Return the entry of a code; None where the standard catalogue has none."""
    return next((entry for entry in standard_catalogue() if entry.code == code), None)


def _group(written: Mapping[str, Any]) -> list[Entry]:
    article, number = map(int, written["code"].split("-"))
    item = number if article == 20 else 15
    group = _entry(written, code=written["code"], item=item, above=written)
    return [
        group,
        *(
            _entry(one, code=f"{group.code}-{serial:02d}", parent=group.code, item=item, above=written)
            for serial, one in enumerate(written["items"], start=1)
        ),
    ]


def _entry(
    written: Mapping[str, Any], *, code: str, item: int, above: Mapping[str, Any], parent: str = ""
) -> Entry:
    cites = dict.fromkeys([above["cites"], *written.get("cites", above["cites"]).split(",")])
    withdrawal = written.get("withdrawal")
    return Entry(
        code=code,
        parent=parent,
        title=written["title"],
        content=written.get("content", ""),
        article20_item=item,
        sources=tuple(map(_cited, cites)),
        bodies=Bodies(written.get("bodies", above.get("bodies", Bodies.EVERY))),
        column=written.get("column", "content"),
        period=PERIODS[written["period"]] if "period" in written else PUBLICATION,
        withdrawal=PERIODS[withdrawal] if withdrawal else None,
    )


def _cited(text: str) -> Citation:
    """Read "R711:20:0:5", where 0 stands for the only paragraph, which is not named."""
    name, article, *within = text.split(":")
    return _INSTRUMENTS[name].art(int(article), *(int(number) or None for number in within))


def _listed(sources: tuple[Citation, ...]) -> str:
    """List the articles, naming an instrument once where several of its own follow each other."""
    words = [str(source) for source in sources]
    for at, (last, source) in enumerate(pairwise(sources), start=1):
        if last.instrument == source.instrument:
            words[at] = words[at].removeprefix(str(source.instrument))
    return "、".join(words)
