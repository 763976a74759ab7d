"""Reading strangers' files within hard limits of time and memory, in child processes that can be killed."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any

from gongkai.children import command, surroundings
from gongkai.report.cells import Box
from gongkai.report.codec import load
from gongkai.report.reading.containers import Member, Refused
from gongkai.report.reading.errors import NotAReport, Unreadable
from gongkai.report.reading.formats.sniff import MAX_BYTES
from gongkai.report.reading.opening import Reading, read_bytes

_TOO_SLOW = "读取超过 {seconds:g} 秒，已停止。文件可能过大或结构异常，请另存为 .docx 或纯文本再试。"
_BROKEN = "读取这个文件时超出了内存上限或读取程序中断，已停止。请另存为 .docx 或纯文本再试。"
_SLOW_INSIDE = "解压其中的文件超过 {seconds:g} 秒，已停止，其余没有读取，请解压后再读。"
_PNG = b"\x89PNG"
_BROKEN_INSIDE = "解压时超出了内存上限或解压程序中断，其余没有读取，请解压后再读。"
MAX_CHILDREN = max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 8))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What reading one file may take: wall-clock seconds, the child's address space and its answer in MB."""

    seconds: float = 20.0
    memory_mb: int = 2048
    answer_mb: int = 8


SCANS = Limits(seconds=240.0, memory_mb=4096)
PICTURES = Limits(answer_mb=24)


def read_guarded(data: bytes, name: str = "", limits: Limits = Limits(), scans: Limits = SCANS) -> Reading:
    """Read a report as `read_bytes` does, in a child process killed at its limits.

    A file that needs recognition is found out within `limits`, and then read within those for `scans`.

    May be called from several threads: as many files are read at once as there are processors, the others
    wait for their turn.

    Raises:
        Unreadable: as `read_bytes`, or the limits were reached.
        NotAReport: as `read_bytes`.
    """
    if len(data) > MAX_BYTES:
        return read_bytes(data, name)  # refuses it by its size alone
    try:
        with _pool.child(limits.memory_mb) as child:
            shown = json.loads(child.ask(data, name, limits, scans=False))
        if shown.get("error") == "Scanned":
            limits = scans
            with _pool.child(limits.memory_mb) as child:
                shown = json.loads(child.ask(data, name, limits, scans=True))
        if "error" not in shown:
            return Reading(report=load(shown["report"]), notes=tuple(shown["notes"]))
    except TimeoutError:
        raise Unreadable(_TOO_SLOW.format(seconds=limits.seconds)) from None
    except (OSError, EOFError, ValueError, TypeError, LookupError):
        raise Unreadable(_BROKEN) from None
    raise (NotAReport if shown["error"] == "NotAReport" else Unreadable)(shown["message"])


def picture_guarded(
    data: bytes, name: str, page: int, box: Box | None = None, limits: Limits = PICTURES
) -> bytes | None:
    """Return a page's picture as `pictures.page_picture` does, drawn in a child process.

    Raises:
        Unreadable: as `page_picture`, also where the file has no such page, or the limits were reached.
    """
    try:
        with _pool.child(limits.memory_mb) as child:
            drawn = child.ask(data, name, limits, page=page, box=box)
        if not drawn or drawn.startswith(_PNG):
            return drawn or None
        message = str(json.loads(drawn)["message"])
    except TimeoutError:
        raise Unreadable(_TOO_SLOW.format(seconds=limits.seconds)) from None
    except (OSError, EOFError, ValueError, TypeError, LookupError):
        raise Unreadable(_BROKEN) from None
    raise Unreadable(message)


def unpack_guarded(data: bytes, name: str = "", limits: Limits = Limits()) -> Iterator[Member | Refused]:
    """Yield what `unpack` finds in a container, in a child process of its own with `limits` for each file.

    What was found before a limit was reached stands; the last that comes then says so.
    """
    child = _Child(limits.memory_mb)
    try:
        yield from child.files(data, name, limits)
    except TimeoutError:
        yield Refused(name="", why=_SLOW_INSIDE.format(seconds=limits.seconds))
    except (OSError, EOFError, ValueError, TypeError, LookupError):
        yield Refused(name="", why=_BROKEN_INSIDE)
    finally:
        child.end()


def stop() -> None:
    """End every child; what one of them was reading fails at once."""
    _pool.stop()


