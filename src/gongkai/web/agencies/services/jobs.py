"""Background jobs: rows of the database that a worker takes one by one; see ADR 0005.

A job may be begun twice, by another worker after the first one died: it looks at what is done already and
goes on from there.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from django.db import connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.web.agencies.services import chores

# The name of the queue in the settings: `@task(backend=jobs.BACKEND)`.
BACKEND = "jobs"
MOST_BEGINNINGS = 5
KEPT_FOR = timedelta(days=30)
# A worker on another machine cannot be asked; no job takes nearly as long.
_LONGEST = timedelta(hours=6)
_STALLED_AFTER = timedelta(minutes=1)
_POLL, _TIDY = 1.0, 600.0
_log = logging.getLogger(__name__)


def take_up_left(*, now: datetime) -> int:
    """Put jobs whose worker has died back into the queue; return how many.

    One that was begun `MOST_BEGINNINGS` times without coming to its end is given up as failed.
    """
    taken = 0
    with transaction.atomic():
        for row in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if _is_alive(row, now):
                continue
            if len(row.worker_ids) >= MOST_BEGINNINGS:
                row.set_failed(RuntimeError(f"begun {len(row.worker_ids)} times, never ended"))
                continue
            row.status = TaskResultStatus.READY
            row.save(update_fields=["status"])
            taken += 1
    return taken


def forget_old(*, now: datetime) -> None:
    """Delete the rows of jobs that ended long ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()


def is_stalled(*, now: datetime) -> bool:
    """Whether a job has waited so long that no worker can be running."""
    busy = DBTaskResult.objects.running().filter(started_at__gt=now - _LONGEST)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - _STALLED_AFTER)
    return waiting.exists() and not any(_is_alive(row, now) for row in busy)


def work_off() -> None:
    """Do every job that waits, in this process, and return."""
    _worker(batch=True).run()


def work_on(*, parent: int | None = None) -> NoReturn:
    """Do jobs, and chores by the clock, until told to end by SIGTERM or SIGINT or the parent has ended.

    The end comes at once, also amid a job: what was not finished is taken up by the next worker.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _tidy()
    for keep in (chores.keep_running, _keep_tidy):
        threading.Thread(target=keep, daemon=True).start()
    _worker(batch=False).run()
    os._exit(0)


def _tidy() -> None:
    now = timezone.now()
    take_up_left(now=now)
    forget_old(now=now)


def _keep_tidy() -> NoReturn:
    # Another machine's worker may die while this one lives on.
    while True:
        time.sleep(_TIDY)
        try:
            _tidy()
        except Exception:
            _log.exception("jobs left behind")
        finally:
            connections.close_all()


def _worker(*, batch: bool) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=_POLL,
        batch=batch,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=name_of(os.getpid()),
        excluded_queue_names=[],
    )


def _end(*_: Any) -> None:
    # Not by an exception: the queue would take that for the job's own failure.
    os._exit(0)


def _end_with(parent: int, look: Callable[[], int] = os.getppid) -> None:
    while look() == parent:
        time.sleep(_POLL)
    os._exit(0)


def name_of(pid: int) -> str:
    """Return the name under which a process of this machine takes jobs."""
    return f"{socket.gethostname()[:30]}:{pid}:{_started(pid)}"


def _started(pid: int) -> str:
    """Return when a process began, in the system's own count: a later one may have the same number."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    with suppress(OSError):
        os.kill(pid, 0)
        return "here"
    return "gone"


def _is_alive(row: DBTaskResult, now: datetime) -> bool:
    """Whether the worker that began the job last can still be at it."""
    host, _, process = str(row.worker_ids[-1] if row.worker_ids else "").partition(":")
    pid = process.partition(":")[0]
    if host != socket.gethostname()[:30] or not pid.isdecimal():
        return bool(row.started_at and row.started_at > now - _LONGEST)
    return name_of(int(pid)) == row.worker_ids[-1]
