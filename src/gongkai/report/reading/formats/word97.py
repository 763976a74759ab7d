"""The binary Word format (.doc, also written by WPS): its text, paragraph by paragraph, and its tables' rows.

Names and numbers are those of Microsoft's specification [MS-DOC]: text lies in pieces (`PlcPcd`), properties
of characters and paragraphs in pages of 512 bytes (`ChpxFkp`, `PapxFkp`) as lists of modifiers (`sprm`).
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from struct import error as StructError
from struct import unpack_from

import olefile

from gongkai.report.reading.blocks import raised
from gongkai.report.reading.errors import Unreadable

MAX_CHARACTERS = 1_000_000
MAX_PAGES = 2_000
_DAMAGED = "Word 文件不完整或已损坏，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_TOO_OLD = "这是很早的 Word 格式，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_LOCKED = "文件设有打开密码，请在 Word 或 WPS 中取消密码后再试。"
_TOO_LONG = "Word 文件过长，超出读取上限。"
_BROKEN = (OSError, StructError, IndexError, ValueError, KeyError, OverflowError, RecursionError, TypeError)

_PAGE = 512
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_DELETED, _STRUCK, _STRUCK_TWICE, _HIDDEN, _POSITION = 0x0800, 0x0837, 0x2A53, 0x083C, 0x2A48
_GONE = frozenset((_DELETED, _STRUCK, _STRUCK_TWICE, _HIDDEN))
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x244B, 0x244C
_DEPTH, _DEEPER, _ELSEWHERE = 0x6649, 0x664A, frozenset((0x6645, 0x6646, 0x646B))
_TABLE, _VERTICAL = 0xD608, 0xD62B
_PRM_DELETED = 0x41

# The first byte of a run, the one after its last, and its modifiers.
_Run = tuple[int, int, bytes]

_KEPT, _DROPPED, _RAISED = 0, 1, 2
_BOX = "\x08"
_MARK = re.compile("[\r\x07\x0c]")
_FIELD = re.compile("[\x13\x14\x15]")
_SIGNS = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " "} | dict.fromkeys(
    (0, 1, 2, 3, 4, 5, 6, 8, 0x13, 0x14, 0x15, 0x1F), ""
)


class End(Enum):
    """What a paragraph's mark ends."""

    PARAGRAPH = "paragraph"
    CELL = "cell"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Shape:
    """A row's cells: where they begin and end across the page, which go on from the left or from above."""

    edges: tuple[int, ...] = ()
    from_left: frozenset[int] = frozenset()
    from_above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, how many tables it stands in, what its mark ends, and the row's shape."""

    text: str
    depth: int = 0
    end: End = End.PARAGRAPH
    shape: Shape = Shape()
    is_deleted: bool = False
    holds_box: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    offset: int
    width: int
    is_deleted: bool