class _Child:
    """One child process, the head of a process group, and its pipes."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self.process = subprocess.Popen(
            command("gongkai.report.reading.worker", memory_mb * 1024 * 1024),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,
        )
        assert self.process.stdin and self.process.stdout  # both are pipes
        self._requests, self._answers = self.process.stdin, self.process.stdout
        os.set_blocking(self._requests.fileno(), False)

    def ask(self, data: bytes, name: str, limits: Limits, **wanted: Any) -> bytes:
        """Send one file and what is wanted of it, return the answer.

        Raises:
            TimeoutError: no whole answer in time.
            EOFError, OSError: the child has ended.
            ValueError: it answered with more than it may.
        """
        deadline = monotonic() + limits.seconds
        most = limits.answer_mb * 1024 * 1024
        self._request(data, deadline, name=name[-255:], seconds=limits.seconds, most=most, **wanted)
        return self._frame(deadline, most)

    def files(self, data: bytes, name: str, limits: Limits) -> Iterator[Member | Refused]:
        """Send a container, yield the files that come back.

        Raises:
            TimeoutError, EOFError, OSError, ValueError: as `ask`, for the next file.
        """
        deadline = monotonic() + limits.seconds
        self._request(data, deadline, name=name[-255:], seconds=limits.seconds, unpack=True)
        while head := self._frame(deadline, MAX_BYTES):
            found, inside = json.loads(head), self._frame(deadline, MAX_BYTES)
            if "why" in found:
                yield Refused(name=found["name"], why=found["why"])
            else:
                yield Member(name=found["name"], data=inside)
            deadline = monotonic() + limits.seconds

    def _request(self, data: bytes, deadline: float, **head: Any) -> None:
        request = [len(part).to_bytes(4, "big") + part for part in (json.dumps(head).encode(), data)]
        self._send(b"".join(request), deadline)

    def _frame(self, deadline: float, most: int) -> bytes:
        length = int.from_bytes(self._receive(4, deadline), "big")
        if length > most:
            raise ValueError("too long an answer")
        return self._receive(length, deadline)

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            _wait(self._requests, select.POLLOUT, deadline)
            view = view[os.write(self._requests.fileno(), view[: 1 << 16]) :]

    def _receive(self, length: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while length:
            _wait(self._answers, select.POLLIN, deadline)
            part = os.read(self._answers.fileno(), min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def is_swollen(self) -> bool:
        """Whether some file has left it so large that a new one had better take its place."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, LookupError):  # a system that does not say
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > self.memory_mb * 1024 * 1024 // 2

    def kill(self) -> None:
        """Kill the child and the programs it started."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the child and take leave of it."""
        self.kill()
        self.process.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()


def _wait(pipe: IO[bytes], event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(deadline - monotonic(), 0) * 1000):
        raise TimeoutError


class _Pool:
    """The children of this process: those at work, at most `MAX_CHILDREN`, and those waiting for a file."""

    def __init__(self) -> None:
        self._room = threading.BoundedSemaphore(MAX_CHILDREN)
        self._lock = threading.Lock()
        self.waiting: list[_Child] = []
        self.working: list[_Child] = []

    @contextmanager
    def child(self, memory_mb: int) -> Iterator[_Child]:
        """Lend a child for one file; one over which something went wrong is not used again."""
        with self._room:
            child = self._take(memory_mb)
            usable = False
            try:
                yield child
                usable = not child.is_swollen()
            finally:
                with self._lock:
                    self.working.remove(child)
                    if usable:
                        self.waiting.append(child)
                if not usable:
                    child.end()

    def _take(self, memory_mb: int) -> _Child:
        with self._lock:
            fitting = [child for child in self.waiting if child.memory_mb == memory_mb]
            child = fitting[-1] if fitting else None
            if child:
                self.waiting.remove(child)
            elif self.waiting and len(self.waiting) + len(self.working) >= MAX_CHILDREN:
                self.waiting.pop(0).end()
            if child and child.process.poll() is not None:
                child.end()
                child = None
            child = child or _Child(memory_mb)
            self.working.append(child)
            return child

    def stop(self) -> None:
        with self._lock:
            while self.waiting:
                self.waiting.pop().end()
            for child in self.working:
                child.kill()


_pool = _Pool()


def _forget() -> None:
    """A forked process must not share its parent's children."""
    global _pool
    _pool = _Pool()


atexit.register(stop)
os.register_at_fork(after_in_child=_forget)
