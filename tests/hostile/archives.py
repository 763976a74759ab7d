"""Zip files that lie: about sizes, numbers, names, and what lies where."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from fuzz.wrapping import word_file, zipped

_TYPES = ("[Content_Types].xml", b"<Types/>")
_MAIN = "word/document.xml"
MANY = 100_000


def member(
    name: bytes, packed: bytes, *, size: int, method: int = 8, flags: int = 0, crc: int = 0, at: int = 0
) -> tuple[bytes, bytes]:
    """Return a member's own head with its data, and its entry in the directory, as they are told to be."""
    told = struct.pack("<HHHHHIIIH", 20, flags, method, 0, 0, crc, len(packed), size, len(name))
    local = b"PK\x03\x04" + told[:2] + told[2:] + struct.pack("<H", 0) + name + packed
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + told
    return local, entry + struct.pack("<HHHHII", 0, 0, 0, 0, 0, at) + name


def assembled(parts: Iterable[tuple[bytes, bytes]], *, count: int | None = None, tail: bytes = b"") -> bytes:
    """Return an archive of members and entries; `count` is how many it says there are."""
    listed = list(parts)
    body, directory = b"".join(part[0] for part in listed), b"".join(part[1] for part in listed)
    number = min(len(listed) if count is None else count, 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, number, number, len(directory), len(body), len(tail))
    return body + directory + b"PK\x05\x06" + end + tail


