"""The acts on annual reports: the only way in. Each writes its rows and its event in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.report import codec
from gongkai.report.reading import Reading, ReadingError
from gongkai.report.reading.formats.sniff import SUFFIXES
from gongkai.report.reading.guarded import read_guarded
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import check_may_oversee
from gongkai.web.oversight.choices import (
    OPEN_TO_REVIEW,
    Act,
    Decision,
    ReportStatus,
    Standing,
)
from gongkai.web.oversight.models import AnnualReport, AuditRun, FindingReview, StagedUpload
from gongkai.web.oversight.services.acting import (
    Refused,
    check_current,
    locked,
    plain_reason,
    refresh,
)
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.auditing import (
    TooLong,
    audit_of,
    illegible_cells,
    last_years,
    latest_reviews,
    latest_run,
    reader_version,
    rules_version,
    standing,
)
from gongkai.web.oversight.services.reports.settled import as_read, state_of

MAX_BYTES = 20 * 1024 * 1024
STAGED_FOR = timedelta(days=7)
# Everything the reader knows but its own export, which would be taken at its word.
EXTENSIONS = tuple(sorted(SUFFIXES - {".json"}))
FIRST_YEAR = 2019
_AUDIT_TRIES = 3
Check = Callable[[User, Agency], None]


def read_upload(*, data: bytes, name: str) -> Reading:
    """Read a stranger's file, in a child process with limits.

    Raises:
        Refused: the file is empty or too large, cannot be opened, or is no report.
    """
    if not data:
        raise Refused("文件是空的，请检查后重新选择。")
    if len(data) > MAX_BYTES:
        raise Refused(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩图片或另存后重新上传。")
    try:
        return read_guarded(data, name)
    except ReadingError as error:
        raise Refused(str(error)) from error


def stage_upload(*, data: bytes, name: str, by: User, now: datetime) -> StagedUpload:
    """Read a file and keep it until the supervisor says whose report it is.

    Raises:
        Refused: as `read_upload`; nothing is kept.
    """
    reading = read_upload(data=data, name=name)
    _drop_stale_uploads(now)
    digest = hashlib.sha256(data).hexdigest()
    staged = StagedUpload(
        source_name=bare_name(name),
        source_sha256=digest,
        source_size=len(data),
        reading=codec.dump(reading.report, reading.notes, provenance=True),
        uploaded_by=by,
        uploaded_at=now,
    )
    # The stored name holds nothing of the stranger's own but a checked extension.
    staged.source_file.save(f"annual-reports/{digest}{extension_of(name)}", ContentFile(data), save=False)
    try:
        staged.save()
    except BaseException:
        staged.source_file.delete(save=False)
        raise
    return staged


def bare_name(name: str) -> str:
    bare = PurePath(name.replace("\\", "/")).name or "未命名"
    return "".join(c for c in bare if c.isprintable())[-200:]


def extension_of(name: str) -> str:
    """The name's extension if it is a report's; never one that the reader of a download might run."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in EXTENSIONS else ""


def _drop_stale_uploads(now: datetime) -> None:
    for stale in StagedUpload.objects.filter(uploaded_at__lt=now - STAGED_FOR):
        discard_upload(staged=stale)


def _waiting(staged: StagedUpload) -> StagedUpload | None:
    """Lock the file's row; None once another window registered or dropped it."""
    return StagedUpload.objects.select_for_update().filter(pk=staged.pk).first()


def discard_upload(*, staged: StagedUpload) -> None:
    """Forget a file that was not registered; one registered meanwhile is a report's original and stays."""
    with transaction.atomic():
        waiting = _waiting(staged)
        if waiting is None:
            return
        stored = waiting.source_file
        waiting.delete()
    stored.delete(save=False)


@transaction.atomic
def upload_report(
    *,
    staged: StagedUpload,
    agency: Agency,
    year: int,
    by: User,
    now: datetime,
    check: Check = check_may_oversee,
    reader: str = "",
) -> AnnualReport:
    """Register a staged file as a new version of the body's report for the year.

    Args:
        reader: what it was read with, or made with; "" is the reader now at work.
    Raises:
        PermissionDenied: `by` may not, as `check` says.
        Refused: the year cannot have a report yet, the same file is already the latest version, or the
            staged file was registered or dropped meanwhile.
    """
    check(by, agency)
    if _waiting(staged) is None:
        raise Refused("这份文件已经登记或者放弃，请回到列表查看。")
    if not (this_year := timezone.localtime(now).year) >= year >= FIRST_YEAR:
        raise Refused(f"报告年度应在 {FIRST_YEAR} 年至 {this_year} 年之间。")
    # Two first versions at once would find no row to wait for, so they wait for the body's.
    Agency.objects.select_for_update().get(pk=agency.pk)
    versions = AnnualReport.objects.filter(agency=agency, year=year)
    latest = versions.filter(is_current=True).first()
    if latest and latest.source_sha256 == staged.source_sha256:
        raise Refused(f"这份文件已登记为 {agency.name} {year} 年报告的最新版本，无需重复登记。")
    number = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    versions.update(is_current=False)
    report = AnnualReport.objects.create(
        agency=agency,
        year=year,
        version=number,
        edition=staged.reading["edition"],
        title=(staged.reading["title"] or "")[:255],
        source_file=staged.source_file.name,
        source_name=staged.source_name,
        source_sha256=staged.source_sha256,
        source_size=staged.source_size,
        reading=staged.reading,
        reader=reader or reader_version(),
        cells_illegible=illegible_cells(as_read(staged)),
        uploaded_by=by,
        uploaded_at=now,
    )
    append_event(
        report=report,
        act=Act.UPLOADED,
        by=by,
        at=now,
        version=number,
        file=staged.source_name,
        sha256=staged.source_sha256,
        recognised={"agency": staged.reading["agency"], "year": staged.reading["year"]},
    )
    staged.delete()
    return report


