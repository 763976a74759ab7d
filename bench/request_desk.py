"""Time the request desk on invented cases: lists, a case, the tables, the nightly jobs.

    python -m bench.request_desk 20000 200000
    DATABASE_URL=postgres://user@host/name python -m bench.request_desk 20000 200000

Without DATABASE_URL on SQLite; with it on that PostgreSQL server, in a database made for the purpose and
dropped at the end. Cases spread over three years and twenty bodies, one of them with an eighth of all. What a
person waits for is timed with other inputs each time (p50 and p95 in milliseconds); jobs of the night run
once. `own` is the time this process itself worked, which other programs do not lengthen; of PostgreSQL's
work it holds nothing. `growth` is own time against that of the size before it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median, quantiles

# First, as it names the settings.
from bench.search import database, milliseconds, settle

# isort: split
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db import connection

from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import (
    applicants,
    count_tables,
    counting,
    disputing,
    exporting,
    folding,
    freezing,
    permissions,
    refreshing,
    reminding,
    retaining,
    seeding,
    working,
)
from gongkai.web.inforequests.services.working import Wanted

ON = date(2026, 11, 20)
YEAR = 2025
BODIES, ROUNDS, EXPORTED, SEED = 20, 40, 10_000, 7
Times = tuple[float, float, float]
Timed = dict[str, Times]


def bodies() -> list[Agency]:
    """Save the bodies, all below the first one's office, each with a clerk and an approver."""
    Agency.objects.all().delete()
    office = Agency.objects.create(name="县政府办", short_name="政府办", slug="ban", region_code="990101")
    made = [office]
    for number in range(1, BODIES):
        name = f"第{number}局"
        made.append(
            Agency.objects.create(
                name=name,
                short_name=name,
                slug=f"ju-{number}",
                region_code="990101",
                competent_authority=office,
            )
        )
    for agency in made:
        for role in (Role.CLERK, Role.APPROVER):
            _person(agency, role)
    _person(office, Role.SUPERVISOR)
    return made


def _person(agency: Agency, role: Role) -> User:
    user = User.objects.create(username=f"{agency.slug}-{role.name}", agency=agency, display_name="某人")
    user.groups.add(Group.objects.get(name=role.value))
    return user


def sown(size: int) -> tuple[list[Agency], float]:
    """Fill the register; return the bodies, and cases a second."""
    made = bodies()
    begun = time.perf_counter()
    seeding.seed(agencies=made, number=size, years=3, seed=SEED, on=ON)
    rate = size / (time.perf_counter() - begun)
    settle()
    return made, rate


def often(action: Callable[[], object]) -> Times:
    """Return the median and the 95th centile of an action's times, and its own median, after one call."""
    action()
    whole, own = zip(*(milliseconds(action) for _ in range(ROUNDS)), strict=True)
    cuts = quantiles(whole, n=20)
    return cuts[9], cuts[18], median(own)


def once(action: Callable[[], object]) -> Times:
    """Return how long a job of the night takes."""
    whole, own = milliseconds(action)
    return whole, whole, own


