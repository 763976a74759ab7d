"""The site's own housekeeping by the clock: each turn of a command is taken by one worker, once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from gongkai.web.agencies import schedule
from gongkai.web.agencies.models import ChoreRun

# A turn whose worker died is taken again after this; no command takes nearly as long.
_GIVEN_UP_AFTER = timedelta(hours=2)
_KEPT_FOR = timedelta(days=60)
_LOOK = 20.0
_log = logging.getLogger(__name__)


def run_due(*, now: datetime) -> list[ChoreRun]:
    """Run what is due at a moment and nobody has taken; a command that fails waits for its next turn."""
    return [_run(row) for row in _taken(now)]


def _taken(now: datetime) -> Iterator[ChoreRun]:
    local = timezone.localtime(now)
    for chore in schedule.chores():
        row = _take(chore.command, chore.turn(local), now)
        if row is not None:
            yield row


def _take(command: str, turn: datetime, now: datetime) -> ChoreRun | None:
    """Return the turn if it is this worker's now."""
    latest = ChoreRun.objects.filter(command=command, turn=turn).first()
    if latest is None:
        try:
            with transaction.atomic():
                return ChoreRun.objects.create(command=command, turn=turn, begun_at=now)
        except IntegrityError:
            return None
    stale = ChoreRun.objects.filter(
        pk=latest.pk, ended_at__isnull=True, begun_at=latest.begun_at, begun_at__lt=now - _GIVEN_UP_AFTER
    )
    if not stale.update(begun_at=now):
        return None
    latest.begun_at = now
    return latest


def _run(row: ChoreRun) -> ChoreRun:
    said = StringIO()
    try:
        call_command(row.command, stdout=said, stderr=said)
    except (Exception, SystemExit) as error:
        row.trouble = f"{type(error).__name__}：{error}"[:300]
        _log.warning("%s: %s", row, row.trouble)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at", "trouble"])
    return row


def forget_old(*, now: datetime) -> None:
    """Delete the rows of turns long past."""
    ChoreRun.objects.filter(turn__lt=now - _KEPT_FOR).delete()


def keep_running(ended: threading.Event | None = None) -> None:
    """Look again and again for what is due, in a thread of its own; until `ended`, or for ever."""
    ended = ended or threading.Event()
    while not ended.wait(_LOOK):
        try:
            now = timezone.now()
            if run_due(now=now):
                forget_old(now=now)
        except Exception:
            _log.exception("chores")
        finally:
            connections.close_all()
