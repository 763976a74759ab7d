"""Files by the dozen: kept at once, read and filed by a job, one bad file never in the way of the rest.

A file waits; it is read and staged; it is registered, audited and filed, or left to a person to decide, or
refused. Each step is written down when it is done, so a job that is begun again goes on where the last one
stopped.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from gongkai.report.reading.containers import is_container
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.services import jobs
from gongkai.web.agencies.services.notifying import notify
from gongkai.web.oversight.choices import BatchState
from gongkai.web.oversight.models import Batch, BatchFile, Collection, StagedUpload
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.filing import matching
from gongkai.web.oversight.services.filing.access import (
    check_may_collect,
    check_open,
    locked_collection,
)
from gongkai.web.oversight.services.reports.collecting import MAX_ARCHIVE_BYTES, PAGES, opened
from gongkai.web.oversight.services.reports.registering import (
    MAX_BYTES,
    bare_name,
    discard_upload,
    extension_of,
    stage_upload,
)

logger = logging.getLogger(__name__)

MOST_FILES = 300
MOST_UNPACKED = 10 * MOST_FILES
# Of one request: what the site takes in at once. Archives may hold more.
MOST_TOTAL_MB = 30
MOST_TRIES = 2
BROKE = "处理这个文件时发生内部错误，已经记录。请单独上传，仍不行的请联系系统管理员。"
_DIED = f"读取这个文件时程序中断了 {MOST_TRIES} 次，已停止。请另存为 .docx 或纯文本再上传。"
_LOST = "保存的原件不见了，请重新上传。"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a batch is: files in all, read so far, decided so far, and what became of them."""

    total: int
    read: int
    waiting: int
    filed: int
    unmatched: int
    refused: int
    is_done: bool

    @property
    def percent(self) -> int:
        """How much of the work is done: reading a file and filing it are one half each."""
        if self.is_done or not self.total:
            return 100
        done = self.total - self.waiting
        return min(99, 100 * (self.read + 2 * done) // (2 * self.total))

    @property
    def said(self) -> str:
        """The same in words."""
        said = f"共 {self.total} 个文件，已处理 {self.total - self.waiting} 个"
        return f"{said}，已识读、待报送 {self.read} 个" if self.read else said


def progress_of(batch: Batch) -> Progress:
    """Return how far a batch is."""
    states = {f"n_{state}": Count("pk", filter=Q(state=state)) for state in BatchState.values}
    is_read = Q(state=BatchState.WAITING) & (Q(staged__isnull=False) | Q(report__isnull=False))
    found = batch.files.aggregate(total=Count("pk"), read=Count("pk", filter=is_read), **states)
    return Progress(
        total=found["total"],
        read=found["read"],
        waiting=found["n_waiting"],
        filed=found["n_filed"],
        unmatched=found["n_unmatched"],
        refused=found["n_refused"],
        is_done=batch.finished_at is not None,
    )


def limits_said() -> str:
    """Return what may be sent at once, in words."""
    return (
        f"一次最多 {MOST_FILES} 个文件、合计 {MOST_TOTAL_MB} MB；每个报告文件不超过 {MAX_BYTES // 2**20} MB，"
        f"压缩包不超过 {MAX_ARCHIVE_BYTES // 2**20} MB。再多的请分几次上传，或者打成压缩包。"
    )


@transaction.atomic
def start_batch(*, collection: Collection, files: Sequence[File], by: User, now: datetime) -> Batch:
    """Keep the files and put the job that reads them into the queue, in one transaction.

    Raises:
        PermissionDenied: `by` does not run the collection.
        Refused: closed, no file, or more than is taken at once.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    check_open(collection)
    if not files:
        raise Refused("请选择要上传的文件。")
    if len(files) > MOST_FILES or sum(each.size for each in files) > MOST_TOTAL_MB * 2**20:
        raise Refused(f"文件太多或者太大，没有保存。{limits_said()}")
    batch = Batch.objects.create(collection=collection, by=by, at=now)
    for each in files:
        _keep(batch, each.name or "未命名", each)
    work_on_batch.enqueue(batch.pk)
    return batch


@task(backend=jobs.BACKEND)
def work_on_batch(pk: int) -> None:
    """Do what is left of a batch, as a job."""
    around = ("by__agency", "collection__agency", "collection__government")
    work_through(Batch.objects.select_related(*around).get(pk=pk))


def _keep(batch: Batch, name: str, file: File) -> BatchFile:
    row = BatchFile(batch=batch, name=bare_name(name))
    if file.size > MAX_ARCHIVE_BYTES:
        row.state = BatchState.REFUSED
        row.why = f"文件超过 {MAX_ARCHIVE_BYTES // 2**20} MB，没有保存。请分成几个文件上传。"
        row.save()
        return row
    data = file.read()
    row.sha256 = hashlib.sha256(data).hexdigest()
    # The stored name holds nothing of the stranger's own but a checked extension.
    row.file.save(f"batches/{batch.pk}/{row.sha256}{extension_of(name)}", ContentFile(data), save=False)
    row.save()
    return row


def work_through(batch: Batch) -> None:
    """Do what is left of a batch; nothing is done twice."""
    if batch.finished_at is not None:
        return
    while (row := _unread(batch)) is not None:
        _guarded(row, _read)
    by = batch.by
    for row, found in matching.proposals(batch):
        _guarded(row, lambda each, found=found: matching.hand_in_if_sure(each, found, by, timezone.now()))
    _finish(batch, timezone.now())


def _unread(batch: Batch) -> BatchFile | None:
    rows = batch.files.filter(state=BatchState.WAITING, staged=None, report=None)
    return rows.select_related("batch__by").order_by("tries", "pk").first()


def _guarded(row: BatchFile, act: matching.Step) -> None:
    """Take a step with a file; whatever goes wrong is the file's alone."""
    try:
        act(row)
    except (Refused, PermissionDenied) as error:
        settle(row, BatchState.REFUSED, str(error))
    except Exception:
        logger.exception("file %s of batch %s", row.pk, row.batch_id)
        settle(row, BatchState.REFUSED, BROKE)


def settle(row: BatchFile, state: BatchState, why: str = "") -> None:
    """Write down what became of a file, unless somebody has decided meanwhile."""
    waiting = BatchFile.objects.filter(pk=row.pk, state=BatchState.WAITING)
    # What was staged may have become a report before the step failed.
    staged = StagedUpload.objects.filter(pk=row.staged_id).first()
    if waiting.update(state=state, why=why[:500]) and staged is not None:
        discard_upload(staged=staged)


def _read(row: BatchFile) -> None:
    """Read a file and keep its reading, or put the files within an archive in its place."""
    if row.tries >= MOST_TRIES:
        raise Refused(_DIED)
    BatchFile.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    try:
        with row.file.open("rb") as file:
            data = file.read()
    except (FileNotFoundError, ValueError):
        raise Refused(_LOST) from None
    if is_container(data, row.name) and not row.name.lower().endswith(PAGES):
        _unpack(row, data)
        return
    batch = row.batch
    staged = stage_upload(data=data, name=row.name, by=batch.by, now=timezone.now())
    said = {"agency": staged.reading["agency"], "year": staged.reading["year"]}
    waiting = BatchFile.objects.filter(pk=row.pk, state=BatchState.WAITING, staged=None)
    if not waiting.update(staged=staged, said=said):  # another worker was faster
        discard_upload(staged=staged)


def _unpack(row: BatchFile, data: bytes) -> None:
    inside = list(opened([ContentFile(data, name=row.name)]))
    with transaction.atomic():
        taken = BatchFile.objects.select_for_update().filter(pk=row.pk, state=BatchState.WAITING).first()
        if taken is None:
            return
        room = MOST_UNPACKED - taken.batch.files.exclude(pk=taken.pk).count()
        for name, found in inside[:room]:
            if isinstance(found, str):
                BatchFile.objects.create(
                    batch=taken.batch, name=bare_name(name), state=BatchState.REFUSED, why=found
                )
            else:
                _keep(taken.batch, name, ContentFile(found, name=name))
        if more := len(inside[room:]):
            why = f"里面还有 {more} 个文件没有处理：一批最多 {MOST_UNPACKED} 个。请另打成压缩包，再上传一次。"
            BatchFile.objects.create(batch=taken.batch, name=taken.name, state=BatchState.REFUSED, why=why)
        taken.delete()
    row.file.delete(save=False)


@transaction.atomic
def _finish(batch: Batch, now: datetime) -> None:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("by").get(pk=batch.pk)
    if batch.finished_at is not None or batch.files.filter(state=BatchState.WAITING).exists():
        return
    batch.finished_at = now
    batch.save(update_fields=["finished_at"])
    found = progress_of(batch)
    notify(
        to=batch.by,
        kind=NotificationKind.DONE,
        key=f"batch-{batch.pk}",
        title=f"{found.total} 个文件处理完毕：报送 {found.filed} 份，待认领 {found.unmatched} 份，"
        f"未能处理 {found.refused} 份",
        path=reverse("annual_reports:batch", args=[batch.pk]),
        about=batch.collection,
    )


def files_of(batch: Batch) -> Iterable[BatchFile]:
    """Return the files of a batch, those that ask for a decision first."""
    order = [BatchState.UNMATCHED, BatchState.REFUSED, BatchState.WAITING, BatchState.FILED]
    rows = batch.files.select_related("agency", "report__agency", "staged").defer(
        "staged__reading", "report__reading"
    )
    return sorted(rows, key=lambda row: (order.index(BatchState(row.state)), row.pk))
