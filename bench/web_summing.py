"""A collection of any size in a database of its own, for `bench.summing --web`, which names the settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402  after the settings
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from gongkai.report import codec  # noqa: E402
from gongkai.report.summing import Member as Offered  # noqa: E402
from gongkai.web.agencies.choices import Kind  # noqa: E402
from gongkai.web.agencies.models import Agency, User  # noqa: E402
from gongkai.web.agencies.roles import Role  # noqa: E402
from gongkai.web.oversight.choices import Filed, ReportStatus  # noqa: E402
from gongkai.web.oversight.models import AnnualReport, Collection, Filing, Member  # noqa: E402
from gongkai.web.oversight.services.filing.summing import Sum  # noqa: E402
from gongkai.web.oversight.services.filing.summing import sum_of as sum_live  # noqa: E402

NOW = datetime(2025, 1, 20, tzinfo=UTC)


def prepare() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)


def collect(offered: Iterable[Offered], year: int) -> Collection:
    """Save the reports as accepted filings of a new collection."""
    number = Agency.objects.count()
    government = _agency(f"县{number}人民政府", Kind.GOVERNMENT)
    office = _agency(f"县{number}人民政府办公室", Kind.OFFICE, parent=government)
    user = User.objects.create_user(f"supervisor{number}", agency=office)
    user.groups.add(Group.objects.get(name=Role.SUPERVISOR.value))
    collection = Collection.objects.create(
        agency=office, government=government, year=year, due_on=date(year + 1, 1, 31), opened_by=user,
        opened_at=NOW,
    )  # fmt: skip
    reports = [each.report for each in offered]
    under = {"kind": Kind.DEPARTMENT, "region_code": "990101", "parent": government}
    agencies = Agency.objects.bulk_create(
        Agency(name=f"{each.agency}（{number}）", short_name=each.agency[:60], slug=f"member-{number}-{at}",
               competent_authority=office, **under)
        for at, each in enumerate(reports)
    )  # fmt: skip
    members = Member.objects.bulk_create(Member(collection=collection, agency=each) for each in agencies)
    kept = {
        "status": ReportStatus.AUDITED, "source_file": "none", "source_name": "none", "source_size": 1,
        "source_sha256": "0" * 64, "uploaded_by": user, "uploaded_at": NOW, "year": year,
    }  # fmt: skip
    records = AnnualReport.objects.bulk_create(
        AnnualReport(agency=agency, edition=each.edition, reading=codec.dump(each, provenance=True), **kept)
        for agency, each in zip(agencies, reports, strict=True)
    )
    decided = {
        "state": Filed.ACCEPTED,
        "filed_by": user,
        "filed_at": NOW,
        "decided_by": user,
        "decided_at": NOW,
    }
    filings = Filing.objects.bulk_create(
        Filing(member=member, report=record, **decided)
        for member, record in zip(members, records, strict=True)
    )
    for member, filing in zip(members, filings, strict=True):
        member.latest = filing
    Member.objects.bulk_update(members, ["latest"], batch_size=400)
    return collection


def _agency(name: str, kind: Kind, **more: Agency) -> Agency:
    slug = f"body-{Agency.objects.count()}"
    return Agency.objects.create(
        name=name, short_name=name[:60], slug=slug, kind=kind, region_code="990101", **more
    )


def sum_of(collection: Collection) -> Sum:
    """Return the sum, from the records as they are now."""
    return sum_live(Collection.objects.get(pk=collection.pk))


def page(collection: Collection) -> None:
    """Show the page of the sum."""
    _shown(collection, reverse("annual_reports:sum", args=[collection.pk]))


def cell(collection: Collection) -> None:
    """Show a cell's addends."""
    _shown(collection, reverse("annual_reports:sum_cell", args=[collection.pk, "t3.new.total"]))


def board(collection: Collection) -> None:
    """Show every member's standing."""
    _shown(collection, reverse("annual_reports:collection", args=[collection.pk]))


def _shown(collection: Collection, address: str) -> None:
    client = Client()
    client.force_login(collection.opened_by)
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
