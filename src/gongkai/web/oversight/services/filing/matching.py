"""Whose report a file of a batch is: beyond doubt, and it is filed; or a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.report.numerals import BLANK, plain
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.choices import BatchState, Filed, ReportStatus
from gongkai.web.oversight.models import AnnualReport, Batch, BatchFile, Collection, Filing, StagedUpload
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing.access import check_may_collect, check_open
from gongkai.web.oversight.services.filing.handing_in import contradictions, file_report
from gongkai.web.oversight.services.reports.collecting import agency_called
from gongkai.web.oversight.services.reports.registering import (
    audit_report,
    discard_upload,
    stage_upload,
    upload_report,
)
from gongkai.web.oversight.services.reports.settled import as_read

Step = Callable[[BatchFile], None]
_DECIDED = "这个文件刚刚有人办理过，请刷新页面。"
_OWN = "这是汇总机关自己的报告，不计入汇总；认领后登记在该机关名下，用来核对"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Whose report a file seems to be, what has to be looked at first, and a reason not to take it at all."""

    agency: Agency | None
    doubts: tuple[str, ...] = ()
    refused: str = ""


def bodies_of(collection: Collection) -> list[Agency]:
    """Return the bodies a file may be claimed for: the members, and the government that sums."""
    members = [each.agency for each in collection.members.select_related("agency")]
    return [*members, collection.government] if collection.government else members


def proposals(batch: Batch) -> Iterator[tuple[BatchFile, Proposal]]:
    """Yield the files of a batch that were read and wait, each with whose report it seems to be."""
    collection = batch.collection
    known = bodies_of(collection)
    read = batch.files.filter(report=None, staged__isnull=False).exclude(state=BatchState.REFUSED)
    rows = list(read.defer("staged__reading").select_related("batch").order_by("pk"))
    called = {row.pk: agency_called(row.said.get("agency"), known) for row in rows}
    copies: Counter[tuple[str, int | None]] = Counter()
    seen = {(row.sha256, agency.pk, row.said.get("year")) for row in rows if (agency := called[row.pk])}
    rivals = Counter((agency, year) for _, agency, year in seen)
    for row in rows:
        agency = called[row.pk]
        copies[row.sha256, agency and agency.pk] += 1
        if row.state != BatchState.WAITING:
            continue
        if copies[row.sha256, agency and agency.pk] > 1:
            yield row, Proposal(agency=agency, refused="与这一批里的另一个文件完全相同，只计一次。")
            continue
        # Asked file by file: while a long batch is worked on, members file and are decided on.
        filings = _filings(collection, agency)
        if (same := filings.filter(report__source_sha256=row.sha256).first()) is not None:
            version = same.report.version
            yield (
                row,
                Proposal(agency=agency, refused=f"与已报送的第 {version} 版是同一份文件，没有重复登记。"),
            )
            continue
        doubts = [*_of_name(row, agency), *_of_year(row, collection.year)]
        if agency is not None:
            doubts += _of_others(agency, collection, rivals[agency.pk, row.said.get("year")])
            doubts += _of_earlier(row, filings.first(), _registered(collection, agency))
        yield row, Proposal(agency=agency, doubts=tuple(doubts))
    for row in batch.files.filter(state=BatchState.WAITING, report__isnull=False).select_related(
        "report__agency", "batch"
    ):
        yield row, Proposal(agency=row.report.agency)


def _filings(collection: Collection, agency: Agency | None) -> QuerySet[Filing]:
    """Return what the body filed, the latest first."""
    filings = Filing.objects.filter(member__collection=collection, member__agency=agency)
    return filings.select_related("report").defer("report__reading").order_by("-pk")


def _registered(collection: Collection, agency: Agency) -> AnnualReport | None:
    reports = AnnualReport.objects.current().filter(year=collection.year, agency=agency)
    return reports.defer("reading").first()


def _of_name(row: BatchFile, agency: Agency | None) -> Iterator[str]:
    said = row.said.get("agency")
    if not said:
        yield "没有认出报告机关"
    elif agency is None:
        yield f"应报单位里没有“{said}”"
    elif plain(agency.name) != plain(said):
        yield f"文件中写的是“{said}”，只是相近"


def _of_year(row: BatchFile, year: int) -> Iterator[str]:
    said = row.said.get("year")
    if said is None:
        yield "没有认出报告年度"
    elif said != year:
        yield f"文件中写的年度是 {said} 年，这里收的是 {year} 年的"


def _of_others(agency: Agency, collection: Collection, count: int) -> Iterator[str]:
    if collection.government_id == agency.pk:
        yield _OWN
    if count > 1:
        yield f"这一批里另有 {count - 1} 份不同的文件也是这个机关的报告，请选定一份"


def _of_earlier(row: BatchFile, filing: Filing | None, known: AnnualReport | None) -> Iterator[str]:
    if filing is not None and filing.state != Filed.RETURNED:
        yield f"已报送过（{Filed(filing.state).label}），认领后成为第 {known.version + 1 if known else 2} 版"
    elif filing is None and known is not None and known.source_sha256 != row.sha256:
        yield f"报告库里已有这一年的第 {known.version} 版，认领后成为第 {known.version + 1} 版"


def _of_end(collection: Collection) -> Iterator[str]:
    collection.refresh_from_db(fields=["closed_at"])
    if collection.closed_at is not None:
        yield "报送已经结束，没有登记；重新打开后可以认领"


