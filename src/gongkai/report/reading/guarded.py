"""Reading strangers' files within hard limits of time and memory, in a child process that can be killed."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from select import select
from time import monotonic
from typing import IO

from gongkai.report.codec import load
from gongkai.report.reading.errors import NotAReport, Unreadable
from gongkai.report.reading.opening import Reading

_TOO_SLOW = "读取超过 {seconds:g} 秒，已停止。文件可能过大或结构异常，请另存为 .docx 或纯文本再试。"
_BROKEN = "读取这个文件时超出了内存上限或读取程序中断，已停止。请另存为 .docx 或纯文本再试。"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What reading one file may take: wall-clock seconds, and the child's address space in MB."""

    seconds: float = 20.0
    memory_mb: int = 2048


def read_guarded(data: bytes, name: str = "", limits: Limits = Limits()) -> Reading:
    """Read a report as `read_bytes` does, in a child process killed at its limits.

    Raises:
        Unreadable: as `read_bytes`, or the limits were reached.
        NotAReport: as `read_bytes`.
    """
    with _lock:
        child = _child(limits.memory_mb)
        try:
            shown = json.loads(child.ask(data, name, limits.seconds))
        except TimeoutError:
            _end()
            raise Unreadable(_TOO_SLOW.format(seconds=limits.seconds)) from None
        except (OSError, EOFError, ValueError):
            _end()
            raise Unreadable(_BROKEN) from None
    if "error" in shown:
        raise (NotAReport if shown["error"] == "NotAReport" else Unreadable)(shown["message"])
    return Reading(report=load(shown["report"]), notes=tuple(shown["notes"]))


class _Child:
    """One child process and its pipes."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.report.reading.worker", str(memory_mb * 1024 * 1024)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ask(self, data: bytes, name: str, seconds: float) -> bytes:
        """Send one file, return the answer.

        Raises:
            TimeoutError: no whole answer in time.
            EOFError, OSError: the child has ended.
        """
        assert self.process.stdin and self.process.stdout  # both are pipes
        deadline = monotonic() + seconds
        request = b"".join(len(part).to_bytes(4, "big") + part for part in (name.encode(), data))
        self._send(self.process.stdin, request, deadline)
        length = int.from_bytes(self._receive(self.process.stdout, 4, deadline), "big")
        return self._receive(self.process.stdout, length, deadline)

    def _send(self, pipe: IO[bytes], data: bytes, deadline: float) -> None:
        os.set_blocking(pipe.fileno(), False)
        view = memoryview(data)
        while view:
            if not select([], [pipe], [], max(deadline - monotonic(), 0))[1]:
                raise TimeoutError
            view = view[os.write(pipe.fileno(), view[: 1 << 16]) :]

    def _receive(self, pipe: IO[bytes], length: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while length:
            if not select([pipe], [], [], max(deadline - monotonic(), 0))[0]:
                raise TimeoutError
            part = os.read(pipe.fileno(), min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


_lock = threading.Lock()
_running: list[_Child] = []


def _child(memory_mb: int) -> _Child:
    if _running and (_running[0].process.poll() is not None or _running[0].memory_mb != memory_mb):
        _end()
    if not _running:
        _running.append(_Child(memory_mb))
    return _running[0]


def _end() -> None:
    while _running:
        process = _running.pop().process
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _forget() -> None:
    """A forked process must not share its parent's child."""
    global _lock
    _running.clear()
    _lock = threading.Lock()


atexit.register(_end)
os.register_at_fork(after_in_child=_forget)
