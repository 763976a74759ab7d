"""Pictures that unfold to gigabytes, go round in circles, or end too soon."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from random import Random


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, data: bytes, *, colours: int = 0, depth: int = 8, more: bytes = b""
) -> bytes:
    """Return a PNG of a declared size round packed lines that may not fill it."""
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    packed = zlib.compress(data, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    )


def _true_png(side: int) -> bytes:
    """A white PNG that is as large as it says."""
    packer = zlib.compressobj(9)
    line = b"\0" + b"\xff" * (side // 8)
    packed = b"".join(packer.compress(line * 100) for _ in range(side // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side // 100 * 100, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _jpeg(width: int, height: int, scan: bytes = b"") -> bytes:
    segment = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    tables = b"\xff\xdb" + struct.pack(">H", 67) + b"\0" + b"\x01" * 64
    start = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8" + tables + b"\xff\xc0" + struct.pack(">H", 2 + len(segment)) + segment + start + scan


def _tiff(tags: list[tuple[int, int, int, int]], following: int = 0, *, first: int = 8) -> bytes:
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return (
        b"II*\0"
        + struct.pack("<I", first)
        + struct.pack("<H", len(tags))
        + entries
        + struct.pack("<I", following)
    )


def _sized(width: int, height: int) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, width * height & 0xFFFFFFFF),
    ]


def _gif(frames: int, width: int = 10, height: int = 10) -> bytes:
    frame = b",\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\x02\x02\x44\x01\0"
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\x80\0\0"
        + b"\xff\xff\xff\0\0\0"
        + frame * frames
        + b";"
    )


def _bmp(width: int, height: int, bits: int = 24, packing: int = 0) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packing, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head + b"\xff" * 1_000


def _noise(mark: bytes, seed: int) -> bytes:
    return mark + Random(seed).randbytes(20_000)


_MARKS = {
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe0",
    "GIF": b"GIF89a",
    "TIFF": b"II*\0",
    "TIFF, high first": b"MM\0*",
    "BMP": b"BM\0\0\0\0",
    "WebP": b"RIFF\xff\xff\0\0WEBPVP8 ",
}

FILES: Mapping[str, Callable[[], bytes]] = {
    "a PNG of 60,000 by 60,000 told": partial(png, 60_000, 60_000, bytes(1_000)),
    "a PNG of 2,000 million by 2,000 million": partial(png, 2**31 - 1, 2**31 - 1, b""),
    "a PNG of no size": partial(png, 0, 0, b""),
    "a PNG of 20,000 by 20,000 indeed": partial(_true_png, 20_000),
    "a PNG of one line of 2 million": partial(png, 2_000_000, 1, bytes(2_000_001)),
    "a PNG of 1 by 2 million": partial(png, 1, 2_000_000, bytes(4_000_000)),
    "a PNG in colours there are not": partial(png, 100, 100, bytes(10_100), colours=3),
    "a PNG of impossible depth": partial(png, 100, 100, bytes(10_100), depth=77),
    "a PNG with a text of 100 MB": lambda: png(
        100, 100, bytes(10_100), more=_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))
    ),
    "a PNG with 100,000 chunks": lambda: png(
        100, 100, bytes(10_100), more=_chunk(b"tEXt", b"a\0b") * 100_000
    ),
    "a PNG whose chunk is 4 GB": lambda: b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR" + bytes(100),
    "a PNG without data": lambda: png(500, 500, b"")[:60],
    "a PNG of one point": partial(png, 1, 1, b"\0\0"),
    "a JPEG of 65,000 by 65,000 told": partial(_jpeg, 65_000, 65_000),
    "a JPEG cut short": lambda: _jpeg(2_000, 2_000, b"\x12\x34" * 50),
    "a JPEG of markers": lambda: b"\xff\xd8" + b"\xff\xe1\0\x02" * 100_000,
    "a JPEG that only begins": lambda: b"\xff\xd8\xff",
    "a TIFF in a circle": lambda: _tiff(_sized(100, 100), following=8),
    "a TIFF whose first page is nowhere": lambda: _tiff(_sized(100, 100), first=0xFFFFFFF0),
    "a TIFF of 2,000 million by 2,000 million": lambda: _tiff(_sized(2**31, 2**31)),
    "a TIFF of 60,000 by 60,000": lambda: _tiff(_sized(60_000, 60_000)),
    "a TIFF of unknown tags": lambda: _tiff([(40_000 + i, 99, 2**32 - 1, 2**32 - 1) for i in range(500)]),
    "a TIFF of tags that are itself": lambda: _tiff([(330, 4, 1_000_000, 8), *_sized(100, 100)]),
    "a GIF of 100,000 frames": partial(_gif, 100_000),
    "a GIF of 65,000 by 65,000": partial(_gif, 2, 65_000, 65_000),
    "a BMP of 30,000 by 30,000": partial(_bmp, 30_000, 30_000),
    "a BMP of less than nothing": partial(_bmp, -(2**31), -(2**31)),
    "a BMP packed unknown": partial(_bmp, 100, 100, 7, 99),
    **{f"{kind} and noise": partial(_noise, mark, 7) for kind, mark in _MARKS.items()},
    **{f"{kind} and NULs": lambda mark=mark: mark + bytes(1_000_000) for kind, mark in _MARKS.items()},
}
