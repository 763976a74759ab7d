"""The parts of an OFD package: found however their paths are written, parsed within limits."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import read_member
from gongkai.report.reading.formats.trees import local, parse_tree

DAMAGED = "OFD 文件不完整或已损坏，请重新下载，或用 OFD 阅读器打开后另存再试。"
_ENCRYPTED = "OFD 文件已加密，请在 OFD 阅读器中取消加密后另存，再试一次。"
_TOO_LARGE = "OFD 文件内容过多，超出读取上限。"
FARTHEST = 1e9
_MAX_TAGS = 400_000
_MAX_TOTAL = 96 * 1024 * 1024
_LOCKS = re.compile(r"(?:^|/)(?:encrypt\w*\.xml|decryptseed\.\w+)$")
# What XML does not allow stands where a font has a sign without a character.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CODES = re.compile(rb"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
_UNKNOWN = "\ufffd".encode()


@dataclass(slots=True)
class Package:
    """An open package: member names by their path in lower case with plain slashes."""

    archive: ZipFile
    names: dict[str, str]
    room: int = _MAX_TOTAL

    def locate(self, location: str, base: str = "") -> str | None:
        """Return the path of the part that a file in folder `base` names; None if there is none.

        Paths are relative to the naming file or to the package; some writers leave out leading folders.
        """
        location = location.strip().replace("\\", "/").lower()
        folders = [base, *_parents(base)] if not location.startswith("/") else [""]
        for folder in folders:
            path = posixpath.normpath(posixpath.join(folder, location.lstrip("/")))
            if path in self.names:
                return path
        tail = f"/{posixpath.normpath(location).lstrip('./')}"
        ends = [name for name in self.names if name.endswith(tail)]
        return ends[0] if len(ends) == 1 else None

    def parse(self, path: str) -> Any:
        """Return the root element of a part.

        Raises:
            Unreadable: damaged, with a document type declaration, or beyond the limits.
        """
        xml = read_member(self.archive, self.names[path])
        self.room -= len(xml)
        if self.room < 0 or xml.count(b"<") > _MAX_TAGS:
            raise Unreadable(_TOO_LARGE)
        return _parse(xml)


def open_package(archive: ZipFile) -> tuple[Package, str]:
    """Return the package and the path of its OFD.xml, which may stand in a folder.

    Raises:
        Unreadable: it is encrypted, or has no OFD.xml.
    """
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
    if any(_LOCKS.search(name) for name in names):
        raise Unreadable(_ENCRYPTED)
    entries = sorted((n for n in names if posixpath.basename(n) == "ofd.xml"), key=len)
    if not entries:
        raise Unreadable(DAMAGED)
    return Package(archive=archive, names=names), entries[0]


def _parents(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:n]) for n in range(len(parts) - 1, -1, -1)]


def _parse(xml: bytes) -> Any:
    xml = xml.strip()
    if b"\x00" not in xml[:4]:
        xml = _CODES.sub(_UNKNOWN, _CONTROLS.sub(_UNKNOWN, xml))
    return parse_tree(xml, "OFD 文件", DAMAGED)


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along a path of names."""
    for name in path:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element


def children(element: Any, name: str) -> list[Any]:
    """The children of a name."""
    return [each for each in element if local(each) == name]


def numbers(text: str | None) -> list[float]:
    """The numbers of a list in an attribute; what is no number ends it."""
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not -FARTHEST < value < FARTHEST:
            break
        found.append(value)
    return found
