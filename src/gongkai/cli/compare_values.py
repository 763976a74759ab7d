"""A comparison as values and words that its outputs share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.cli.wide import clean
from gongkai.report.codec import dump_value
from gongkai.report.compare import Change, Comparison, SectionChange, Turn
from gongkai.report.schema import SECTION_TITLES, Report, SectionCode

Json = dict[str, Any]

TURNS = {Turn.SAME: "相同", Turn.CHANGED: "改动", Turn.REMOVED: "删去", Turn.ADDED: "新增"}
HOLDS = {True: "衔接", False: "对不上", None: "不能核对"}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A comparison and the names of the two files."""

    comparison: Comparison
    before: str
    after: str


def as_json(pair: Pair) -> Json:
    """Return the comparison as JSON values; per cents are numbers, shares from 0 to 1."""
    compared = pair.comparison
    form = compared.after.form
    return {
        "before": _identity(compared.before, pair.before),
        "after": _identity(compared.after, pair.after),
        "cells": [
            {"cell": str(each.cell), "name": form.name(each.cell)} | _change(each)
            for each in compared.changes
        ],
        "unlike": [str(cell) for cell in compared.unlike],
        "chain": [
            {
                "column": link.column.code,
                "name": link.column.label,
                "carried_out": dump_value(link.carried_out),
                "carried_in": dump_value(link.carried_in),
                "holds": link.holds,
            }
            for link in compared.chain
        ],
        "likeness": _rounded(compared.likeness),
        "sections": [
            {
                "code": each.code.value,
                "likeness": _rounded(each.likeness),
                "passages": [
                    {"turn": passage.turn.value, "before": passage.before, "after": passage.after}
                    for passage in each.passages
                ],
            }
            for each in compared.sections
        ],
    }


def _identity(report: Report, name: str) -> Json:
    return {"file": name, "agency": report.agency, "year": report.year, "edition": int(report.edition)}


def _change(change: Change) -> Json:
    return {
        "before": dump_value(change.before),
        "after": dump_value(change.after),
        "difference": None if change.difference is None else dump_value(change.difference),
        "percent": None if change.percent is None else float(change.percent),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def whose(report: Report) -> str:
    """Return whose report for which year."""
    agency = clean(report.agency) if report.agency else "（未写明机关）"
    return f"{agency} {report.year}年" if report.year else f"{agency}（未写明年度）"


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
