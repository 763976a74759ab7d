"""Time the draft of an annual report over invented cases: counted, read out, saved, audited, sent up.

    python -m bench.drafting 20000 200000
    DATABASE_URL=postgres://user@host/name python -m bench.drafting 20000 200000

Without DATABASE_URL on SQLite; with it on that PostgreSQL server, in a database made for the purpose and
dropped at the end. Cases spread over three years and twenty bodies, one of them with an eighth of all, as in
`bench.request_desk`; the year drafted is frozen, and so is the one before. Columns as there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

# First, as it names the settings.
from bench.search import database

# isort: split
from bench.request_desk import ON, YEAR, Timed, often, once, sown
from django.db import connection

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import freezing
from gongkai.web.oversight.choices import Basis, Scope
from gongkai.web.oversight.models import Draft, MonthlyFigure
from gongkai.web.oversight.services.drafting import acts, balancing, exporting, presenting, writing
from gongkai.web.oversight.services.drafting.cells import counted_cells
from gongkai.web.oversight.services.drafting.composing import drafted
from gongkai.web.oversight.services.figures.monthly import ITEMS, MONTHS

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def government(made: list[Agency]) -> Agency:
    """Save the government that the bodies stand below; its report is written by the first one's office."""
    own = Agency.objects.create(
        name="县人民政府",
        short_name="县政府",
        slug="xian",
        region_code="990101",
        kind=Kind.GOVERNMENT,
        competent_authority=made[0],
    )
    Agency.objects.filter(pk__in=[each.pk for each in made]).update(parent=own)
    return own


def figures(bodies: list[Agency], by: User) -> None:
    """Enter every month of the year for every body."""
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(agency=body, year=YEAR, month=month, item=item, value=Decimal(3), by=by, at=NOW)
        for body in bodies
        for item in ITEMS
        for month in MONTHS
    )


def drafts(made: list[Agency]) -> tuple[Draft, Draft]:
    """Begin the report of the largest body and that of the whole area."""
    clerk, supervisor = (User.objects.get(username=f"ban-{role}") for role in ("CLERK", "SUPERVISOR"))
    whole = government(made)
    figures([*made, whole], clerk)
    own = writing.begin(agency=made[0], year=YEAR, by=clerk, now=NOW)
    return own, writing.begin(agency=whole, year=YEAR, by=supervisor, now=NOW)


def waited_for(own: Draft, area: Draft) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a person waits for: its name, and what is done."""
    serial = count()
    every = InfoRequest.objects.all()

    def saved(draft: Draft) -> object:
        fresh = Draft.objects.select_related("agency__competent_authority").get(pk=draft.pk)
        texts = {"problems": f"第{next(serial)}次改写。"}
        return writing.save_texts(draft=fresh, texts=texts, seen=fresh.saves, by=fresh.begun_by, now=NOW)

    for name, draft in (("one body", own), ("whole area", area)):
        yield f"every cell counted, {name}", lambda draft=draft: counted_cells(draft)
        yield f"page of the draft, {name}", lambda draft=draft: presenting.draft_view(drafted(draft))
        yield f"saved and audited, {name}", lambda draft=draft: saved(draft)
        yield f"opening balance, {name}", lambda draft=draft: balancing.opening_balance(draft)
        yield f"changes since the freeze, {name}", lambda draft=draft: balancing.since_frozen(draft, every)
    yield "DOCX, one body", lambda: exporting.file_of(own, "docx")


def live(draft: Draft) -> object:
    """Count by the corrected records instead of the frozen ones."""
    fresh = Draft.objects.get(pk=draft.pk)
    fresh.basis = Basis.LIVE
    return counted_cells(fresh)


def measured(size: int) -> Timed:
    """Time one size."""
    made, rate = sown(size)
    print(f"{connection.vendor}: {size} cases written at {rate:.0f} a second, today is {ON}", flush=True)
    for year in (YEAR - 1, YEAR):
        for body in made:
            freezing.freeze(agency=body, year=year, now=NOW)
    own, area = drafts(made)
    # The government itself has no cases; frozen like the others.
    for year in (YEAR - 1, YEAR):
        freezing.freeze(agency=area.agency, year=year, now=NOW)
    assert area.scope == Scope.AREA
    times = {name: often(action) for name, action in waited_for(own, area)}
    times["counted live, whole area"] = often(lambda: live(area))
    return times | {"audited anew, whole area (once)": once(lambda: acts.audit_draft(draft=area, now=NOW))}


def main(sizes: list[int]) -> None:
    """Print a line for each thing timed."""
    before: Timed = {}
    for size in sizes:
        with database():
            times = measured(size)
        print(f"{'':<42}{'cases':>9}{'p50 ms':>10}{'p95 ms':>10}{'own ms':>10}{'growth':>8}")
        for name, (p50, p95, own) in times.items():
            growth = f"{own / before[name][2]:.1f}" if name in before else ""
            print(f"{name:<42}{size:>9}{p50:>10.1f}{p95:>10.1f}{own:>10.1f}{growth:>8}", flush=True)
        before = times


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000])
