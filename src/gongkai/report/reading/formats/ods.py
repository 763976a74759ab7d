"""The worksheets of an OpenDocument spreadsheet (.ods), read from its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive, read_member
from gongkai.report.reading.formats.trees import local, parse_tree
from gongkai.report.reading.formats.worksheet import MAX_SHEETS, Tab, hidden_note, number_text

_DAMAGED = "电子表格不完整或已损坏，请用 WPS 或 LibreOffice 打开后另存为 .xlsx 再试。"
_MAX_TAGS = 1_500_000
_MAX_REPEATS = 1_024
_FIGURE = re.compile(r"[-−]?[\d,.\s]+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def read_ods(data: bytes) -> tuple[list[Tab], list[str]]:
    """Return the visible worksheets of an .ods file in order, and notes.

    Raises:
        Unreadable: damaged, encrypted, or beyond the limits.
    """
    with open_archive(data) as archive:
        if b"manifest:encryption-data" in _manifest(archive):
            raise Unreadable("文件设有打开密码，请取消密码后再试。")
        root = _parse(read_member(archive, "content.xml"))
    hidden = {
        _value(style, "name")
        for style in root.iter("{*}style")
        if any(_value(each, "display") == "false" for each in style)
    }
    tabs: list[Tab] = []
    notes: list[str] = []
    for table in list(root.iter("{*}table"))[:MAX_SHEETS]:
        title = _value(table, "name")
        if _value(table, "style-name") in hidden:
            notes.append(hidden_note(title))
        elif local(table.getparent()) == "spreadsheet":
            tabs.append(_tab(table, title))
    return tabs, notes


def _manifest(archive: Any) -> bytes:
    name = "META-INF/manifest.xml"
    return read_member(archive, name) if name in archive.namelist() else b""


def _parse(xml: bytes) -> Any:
    if xml.count(b"<") > _MAX_TAGS:
        raise Unreadable("工作簿过大，超出读取上限。")
    return parse_tree(xml, "电子表格", _DAMAGED)


def _value(element: Any, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _tab(table: Any, title: str) -> Tab:
    tab = Tab(name=title)
    r = 0
    for row in table.iter("{*}table-row"):
        times = _times(row, "number-rows-repeated")
        for c, across, cell in _cells(row):
            text = _cell_text(cell)
            tab.merge(
                r,
                c,
                r + _times(cell, "number-rows-spanned") - 1,
                c + _times(cell, "number-columns-spanned") - 1,
            )
            if text.strip():
                for i in range(min(times, _MAX_REPEATS)):
                    for j in range(min(across, _MAX_REPEATS)):
                        tab.put(r + i, c + j, text)
        r += times
    return tab


def _cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """Column, number of repetitions and element of each cell that no merged one covers."""
    c = 0
    for cell in row:
        across = _times(cell, "number-columns-repeated")
        if local(cell) == "table-cell":
            yield c, across, cell
        if local(cell) in ("table-cell", "covered-table-cell"):
            c += across


def _times(element: Any, name: str) -> int:
    text = _value(element, name)
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _cell_text(cell: Any) -> str:
    """A cell's text; of a plain number the stored one, since the one shown may be rounded."""
    shown = "\n".join(_paragraph(p) for p in cell if local(p) == "p")
    kinds = [value for key, value in cell.items() if key.rpartition("}")[2] == "value-type"]
    if "error" in kinds:
        return shown if shown.startswith("#") else f"#{shown}"
    if "date" in kinds and (day := _DAY.match(_value(cell, "date-value"))):
        return f"{int(day[1])}年{int(day[2])}月{int(day[3])}日"
    if "float" not in kinds or not _FIGURE.fullmatch(shown):
        return shown
    try:
        return number_text(float(_value(cell, "value")), "")
    except (ValueError, OverflowError):
        return shown


def _paragraph(paragraph: Any) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        name = local(child)
        if name == "s":
            parts.append(" " * min(_times(child, "c"), 100))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name in ("span", "a"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