def deflated(data: bytes) -> bytes:
    """Return data deflated without a head."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def bomb(megabytes: int, filler: bytes = b" ") -> bytes:
    """Return so many MB of one byte, deflated, without ever holding or packing more than one of them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(filler * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + packer.flush()


def _ratio(name: str = _MAIN, *, told: int | None = None, megabytes: int = 200) -> bytes:
    packed = bomb(megabytes)
    size = megabytes * 2**20 if told is None else told
    first = member(b"[Content_Types].xml", b"<Types/>", size=8, method=0, crc=zlib.crc32(b"<Types/>"))
    return assembled([first, member(name.encode(), packed, size=size, at=len(first[0]))])


def _many(name: Callable[[int], str], count: int = MANY) -> bytes:
    return assembled(member(name(i).encode(), b"", size=0, method=0) for i in range(count))


def _few(name: Callable[[int], str], data: bytes = b"x") -> bytes:
    return zipped({name(i): data for i in range(4_000)})


def _overlapping(count: int) -> bytes:
    local, entry = member(b"a.txt", bomb(20), size=20 * 2**20)
    entries = [(b"", entry.replace(b"a.txt", b"%05d" % i)) for i in range(count)]
    return assembled([(local, entry), *entries])


def _nested(depth: int, wide: int = 1) -> bytes:
    data = word_file(b"<w:p/>")
    for level in range(depth):
        data = zipped({f"{level}-{i}.zip": data for i in range(wide)})
    return data


def _around_itself() -> bytes:
    """A member whose data is the archive from its own head to the end."""
    local, entry = member(b"a.zip", b"", size=0, method=0)
    whole = len(local) + len(entry) + 22
    lie = struct.pack("<II", whole - len(local), whole - len(local))
    return assembled([(local, entry[:20] + lie + entry[28:])])


def _compressed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(*_TYPES)
        with archive.open(_MAIN, "w") as opened:
            for _ in range(60):
                opened.write(bytes(2**20))
    return out.getvalue()


def _with(**lies: int) -> bytes:
    """A Word file whose main part's entry lies in one field."""
    local, entry = member(_MAIN.encode(), deflated(b"<w/>"), size=4, crc=zlib.crc32(b"<w/>"))
    places = {"method": (10, "<H"), "flags": (8, "<H"), "crc": (16, "<I"), "packed": (20, "<I")}
    places |= {"size": (24, "<I"), "name": (28, "<H"), "extra": (30, "<H"), "comment": (32, "<H")}
    places |= {"attributes": (38, "<I"), "at": (42, "<I")}
    for field, value in lies.items():
        at, code = places[field]
        entry = entry[:at] + struct.pack(code, value) + entry[at + struct.calcsize(code) :]
    return assembled([(local, entry)])


def _twice() -> bytes:
    bodies = (b"<w>1</w>", b"<w>2</w>", b"<!DOCTYPE w><w/>")
    return assembled(member(_MAIN.encode(), body, size=len(body), method=0) for body in bodies)


def _linked() -> bytes:
    local, entry = member(_MAIN.encode(), b"/etc/passwd", size=11, method=0, crc=zlib.crc32(b"/etc/passwd"))
    return assembled(
        [(local, entry[:4] + b"\x14\x03" + entry[6:38] + struct.pack("<I", 0xA1FF0000) + entry[42:])]
    )


def _cut(keep: float) -> bytes:
    data = word_file(b"<w:p/>" * 500)
    return data[: int(len(data) * keep)]


_PATHS = (
    "../../../../etc/cron.d/a",
    "/etc/passwd",
    "C:\\Windows\\a.txt",
    "..\\..\\a.docx",
    "a/../../b.txt",
    "//h/s",
)

FILES: Mapping[str, Callable[[], bytes]] = {
    "200 MB of spaces as the main part": _ratio,
    "200 MB told to be 10 bytes": partial(_ratio, told=10),
    "1 MB told to be 4 GB": partial(_ratio, told=0xFFFFFFFF, megabytes=1),
    "200 MB in a part nobody reads": partial(_ratio, "docProps/app.xml"),
    "200 MB as a text": partial(_ratio, "report.txt"),
    "200 MB as a spreadsheet's part": partial(_ratio, "xl/workbook.xml"),
    "200 MB as an OFD's root": partial(_ratio, "OFD.xml"),
    "1.5 GB as a report": partial(_ratio, "a.html", megabytes=1_500),
    "100,000 empty members": partial(_many, "{:06}.txt".format),
    "100,000 members of one name": partial(_many, lambda _: "a.txt"),
    "4,000 members": partial(_few, "{:06}.txt".format),
    "4,000 Word files": partial(_few, "{:06}.docx".format, b"PK\x03\x04"),
    "4,000 folders": partial(_few, "{:06}/".format, b""),
    "4,000 members in a deep path": partial(_few, lambda i: "a/" * 2_000 + str(i)),
    "members on top of one another": partial(_overlapping, 300),
    "very many members on top of one another": partial(_overlapping, 4_900),
    "20 archives in one another": partial(_nested, 20),
    "300 archives in one another": partial(_nested, 300),
    "a tree of archives": partial(_nested, 6, 5),
    "an archive around itself": _around_itself,
    "60 MB by bzip2": partial(_compressed, zipfile.ZIP_BZIP2),
    "60 MB by LZMA": partial(_compressed, zipfile.ZIP_LZMA),
    "unknown compression": partial(_with, method=99),
    "locked": partial(_with, flags=1),
    "strongly locked": partial(_with, flags=0x41),
    "a name said to be UTF-8 that is not": lambda: assembled(
        [member(b"\xff\xfe\xb9", b"", size=0, flags=0x800)]
    ),
    "wrong sum": partial(_with, crc=1),
    "packed size too large": partial(_with, packed=0x7FFFFFFF),
    "packed size nothing": partial(_with, packed=0),
    "name beyond the end": partial(_with, name=0xFFFF),
    "extra field beyond the end": partial(_with, extra=0xFFFF),
    "comment beyond the end": partial(_with, comment=0xFFFF),
    "member beyond the end": partial(_with, at=0x7FFFFFFF),
    "sizes left to ZIP64 and not given": partial(_with, size=0xFFFFFFFF, packed=0xFFFFFFFF, at=0xFFFFFFFF),
    "a link as the main part": _linked,
    "the main part three times": _twice,
    "paths out of the folder": lambda: zipped(dict.fromkeys(_PATHS, b"x")),
    "names of control characters": lambda: zipped(
        {"\x01\x1b[2J.txt": b"x", "\u202egnp.exe": b"x", "a\nb": b"x"}
    ),
    "names of 60,000 characters": lambda: zipped({"a" * 60_000 + ".txt": b"x", "报" * 20_000: b"x"}),
    "nothing but an end": lambda: b"PK\x05\x06" + bytes(18),
    "an end that tells of 65,535 members": lambda: assembled([], count=0xFFFF),
    "a comment of 64 KB": lambda: assembled([], tail=b"PK\x05\x06" * 16_000),
    "only heads": lambda: member(_MAIN.encode(), b"x", size=1)[0] * 20_000,
    "only marks": lambda: b"PK\x03\x04" * 500_000,
    "directory marks": lambda: b"PK\x03\x04" + b"PK\x01\x02" * 4_000,
    **{f"cut at {keep}": partial(_cut, keep) for keep in (0.05, 0.5, 0.9, 0.99)},
}
