"""Old Office files whose sectors go round in circles, and noise under their head."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def entry(
    name: str, kind: int, start: int, size: int, *, left: int = -1, right: int = -1, child: int = -1
) -> bytes:
    """Return a directory entry of 128 bytes."""
    shown = name.encode("utf-16-le")[:62]
    told = struct.pack("<HBBiii", len(shown) + 2, kind, 1, left, right, child)
    return shown.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", start, size)


def ole(
    sectors: list[bytes],
    table: list[int],
    *,
    directory: int = 1,
    shift: int = 9,
    tables: int = 1,
    more: int = END,
) -> bytes:
    """Return a compound file: sector 0 is the table of sectors, the others follow it."""
    head = HEAD + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, shift, 6) + bytes(6)
    head += struct.pack(
        "<IIIIIIIII", 0, tables, directory, 0, 4096, END, 0, more, 0 if more == END else 999_999
    )
    head += struct.pack("<109I", 0, *[FREE] * 108)
    first = struct.pack("<128I", *(table + [FREE] * 128)[:128])
    return head + first + b"".join(part.ljust(512, b"\0")[:512] for part in sectors)


_NAMES = {"doc": "WordDocument", "xls": "Workbook"}


def _circular(name: str, table: list[int], **lies: int) -> bytes:
    root = entry("Root Entry", 5, END, 0, child=1)
    directory = root + entry(name, 2, 2, 2**20) + entry("1Table", 2, 2, 2**20, left=1, right=1)
    return ole([directory, bytes(range(256)) * 2, b"\xec\xa5\xc1\0" * 128], table, **lies)


def _noise(name: str, seed: int, size: int) -> bytes:
    dice = Random(f"{name}{seed}")
    return HEAD + dice.randbytes(size // 2) + name.encode("utf-16-le") + dice.randbytes(size // 2)


def _spoiled(name: str, seed: int) -> bytes:
    dice = Random(f"{name}{seed}")
    data = bytearray(_circular(name, [TABLE, END, 3, END]))
    for _ in range(40):
        data[dice.randrange(8, len(data))] = dice.randrange(256)
    return bytes(data)


def _biff(records: bytes) -> bytes:
    """A workbook's stream of records, without a compound file round it and within one."""
    stream = records.ljust(4096, b"\0")
    count = (len(stream) + 511) // 512
    chain = [TABLE, END, *range(3, count + 2), END]
    root = entry("Root Entry", 5, END, 0, child=1)
    parts = [stream[i : i + 512] for i in range(0, len(stream), 512)]
    return ole([root + entry("Workbook", 2, 2, len(stream)), *parts], chain)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


_BOF = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
_SHEET = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
_BOUND = _record(0x85, struct.pack("<IBBBB", 40, 0, 0, 1, 0) + b"a")
_EOF = _record(0x0A, b"")

FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{kind}: {what}": partial(_circular, name, table, **lies)
        for kind, name in _NAMES.items()
        for what, table, lies in (
            ("a stream in a circle", [TABLE, END, 3, 2], {}),
            ("a sector after itself", [TABLE, END, 2, 3], {}),
            ("the directory in a circle", [TABLE, 1, 3, END], {}),
            ("sectors beyond the end", [TABLE, END, 9_999_999, END], {}),
            ("the directory beyond the end", [TABLE, END, 3, END], {"directory": 2**31}),
            ("sectors of 2 to the 60", [TABLE, END, 3, END], {"shift": 60}),
            ("sectors of one byte", [TABLE, END, 3, END], {"shift": 0}),
            ("a thousand million tables", [TABLE, END, 3, END], {"tables": 10**9}),
            ("the table's table in a circle", [TABLE, END, 3, END], {"more": 0}),
            ("no table", [], {"tables": 0}),
        )
    },
    **{
        f"{kind}: noise {i}": partial(_noise, name, i, 40_000)
        for kind, name in _NAMES.items()
        for i in range(4)
    },
    **{f"{kind}: spoiled {i}": partial(_spoiled, name, i) for kind, name in _NAMES.items() for i in range(6)},
    "20 MB of noise": partial(_noise, "WordDocument", 9, 20_000_000),
    "a head alone": lambda: HEAD,
    "a head and NULs": lambda: HEAD + bytes(5_000_000),
    "locked": lambda: HEAD + bytes(2_000) + "EncryptedPackage".encode("utf-16-le"),
    "entries that are each other's children": lambda: ole(
        [
            entry("Root Entry", 5, END, 0, child=1)
            + entry("WordDocument", 1, END, 0, left=0, right=1, child=1)
        ],
        [TABLE, END],
    ),
    "a workbook that never ends": lambda: _biff(_BOF + _BOUND + _SHEET * 200),
    "a row beyond all rows": lambda: _biff(
        _BOF
        + _BOUND
        + _EOF
        + _SHEET
        + _record(0x203, struct.pack("<HHHd", 65535, 65535, 0, 1e308)) * 20
        + _EOF
    ),
    "a size of everything": lambda: _biff(
        _BOF + _BOUND + _SHEET + _record(0x200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65535, 0))
    ),
    "texts told to be a thousand million": lambda: _biff(
        _BOF + _record(0xFC, struct.pack("<II", 2**31, 2**31) + b"x" * 20)
    ),
    "texts that go on in nothing": lambda: _biff(
        _BOF + _record(0xFC, struct.pack("<IIH", 9, 9, 9_000) + b"\1") + _record(0x3C, b"") * 50
    ),
    "merged cells of everything": lambda: _biff(
        _BOF + _BOUND + _EOF + _SHEET + _record(0xE5, struct.pack("<HHHHH", 500, 0, 65535, 0, 255)) + _EOF
    ),
    "a record longer than the file": lambda: _biff(_BOF + struct.pack("<HH", 0x203, 65535)),
}
