"""The worksheets of an .xls file, the binary format of Excel 5 to 2003."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import xlrd

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.worksheet import MAX_SHEETS, Tab, hidden_note, number_text

_DAMAGED = "电子表格不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
_LOCKED = "文件设有打开密码，请在 Excel 或 WPS 中取消密码后再试。"


def read_xls(data: bytes) -> tuple[list[Tab], list[str]]:
    """Return the visible worksheets of an .xls file in order, and notes.

    Raises:
        Unreadable: damaged, encrypted, or beyond the limits.
    """
    tabs: list[Tab] = []
    notes: list[str] = []
    try:
        with Path(os.devnull).open("w") as silent, _open(data, silent) as book:
            for index, sheet in enumerate(book.sheets()[:MAX_SHEETS]):
                if sheet.visibility:
                    notes.append(hidden_note(sheet.name))
                else:
                    tabs.append(_tab(book, sheet))
                book.unload_sheet(index)
    except Unreadable:
        raise
    except Exception as error:  # its parser raises whatever the damage leads to
        locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower()
        raise Unreadable(_LOCKED if locked else _DAMAGED) from error
    return tabs, notes


def _open(data: bytes, silent: Any) -> Any:
    # Rows as long as they are filled, however wide the sheet says it is; formats, for what numbers mean.
    return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=silent)


def _tab(book: Any, sheet: Any) -> Tab:
    tab = Tab(name=sheet.name)
    for r in range(sheet.nrows):
        for c, cell in enumerate(sheet.row(r)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                tab.put(r, c, _text(book, cell))
    for top, end, left, right in sheet.merged_cells:
        tab.merge(top, left, end - 1, right - 1)
    return tab


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return number_text(cell.value, code, from_1904=bool(book.datemode))
