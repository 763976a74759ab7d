"""The worksheets of an .xlsx file, from its XML: cached values of formulas, errors, number formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from gongkai.report.reading.blocks import raised
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive, read_member
from gongkai.report.reading.formats.trees import local
from gongkai.report.reading.formats.worksheet import (
    MAX_SHEETS,
    MAX_TEXT,
    UNCOUNTED,
    UNCOUNTED_NOTE,
    Tab,
    format_code,
    hidden_note,
    number_text,
)

DAMAGED = "电子表格不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
_TOO_LARGE = "工作簿过大，超出读取上限。"
_ENTITIES = "电子表格含有不应有的实体声明，为安全起见不予读取。"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_MAX_TAGS = 1_500_000
_MAX_TOTAL = 64 * 1024 * 1024
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


@dataclass(slots=True)
class _Book:
    """What the sheets of one workbook share; member `names` by their lower case, as writers differ in it."""

    archive: ZipFile
    names: dict[str, str]
    strings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    from_1904: bool = False
    room: int = _MAX_TOTAL

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """Yield a part's elements of these local names as they close; each is emptied afterwards.

        Raises:
            Unreadable: the part is damaged, too large, or declares entities.
        """
        xml = read_member(self.archive, self.names.get(name.lower(), name))
        self.room -= len(xml)
        if self.room < 0 or xml.count(b"<") > _MAX_TAGS:
            raise Unreadable(_TOO_LARGE)
        return _elements(xml, tags)


def _elements(xml: bytes, tags: tuple[str, ...]) -> Iterator[Any]:
    if b"<!ENTITY" in xml:
        raise Unreadable(_ENTITIES)
    parser = etree.iterparse(
        BytesIO(xml),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for number, (_, element) in enumerate(parser):
            if number == 0 and element.getroottree().docinfo.doctype:
                raise Unreadable(_ENTITIES)
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def read_xlsx(data: bytes) -> tuple[list[Tab], list[str]]:
    """Return the visible worksheets of an .xlsx file in order, and notes.

    Raises:
        Unreadable: damaged, encrypted, or beyond the limits.
    """
    with open_archive(data) as archive:
        book = _Book(archive=archive, names={name.lower(): name for name in archive.namelist()})
        notes: list[str] = []
        parts = list(_sheet_parts(book, notes))
        if _STRINGS.lower() in book.names:
            book.strings = [_rich_text(item) for item in book.elements(_STRINGS, "si")]
        if _STYLES in book.names:
            book.codes = _codes(book)
        tabs = [_tab(book, title, part, notes) for title, part in parts]
        drawings = (real for name, real in book.names.items() if name.startswith("xl/drawings/drawing"))
        if any(b":txBody>" in read_member(archive, name) for name in drawings):
            notes.append("工作簿里有文本框，其中的文字没有读取。")
    return tabs, notes


def _sheet_parts(book: _Book, notes: list[str]) -> Iterator[tuple[str, str]]:
    """Title and part name of each visible worksheet."""
    targets: dict[str, str] = {}
    for link in book.elements("xl/_rels/workbook.xml.rels", "Relationship"):
        if link.get("Type", "").endswith("/worksheet"):
            targets[link.get("Id", "")] = _part_name(link.get("Target", ""))
    seen = 0
    for element in book.elements("xl/workbook.xml", "sheet", "workbookPr"):
        if local(element) == "workbookPr":
            book.from_1904 = element.get("date1904") in ("1", "true")
            continue
        seen += 1
        part = targets.get(element.get(f"{_OFFICE}id") or element.get(f"{_STRICT}id") or "")
        if part is None or seen > MAX_SHEETS:
            continue
        title = element.get("name", "")
        if element.get("state", "visible") != "visible":
            notes.append(hidden_note(title))
        elif part.lower() in book.names:
            yield title, part
        else:
            raise Unreadable(DAMAGED)


def _part_name(target: str) -> str:
    target = target.replace("\\", "/")
    return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _rich_text(item: Any) -> str:
    """The text of a string item, inline or shared: struck-out runs left out, superscripts raised."""
    parts: list[str] = []
    for child in item:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.append(_run(child))
    return _unescaped("".join(parts))[:MAX_TEXT]


def _run(run: Any) -> str:
    text = "".join(child.text or "" for child in run if local(child) == "t")
    for mark in (mark for child in run if local(child) == "rPr" for mark in child):
        if local(mark) == "strike" and mark.get("val", "1") not in ("0", "false"):
            return ""
        if local(mark) == "vertAlign" and mark.get("val") == "superscript":
            return raised(text)
    return text


def _unescaped(text: str) -> str:
    """Control characters are written as _x000D_."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: " " if int(code[1], 16) < 32 else code[0], text)


def _codes(book: _Book) -> list[str]:
    """The number format of each cell style."""
    own: dict[int, str] = {}
    used: list[int] = []
    for element in book.elements(_STYLES, "numFmt", "cellXfs"):
        if local(element) == "numFmt":
            own[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
        else:
            used = [_whole(style.get("numFmtId")) for style in element]
    return [format_code(number, own) for number in used]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _tab(book: _Book, title: str, part: str, notes: list[str]) -> Tab:
    tab = Tab(name=title)
    row = column = -1
    parent: Any = None
    for element in book.elements(part, "c", "mergeCell"):
        if local(element) == "mergeCell":
            _merge(tab, element.get("ref", ""))
            continue
        if element.getparent() is not parent:
            parent = element.getparent()
            row, column = _whole(parent.get("r")) - 1 if parent.get("r") else row + 1, -1
        place = _place(element.get("r", ""))
        row, column = place or (row, column + 1)
        text = _cell_text(book, element)
        if text == UNCOUNTED and UNCOUNTED_NOTE not in notes:
            notes.append(UNCOUNTED_NOTE)
        tab.put(row, column, text)
    return tab


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _merge(tab: Tab, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start and end:
        tab.merge(*start, *end)


def _cell_text(book: _Book, cell: Any) -> str:
    kind = cell.get("t", "n")
    parts = {local(child): child for child in cell}
    if kind == "inlineStr":
        return _rich_text(parts["is"]) if "is" in parts else ""
    value = (parts["v"].text or "") if "v" in parts else ""
    if kind == "s":
        index = _whole(value.strip())
        if index >= len(book.strings):
            raise Unreadable(DAMAGED)
        return book.strings[index]
    if kind == "str":
        return _unescaped(value)
    if not value.strip():
        return UNCOUNTED if "f" in parts else ""
    return _plain_value(book, kind, value.strip(), _whole(cell.get("s")))


def _plain_value(book: _Book, kind: str, value: str, style: int) -> str:
    if kind == "b":
        return "TRUE" if value in ("1", "true") else "FALSE"
    if kind == "d":
        day = re.match(r"(\d{4})-(\d\d)-(\d\d)", value)
        return f"{int(day[1])}年{int(day[2])}月{int(day[3])}日" if day else value
    if kind != "n":
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    code = book.codes[style] if style < len(book.codes) else ""
    return number_text(number, code, from_1904=book.from_1904) if abs(number) < 1e30 else value