def audit_report(
    *, report: AnnualReport, by: User, now: datetime, check: Check = check_may_oversee
) -> AuditRun:
    """Run every rule over the report, with last year's report of the same body where we have it.

    The rules run before the transaction begins: they may take long, and nobody is to wait for them.

    Raises:
        PermissionDenied: `by` may not, as `check` says.
        Refused: a newer version has taken this one's place, or the rules came to no end.
    """
    check(by, report.agency)
    for _ in range(_AUDIT_TRIES):
        report = AnnualReport.objects.select_related("agency").get(pk=report.pk)
        state, last = state_of(report), last_years(report)
        try:
            result = audit_of(report, last)
        except TooLong as error:
            raise Refused("核查超过时限，已停止。报告的正文可能异常冗长，请核对原件后重新报送。") from error
        if run := _record_audit(report, state, last, result, by, now):
            return run
    raise Refused("核查期间报告一直有人在确认单元格，请稍后再核查。")


@transaction.atomic
def _record_audit(
    report: AnnualReport,
    state: tuple[int, int],
    last: AnnualReport | None,
    result: dict[str, list[Any]],
    by: User,
    now: datetime,
) -> AuditRun | None:
    """Keep the audit; None where the report's cells have changed since it was made."""
    report = locked(report)
    check_current(report)
    if state_of(report) != state:
        return None
    run = AuditRun.objects.create(
        report=report, last_report=last, by=by, at=now, rules_version=rules_version(), **result
    )
    if report.status == ReportStatus.DRAFT:
        report.status = ReportStatus.AUDITED
    refresh(report)
    append_event(
        report=report,
        act=Act.AUDITED,
        by=by,
        at=now,
        rules=run.rules_version,
        findings=len(run.findings),
        last_report=last.pk if last else None,
    )
    return run


@transaction.atomic
def _decide(
    report: AnnualReport, key: str, decision: Decision, reason: str, by: User, now: datetime
) -> FindingReview:
    check_may_oversee(by, report.agency)
    report = locked(report)
    check_current(report)
    if report.status not in OPEN_TO_REVIEW:
        raise Refused("报告尚未核查，没有可处理的问题。")
    run = latest_run(report)
    finding = next((f for f in run.findings if f["key"] == key), None) if run else None
    if finding is None:
        raise Refused("最近一次核查中没有这个问题，请刷新页面。")
    before = standing(latest_reviews(report).get(key))
    _check_order(decision, before)
    review = FindingReview(report=report, finding_key=key, decision=decision, reason=reason, by=by, at=now)
    review.save()
    refresh(report)
    append_event(
        report=report,
        act=Act(decision.value),
        by=by,
        at=now,
        key=key,
        code=finding["code"],
        reason=reason,
        before=str(before),
    )
    return review


def _check_order(decision: Decision, before: Standing) -> None:
    """Refuse a decision sent twice, or one over a colleague's that the person has not seen."""
    if decision == Decision.REOPENED and before == Standing.OPEN:
        raise Refused("这个问题尚未处理，无需撤销。")
    if decision != Decision.REOPENED and before != Standing.OPEN:
        raise Refused(f"这个问题已有处理（{before.label}）；要改变，请先撤销处理。")


def confirm_finding(
    *, report: AnnualReport, key: str, by: User, now: datetime, reason: str = ""
) -> FindingReview:
    """Say that a finding is right.

    Raises:
        PermissionDenied: `by` does not oversee the body.
        Refused: the finding is not in the latest audit, or the version is not the latest.
    """
    return _decide(report, key, Decision.CONFIRMED, plain_reason(reason), by, now)


def dismiss_finding(*, report: AnnualReport, key: str, reason: str, by: User, now: datetime) -> FindingReview:
    """Say that a finding does not hold, and why; the decision outlives the next audit and the next upload.

    Raises:
        PermissionDenied, Refused: as `confirm_finding`; also when no reason is given.
    """
    reason = plain_reason(reason)
    if not reason:
        raise Refused("请写明排除的理由。")
    return _decide(report, key, Decision.DISMISSED, reason, by, now)


def undo_review(*, report: AnnualReport, key: str, by: User, now: datetime) -> FindingReview:
    """Take back the decision on a finding; the decision itself stays in the history.

    Raises:
        PermissionDenied, Refused: as `confirm_finding`; also when there is no decision to take back.
    """
    return _decide(report, key, Decision.REOPENED, "", by, now)