def waited_for(made: list[Agency]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a person waits for: its name, and what is done."""
    dice = random.Random(SEED)
    clerk = User.objects.get(username="ban-CLERK")
    supervisor = User.objects.get(username="ban-SUPERVISOR")
    keys = list(InfoRequest.objects.values_list("pk", flat=True))
    outcomes, columns = list(OUTCOMES), [*APPLICANT_KINDS, "total"]
    words = ("水质", "征地补偿", "规划许可证", "2025-001", "收支明细")

    def page(user: User, wanted: Wanted) -> object:
        cases = applicants.with_names(working.found(user, wanted, on=ON)).select_related("handler")
        page = Paginator(cases, 50).get_page(1)
        return list(working.lines(list(page.object_list), on=ON))

    def case() -> object:
        row = InfoRequest.objects.select_related("agency", "handler", "applicant").get(pk=dice.choice(keys))
        found = folding.case_file(row, on=ON)
        told = working.timeline(list(row.records.select_related("by", "confirmed_by")))
        return folding.explanation(found), told, applicants.frequency(row), applicants.alike(row)

    def cell() -> object:
        found = counting.cases_in(made, YEAR, dice.choice(outcomes), dice.choice(columns))
        found = applicants.with_names(found).order_by("received_on", "pk")
        page = Paginator(found, 50).get_page(1)
        return [applicants.masked_name(each.applicant, each.applicant_kind) for each in page.object_list]

    def new_total() -> object:
        found = applicants.with_names(counting.cases_in(made, YEAR, "new", "total"))
        return list(Paginator(found.order_by("received_on", "pk"), 50).get_page(3).object_list)

    every = permissions.visible_cases(supervisor)
    yield "work list, clerk", lambda: page(clerk, Wanted())
    yield "work list, tabs' counts", lambda: working.scope_counts(clerk, on=ON)
    yield "work list, supervisor", lambda: page(supervisor, Wanted())
    yield "all of a body, newest", lambda: page(clerk, Wanted(scope="quanbu"))
    yield "all bodies, newest", lambda: page(supervisor, Wanted(scope="quanbu"))
    yield "words in a body's cases", lambda: page(clerk, Wanted(scope="quanbu", words=dice.choice(words)))
    yield "words in all cases", lambda: page(supervisor, Wanted(scope="quanbu", words=dice.choice(words)))
    yield (
        "outcome and year, all",
        lambda: page(supervisor, Wanted(scope="banjie", outcome=dice.choice(outcomes), year=str(YEAR))),
    )
    yield "a case's page", case
    yield "Table 3, one body", lambda: counting.table3(made[:1], YEAR)
    yield "Table 3, all bodies", lambda: counting.table3(made, dice.choice((YEAR - 1, YEAR, YEAR + 1)))
    yield "Table 4, all bodies", lambda: counting.table4(made, YEAR)
    yield "Table 3 beside frozen, one", lambda: count_tables.count_table(made[:1], YEAR, 3, every)
    yield "Table 3 beside frozen, all", lambda: count_tables.count_table(made, YEAR, 3, every)
    yield "a cell opened, all bodies", cell
    yield "the widest cell, page 3", new_total
    yield "disputes, first page", lambda: list(disputing.found(made, disputing.Wanted(), ON)[:50])
    yield "analysis of a year", lambda: disputing.analysis(made, str(YEAR), ON)
    yield "expired, all bodies", lambda: retaining.expired(made, date(2036, 1, 1)).count()


def by_night(made: list[Agency]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the jobs of the night, and the long export."""
    listed = InfoRequest.objects.filter(pk__in=InfoRequest.objects.order_by("-pk").values("pk")[:EXPORTED])
    yield "freeze a year, all bodies", lambda: [freezing.freeze(agency=each, year=YEAR) for each in made]
    yield "refresh deadlines", lambda: refreshing.refresh_deadlines(on=ON + timedelta(days=1))
    yield "reminders", lambda: reminding.remind(on=ON)
    yield f"XLSX of {EXPORTED} cases", lambda: exporting.work_list(listed)


def measured(size: int) -> Timed:
    """Time one size."""
    made, rate = sown(size)
    print(f"{connection.vendor}: {size} cases written at {rate:.0f} a second", flush=True)
    times = {f"{name} (once)": once(action) for name, action in by_night(made)}
    return {name: often(action) for name, action in waited_for(made)} | times


def main(sizes: list[int]) -> None:
    """Print a line for each thing timed."""
    before: Timed = {}
    for size in sizes:
        with database():
            times = measured(size)
        print(f"{'':<34}{'cases':>9}{'p50 ms':>10}{'p95 ms':>10}{'own ms':>10}{'growth':>8}")
        for name, (p50, p95, own) in times.items():
            growth = f"{own / before[name][2]:.1f}" if name in before else ""
            print(f"{name:<34}{size:>9}{p50:>10.1f}{p95:>10.1f}{own:>10.1f}{growth:>8}", flush=True)
        before = times


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000])
