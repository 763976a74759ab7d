"""The log of acts on reports: each event sealed to the one before it, so that a change anywhere shows.

The seal is SHA-256 over the event's own facts and the seal before it. It proves that nothing was changed,
removed or put in between by someone who cannot rewrite the whole chain and its head.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gongkai.web.agencies.models import User
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.models import AnnualReport, Collection, Draft, LedgerHead, ReportEvent

FIRST = "0" * 64


def seal(event: ReportEvent) -> str:
    """Return the hash an event must carry."""
    about = {"draft": event.draft_id, "collection": event.collection_id}
    facts = {
        **{what: pk for what, pk in about.items() if pk is not None},
        "sequence": event.sequence,
        "report": event.report_id,
        "act": str(event.act),
        "by": event.by_id,
        "by_name": event.by_name,
        "at": event.at.astimezone(UTC).isoformat(),
        "details": event.details,
        "previous": event.previous_hash,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append_event(
    *,
    act: Act,
    by: User,
    at: datetime,
    report: AnnualReport | None = None,
    draft: Draft | None = None,
    collection: Collection | None = None,
    **details: Any,
) -> ReportEvent:
    """Write an act at the end of the chain; call it inside the transaction of the act itself.

    Args:
        report, draft, collection: what it concerns, one of them at least.
        details: what else it says, as JSON values.
    """
    LedgerHead.objects.get_or_create(pk=1)
    head = LedgerHead.objects.select_for_update().get(pk=1)
    event = ReportEvent(
        sequence=head.sequence + 1,
        report=report,
        draft=draft,
        collection=collection,
        act=act,
        by=by,
        by_name=by.get_full_name() or by.get_username(),
        at=at,
        details=details,
        previous_hash=head.hash,
    )
    event.hash = seal(event)
    event.save()
    LedgerHead.objects.filter(pk=1).update(sequence=event.sequence, hash=event.hash)
    return event


def breaks() -> Iterator[str]:
    """Yield a Chinese sentence for every place where the chain does not hold."""
    expected, previous = 1, FIRST
    for event in ReportEvent.objects.order_by("sequence").iterator():
        if event.sequence != expected:
            yield f"第 {expected} 条至第 {event.sequence - 1} 条记录缺失。"
        elif event.previous_hash != previous:
            yield f"第 {event.sequence} 条记录与前一条不相衔接。"
        if event.hash != seal(event):
            yield f"第 {event.sequence} 条记录的内容与其校验值不符。"
        expected, previous = event.sequence + 1, event.hash
    head = LedgerHead.objects.filter(pk=1).first() or LedgerHead(pk=1)
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield f"记录链应止于第 {head.sequence} 条，实际止于第 {expected - 1} 条。"


def altered_originals() -> Iterator[str]:
    """Yield a Chinese sentence for every original that is no longer the file that was registered."""
    uploads = ReportEvent.objects.filter(act=Act.UPLOADED).select_related("report__agency")
    for event in uploads.defer("report__reading").order_by("sequence").iterator():
        report = event.report
        try:
            with report.source_file.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            yield f"{report}第 {report.version} 版的原件已不存在。"
            continue
        if digest != event.details.get("sha256"):
            yield f"{report}第 {report.version} 版的原件与登记时的文件不同。"
