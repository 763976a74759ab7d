"""Showing a report to the public in place of the version before, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import check_may_oversee
from gongkai.web.oversight.choices import PUBLISHABLE, WITHDRAWABLE, Act, ReportStatus
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.acting import (
    NeedsConfirmation,
    Refused,
    check_current,
    locked,
    plain_reason,
)
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.registering import Check


@transaction.atomic
def publish_report(
    *,
    report: AnnualReport,
    by: User,
    now: datetime,
    despite_errors: bool = False,
    despite_illegible: bool = False,
    check: Check = check_may_oversee,
    reason: str = "",
) -> AnnualReport:
    """Show the report to the public in place of the version shown so far; why, `reason` tells the public.

    Raises:
        PermissionDenied: `by` may not, as `check` says; the body's supervisor may.
        NeedsConfirmation: errors are open, or cells that nobody could read, and that is not said to be meant.
        Refused: not audited, already public, or not the latest version.
    """
    check(by, report.agency)
    report = locked(report)
    check_current(report)
    if report.status == ReportStatus.PUBLISHED:
        raise Refused("这份报告已经公开，无需再次公开。")
    if report.status not in PUBLISHABLE:
        raise Refused("报告还没有核查，不能公开；请先核查。")
    if report.errors_open and not despite_errors:
        raise NeedsConfirmation(f"还有 {report.errors_open} 个错误没有处理，确认仍要公开吗？")
    if report.cells_illegible and not despite_illegible:
        raise NeedsConfirmation(
            f"还有 {report.cells_illegible} 格没有确认，公开后注明“未能识读”，确认仍要公开吗？"
        )
    shown = AnnualReport.objects.published().filter(agency=report.agency, year=report.year).first()
    if shown:
        shown.status = ReportStatus.SUPERSEDED
        shown.save()
    report.status = ReportStatus.PUBLISHED
    report.published_by, report.published_at = by, now
    report.withdrawn_by, report.withdrawn_at, report.withdrawn_reason = None, None, ""
    report.save()
    append_event(
        report=report,
        act=Act.PUBLISHED,
        by=by,
        at=now,
        errors_open=report.errors_open,
        cells_illegible=report.cells_illegible,
        supersedes=shown.version if shown else None,
        **({"reason": why} if (why := plain_reason(reason)) else {}),
    )
    return report


@transaction.atomic
def withdraw_report(*, report: AnnualReport, reason: str, by: User, now: datetime) -> AnnualReport:
    """Take a published report off the public site; one that a later version replaced, out of its corrections.

    Raises:
        PermissionDenied: `by` does not oversee the body.
        Refused: it is not public, or no reason is given.
    """
    check_may_oversee(by, report.agency)
    report = locked(report)
    if report.status not in WITHDRAWABLE:
        raise Refused("报告没有公开，不能撤回。")
    reason = plain_reason(reason)
    if not reason:
        raise Refused("请写明撤回的原因。")
    report.status = ReportStatus.WITHDRAWN
    report.withdrawn_by, report.withdrawn_at, report.withdrawn_reason = by, now, reason
    report.save()
    append_event(report=report, act=Act.WITHDRAWN, by=by, at=now, reason=reason)
    return report
