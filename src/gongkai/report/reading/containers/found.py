"""What comes out of a container, under what name, and how much of it at most."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.report.reading.errors import Unreadable

MAX_FILES = 1_000
MAX_TOTAL = 512 * 1024 * 1024
MAX_DEPTH = 4
_MAX_NAME = 200
_CLUTTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
# A saved web page keeps its pictures and scripts in a folder beside it.
_PAGE_FOLDERS = ("_files", ".files")
_NEVER_REPORTS = re.compile(
    r"\.(?:avi|bat|bin|css|dat|db|dll|dot|dotx|dwg|exe|fon|gif|ico|ini|js|lnk|mov|mp3|mp4|otf|svg|tmp|tt[cf]"
    r"|url|wav|wmv|woff2?|xsd|xsl)"
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in a container that may be a report.

    `name` is the way to it inside the container, for people to read: never a path to write to. It is empty
    for the text of a mail or a saved page, which is the container itself.
    """

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file in a container that was not taken out, and why, as one Chinese sentence."""

    name: str
    why: str


class Spent(Unreadable):
    """The container holds more than is read from one; what came out before stands."""


@dataclass
class Budget:
    """What one container, with all that is nested in it, may still cost."""

    files: int = MAX_FILES
    size: int = MAX_TOTAL

    def take_file(self) -> None:
        """Count a file before it is unpacked.

        Raises:
            Spent: there were `MAX_FILES` already.
        """
        self.files -= 1
        if self.files < 0:
            raise Spent(f"里面的文件超过 {MAX_FILES} 个，其余的没有读取，请分成几个压缩包。")

    def take_bytes(self, count: int) -> None:
        """Count what was unpacked.

        Raises:
            Spent: it is more than `MAX_TOTAL` in all.
        """
        self.size -= count
        if self.size < 0:
            raise Spent(f"解压后超过 {MAX_TOTAL // 2**20} MB，其余的没有读取，请分成几个压缩包。")


def joined(outer: str, inner: str) -> str:
    """Return the name of a file within a file: 全县年报.zip/乡镇/甲镇.docx."""
    return f"{outer}/{inner}" if outer and inner else outer or inner


def shown_name(name: str) -> str:
    """Return a stranger's name so that it can be shown: no way upwards, no drive, nothing unprintable."""
    name = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable() or c in "/\\")
    parts = [part.strip() for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(".") and not (len(part) == 2 and part.endswith(":"))]
    shown = "/".join(kept)
    return (shown if len(shown) <= _MAX_NAME else "…" + shown[1 - _MAX_NAME :]) or "未命名"


def is_clutter(name: str) -> bool:
    """Whether a file is something a program left behind, or of a kind that never holds a report."""
    *folders, last = name.lower().split("/")
    left_behind = last.startswith((".", "~$", "._", "~wrl")) or not _CLUTTER_NAMES.isdisjoint(
        (*folders, last)
    )
    beside_page = any(folder.endswith(_PAGE_FOLDERS) or folder.startswith(".") for folder in folders)
    tnef = last == "winmail.dat"
    return (
        left_behind or beside_page or bool(_NEVER_REPORTS.fullmatch(PurePosixPath(last).suffix) and not tnef)
    )
