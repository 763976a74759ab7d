"""Tables 3 and 4 live: counted by the database over what the records make of each case, each cell its cases.

The same as `law.counting` gives over the case files; a test holds the two together.
Source: 《政府信息公开工作年度报告格式》 tables 3 and 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from gongkai.law.counting import CARRIED_IN, CARRIED_OUT, NEW, PENDING, TOTAL, TOTAL_DONE, form_of
from gongkai.law.sources import FORM2019
from gongkai.law.taxonomy import APPLICANT_KINDS, OTHER_2019, OUTCOMES
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, Proceeding
from gongkai.web.inforequests.services.folding import practice_from

Place = tuple[str, str]
Numbers = dict[Place, int]


def counted_cases(agencies: Iterable[Agency], year: int) -> QuerySet[InfoRequest]:
    """Return the requests that Table 3 of a year counts: received by its end, not done before it began."""
    return (
        InfoRequest.objects.filter(agency__in=[each.pk for each in agencies], kind="request")
        .filter(received_on__lte=date(year, 12, 31))
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=date(year, 1, 1)))
    )


def marked_cases(agencies: Iterable[Agency], year: int) -> QuerySet[InfoRequest]:
    """Return them with `is_new` and `is_done`, 1 or 0: whether received, and done, within the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    is_new = Case(When(received_on__gte=first, then=Value(1)), default=Value(0), output_field=IntegerField())
    is_done = Case(When(closed_on__lte=last, then=Value(1)), default=Value(0), output_field=IntegerField())
    return counted_cases(agencies, year).order_by().annotate(is_new=is_new, is_done=is_done)


@lru_cache(1024)
def rows_of(outcome: str, is_new: int, is_done: int, year: int) -> tuple[str, ...]:
    """Return the rows of Table 3 that count a case."""
    begun = NEW if is_new else CARRIED_IN
    if not is_done:
        return begun, CARRIED_OUT
    code = OUTCOMES[outcome].code
    is_old_form = form_of(year) is FORM2019 and code.startswith("other.")
    return begun, OTHER_2019 if is_old_form else code, TOTAL_DONE


def table3(agencies: Iterable[Agency], year: int) -> Numbers:
    """Return the numbers of Table 3: (row, column) to how many, cells without a case left out."""
    groups = (
        marked_cases(agencies, year)
        .values_list("applicant_kind", "outcome", "is_new", "is_done")
        .annotate(number=Count("pk"))
    )
    found: defaultdict[Place, int] = defaultdict(int)
    for column, outcome, is_new, is_done, number in groups:
        for row in rows_of(outcome, is_new, is_done, year):
            found[row, column] += number
            found[row, TOTAL] += number
    return dict(found)


def cases_in(agencies: Iterable[Agency], year: int, row: str, column: str) -> QuerySet[InfoRequest]:
    """Return the cases behind a cell of Table 3.

    Raises:
        LookupError: the table has no such row or column.
    """
    if column != TOTAL and column not in APPLICANT_KINDS:
        raise LookupError(column)
    first, last = date(year, 1, 1), date(year, 12, 31)
    cases = counted_cases(agencies, year)
    if column != TOTAL:
        cases = cases.filter(applicant_kind=column)
    if row == NEW:
        return cases.filter(received_on__gte=first)
    if row == CARRIED_IN:
        return cases.filter(received_on__lt=first)
    if row == CARRIED_OUT:
        return cases.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=last))
    cases = cases.filter(closed_on__lte=last)
    if row == TOTAL_DONE:
        return cases
    if row == OTHER_2019:
        return cases.filter(outcome__startswith="other.")
    return cases.filter(outcome=OUTCOMES[row].code)


def balance(numbers: Numbers) -> dict[str, tuple[int, int]]:
    """Return both sides of Table 3's balance for each column: new and carried in, done and carried out."""
    return {
        column: (
            numbers.get((NEW, column), 0) + numbers.get((CARRIED_IN, column), 0),
            numbers.get((TOTAL_DONE, column), 0) + numbers.get((CARRIED_OUT, column), 0),
        )
        for column in (*APPLICANT_KINDS, TOTAL)
    }


# Table 4: few, so told from each proceeding's own turns.


class Standing(NamedTuple):
    """A proceeding in Table 4 of a year: its key and name, its track and its result at the year's end."""

    pk: int
    name: str
    track: str
    result: str


def table4(agencies: Iterable[Agency], year: int) -> dict[Place, list[int]]:
    """Return Table 4: (track, result) to the keys of the proceedings counted there.

    Whether a judgment under appeal is pending is as each body holds it.
    """
    found: defaultdict[Place, list[int]] = defaultdict(list)
    for each in standings(agencies, year):
        found[each.track, each.result].append(each.pk)
        found[each.track, TOTAL].append(each.pk)
    return dict(found)


def standings(agencies: Iterable[Agency], year: int) -> Iterator[Standing]:
    """Yield each proceeding that Table 4 of a year counts."""
    bodies = [each.pk for each in agencies]
    before, end = f"{year - 1}-12-31", f"{year}-12-31"
    final = _where_appeals_change_nothing(bodies)
    reopened = Q(turns__icontains=f'"{year}-')
    rows = Proceeding.objects.filter(case__agency__in=bodies, filed_on__lte=date(year, 12, 31))
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=date(year, 1, 1)) | reopened)
    names = ("pk", "case__number", "ref", "track", "turns", "case__agency")
    for pk, number, ref, track, turns, agency in rows.order_by("filed_on", "pk").values_list(*names):
        pending = agency not in final
        again = pending and any(on.startswith(f"{year}-") and result is None for on, result in turns)
        if _standing(turns, before, pending) is None or again:
            result = _standing(turns, end, pending) or PENDING
            yield Standing(pk=pk, name=f"{number}/{ref}", track=track, result=result)


def _where_appeals_change_nothing(bodies: list[int]) -> frozenset[int]:
    kept = DeskSettings.objects.filter(agency__in=bodies).values_list("agency_id", "practice")
    return frozenset(pk for pk, switches in kept if not practice_from(switches).appealed_is_pending)


def _standing(turns: list[tuple[str, str | None]], day: str, appealed_is_pending: bool) -> str | None:
    """The result at the end of a day; days are written so that they sort as text."""
    standing = None
    for on, result in turns:
        if on <= day and (result is not None or appealed_is_pending):
            standing = result
    return standing
