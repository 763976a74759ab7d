"""The files a command is given, and their reading; what goes wrong with one leaves the others alone."""

from __future__ import annotations

import errno
import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from gongkai.report.reading import Reading, ReadingError
from gongkai.report.reading.formats.sniff import MAX_BYTES
from gongkai.report.reading.guarded import read_guarded

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".json"})
_FEW = 3
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
        path, before = Path(word), len(failures)
        if not _exists(path) and glob.has_magic(word):
            found = sorted(glob.glob(word, recursive=True))  # noqa: PTH207 (a pattern may be absolute)
            matched = [m for each in found for m in _expand(Path(each), failures)]
            several, nothing = True, "没有匹配的文件"
        else:
            matched = list(_expand(path, failures))
            folder = _exists(path) and path.is_dir()
            several = several or folder
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
        if found.suffix.lower() in SUFFIXES and not hidden and found.is_file():
            yield found


def read_files(files: Sequence[Path]) -> Iterator[Read | Failure]:
    """Yield each file's reading, or why it has none; with a progress bar if there are many to wait for."""
    for path in with_progress(files, "读取"):
        yield read_file(path)


def read_file(path: Path) -> Read | Failure:
    """Return a file's reading, or why it has none."""
    name = _printable(path)
    try:
        if not path.is_file():
            return Failure(name=name, why="不是普通文件" if path.exists() else _ABSENT)
        if path.stat().st_size > MAX_BYTES:
            return Failure(name=name, why=f"文件超过 {MAX_BYTES // 2**20} MB，超出读取上限。")
        return Read(name=name, reading=read_guarded(path.read_bytes(), Path(name).name))
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


def with_progress(items: Sequence[_Item], verb: str) -> Iterable[_Item]:
    """Return the items; on a terminal, with a progress bar on standard error if they are more than a few."""
    if len(items) <= _FEW or not sys.stderr.isatty():
        return items
    return _tracked(items, verb)


def _tracked(items: Sequence[_Item], verb: str) -> Iterator[_Item]:
    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(items)


def report_failures(failures: Iterable[Failure]) -> int:
    """Say on standard error what could not be read, and return how many."""
    count = 0
    for failure in failures:
        print(f"未能读取 {failure.name}：{failure.why}", file=sys.stderr)
        count += 1
    return count
