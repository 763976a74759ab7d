"""A year's tables frozen at 24:00 on 31 December, and what was recorded about the year since.

What is frozen is what was on record then: a reply entered in January for December is a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from gongkai.law.counting import (
    TOTAL,
    TOTAL_DONE,
    Counted,
    Difference,
    count_table3,
    count_table4,
)
from gongkai.law.procedure.casefile import CaseFile
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.models import InfoRequest, Proceeding, Record, YearSnapshot
from gongkai.web.inforequests.services import counting
from gongkai.web.inforequests.services.folding import fold_records, practice_of
from gongkai.web.inforequests.services.refusing import Refused

TABLES = (3, 4)


@transaction.atomic
def freeze(*, agency: Agency, year: int, now: datetime | None = None) -> tuple[YearSnapshot, ...]:
    """Freeze Tables 3 and 4 of a year that is over; what was frozen before stays as it was.

    The cells hold registration numbers, in Table 4 with the proceeding's own, told from each case's records
    as they stood at the year's end.
    """
    now = now or timezone.now()
    if timezone.localtime(now).date() <= date(year, 12, 31):
        raise Refused(f"{year}年尚未结束，不能冻结。")
    return tuple(_frozen_table(agency, year, table, now) for table in TABLES)


def _frozen_table(agency: Agency, year: int, table: int, now: datetime) -> YearSnapshot:
    kept = YearSnapshot.objects.filter(agency=agency, year=year, table=table).first()
    if kept is not None:
        return kept
    practice = practice_of(agency.pk)
    if table == 3:
        counted = count_table3(_files(agency, year, _live_in(year)), year)
    else:
        disputed = Q(pk__in=Proceeding.objects.filter(case__agency=agency).values("case"))
        counted = count_table4(_files(agency, year, disputed), year, practice=practice)
    cells = {f"{row} {column}": list(names) for (row, column), names in counted.cells.items()}
    return YearSnapshot.objects.create(agency=agency, year=year, table=table, cells=cells, frozen_at=now)


def _year_end(year: int) -> datetime:
    return timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001  made aware here


def _live_in(year: int) -> Q:
    """What was not over before a year: as it stands, or as it stood before something was recorded later."""
    later = Record.objects.filter(case=OuterRef("pk"), at__gte=_year_end(year))
    return Q(closed_on__isnull=True) | Q(closed_on__gte=date(year, 1, 1)) | Q(Exists(later))


def _files(agency: Agency, year: int, which: Q) -> Iterator[tuple[str, CaseFile]]:
    """Each case as it was on record when the year ended."""
    known = Record.objects.filter(at__lt=_year_end(year)).only("case", "sequence", "act", "on", "facts")
    registered = InfoRequest.objects.filter(which, agency=agency, created_at__lt=_year_end(year))
    registered = registered.only("number").order_by("pk").prefetch_related(Prefetch("records", known))
    practice = practice_of(agency.pk)
    for case in registered.iterator(1000):
        yield case.number, fold_records(case.records.all(), practice=practice, on=date(year, 12, 31))


_Names = Mapping[counting.Place, list[str]]


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A table of a year as it was frozen, when, and what differs today, sums over columns left out."""

    table: Counted
    at: datetime
    since: tuple[Difference, ...]


def frozen(agencies: Iterable[Agency], year: int, table: int) -> Frozen | None:
    """Return the frozen table of a body, or the sum over bodies; None unless each of them is frozen."""
    bodies = list(agencies)
    kept = list(YearSnapshot.objects.filter(agency__in=bodies, year=year, table=table))
    if not bodies or len(kept) < len(bodies):
        return None
    then = _names_in(kept)
    now = _now3(bodies, year) if table == 3 else _now4(bodies, year)
    return Frozen(
        table=Counted(year=year, table=table, cells={place: tuple(each) for place, each in then.items()}),
        at=max(each.frozen_at for each in kept),
        since=tuple(_differences(then, now)),
    )


def frozen_names(agencies: Iterable[Agency], year: int, table: int) -> _Names | None:
    """Return what each cell of the frozen table of some bodies names; None unless each body is frozen."""
    bodies = list(agencies)
    kept = list(YearSnapshot.objects.filter(agency__in=bodies, year=year, table=table))
    if not bodies or len(kept) < len(bodies):
        return None
    return _names_in(kept)


def _names_in(kept: Iterable[YearSnapshot]) -> _Names:
    names: defaultdict[counting.Place, list[str]] = defaultdict(list)
    for snapshot in kept:
        for place, each in snapshot.cells.items():
            row, column = place.split(" ", 1)
            names[row, column] += each
    return names


def _differences(then: _Names, now: _Names) -> Iterator[Difference]:
    """Yield what differs, whole cells compared at once: of a big county's most hold what they held."""
    for row, column in sorted(then.keys() | now.keys()):
        before, after = set(then.get((row, column), ())), set(now.get((row, column), ()))
        if column != TOTAL and before != after:
            added, removed = tuple(sorted(after - before)), tuple(sorted(before - after))
            yield Difference(row=row, column=column, added=added, removed=removed)


def _now3(agencies: list[Agency], year: int) -> _Names:
    alike: defaultdict[tuple[str, str, int, int], list[str]] = defaultdict(list)
    marked = counting.marked_cases(agencies, year)
    names = ("number", "applicant_kind", "outcome", "is_new", "is_done")
    for number, column, outcome, is_new, is_done in marked.values_list(*names):
        alike[column, outcome, is_new, is_done].append(number)
    cells: defaultdict[counting.Place, list[str]] = defaultdict(list)
    for (column, outcome, is_new, is_done), numbers in alike.items():
        for row in counting.rows_of(outcome, is_new, is_done, year):
            cells[row, column] += numbers
    return cells


def _now4(agencies: list[Agency], year: int) -> _Names:
    cells: defaultdict[counting.Place, list[str]] = defaultdict(list)
    for each in counting.standings(agencies, year):
        cells[each.track, each.result].append(each.name)
    return cells


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A case counted otherwise than when the year was frozen: the cells it left and those it came into."""

    name: str
    case: InfoRequest | None
    left: tuple[counting.Place, ...]
    entered: tuple[counting.Place, ...]


def moves(since: Iterable[Difference], cases: QuerySet[InfoRequest]) -> list[Moved]:
    """Return differences case by case, sums left out.

    Args:
        since: the differences.
        cases: those one may see, for the way to them.
    """
    left: defaultdict[str, list[counting.Place]] = defaultdict(list)
    entered: defaultdict[str, list[counting.Place]] = defaultdict(list)
    for each in since:
        if each.column == TOTAL or each.row == TOTAL_DONE:
            continue
        for names, into in ((each.removed, left), (each.added, entered)):
            for name in names:
                into[name].append((each.row, each.column))
    names = sorted(left.keys() | entered.keys())
    known = _by_number(names, cases)
    return [
        Moved(
            name=name,
            case=known.get(name.split("/", 1)[0]),
            left=tuple(left.get(name, ())),
            entered=tuple(entered.get(name, ())),
        )
        for name in names
    ]


def _by_number(names: Iterable[str], cases: QuerySet[InfoRequest]) -> Mapping[str, InfoRequest]:
    numbers = sorted({name.split("/", 1)[0] for name in names})
    found: dict[str, InfoRequest] = {}
    for at in range(0, len(numbers), 500):
        found |= {case.number: case for case in cases.filter(number__in=numbers[at : at + 500])}
    return found
