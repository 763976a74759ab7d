"""The files a command is given, and their reading; what goes wrong with one leaves the others alone."""

from __future__ import annotations

import errno
import glob
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Timer
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from gongkai.report.reading import Reading, ReadingError
from gongkai.report.reading.containers import Member, Refused, is_container, joined
from gongkai.report.reading.formats.sniff import MAX_BYTES, REFUSED_SUFFIXES, SUFFIXES, is_mail
from gongkai.report.reading.guarded import MAX_CHILDREN, read_guarded, stop, unpack_guarded

_HEAD = 65_536
_HOLD_FILES = (".zip", ".eml")
_MOMENT = 0.5  # seconds before a progress bar is shown: one scan may take minutes, a folder of pages none
_ABSENT = "找不到这个文件"
_REASONS = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
}
_Item = TypeVar("_Item")


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A file, folder or pattern that gave nothing, and why, in Chinese."""

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The files the given words stand for, each once; `several` if more than one could have been meant."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...]
    several: bool


@dataclass(frozen=True, kw_only=True)
class Read:
    """A file and its reading."""

    name: str
    reading: Reading


def find_files(words: Sequence[str]) -> Found:
    """Return the files that names, folders (searched through for known suffixes) and patterns stand for."""
    files: dict[Path, None] = {}
    failures: list[Failure] = []
    several = len(words) > 1
    for word in words:
        path, before = Path(word or "\0"), len(failures)  # nothing is not the current folder
        if not _exists(path) and glob.has_magic(word):
            found = sorted(glob.glob(word, recursive=True))  # noqa: PTH207 (a pattern may be absolute)
            matched = [m for each in found for m in _expand(Path(each), failures)]
            several, nothing = True, "没有匹配的文件"
        else:
            matched = list(_expand(path, failures))
            folder = _exists(path) and path.is_dir()
            several = several or folder or path.suffix.lower() == ".zip"
            nothing = "文件夹中没有可读取的文件" if folder else _ABSENT
        files.update(dict.fromkeys(matched))
        if not matched and len(failures) == before:
            failures.append(Failure(name=word, why=nothing))
    return Found(files=tuple(files), failures=tuple(failures), several=several)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _expand(path: Path, failures: list[Failure]) -> Iterator[Path]:
    """Yield a file, or those of a folder and below it; a folder that may not be entered is a failure."""
    if not _exists(path):
        return
    if not path.is_dir():
        yield path
        return

    def refused(error: OSError) -> None:
        failures.append(Failure(name=_printable(Path(error.filename)), why=reason(error)))

    inside = [Path(folder, name) for folder, _, names in os.walk(path, onerror=refused) for name in names]
    for found in sorted(inside):
        hidden = any(part.startswith((".", "~$")) for part in found.relative_to(path).parts)
        if found.suffix.lower() in SUFFIXES | REFUSED_SUFFIXES and not hidden and found.is_file():
            yield found


def read_files(files: Sequence[Path]) -> Iterator[Read | Failure]:
    """Yield each file's reading, or why it has none, in order; with a progress bar if there are many.

    Archives and mails give what each file in them gives. As many files are read at once as there are
    processors, and few more readings are kept than are asked for.
    """
    known = not any(path.suffix.lower() in _HOLD_FILES for path in files)
    yield from with_progress(_read_ahead(_jobs(files)), "读取", len(files) if known else None)


def _jobs(files: Sequence[Path]) -> Iterator[Callable[[], Read | Failure]]:
    for path in files:
        held = _held(path)
        if held is None:
            yield partial(read_file, path)
            continue
        name, found = _printable(path), False
        for each in unpack_guarded(held, path.name):
            found = True
            yield partial(_read_found, each, name)
        if not found:
            yield partial(Failure, name=name, why="里面没有可以读取的文件")


def _held(path: Path) -> bytes | None:
    """Return the bytes of an archive or a mail; None for another file, and for one that cannot be opened."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not head.startswith(b"PK") and not is_mail(head):
                return None
            data = head + file.read()
    except OSError:
        return None
    return data if is_container(data, path.name) else None


def _read_ahead(jobs: Iterable[Callable[[], Read | Failure]]) -> Iterator[Read | Failure]:
    ahead: deque[Future[Read | Failure]] = deque()
    with ThreadPoolExecutor(MAX_CHILDREN) as threads:
        try:
            for job in jobs:
                ahead.append(threads.submit(job))
                if len(ahead) > MAX_CHILDREN:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        except BaseException:  # above all Ctrl+C: nobody waits for what is still being read
            for reading in ahead:
                reading.cancel()
            stop()
            raise


def read_file(path: Path) -> Read | Failure:
    """Return a file's reading, or why it has none."""
    name = _printable(path)
    return _attempt(name, lambda: _reading_of(path, name))


def read_stream() -> Read | Failure:
    """Return the reading of standard input, or why it has none."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    return _attempt("-", lambda: Read(name="-", reading=read_guarded(data)))


def _reading_of(path: Path, name: str) -> Read | Failure:
    if not path.is_file():
        return Failure(name=name, why="不是普通文件" if path.exists() else _ABSENT)
    if path.stat().st_size > MAX_BYTES:
        return Failure(name=name, why=f"文件超过 {MAX_BYTES // 2**20} MB，超出读取上限。")
    return Read(name=name, reading=read_guarded(path.read_bytes(), Path(name).name))


def _read_found(found: Member | Refused, outer: str) -> Read | Failure:
    """Return the reading of a file in an archive or a mail, or why it has none."""
    name = joined(outer, found.name)
    if isinstance(found, Refused):
        return Failure(name=name, why=found.why)
    return _attempt(name, lambda: Read(name=name, reading=read_guarded(found.data, found.name)))


def _attempt(name: str, read: Callable[[], Read | Failure]) -> Read | Failure:
    try:
        return read()
    except ReadingError as error:
        return Failure(name=name, why=str(error))
    except PermissionError:
        return Failure(name=name, why="没有读取权限")
    except OSError as error:
        return Failure(name=name, why=f"无法打开（{reason(error)}）")
    except Exception as error:  # one file that breaks the reader must not lose the others
        return Failure(name=name, why=f"读取时出错（{type(error).__name__}）")


def reason(error: OSError) -> str:
    """Return why the system refused, in Chinese where we know the case."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def _printable(path: Path) -> str:
    """Return the path as text; bytes of a name that are no UTF-8 are shown as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def with_progress(items: Iterable[_Item], verb: str, total: int | None) -> Iterable[_Item]:
    """Return the items; on a terminal, with a progress bar on standard error once they take a moment.

    Args:
        total: how many there are; None if nobody knows yet.
    """
    return _tracked(items, verb, total) if sys.stderr.isatty() else items


def _tracked(items: Iterable[_Item], verb: str, total: int | None) -> Iterator[_Item]:
    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    late = Timer(_MOMENT, progress.start)
    late.start()
    try:
        yield from progress.track(items, total=total)
    finally:
        late.cancel()
        late.join()
        progress.stop()


def report_failures(failures: Iterable[Failure]) -> int:
    """Say on standard error what could not be read, and return how many."""
    count = 0
    for failure in failures:
        print(f"未能读取 {failure.name}：{failure.why}", file=sys.stderr)
        count += 1
    return count
