"""The reports of a year by body: which are begun, where they stand, what is still wanting, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.models import AnnualReport, Draft
from gongkai.web.oversight.services.drafting.deadlines import Deadline, deadline
from gongkai.web.oversight.services.drafting.scope import may_write, scopes_of
from gongkai.web.oversight.services.drafting.writing import FIRST_YEAR

SOON = 14


@dataclass(frozen=True, kw_only=True)
class Line:
    """A body's report of a year: its draft if one is begun, what is public, and by when it must be."""

    agency: Agency
    draft: Draft | None
    published: AnnualReport | None
    due: Deadline
    scopes: list[tuple[str, str]]
    pressing: str

    @property
    def gaps(self) -> int:
        """How many facts were wanting at the latest save."""
        return len(self.draft.audit.get("gaps", ())) if self.draft else 0


def years(today: date) -> list[int]:
    """Return the years a report can be drafted for, the newest first."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def lines(user: User, year: int, today: date) -> list[Line]:
    """Return every body in use that a person may act for, with its report of the year."""
    bodies = list(agencies_of(user).filter(is_active=True).select_related("competent_authority"))
    drafts = Draft.objects.filter(agency__in=bodies, year=year).select_related("submitted_by", "report")
    begun = {draft.agency_id: draft for draft in drafts.defer("frozen")}
    public = AnnualReport.objects.published().filter(agency__in=bodies, year=year).defer("reading")
    published = {report.agency_id: report for report in public}
    return [
        _line(user, agency, year, begun.get(agency.pk), published.get(agency.pk), today) for agency in bodies
    ]


def _line(
    user: User, agency: Agency, year: int, draft: Draft | None, published: AnnualReport | None, today: date
) -> Line:
    due = deadline(agency, year)
    may_begin = draft is None and may_write(user, agency)
    return Line(
        agency=agency,
        draft=draft,
        published=published,
        due=due,
        scopes=[(scope.value, scope.label) for scope in scopes_of(agency)] if may_begin else [],
        pressing="" if published else _pressing(due, today),
    )


def _pressing(due: Deadline, today: date) -> str:
    if today > due.on:
        return "late"
    return "soon" if (due.on - today).days <= SOON else ""
