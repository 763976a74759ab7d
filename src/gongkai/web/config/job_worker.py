"""A worker for background jobs beside the site: started with it, begun anew when it dies, ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

LONGEST_PAUSE = 60.0
_WELL_AFTER = 60.0  # seconds; who ran so long did not die of its start
_GRACE = 10.0


@contextmanager
def worker_beside(*, wanted: bool = True) -> Iterator[None]:
    """Keep a worker running as a child process, whose environment names the settings."""
    if not wanted:
        yield
        return
    keeper = _Keeper([sys.executable, "-m", "django", "run_jobs", "--parent", str(os.getpid())])
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class _Keeper:
    """The child, and the thread that waits for its end."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.child: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the child and begin none again; one that does not listen is killed."""
        self._ended.set()
        with self._lock:
            child = self.child
        if child is None:
            return
        child.terminate()
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _keep(self) -> None:
        pause = 1.0
        while child := self._begin():
            began = time.monotonic()
            child.wait()
            pause = 1.0 if time.monotonic() - began > _WELL_AFTER else min(2 * pause, LONGEST_PAUSE)
            self._ended.wait(pause)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended.is_set():
                return None
            self.child = subprocess.Popen(self.command, stdin=subprocess.DEVNULL)
            return self.child
