"""Which reports may be added: the right year and form, and each body once.

Two reports are one body's where their names are, written in full or in short, with the area's name or
without. What is set aside says why, and beside which report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.report.auditing.bodies import Kind, kind_by_name, name_of, short_name
from gongkai.report.numerals import BLANK, Illegible, Value, number_in
from gongkai.report.schema import Report, edition_of, form

_PLACE_ENDS = re.compile("[省市县区旗州盟]")
_SHORTEST = 3  # characters of a name that may stand for a longer one
_WHOLE = (Kind.GOVERNMENT, Kind.TOWNSHIP)


@dataclass(frozen=True, kw_only=True, eq=False)
class Member:
    """A report offered for a sum: `source` is its file or record, `version` counts its versions if known."""

    report: Report
    source: str = ""
    version: int | None = None

    @property
    def name(self) -> str:
        """The body's name, "" where the report does not say."""
        return name_of(self.report)


class Why(StrEnum):
    """Why a report is not among the addends."""

    NAMELESS = "nameless"
    OTHER_YEAR = "other_year"
    OTHER_EDITION = "other_edition"
    OWN = "own"
    OLDER = "older"
    SAME = "same"
    DISPUTED = "disputed"
    WITHIN = "within"
    COPY = "copy"
    UNEXPECTED = "unexpected"