def read_lines(data: bytes) -> list[Line]:
    """Return the paragraphs of the main text, then those of text boxes, all changes accepted.

    Raises:
        Unreadable: damaged, locked, of a Word before 97, or beyond the limits.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as archive:
            return _File(archive).lines()
    except _BROKEN as error:
        raise Unreadable(_DAMAGED) from error


class _File:
    """The streams of one file, and where its properties lie."""

    def __init__(self, archive: olefile.OleFileIO) -> None:
        self.word = _stream(archive, "WordDocument")
        magic, version, flags = *unpack_from("<HH", self.word), *unpack_from("<H", self.word, 0x0A)
        if magic != 0xA5EC or version < 0xC1:
            raise Unreadable(_TOO_OLD)
        if flags & 0x0100:
            raise Unreadable(_LOCKED)
        self.table = _stream(archive, "1Table" if flags & 0x0200 else "0Table")
        self.extra = _stream(archive, "Data") if archive.exists("Data") else b""
        self.pieces = list(self._pieces(*self._place(0x01A2)))
        self.paragraphs = sorted(self._runs(0x0102, _papx))
        self._starts = [first for first, _, _ in self.paragraphs]

    def _place(self, entry: int) -> tuple[int, int]:
        """Return where in the table stream something lies and how long it is, from its entry in the head."""
        at, length = unpack_from("<II", self.word, entry)
        return int(at), int(length)

    def _pieces(self, at: int, length: int) -> Iterator[_Piece]:
        clx = self.table[at : at + length]
        lists: list[bytes] = []
        at = 0
        while clx[at] == 1:
            size = unpack_from("<H", clx, at + 1)[0]
            lists.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        count = (unpack_from("<I", clx, at + 1)[0] - 4) // 12
        places = unpack_from(f"<{count + 1}I", clx, at + 5)
        if places[-1] > MAX_CHARACTERS:
            raise Unreadable(_TOO_LONG)
        for i, (first, last) in enumerate(pairwise(places)):
            _, where, modifier = unpack_from("<HIH", clx, at + 5 + 4 * (count + 1) + 8 * i)
            narrow = where & 0x40000000
            offset = (where & 0x3FFFFFFF) // 2 if narrow else where
            yield _Piece(first, max(first, last), offset, 1 if narrow else 2, _is_deleted(modifier, lists))

    def _runs(self, entry: int, read: Callable[[bytes], Iterator[_Run]]) -> Iterator[_Run]:
        """Yield the runs of characters or paragraphs: first and last byte, and their modifiers."""
        at, length = self._place(entry)
        count = (length - 4) // 8
        if count > MAX_PAGES:
            raise Unreadable(_TOO_LONG)
        numbers = unpack_from(f"<{count}I", self.table, at + 4 * (count + 1)) if count > 0 else ()
        for number in numbers:
            start = (number & 0x3FFFFF) * _PAGE
            page = self.word[start : start + _PAGE]
            if len(page) == _PAGE:
                yield from read(page)

    def lines(self) -> list[Line]:
        """Return the paragraphs of the main text and of its text boxes."""
        main, *between, _ = unpack_from("<7I", self.word, 0x4C)
        text = "".join(map(self._text, self.pieces))
        shown = self._mask(len(text))
        lines = list(self._split(text, shown, 0, min(main, len(text))))
        return _with_boxes(lines, list(self._boxes(text, shown, main + sum(between))))

    def _boxes(self, text: str, shown: bytearray, start: int) -> Iterator[list[Line]]:
        """Yield the paragraphs of each text box that has any."""
        at, length = self._place(0x025A)
        count = (length - 4) // 26
        places = unpack_from(f"<{count + 1}I", self.table, at) if length > 4 else ()
        for first, last in pairwise(places):
            lines = list(self._split(text, shown, start + first, min(start + last, len(text))))
            if any(line.text.strip() for line in lines):
                yield [Line(line.text) for line in lines]

    def _text(self, piece: _Piece) -> str:
        count = piece.last - piece.first
        raw = self.word[piece.offset : piece.offset + count * piece.width]
        if len(raw) < count * piece.width:
            raise Unreadable(_DAMAGED)
        # One character for each unit, so that places can be counted; pairs are put together at the end.
        if piece.width == 1:
            return raw.decode("cp1252", "replace")
        return "".join(map(chr, unpack_from(f"<{count}H", raw)))

    def _mask(self, length: int) -> bytearray:
        """Return for each character whether it is kept, dropped or raised."""
        runs = sorted((first, last, _look(modifiers)) for first, last, modifiers in self._runs(0x00FA, _chpx))
        runs = [run for run in runs if run[2]]
        starts = [first for first, _, _ in runs]
        shown = bytearray(length)
        for piece in self.pieces:
            if piece.is_deleted:
                shown[piece.first : piece.last] = bytes([_DROPPED]) * (piece.last - piece.first)
            begin, end = piece.offset, piece.offset + (piece.last - piece.first) * piece.width
            for first, last, look in runs[max(bisect_right(starts, begin) - 1, 0) :]:
                if first >= end:
                    break
                a = piece.first + max(first - begin, 0) // piece.width
                b = piece.first + (min(last, end) - begin) // piece.width
                if a < b:
                    shown[a:b] = bytes([look]) * (b - a)
        return shown

    def _split(self, text: str, shown: bytearray, begin: int, end: int) -> Iterator[Line]:
        _drop_instructions(text, shown, begin, end)
        carried, holds_box = "", False
        for mark in _MARK.finditer(text, begin, end):
            at = mark.start()
            carried += _shown(text[begin:at], shown[begin:at])
            holds_box = holds_box or _BOX in text[begin:at]
            begin = at + 1
            line = self._line(carried, mark[0], at, is_deleted=shown[at] == _DROPPED)
            if line.is_deleted and line.end is End.PARAGRAPH:  # it runs on into the next
                continue
            yield replace(line, holds_box=holds_box)
            carried, holds_box = "", False
        if carried or begin < end:
            yield Line(carried + _shown(text[begin:end], shown[begin:end]))

    def _line(self, text: str, mark: str, at: int, *, is_deleted: bool) -> Line:
        properties = self._properties(at)
        depth = properties.get(_DEPTH, 0) or int(bool(properties.get(_IN_TABLE)))
        end = End.PARAGRAPH
        if depth == 1 and mark == "\x07":
            end = End.ROW if properties.get(_ROW_END) else End.CELL
        elif depth > 1 and properties.get(_INNER_ROW):
            end = End.ROW
        elif depth > 1 and (properties.get(_INNER_CELL) or mark == "\x07"):
            end = End.CELL
        shape = _shape(self._modifiers(at)) if end is End.ROW else Shape()
        return Line(text, depth, end, shape, is_deleted)

    def _properties(self, at: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for code, operand in self._modifiers(at):
            if code == _DEEPER:
                found[_DEPTH] = found.get(_DEPTH, 0) + int.from_bytes(operand, "little", signed=True)
            elif code in (_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW, _DEPTH):
                found[code] = int.from_bytes(operand, "little")
        found[_DEPTH] = min(max(found.get(_DEPTH, 0), 0), 64)
        return found

    def _modifiers(self, at: int) -> list[tuple[int, bytes]]:
        """Return the modifiers of the paragraph whose mark is the character at a place."""
        piece = self.pieces[bisect_right(self.pieces, at, key=lambda each: each.first) - 1]
        byte = piece.offset + (at - piece.first) * piece.width
        found = bisect_right(self._starts, byte) - 1
        if found < 0 or byte >= self.paragraphs[found][1]:
            return []
        modifiers: list[tuple[int, bytes]] = []
        for code, operand in sprms(self.paragraphs[found][2]):
            modifiers.append((code, operand))
            if code in _ELSEWHERE:
                where = int.from_bytes(operand, "little")
                size = int.from_bytes(self.extra[where : where + 2], "little")
                modifiers += sprms(self.extra[where + 2 : where + 2 + size])
        return modifiers


def _with_boxes(lines: list[Line], boxes: list[list[Line]]) -> list[Line]:
    """Put each text box before the paragraph it hangs on; where that is not clear, all at the end."""
    if sum(line.holds_box for line in lines) != len(boxes):
        return lines + [line for box in boxes for line in box]
    left = iter(boxes)
    placed: list[Line] = []
    for line in lines:
        if line.holds_box:
            placed += [replace(each, depth=line.depth) for each in next(left)]
        placed.append(line)
    return placed


def _stream(archive: olefile.OleFileIO, name: str) -> bytes:
    with archive.openstream(name) as stream:
        return bytes(stream.read())


def _papx(page: bytes) -> Iterator[_Run]:
    count = page[-1]
    bytes_ = unpack_from(f"<{count + 1}I", page)
    for i in range(count):
        at = 2 * page[4 * (count + 1) + 13 * i]
        size = page[at]
        begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[at + 1])
        yield bytes_[i], bytes_[i + 1], page[begin + 2 : begin + length] if at else b""


def _chpx(page: bytes) -> Iterator[_Run]:
    count = page[-1]
    bytes_ = unpack_from(f"<{count + 1}I", page)
    for i in range(count):
        at = 2 * page[4 * (count + 1) + i]
        yield bytes_[i], bytes_[i + 1], page[at + 1 : at + 1 + page[at]] if at else b""


def sprms(modifiers: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a list of modifiers as codes and their operands; what is cut short ends it."""
    at = 0
    while at + 2 < len(modifiers):
        code = unpack_from("<H", modifiers, at)[0]
        at += 2
        if code == _TABLE:
            size = int.from_bytes(modifiers[at : at + 2], "little") - 1
            at += 2
        elif code >> 13 == 6:
            size = modifiers[at]
            at += 1
        else:
            size = _SIZES[code >> 13]
        if size < 0 or at + size > len(modifiers):
            return
        yield code, modifiers[at : at + size]
        at += size


