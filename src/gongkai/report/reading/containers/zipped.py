"""The files in a ZIP archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zipfile import ZipInfo

from gongkai.report.reading.containers.found import Budget, Member, Refused, is_clutter, shown_name
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import TooLarge, open_archive, read_info

_UTF8 = 0x800
_ENCRYPTED = 0x1
_LOCKED = "设有密码，请解压后取消密码再试。"


def files_in_zip(data: bytes, budget: Budget, limit: int) -> Iterator[Member | Refused]:
    """Yield the files of an archive in its own order, without folders and what programs leave behind.

    Args:
        limit: the most bytes one file may have.
    Raises:
        Unreadable: the archive as a whole is damaged or has too many files.
    """
    with open_archive(data) as archive:
        infos = archive.infolist()
        for info, name in zip(infos, decoded_names(infos), strict=True):
            shown = shown_name(name)
            if name.endswith(("/", "\\")) or is_clutter(shown):
                continue
            budget.take_file()
            if info.flag_bits & _ENCRYPTED:
                yield Refused(name=shown, why=_LOCKED)
                continue
            try:
                unpacked = read_info(archive, info, limit)
            except TooLarge as error:
                # One that says it is small and is not has cost its inflating all the same.
                budget.take_bytes(limit if info.file_size <= limit else 0)
                yield Refused(name=shown, why=str(error))
            except Unreadable as error:
                yield Refused(name=shown, why=str(error))
            else:
                budget.take_bytes(len(unpacked))
                yield Member(name=shown, data=unpacked)


def decoded_names(infos: Sequence[ZipInfo]) -> list[str]:
    """Return the names in an archive as they were meant.

    Without the flag that says UTF-8 a name's bytes are in the code of the machine that packed it, which here
    is GBK; some programs write UTF-8 and forget the flag. One archive was packed by one program, so all its
    names are UTF-8 or none is: a short GBK name may look like UTF-8 by chance.
    """
    raw = [None if info.flag_bits & _UTF8 else _bytes(info.orig_filename) for info in infos]
    codec = "utf-8" if all(_decodes(name, "utf-8") for name in raw if name is not None) else "gb18030"
    return [
        info.orig_filename if name is None else _decoded(name, codec, info.orig_filename)
        for info, name in zip(infos, raw, strict=True)
    ]


def _bytes(name: str) -> bytes:
    """Return a name's own bytes, which `zipfile` has shown as code page 437."""
    return name.encode("cp437", "replace")


def _decodes(name: bytes, codec: str) -> bool:
    try:
        name.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: bytes, codec: str, fallback: str) -> str:
    for tried in (codec, "utf-8"):
        if _decodes(name, tried):
            return name.decode(tried)
    return fallback
