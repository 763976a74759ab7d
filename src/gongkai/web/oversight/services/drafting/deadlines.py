"""By when a body's report must be public, who is reminded, and what stands in a person's calendar.

The law names a date and rolls nothing over: where it falls on a day off, the last day to work on it comes
before. So who writes is told on the last working day too, and the date itself decides.

Source: R711 art. 49.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.web.agencies.calendar_sources import Entry
from gongkai.web.agencies.choices import Kind, NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.services import folding
from gongkai.web.oversight.models import AnnualReport, Draft
from gongkai.web.oversight.services.drafting.scope import may_write, office_of, writers_of

# Article 49 names neither townships nor those that act for a government in a part of it.
_BY_LOCAL_RULE = frozenset({Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE, Kind.DEVELOPMENT_ZONE})
# Working days before the last one to work on it, and the words for them.
STEPS = ((10, "还有{left}个工作日"), (3, "还有{left}个工作日"), (0, "今天是期限前最后一个工作日"))


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The date a report must be public by, the last working day up to it, and what lays it down."""

    on: date
    last_working_day: date
    by: str


def deadline(agency: Agency, year: int) -> Deadline:
    """Return by when a body's report of a year must be public.

    Source: R711 art. 49: departments by 31 January, governments by 31 March of the year after; townships and
    agencies of governments are asked for it by local rule, as a rule with the departments [I].
    """
    on = date(year + 1, 3, 31) if agency.kind == Kind.GOVERNMENT else date(year + 1, 1, 31)
    by = "按当地要求" if agency.kind in _BY_LOCAL_RULE else "《条例》第四十九条"
    return Deadline(on=on, last_working_day=folding.calendar().last_working_day(on).on, by=by)


def remind(*, on: date | None = None) -> int:
    """Remind whoever still owes last year's report; return how many learn of something new.

    Safe to run at any time: nobody is told the same twice.
    """
    today = on or folding.today()
    year = today.year - 1
    return sum(_of_body(agency, year, today) for agency in owing(year))


def owing(year: int) -> Iterable[Agency]:
    """Return the bodies in use that have people to write it and whose report of a year is not public."""
    published = AnnualReport.objects.published().filter(year=year).values("agency")
    bodies = Agency.objects.filter(is_active=True).exclude(pk__in=published)
    return [each for each in bodies.select_related("competent_authority") if _writers(each).exists()]


def _writers(agency: Agency) -> object:
    return holders(office_of(agency), writers_of(agency)).people()


def _of_body(agency: Agency, year: int, today: date) -> int:
    due = deadline(agency, year)
    found = _step(due, today)
    if found is None:
        return 0
    kind, step, words = found
    draft = Draft.objects.filter(agency=agency, year=year).first()
    common = {
        "kind": kind,
        "key": f"report-{agency.pk}-{year}-{step}",
        "title": f"{agency.short_name} {year} 年度报告{words}（{due.on:%Y-%m-%d}前公开）",
        "path": _path(draft, year),
        "about": draft or agency,
        "due_on": due.on,
    }
    office = office_of(agency)
    told = notify(to=holders(office, writers_of(agency)), **common)
    if kind is NotificationKind.LATE:  # Whoever answers for the report learns of it too.
        told += notify(to=holders(office, Role.APPROVER), **common)
    return told


def _path(draft: Draft | None, year: int) -> str:
    if draft is not None:
        return reverse("annual_reports:draft", args=[draft.pk])
    return f"{reverse('annual_reports:drafts')}?nian={year}"


def _step(due: Deadline, today: date) -> tuple[NotificationKind, str, str] | None:
    if today > due.on:
        return NotificationKind.LATE, "late", "已逾期"
    if today >= due.last_working_day:
        return NotificationKind.DUE, "0", STEPS[-1][1]
    left = folding.calendar().working_days_between(today, due.last_working_day).days
    for days, words in reversed(STEPS):
        if left <= days:
            return NotificationKind.DUE, f"{days}", words.format(left=left)
    return None


def calendar_of(user: User, today: date) -> Iterator[Entry]:
    """Yield the last working day for each report of last year that a person still has to write."""
    year = today.year - 1
    for agency in owing(year):
        if may_write(user, agency):
            draft = Draft.objects.filter(agency=agency, year=year).first()
            yield Entry(
                uid=f"report-{agency.pk}-{year}",
                day=deadline(agency, year).last_working_day,
                title=f"{agency.short_name} {year} 年度报告公开期限",
                url=_path(draft, year),
            )