def hand_in_if_sure(row: BatchFile, found: Proposal, by: User, now: datetime) -> None:
    """File a report about which there is no doubt; leave any other to a person, with the doubts.

    Raises:
        Refused, PermissionDenied: as registering and filing it.
    """
    if found.refused:
        raise Refused(found.refused)
    doubts = found.doubts or tuple(_of_end(row.batch.collection))
    if doubts or found.agency is None:
        waiting = BatchFile.objects.filter(pk=row.pk, state=BatchState.WAITING)
        waiting.update(state=BatchState.UNMATCHED, why="；".join(doubts)[:500], agency=found.agency)
        return
    hand_in(row, found.agency, by, now)


def hand_in(row: BatchFile, agency: Agency, by: User, now: datetime) -> None:
    """Register a file as the body's newest version, audit it and file it; go on where that broke off.

    Raises:
        Refused, PermissionDenied: as registering, auditing and filing it.
    """
    collection = row.batch.collection
    member = collection.members.filter(agency=agency).select_related("agency", "collection__agency").first()
    if member is None and agency.pk != collection.government_id:
        raise Refused(f"{agency.name}不在应报单位里。")
    report = _registered_for(row, agency, by, now)
    if report.status == ReportStatus.DRAFT:
        audit_report(report=report, by=by, now=now)
        report.refresh_from_db(fields=["status"])
    with transaction.atomic():
        if member is not None and not report.filings.filter(member=member).exists():
            file_report(member=member, report=report, by=by, now=now)
        why = _lacking(report) if member else "已登记在该机关名下，用来与汇总数核对"
        BatchFile.objects.filter(pk=row.pk).update(
            state=BatchState.FILED, why=why, agency=agency, report=report
        )
    row.file.delete(save=False)


def _lacking(report: AnnualReport) -> str:
    """Return a sentence about the cells that a sum will want; "" where there are none."""
    filled = as_read(report)
    blank = sum(filled.value(cell) is BLANK for cell in filled.form.cells())
    return f"有 {blank} 格空白，汇总时不能相加" if blank else ""


def _registered_for(row: BatchFile, agency: Agency, by: User, now: datetime) -> AnnualReport:
    """Return the version that the file is, registered now unless it was before."""
    collection = row.batch.collection
    with transaction.atomic():
        fresh = (
            BatchFile.objects.select_for_update(of=("self",))
            .select_related("report__agency", "staged")
            .get(pk=row.pk)
        )
        if fresh.state not in (BatchState.WAITING, BatchState.UNMATCHED):
            raise Refused(_DECIDED)
        if fresh.report is not None and fresh.report.agency_id != agency.pk:
            raise Refused(f"这个文件已经登记为{fresh.report.agency.name}的报告。")
        if fresh.report is not None:
            return fresh.report
        current = AnnualReport.objects.current().filter(agency=agency, year=collection.year).first()
        if current is not None and current.source_sha256 == fresh.sha256:
            _forget_staged(fresh)
            report = current
        else:
            staged = fresh.staged or _staged_anew(fresh, by, now)
            report = upload_report(staged=staged, agency=agency, year=collection.year, by=by, now=now)
        BatchFile.objects.filter(pk=row.pk).update(report=report, staged=None)
        return report


def _forget_staged(row: BatchFile) -> None:
    if row.staged is not None:
        discard_upload(staged=row.staged)


def _staged_anew(row: BatchFile, by: User, now: datetime) -> StagedUpload:
    """Read a file again whose reading was dropped after its time."""
    with row.file.open("rb") as file:
        return stage_upload(data=file.read(), name=row.name, by=by, now=now)


def claim(*, row: BatchFile, agency: Agency, by: User, now: datetime, despite: bool = False) -> None:
    """Say whose report a file is: it is registered, audited and filed.

    Args:
        despite: although the file names another body or year.
    Raises:
        PermissionDenied: `by` does not run the collection.
        NeedsConfirmation: the file names another body or year and `despite` is not said.
        Refused: decided meanwhile, not among the bodies that are to report, or as filing it.
    """
    collection = row.batch.collection
    check_may_collect(by, collection)
    check_open(collection)
    row.refresh_from_db(fields=["state"])
    if row.state != BatchState.UNMATCHED:
        raise Refused(_DECIDED)
    if agency not in bodies_of(collection):
        raise Refused(f"{agency.name}不在应报单位里。")
    contradicted = list(contradictions(row.said, agency, collection.year))
    if contradicted and not despite:
        raise NeedsConfirmation(
            f"{'；'.join(contradicted)}。确认仍按所选的机关和 {collection.year} 年度报送吗？"
        )
    hand_in(row, agency, by, now)


@transaction.atomic
def drop(*, row: BatchFile, by: User, now: datetime) -> None:  # noqa: ARG001  every act says when
    """Take a file that nobody claimed out of the batch; its name and why stay.

    Raises:
        PermissionDenied: `by` does not run the collection.
        Refused: decided meanwhile.
    """
    check_may_collect(by, row.batch.collection)
    fresh = BatchFile.objects.select_for_update(of=("self",)).select_related("staged").get(pk=row.pk)
    if fresh.state != BatchState.UNMATCHED:
        raise Refused(_DECIDED)
    _forget_staged(fresh)
    stored = fresh.file
    name = by.get_full_name() or by.get_username()
    BatchFile.objects.filter(pk=row.pk).update(
        state=BatchState.REFUSED, why=f"{name}放弃：{fresh.why}"[:500], staged=None, file=""
    )
    transaction.on_commit(lambda: stored.delete(save=False) if stored else None)
