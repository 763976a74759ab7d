"""The yearly fact sheet of a body: entered once, bound like any counted fact, every earlier value kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.models import SheetFact
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures.access import check_may_enter, last_row
from gongkai.web.oversight.services.figures.numbers import plain_text
from gongkai.web.oversight.services.figures.sheet_lines import LINES, Line, groups

LONGEST_SOURCE = 200


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A line with what was entered: the row that counts, last year's value, how often it was entered."""

    line: Line
    row: SheetFact | None
    last_year: Decimal | None
    entries: int

    @property
    def value(self) -> Decimal | None:
        """What counts; None where it is not known."""
        return self.row.value if self.row else None


Sheet = Sequence[tuple[str, Sequence[Filled]]]
"""The sheet under its headings."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a person writes on a line; `value` None says that it is not known."""

    value: Decimal | None
    source: str = ""


def sheet_of(agency: Agency, year: int) -> Sheet:
    """Return a body's sheet under its headings, with last year's values beside, in one query."""
    rows = SheetFact.objects.filter(agency=agency, year__in=(year - 1, year)).select_related("by")
    now: dict[str, list[SheetFact]] = {}
    before: dict[str, Decimal | None] = {}
    for row in rows.order_by("pk"):
        if row.year == year:
            now.setdefault(row.code, []).append(row)
        else:
            before[row.code] = row.value
    return [(name, [_filled(line, now, before) for line in lines]) for name, lines in groups()]


def _filled(
    line: Line, now: Mapping[str, Sequence[SheetFact]], before: Mapping[str, Decimal | None]
) -> Filled:
    entered = now.get(line.code, ())
    return Filled(
        line=line,
        row=entered[-1] if entered else None,
        last_year=before.get(line.code),
        entries=len(entered),
    )


def history(agency: Agency, year: int, code: str) -> QuerySet[SheetFact]:
    """Return everything that was entered on a line, the newest first."""
    return SheetFact.objects.filter(agency=agency, year=year, code=code).select_related("by").order_by("-pk")


def total(agencies: Sequence[Agency], year: int, code: str) -> Decimal | int | None:
    """Return a line summed over bodies; None where one of them has not said, as unknown is not zero.

    What is no sum, such as a score, is known of a single body only.
    """
    if len(agencies) > 1 and not LINES[code].is_summed:
        return None
    rows = SheetFact.objects.filter(agency__in=[each.pk for each in agencies], year=year, code=code)
    latest = dict(rows.order_by("pk").values_list("agency_id", "value"))
    known = [latest.get(each.pk) for each in agencies]
    if not known or None in known:
        return None
    found = sum((value for value in known if value is not None), Decimal(0))
    return int(found) if LINES[code].is_whole else Decimal(plain_text(found))


@transaction.atomic
def save_sheet(
    *, agency: Agency, year: int, entries: Mapping[str, Entry], by: User, now: datetime, seen: int
) -> int:
    """Write the lines that differ from what counts, and return how many those were.

    Args:
        entries: what was written, by the line's code; lines not among them stay.
        seen: the last row the person had seen, `access.last_row`.
    Raises:
        PermissionDenied: the person does not enter the body's numbers.
        Refused: somebody has saved meanwhile, the year is still to come, or a value fits no line.
    """
    check_may_enter(by, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if last_row(SheetFact, agency, year) != seen:
        raise Refused("您打开页面以后，有人修改了这一年的事实。请重新打开页面，核对后再填。")
    if year > timezone.localdate(now).year:
        raise Refused(f"{year} 年还没有到，不能填报。")
    for code, entry in entries.items():
        _check(code, entry)
    known = {row.code: row for row in SheetFact.objects.filter(agency=agency, year=year).order_by("pk")}
    rows = [
        SheetFact(agency=agency, year=year, code=code, value=entry.value, source=entry.source, by=by, at=now)
        for code, entry in entries.items()
        if _differs(known.get(code), entry)
    ]
    SheetFact.objects.bulk_create(rows)
    return len(rows)


def _check(code: str, entry: Entry) -> None:
    line = LINES.get(code)
    if line is None:
        raise Refused("没有这一项。")
    value = entry.value
    if value is not None and (value < 0 or (line.is_whole and value != value.to_integral_value())):
        raise Refused(f"“{line.name}”应当是{'非负整数' if line.is_whole else '非负数'}。")


def _differs(row: SheetFact | None, entry: Entry) -> bool:
    if row is None:
        return entry.value is not None
    return (row.value, row.source) != (entry.value, entry.source)
