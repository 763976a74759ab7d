"""A member's report handed in: the version that stands in the library, or a file of the member's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.oversight.choices import Act, Filed, ReportStatus
from gongkai.web.oversight.models import AnnualReport, Filing, Member
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused, check_current, locked
from gongkai.web.oversight.services.filing.access import (
    check_may_file,
    check_open,
    locked_collection,
    may_collect,
)
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.collecting import agency_called
from gongkai.web.oversight.services.reports.registering import audit_report, stage_upload, upload_report

_AGAIN = {
    Filed.FILED: "这一版已经报送，正在等主管部门审核，无需重复报送。",
    Filed.RETURNED: "这一版已被退回。请修改后登记新的一版，再报送。",
    Filed.ACCEPTED: "这一版主管部门已经接收，无需重复报送。",
}


def version_to_file(member: Member) -> AnnualReport | None:
    """Return the latest version of the member's report of the year, which it would file; None without."""
    current = AnnualReport.objects.current().filter(agency=member.agency, year=member.collection.year)
    return current.defer("reading").first()


@transaction.atomic
def file_report(*, member: Member, report: AnnualReport, by: User, now: datetime) -> Filing:
    """File the latest version of the member's report; its superior is told, unless they file it themselves.

    Raises:
        PermissionDenied: `by` does not file for the member.
        Refused: closed, another body's or year's report, not the latest version, not audited, withdrawn, or
            filed before.
    """
    check_may_file(by, member)
    collection = locked_collection(member.collection)
    check_open(collection)
    member = Member.objects.select_related("agency", "latest").get(pk=member.pk)
    report = locked(report)
    _check_fit(member, collection.year, report)
    earlier = Filing.objects.filter(member=member, report=report).first()
    if earlier is not None:
        raise Refused(_AGAIN[Filed(earlier.state)])
    filing = Filing.objects.create(member=member, report=report, filed_by=by, filed_at=now)
    member.latest = filing
    member.save(update_fields=["latest"])
    append_event(act=Act.FILED, by=by, at=now, collection=collection, report=report, version=report.version)
    if not may_collect(by, collection):
        notify(
            to=holders(collection.agency, Role.SUPERVISOR),
            kind=NotificationKind.ARRIVED,
            key=f"filing-{filing.pk}",
            title=f"{member.agency.name}报送了 {collection.year} 年度报告",
            path=reverse("annual_reports:member", args=[member.pk]),
            about=collection,
        )
    return filing


def _check_fit(member: Member, year: int, report: AnnualReport) -> None:
    if report.agency_id != member.agency_id or report.year != year:
        raise Refused(f"这不是{member.agency.name} {year} 年度的报告。")
    check_current(report)
    if report.status == ReportStatus.DRAFT:
        raise Refused("报告还没有核查，不能报送；请先核查。")
    if report.status == ReportStatus.WITHDRAWN:
        raise Refused("报告已经撤回，不能报送；请登记修改后的一版。")


def file_upload(
    *, member: Member, data: bytes, name: str, by: User, now: datetime, despite: bool = False
) -> Filing:
    """Register a file as the member's newest version, audit it and file it.

    Args:
        despite: file it although it names another body or year.
    Raises:
        PermissionDenied: `by` does not file for the member.
        NeedsConfirmation: the file names another body or year.
        Refused: as `stage_upload`, `upload_report` and `file_report`.
    """
    check_may_file(by, member)
    check_open(member.collection)
    staged = stage_upload(data=data, name=name, by=by, now=now)
    try:
        said = list(contradictions(staged.reading, member.agency, member.collection.year))
        if said and not despite:
            raise NeedsConfirmation(f"{'；'.join(said)}。确认就是这份吗？")
        report = upload_report(
            staged=staged, agency=member.agency, year=member.collection.year, by=by, now=now, check=_allowed
        )
    except Refused:
        staged.source_file.delete(save=False)
        staged.delete()
        raise
    audit_report(report=report, by=by, now=now, check=_allowed)
    return file_report(member=member, report=report, by=by, now=now)


def _allowed(_: User, __: Agency) -> None:
    """Whether the person may file for the member was asked before."""


def contradictions(said: Mapping[str, Any], agency: Agency, year: int) -> Iterator[str]:
    """Yield in words how a file contradicts what it is handed in as; it says its own `agency` and `year`."""
    if said.get("year") and said["year"] != year:
        yield f"文件中写的年度是 {said['year']} 年，这里收的是 {year} 年的"
    if said.get("agency") and agency_called(said["agency"], [agency]) is None:
        yield f"文件中写的机关是“{said['agency']}”，不是“{agency.name}”"
