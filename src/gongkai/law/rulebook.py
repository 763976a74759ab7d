"""Rules by date: a case keeps the periods in force on the day it was received.

The standard book holds what `periods` lists, each from the day its instrument applies. A superior's own rule
is added with its start date, as code or from a TOML file:

    [[period]]
    code = "reply"
    length = 15
    since = 2027-01-01
    title = "某省政府信息公开规定"
    number = "省政府令第1号"
    article = 12
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gongkai.law.periods import PERIODS, Evidence, Period
from gongkai.law.sources import R711, Citation, Instrument

# What the body must do within at most so long, and what others are given at least so long for.
_MAY_SHORTEN = frozenset(
    ("reply", "extension", "correction_notice", "publication", "result_publication", "penalty_withdrawal")
)
_MAY_LENGTHEN = frozenset(("consultation",))


class RuleError(ValueError):
    """A rule that cannot be added; `str()` is one Chinese sentence."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """A period as it reads from a day on, until the next version of the same code."""

    period: Period
    since: date


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """All versions of all periods."""

    versions: tuple[Version, ...]

    @cached_property
    def _by_code(self) -> dict[str, list[Version]]:
        found: dict[str, list[Version]] = {}
        for version in sorted(self.versions, key=lambda version: version.since):
            found.setdefault(version.period.code, []).append(version)
        return found

    def period(self, code: str, on: date) -> Period:
        """Return the period in force on a day.

        Raises:
            LookupError: no such period, or none yet on that day.
        """
        in_force = [v.period for v in self._by_code[code] if v.since <= on]
        if not in_force:
            raise LookupError(f"{code} has no rule on {on}")
        return in_force[-1]

    def with_period(self, period: Period, since: date) -> Rulebook:
        """Return the book with a rule of one's own from a day on.

        Raises:
            RuleError: no such period; longer, or shorter, than the law lets anyone set; a second rule from
                the same day.
        """
        if period.code not in self._by_code:
            raise RuleError(f"没有“{period.code}”这种期限")
        law = self._by_code[period.code][0].period
        if (period.unit, period.code) != (law.unit, law.code):
            raise RuleError(f"“{law.name}”的期限以{law.unit.value}计")
        if period.length < 1 or not _may_be(period, law):
            raise RuleError(f"“{law.name}”的期限为{law.words}（{law.source}），不能改为{period.words}")
        if any(v.since == since for v in self._by_code[period.code]):
            raise RuleError(f"“{law.name}”自 {since} 起已有规定")
        return replace(self, versions=(*self.versions, Version(period=period, since=since)))


def _may_be(period: Period, law: Period) -> bool:
    if law.evidence in (Evidence.INTERPRETED, Evidence.UNVERIFIED):
        return True  # a default of this project's; the law names no number
    may = _MAY_LENGTHEN if period.length > law.length else _MAY_SHORTEN
    return period.length == law.length or period.code in may


STANDARD = Rulebook(
    versions=tuple(
        Version(period=period, since=max(period.source.instrument.since, R711.since))
        for period in PERIODS.values()
    )
)


def load_rules(path: Path, book: Rulebook = STANDARD) -> Rulebook:
    """Return the book with the rules of a TOML file added.

    Raises:
        RuleError: the file cannot be read, or holds no such rules.
    """
    try:
        shown = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError(f"打不开 {path.name}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path.name} 不是 TOML 文件：{error}") from error
    entries = shown.get("period")
    if not isinstance(entries, list) or not entries or not all(isinstance(e, dict) for e in entries):
        raise RuleError(f"{path.name} 里没有 [[period]]")
    for entry in entries:
        period, since = _entry(entry, path.name, book)
        book = book.with_period(period, since)
    return book


def _entry(entry: dict[str, Any], name: str, book: Rulebook) -> tuple[Period, date]:
    try:
        known = book._by_code.get(str(entry["code"]))
        if known is None:
            raise RuleError(f"{name}：没有“{entry['code']}”这种期限")
        since, article = entry["since"], entry.get("article")
        if type(since) is not date or type(entry["length"]) is not int or type(article or 1) is not int:
            raise RuleError(f"{name}：since 应为日期，length、article 应为整数")
        instrument = Instrument(title=str(entry["title"]), number=str(entry["number"]), in_force=since)
    except KeyError as error:
        raise RuleError(f"{name}：缺少 {error.args[0]}") from error
    source: Citation = instrument.art(article) if article else instrument.part("")
    period = replace(
        known[0].period, length=entry["length"], source=source, evidence=Evidence.READ, note="本地规定"
    )
    return period, since


class Open(Protocol):
    """What `touched` needs of a case."""

    @property
    def received_on(self) -> date | None: ...
    @property
    def closed_on(self) -> date | None: ...


_Case = TypeVar("_Case", bound=Open)


def touched(cases: Iterable[_Case], since: date) -> list[_Case]:
    """Return the open cases that a rule from `since` on applies to: received on that day or later."""
    return [
        case
        for case in cases
        if case.closed_on is None and case.received_on is not None and case.received_on >= since
    ]
