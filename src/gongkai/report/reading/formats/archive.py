"""Open a stranger's zip file without trusting what it says about itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO

from gongkai.report.reading.errors import Unreadable

MAX_MEMBERS = 5_000
MAX_INFLATED = 24 * 1024 * 1024
MAX_RATIO = 400
_RATIO_FREE = 4 * 1024 * 1024
_CHUNK = 256 * 1024
_DAMAGED = "文件不完整或已损坏，请重新下载或另存后再试。"
_TOO_LARGE = "文件解压后过大，超出读取上限。"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    KeyError,
    OverflowError,
)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open the archive, refusing one that is broken or has too many members.

    Raises:
        Unreadable: cut short, damaged, or beyond `MAX_MEMBERS`.
    """
    # Each member has this mark in the directory, so counting it bounds the work of parsing the directory.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Unreadable("压缩包内的文件过多，超出读取上限。")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise Unreadable(_DAMAGED) from error


class TooLarge(Unreadable):
    """A member inflates beyond what is read from one."""


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Inflate the member of a name, as `read_info`.

    Raises:
        Unreadable: as `read_info`, or there is none.
    """
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise Unreadable(_DAMAGED) from error
    return read_info(archive, info)


def read_info(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int = MAX_INFLATED) -> bytes:
    """Inflate one member, counting what comes out instead of believing the declared size.

    Raises:
        TooLarge: it inflates beyond `limit` bytes or `MAX_RATIO` times.
        Unreadable: encrypted, damaged, or packed in a way whose inflating cannot be bounded.
    """
    if info.flag_bits & 0x1:
        raise Unreadable("文件设有密码，请取消密码后再试。")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("压缩包用了少见的压缩方式，请解压后再读，或改用普通 zip 重新压缩。")
    if info.file_size > limit:
        raise TooLarge(_TOO_LARGE)
    try:
        with archive.open(info) as member:
            return _drain(member, max(info.compress_size, 1), limit)
    except _BROKEN as error:
        raise Unreadable(_DAMAGED) from error


def _drain(member: IO[bytes], packed: int, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := member.read(_CHUNK):
        size += len(chunk)
        if size > limit or (size > _RATIO_FREE and size > packed * MAX_RATIO):
            raise TooLarge(_TOO_LARGE)
        parts.append(chunk)
    return b"".join(parts)
