"""A workbook or CSV as plain grids of texts, for tables that are no annual report.

What a number's text says is `numerals.read_cell`'s to tell. Strangers' files are read by `grids_guarded`, in
a child process that is ended at its limits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gongkai.children import ask, serve
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sheet import read_tabs
from gongkai.report.reading.formats.sniff import Format, decode, sniff
from gongkai.report.reading.formats.worksheet import Tab

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 2_000, 200, 500
_SECONDS, _MEMORY_MB = 20.0, 1024
_TOO_LARGE = f"表格过大，最多读取 {MAX_ROWS} 行、{MAX_COLUMNS} 列，请只保留需要的内容后再试。"
_NO_SHEET = "这不是电子表格，请提供 XLSX、XLS、ODS 或 CSV 文件。"
_DELIMITERS = ",\t;，"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, kw_only=True)
class SheetGrid:
    """A sheet's texts, row by row, each row as long as the longest; what is empty is ""."""

    name: str
    rows: Sequence[Sequence[str]]


def read_grids(data: bytes, name: str = "") -> list[SheetGrid]:
    """Return the sheets of a workbook (.xlsx, .xls, .ods) that hold anything, or a CSV file as one sheet.

    A heading merged over several cells stands in each; a title from the first column on, a month or a number
    only in the first. A formula that was never computed is "=?".

    Args:
        data: the whole file.
        name: its name, which a CSV file's sheet has no other of.
    Raises:
        Unreadable: damaged, encrypted, beyond the limits, or no spreadsheet.
    """
    kind = sniff(data, name)
    if kind is Format.SHEET:
        grids = [_grid(tab) for tab in read_tabs(data)[0] if tab.cells]
    elif kind in (Format.TEXT, Format.MARKDOWN):
        grids = [_csv(decode(data), name)]
    else:
        raise Unreadable(_NO_SHEET)
    if not any(grid.rows for grid in grids):
        raise Unreadable("表格是空的。")
    return grids


def grids_guarded(data: bytes, name: str = "") -> list[SheetGrid]:
    """Read as `read_grids` does, in a child process.

    Raises:
        Unreadable: as `read_grids`, or the limits of time and memory were reached.
    """
    try:
        told, _ = ask(__name__, {"name": name[-255:]}, data, seconds=_SECONDS, memory_mb=_MEMORY_MB)
    except TimeoutError:
        raise Unreadable(f"读取超过 {_SECONDS:g} 秒，已停止。请另存后再试。") from None
    except ChildProcessError:
        raise Unreadable("读取这个文件时程序中断，已停止。请另存为 .xlsx 或 .csv 再试。") from None
    if "error" in told:
        raise Unreadable(told["error"])
    return [SheetGrid(**grid) for grid in told["grids"]]


def _grid(tab: Tab) -> SheetGrid:
    rows, columns = max(row for row, _ in tab.cells) + 1, max(column for _, column in tab.cells) + 1
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable(_TOO_LARGE)
    texts = [
        [tab.cells.get((row, column), "")[:MAX_CELL] for column in range(columns)] for row in range(rows)
    ]
    for top, left, bottom, right in tab.merged:
        bottom, right = min(bottom, rows - 1), min(right, columns - 1)
        is_title = left == 0 < right
        if top < rows and left < columns and not is_title and not _DIGIT.search(texts[top][left]):
            for row in range(top, bottom + 1):
                texts[row][left : right + 1] = [texts[top][left]] * (right + 1 - left)
    return SheetGrid(name=tab.name, rows=texts)


def _csv(text: str, name: str) -> SheetGrid:
    head = text[:10_000]
    delimiter = max(_DELIMITERS, key=head.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([cell.strip()[:MAX_CELL] for cell in row])
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Unreadable(_TOO_LARGE)
    except csv.Error as error:
        raise Unreadable("CSV 文件结构异常，没有读出来，请另存为 .xlsx 再试。") from error
    width = max(map(len, rows), default=0)
    return SheetGrid(name=name, rows=[row + [""] * (width - len(row)) for row in rows])


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return {"grids": [asdict(grid) for grid in read_grids(data, asked["name"])]}, b""
    except Unreadable as error:
        return {"error": str(error)}, b""
    except MemoryError:
        return {"error": "文件展开后太大，超出内存上限，没有读取。"}, b""
    except Exception as error:  # a file that breaks the reader is told apart by its kind alone
        return {"error": f"文件结构异常，没有读出来（{type(error).__name__}），请另存后再试。"}, b""


if __name__ == "__main__":
    serve(_answer)
