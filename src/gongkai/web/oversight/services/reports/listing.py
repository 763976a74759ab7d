"""Which reports a person may see, and lists of them in a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.models import AnnualReport, BatchFile, StagedUpload
from gongkai.web.publishing.feeds import Entry

_NARROW = {
    "open": {"findings_open__gt": 0},
    "errors": {"errors_open__gt": 0},
    "none": {"findings_open": 0},
    "illegible": {"cells_illegible__gt": 0},
}


def visible_reports(by: User) -> QuerySet[AnnualReport]:
    """Return every version of every report the person may see in the back office."""
    return AnnualReport.objects.filter(agency__in=agencies_of(by)).select_related("agency")


def staged_by(by: User) -> QuerySet[StagedUpload]:
    """Return the files the person has sent and not yet registered, without those of a batch."""
    of_batch = BatchFile.objects.filter(staged=OuterRef("pk"))
    return StagedUpload.objects.filter(~Exists(of_batch), uploaded_by=by)


def listed_reports(by: User, chosen: dict[str, Any]) -> QuerySet[AnnualReport]:
    """Return the latest versions that fit the filter; `public_version` is the version the public sees."""
    public = AnnualReport.objects.published().filter(agency=OuterRef("agency"), year=OuterRef("year"))
    reports = visible_reports(by).current().defer("reading").order_by("-year", "agency__position", "pk")
    reports = reports.annotate(public_version=Subquery(public.values("version")[:1]))
    for name in ("year", "agency", "status"):
        if chosen.get(name):
            reports = reports.filter(**{name: chosen[name]})
    return reports.filter(**_NARROW.get(chosen.get("findings", ""), {}))


def bodies_without_report(by: User, year: int) -> QuerySet[Agency]:
    """Return the active bodies in the person's care that have no report registered for the year."""
    reported = AnnualReport.objects.current().filter(year=year).values("agency")
    return agencies_of(by).filter(is_active=True).exclude(pk__in=reported)


def public_reports() -> QuerySet[AnnualReport]:
    """Return the published reports of active bodies' pages, without what only their own page needs."""
    return AnnualReport.objects.published().select_related("agency").defer("reading")


def published_years(agency: Agency) -> list[int]:
    """Return the years for which the body's report is public, oldest first."""
    return list(
        AnnualReport.objects.published().filter(agency=agency).order_by("year").values_list("year", flat=True)
    )


def published_entries(agency: Agency | None, limit: int | None) -> list[Entry]:
    """Return the newest published reports as lines for the portal's columns (a `publishing.feeds.Feed`)."""
    reports = public_reports().order_by("-year", "-published_at")
    if agency is not None:
        reports = reports.filter(agency=agency)
    return [
        Entry(
            title=str(report),
            url=reverse("oversight:report", args=[report.agency.slug, report.year]),
            agency_name=report.agency.name,
            published_on=timezone.localdate(report.published_at),
            year=report.year,
        )
        for report in reports[:limit]
    ]
