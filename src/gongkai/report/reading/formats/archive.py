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
        raise Unreadable("文件不完整或已损坏，请重新下载或另存后再试。") from error


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Inflate one member, counting what comes out instead of believing the declared size.

    Raises:
        Unreadable: encrypted, damaged, or inflating beyond `MAX_INFLATED` bytes or `MAX_RATIO` times.
    """
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 0x1:
            raise Unreadable("文件设有密码，请取消密码后再试。")
        with archive.open(info) as member:
            return _drain(member, max(info.compress_size, 1))
    except _BROKEN as error:
        raise Unreadable("文件不完整或已损坏，请重新下载或另存后再试。") from error


def _drain(member: IO[bytes], packed: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := member.read(_CHUNK):
        size += len(chunk)
        if size > MAX_INFLATED or (size > _RATIO_FREE and size > packed * MAX_RATIO):
            raise Unreadable("文件解压后过大，超出读取上限。")
        parts.append(chunk)
    return b"".join(parts)
