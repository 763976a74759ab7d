"""What changed in a report after it was published: the versions that replaced others, the cells mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import QuerySet

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.choices import WITHDRAWABLE, Act, CellAct
from gongkai.web.oversight.models import AnnualReport, CellDecision
from gongkai.web.oversight.services.reports.settled import as_read, cell_of, with_decisions
from gongkai.web.oversight.services.reports.tables import value_text


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A published version that took the place of an earlier published one: when, why if that was said."""

    before: AnnualReport
    after: AnnualReport
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Mended:
    """A cell that now says otherwise than when the report was published, by a person's decision."""

    name: str
    before: str
    after: str
    at: datetime


def published_versions(agency: Agency, year: int) -> QuerySet[AnnualReport]:
    """Return the version the public sees and those it has replaced, the latest first.

    A version that was withdrawn is not among them, whatever came after it: what was withdrawn, for whatever
    was wrong with it, is not to be read again in a comparison.
    """
    return (
        AnnualReport.objects.filter(
            agency=agency, year=year, status__in=WITHDRAWABLE, published_at__isnull=False
        )
        .select_related("agency")
        .order_by("-version")
    )


def corrections_of(record: AnnualReport) -> list[Correction]:
    """Return each replacement of a published version of the report by the next, the latest first."""
    versions = published_versions(record.agency, record.year).filter(version__lte=record.version)
    return [
        Correction(before=before, after=after, at=after.published_at, reason=_reason(after))
        for after, before in pairwise(versions)
    ]


def _reason(record: AnnualReport) -> str:
    """Return what was said of why this version was published; "" where nothing was."""
    event = record.events.filter(act=Act.PUBLISHED).order_by("-sequence").first()
    return str(event.details.get("reason") or "") if event else ""


def mended_since(record: AnnualReport) -> list[Mended]:
    """Return the cells on which people decided after the report was published, where that changed them."""
    rows = list(CellDecision.objects.filter(report=record).order_by("pk"))
    if record.published_at is None or all(row.at <= record.published_at for row in rows):
        return []
    read = as_read(record)
    then, now = (
        with_decisions(read, _in_force(each))
        for each in ([row for row in rows if row.at <= record.published_at], rows)
    )
    late = {row.cell: row.at for row in rows if row.at > record.published_at}
    return [
        Mended(
            name=read.form.name(cell),
            before=value_text(then.value(cell)),
            after=value_text(now.value(cell)),
            at=at,
        )
        for name, at in late.items()
        if (cell := cell_of(read.form, name)) and then.value(cell) != now.value(cell)
    ]


def _in_force(rows: list[CellDecision]) -> dict[str, CellDecision]:
    latest = {row.cell: row for row in rows}
    return {cell: row for cell, row in latest.items() if row.decision != CellAct.UNSETTLED}
