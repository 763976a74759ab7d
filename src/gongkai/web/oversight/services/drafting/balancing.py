"""The opening balance held against last year's closing list, and what changed since the year was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.law.counting import CARRIED_IN, CARRIED_OUT, TOTAL
from gongkai.report.numerals import Value
from gongkai.report.schema import APPLICANTS, CellId
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import counting, freezing
from gongkai.web.inforequests.services.count_tables import MovedLine, moved_lines
from gongkai.web.oversight.choices import Basis
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting.scope import bodies_of
from gongkai.web.oversight.services.reports.auditing import as_registered, last_years
from gongkai.web.oversight.services.reports.tables import value_text

MOST_NAMED = 200


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A column of the opening balance.

    `carried_in` is this year's number; `closing` how many last year's frozen list carried out, None where
    last year is not frozen; `reported` what last year's report says, the published one or else the latest, ""
    where there is none;
    `only_now` and `only_then` are the cases that only one of the two lists has.
    """

    label: str
    carried_in: int
    closing: int | None
    reported: str
    only_now: tuple[str, ...]
    only_then: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing known contradicts the number."""
        listed = self.closing is None or not (self.only_now or self.only_then)
        return listed and self.reported in ("", str(self.carried_in))


def opening_balance(draft: Draft) -> list[Opening]:
    """Return each column of 上年结转 held against last year's closing list and its report, as the audit does.

    Source: FORM2021 table 3; trap 19: columns are compared, not only the total.
    """
    bodies = bodies_of(draft)
    now = _carried_in(draft, bodies)
    then = freezing.frozen_names(bodies, draft.year - 1, 3)
    last = last_years(draft)
    reported = as_registered(last) if last else None
    lines = []
    for column in APPLICANTS:
        here = now.get(column.code, frozenset())
        there = frozenset(then.get((CARRIED_OUT, column.code), ())) if then is not None else None
        said = reported.value(CellId(3, CARRIED_OUT, column.code)) if reported else None
        lines.append(_opening(column.label, here, there, said))
    return lines


def _opening(label: str, here: frozenset[str], there: frozenset[str] | None, said: Value | None) -> Opening:
    return Opening(
        label=label,
        carried_in=len(here),
        closing=None if there is None else len(there),
        reported="" if said is None else value_text(said),
        only_now=tuple(sorted(here - there)) if there is not None else (),
        only_then=tuple(sorted(there - here)) if there is not None else (),
    )


def _carried_in(draft: Draft, bodies: Sequence[Agency]) -> dict[str, frozenset[str]]:
    """Return by column the cases carried in, as the draft counts them."""
    kept = freezing.frozen_names(bodies, draft.year, 3) if draft.basis == Basis.FROZEN else None
    columns = [column.code for column in APPLICANTS]
    if kept is not None:
        return {code: frozenset(kept.get((CARRIED_IN, code), ())) for code in columns}
    cases = counting.cases_in(bodies, draft.year, CARRIED_IN, TOTAL)
    found: dict[str, set[str]] = {code: set() for code in columns}
    for number, kind in cases.values_list("number", "applicant_kind"):
        found[kind].add(number)
        found[TOTAL].add(number)
    return {code: frozenset(names) for code, names in found.items()}


@dataclass(frozen=True, kw_only=True)
class Since:
    """What is counted otherwise than when the year was frozen, in words; `lines` are at most `MOST_NAMED`."""

    is_frozen: bool
    number: int
    lines: tuple[MovedLine, ...]


def since_frozen(draft: Draft, cases: QuerySet[InfoRequest]) -> Since:
    """Return the cases of Tables 3 and 4 that are counted otherwise since the year was frozen.

    Args:
        cases: those the person may see, for the way to them.
    """
    bodies = bodies_of(draft)
    kept = [freezing.frozen(bodies, draft.year, table) for table in freezing.TABLES]
    lines = [line for each in kept if each is not None for line in moved_lines(each, draft.year, cases)]
    return Since(is_frozen=None not in kept, number=len(lines), lines=tuple(lines[:MOST_NAMED]))
