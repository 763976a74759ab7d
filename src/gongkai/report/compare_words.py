"""The words in which a comparison is told, the same on the terminal, on pages and in workbooks."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from gongkai.report.compare import Change, SectionChange, Turn
from gongkai.report.schema import SECTION_TITLES, SectionCode

TURNS = {Turn.SAME: "相同", Turn.CHANGED: "改动", Turn.REMOVED: "删去", Turn.ADDED: "新增"}
HOLDS = {True: "衔接", False: "对不上", None: "不能核对"}


def difference_text(change: Change) -> str:
    """Return by how much a cell changed: +3, -0.5, or — where nobody can say."""
    return "—" if change.difference is None else signed(change.difference)


def percent_text(change: Change) -> str:
    """Return the change in per cent: +25.00%, or — without a base."""
    return "—" if change.percent is None else f"{signed(change.percent)}%"


def signed(number: int | Decimal) -> str:
    """Return a number with its sign; zero has none."""
    return f"{number:+f}" if isinstance(number, Decimal) and number else f"{number:+d}" if number else "0"


def likeness_text(share: float | None) -> str:
    """Return a likeness in whole per cent, rounded down as rule YR04 does."""
    return "文字太少或者太多，没有计算" if share is None else f"{int(share * 100)}%"


def title_of(code: SectionCode) -> str:
    """Return a section's statutory heading; the preamble's is 导语."""
    return SECTION_TITLES.get(code, "导语")


def tally(section: SectionChange) -> str:
    """Return how many sentences are the same, changed, removed, added; those there are none of left out."""
    counts = Counter(passage.turn for passage in section.passages)
    return (
        "，".join(f"{name} {counts[turn]} 句" for turn, name in TURNS.items() if counts[turn]) or "没有文字"
    )