_SAID = {
    Why.NAMELESS: "没有写明机关，不能判断是否重复",
    Why.OWN: "这是汇总机关自己的报告，已包含各单位，用于核对",
    Why.OLDER: "同一机关另有较新的版本",
    Why.SAME: "同一机关的同一份报告，只计一次",
    Why.DISPUTED: "同一机关有数字不同的报告，不能确定用哪一份",
    Why.WITHIN: "已包含在上级政府的报告里",
    Why.COPY: "各格数字与汇总机关自己的报告完全相同，像是同一份报告",
    Why.UNEXPECTED: "不在应报单位名单里",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Aside:
    """A report that was not added: why, and the report it stands against if there is one."""

    member: Member
    why: Why
    against: Member | None = None

    @property
    def said(self) -> str:
        """The reason, in Chinese."""
        report = self.member.report
        if self.why is Why.OTHER_YEAR:
            return f"是{report.year}年度的报告" if report.year else "没有写明年度"
        if self.why is Why.OTHER_EDITION:
            return f"用的是{int(report.edition)}年版格式"
        beside = self.against.source or self.against.name if self.against else ""
        return _SAID[self.why] + (f"（{beside}）" if beside else "")


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """The members to add, each body once; what was set aside; and who of the expected sent nothing."""

    members: tuple[Member, ...]
    aside: tuple[Aside, ...]
    missing: tuple[str, ...] = ()


def sort_members(
    members: Iterable[Member], *, year: int, agency: str = "", expected: Iterable[str] = ()
) -> Sorting:
    """Return which reports make up a body's sum for a year, each body once.

    Args:
        members: the reports offered, in the order in which they are to be listed.
        year: the year reported on.
        agency: the government that sums; its own report is set aside.
        expected: the names of the bodies that are to report; empty if nobody knows.
    """
    offered, awaited = list(members), tuple(expected)
    aside = [Aside(member=each, why=why) for each in offered if (why := _unfit(each, year))]
    refused = {id(each.member) for each in aside}
    fit = [each for each in offered if id(each) not in refused]
    keys = body_keys([*(each.name for each in fit), *awaited], agency)
    groups: dict[str, list[Member]] = {}
    for each in fit:
        groups.setdefault(keys[each.name], []).append(each)
    missing = tuple(name for name in awaited if keys[name] and keys[name] not in groups)
    own = groups.pop("", [])
    aside += [Aside(member=each, why=Why.OWN) for each in own]
    chosen: dict[str, Member] = {}
    for key, group in groups.items():
        best, others = _one_of(group)
        aside += others
        if best:
            chosen[key] = best
    wrong = _unexpected(chosen, {keys[name] for name in awaited})
    wrong |= _overlapping({key: each for key, each in chosen.items() if key not in wrong}, own)
    aside += wrong.values()
    kept = tuple(each for key, each in chosen.items() if key not in wrong)
    return Sorting(members=kept, aside=tuple(aside), missing=missing)


def _unfit(member: Member, year: int) -> Why | None:
    if member.report.year != year:
        return Why.OTHER_YEAR
    if member.report.edition != edition_of(year):
        return Why.OTHER_EDITION
    return None if member.name else Why.NAMELESS


def body_keys(names: Sequence[str], agency: str = "") -> dict[str, str]:
    """Return for each name a key that is the same for the same body; "" for the agency itself.

    With an agency, its area's name (and what stands before it) is left out: 霁川县教育局 is 教育局. Without,
    a name is that of the one other name that ends in it after a place's.
    """
    area = short_name(agency)
    keys = {name: _within_area(short_name(name), area) for name in names}
    if area:
        return keys
    known = set(keys.values())
    longer: dict[str, list[str]] = {}
    for key in known:
        for place in _PLACE_ENDS.finditer(key):
            bare = key[place.end() :]
            if len(bare) >= _SHORTEST and bare in known:
                longer.setdefault(bare, []).append(key)
    bare_of = {full[0]: bare for bare, full in longer.items() if len(full) == 1}
    return {name: bare_of.get(key, key) for name, key in keys.items()}


def _within_area(name: str, area: str) -> str:
    before, found, rest = name.partition(area) if area else (name, "", "")
    return rest if found and (not before or _PLACE_ENDS.match(before[-1])) else name


def _one_of(group: Sequence[Member]) -> tuple[Member | None, list[Aside]]:
    """Return the report to take of those of one body, none where they contradict each other."""
    if len(group) == 1:
        return group[0], []
    versions = [each.version for each in group]
    newest = max((each for each in versions if each is not None), default=None)
    current = [each for each in group if None in versions or each.version == newest]
    best = max(current, key=_numbers)
    aside = [Aside(member=each, why=Why.OLDER, against=best) for each in group if each not in current]
    others = [each for each in current if each is not best]
    contrary = next((each for each in others if not _agree(each.report, best.report)), None)
    if contrary is None:
        return best, [*aside, *(Aside(member=each, why=Why.SAME, against=best) for each in others)]
    disputed = [
        Aside(member=each, why=Why.DISPUTED, against=contrary if each is best else best) for each in current
    ]
    return None, [*aside, *disputed]


def _numbers(member: Member) -> int:
    return sum(number_in(cell.value) is not None for cell in member.report.cells.values())


def _agree(one: Report, other: Report) -> bool:
    """Whether no cell of two reports says two things; a blank beside a zero says nothing."""
    return all(_compatible(one.value(cell), other.value(cell)) for cell in form(one.edition).cells())


def _compatible(one: Value, other: Value) -> bool:
    if isinstance(one, Illegible) or isinstance(other, Illegible):
        return True
    if one is BLANK or other is BLANK:
        return {one, other} <= {BLANK, 0}
    return one == other


def _unexpected(chosen: Mapping[str, Member], awaited: Collection[str]) -> dict[str, Aside]:
    if not awaited:
        return {}
    return {key: Aside(member=each, why=Why.UNEXPECTED) for key, each in chosen.items() if key not in awaited}


def _overlapping(chosen: Mapping[str, Member], own: Sequence[Member]) -> dict[str, Aside]:
    """Return those that are within another's report, or are the summing body's own by another name."""
    whole = {key: each for key, each in chosen.items() if kind_by_name(each.name) in _WHOLE}
    found: dict[str, Aside] = {}
    for key, each in chosen.items():
        above = next((whole[key[:at]] for at in range(2, len(key)) if key[:at] in whole), None)
        if above:
            found[key] = Aside(member=each, why=Why.WITHIN, against=above)
    busy = sum(
        any(cell.value not in (0, BLANK) for cell in each.report.cells.values()) for each in chosen.values()
    )
    for key, each in chosen.items():
        if own and busy > 1 and key not in found and _same_numbers(each.report, own[0].report):
            found[key] = Aside(member=each, why=Why.COPY, against=own[0])
    return found


def _same_numbers(one: Report, other: Report) -> bool:
    values = [(one.value(cell), other.value(cell)) for cell in form(one.edition).cells()]
    return all(a == b for a, b in values) and any(number_in(a) for a, _ in values)