def _is_deleted(modifier: int, lists: list[bytes]) -> bool:
    """Whether a piece's own modifier, as fast saving leaves them, marks it as deleted."""
    if not modifier & 1:
        return (modifier >> 1) & 0x7F == _PRM_DELETED and bool(modifier >> 8)
    number = modifier >> 1
    return number < len(lists) and _look(lists[number]) == _DROPPED


def _look(modifiers: bytes) -> int:
    """Return whether characters with these modifiers are kept, dropped or raised."""
    look = {code: operand[0] & 1 for code, operand in sprms(modifiers) if code in _GONE}
    if any(look.values()):
        return _DROPPED
    position = [operand[0] for code, operand in sprms(modifiers) if code == _POSITION]
    return _RAISED if position[-1:] == [1] else _KEPT


def _drop_instructions(text: str, shown: bytearray, begin: int, end: int) -> None:
    """Drop what a field is made by; what it shows stays."""
    opened: list[int | None] = []  # where instructions begin; None once a field shows its result
    for mark in _FIELD.finditer(text, begin, end):
        if mark[0] == "\x13":
            opened.append(mark.start())
        elif opened:
            first = opened.pop()
            if first is not None:
                shown[first : mark.start()] = bytes([_DROPPED]) * (mark.start() - first)
            if mark[0] == "\x14":
                opened.append(None)


def _shown(text: str, shown: bytearray) -> str:
    if any(shown):
        kept = [(c, look) for c, look in zip(text, shown, strict=True) if look != _DROPPED]
        text = "".join(raised(c) if look == _RAISED else c for c, look in kept)
    text = text.translate(_SIGNS)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _shape(modifiers: Iterable[tuple[int, bytes]]) -> Shape:
    edges: tuple[int, ...] = ()
    left: set[int] = set()
    above: set[int] = set()
    for code, operand in modifiers:
        if code == _TABLE and operand:
            count = operand[0]
            edges = unpack_from(f"<{count + 1}h", operand, 1)
            flags = operand[1 + 2 * (count + 1) :]
            cells = [int.from_bytes(flags[20 * i : 20 * i + 2], "little") for i in range(count)]
            left = {i for i, cell in enumerate(cells) if cell & 3 == 1}
            above = {i for i, cell in enumerate(cells) if cell >> 5 & 3 == 1}
        elif code == _VERTICAL and len(operand) >= 2:
            (above.add if operand[1] & 3 == 1 else above.discard)(operand[0])
    return Shape(edges, frozenset(left), frozenset(above))
