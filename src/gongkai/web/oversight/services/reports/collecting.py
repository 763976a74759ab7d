"""Many reports at once: files and archives read and staged, and those beyond doubt registered together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.core.files import File
from django.utils import timezone

from gongkai.report.numerals import plain
from gongkai.report.reading.containers import Refused as NotUnpacked
from gongkai.report.reading.containers import is_container, joined
from gongkai.report.reading.formats.sniff import MAX_BYTES as MAX_ARCHIVE_BYTES
from gongkai.report.reading.guarded import unpack_guarded
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.oversight.models import AnnualReport, StagedUpload
from gongkai.web.oversight.services.reports.auditing import illegible_cells
from gongkai.web.oversight.services.reports.listing import staged_by
from gongkai.web.oversight.services.reports.registering import (
    FIRST_YEAR,
    Refused,
    audit_report,
    stage_upload,
    upload_report,
)
from gongkai.web.oversight.services.reports.settled import as_read

# How long one request may read or register before what is left has to wait for the next.
PATIENCE = 120.0
_NO_TIME = "文件太多，这一次没有来得及读取，请把它单独上传。"
PAGES = (".mht", ".mhtml")


@dataclass(frozen=True, kw_only=True)
class Unstaged:
    """A file that was sent and not kept, and why."""

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What became of the files that were sent."""

    staged: list[StagedUpload]
    unstaged: list[Unstaged]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A staged file: whose it seems to be, and what has to be looked at first (nothing if it is sure)."""

    staged: StagedUpload
    agency: Agency | None
    doubts: tuple[str, ...]
    illegible: int

    @property
    def is_sure(self) -> bool:
        """Whether it can be registered without being looked at."""
        return not self.doubts


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What became of the files to register; those left for want of time are not among either."""

    reports: list[AnnualReport]
    refused: list[Unstaged]
    left: int


def stage_files(*, files: Iterable[File], by: User, now: datetime) -> Collected:
    """Read every file, and every file in an archive or a mail, and keep those that are reports."""
    ends = monotonic() + PATIENCE
    collected = Collected(staged=[], unstaged=[])
    for name, data in opened(files):
        if isinstance(data, str):
            collected.unstaged.append(Unstaged(name=name, why=data))
        elif monotonic() > ends:
            collected.unstaged.append(Unstaged(name=name, why=_NO_TIME))
        else:
            try:
                collected.staged.append(stage_upload(data=data, name=name, by=by, now=now))
            except Refused as refusal:
                collected.unstaged.append(Unstaged(name=name, why=str(refusal)))
    return collected


def opened(files: Iterable[File]) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name and bytes of each file, also of those within; a sentence where it cannot be had."""
    for file in files:
        name = file.name or "未命名"
        if file.size > MAX_ARCHIVE_BYTES:
            yield name, f"文件超过 {MAX_ARCHIVE_BYTES // 2**20} MB，请分成几次上传。"
            continue
        data = file.read()
        # A page saved as one file is the report's original as it is.
        if name.lower().endswith(PAGES) or not is_container(data, name):
            yield name, data
            continue
        found = False
        for each in unpack_guarded(data, name):
            found = True
            inside = joined(name, each.name or ("" if isinstance(each, NotUnpacked) else "正文.html"))
            yield inside, each.why if isinstance(each, NotUnpacked) else each.data
        if not found:
            yield name, "里面没有可以读取的文件。"


def recognised_agency(*, staged: StagedUpload, by: User) -> Agency | None:
    """Return the body the file names, if the person may oversee exactly one body of that name."""
    return agency_called(staged.reading["agency"], list(agencies_of(by)))


def agency_called(said: str | None, known: Sequence[Agency]) -> Agency | None:
    """Return the only body of the name, or else the only one whose name ends with it or ends it."""
    name = plain(said or "")
    if not name:
        return None
    return _only([a for a in known if plain(a.name) == name]) or _only(
        [a for a in known if plain(a.name).endswith(name) or name.endswith(plain(a.name))]
    )


def _only(agencies: list[Agency]) -> Agency | None:
    return agencies[0] if len(agencies) == 1 else None


def waiting_files(*, by: User, now: datetime) -> list[Waiting]:
    """Return the files the person sent and has not registered, the newest last."""
    staged = list(staged_by(by).order_by("pk"))
    known = list(agencies_of(by))
    agencies = [agency_called(each.reading["agency"], known) for each in staged]
    places = Counter(
        (agency.pk, each.reading["year"]) for each, agency in zip(staged, agencies, strict=True) if agency
    )
    registered = {
        (report.agency_id, report.year): report
        for report in AnnualReport.objects.current().filter(agency__in=known).defer("reading")
    }
    return [
        Waiting(
            staged=each,
            agency=agency,
            doubts=tuple(_doubts(each, agency, places, registered, timezone.localtime(now).year)),
            illegible=illegible_cells(as_read(each)),
        )
        for each, agency in zip(staged, agencies, strict=True)
    ]


def _doubts(
    staged: StagedUpload,
    agency: Agency | None,
    places: Counter[tuple[int, int | None]],
    registered: dict[tuple[int, int], AnnualReport],
    this_year: int,
) -> Iterator[str]:
    said, year = staged.reading["agency"], staged.reading["year"]
    if not said:
        yield "没有认出报告机关"
    elif agency is None:
        yield f"您主管的机关里没有“{said}”"
    elif plain(agency.name) != plain(said):
        yield f"文件中写的是“{said}”，只是相近"
    if year is None:
        yield "没有认出报告年度"
    elif not FIRST_YEAR <= year <= this_year:
        yield f"文件中写的年度是 {year} 年"
    if agency is None or year is None:
        return
    if (others := places[agency.pk, year] - 1) > 0:
        yield f"另有 {others} 份文件也是这个机关这一年的报告"
    if latest := registered.get((agency.pk, year)):
        same = latest.source_sha256 == staged.source_sha256
        yield "与已登记的最新版本是同一份文件" if same else f"已登记过，登记后成为第 {latest.version + 1} 版"


def register_sure(*, chosen: Collection[int], by: User, now: datetime) -> Registered:
    """Register and audit those of the chosen files about which there is no doubt.

    Raises:
        PermissionDenied: `by` does not oversee one of the bodies.
    """
    ends = monotonic() + PATIENCE
    done = Registered(reports=[], refused=[], left=0)
    sure = [each for each in waiting_files(by=by, now=now) if each.is_sure and each.staged.pk in chosen]
    for turn, each in enumerate(sure):
        if monotonic() > ends:
            return Registered(reports=done.reports, refused=done.refused, left=len(sure) - turn)
        try:
            report = upload_report(
                staged=each.staged, agency=each.agency, year=each.staged.reading["year"], by=by, now=now
            )
            done.reports.append(report)
            audit_report(report=report, by=by, now=now)
        except Refused as refusal:
            done.refused.append(Unstaged(name=each.staged.source_name, why=str(refusal)))
    return done
