"""From the tables of a library that knows nothing of the form to the form's rows, the same way for all.

1. A tool's tables are lists of rows, a row a list of texts; every row of every table is looked at.
2. A row of Table 2 or 3 is the form's row whose distinctive wording (the patterns our own reader uses) opens
   one of its cells, the rightmost first. Its numbers are the cells right of that one: those that are not
   empty if they are as many as the form has columns; one of each where a merged cell is given once a column;
   else the last of them, once padding at the end is off.
3. Table 4 has no labels before its numbers: they are taken likewise from the first row without words under a
   row with a cell 尚未审结.
4. What a cell's text says is read as our reader reads it. A row found twice counts as found the first time.

A number is right when it is the truth's, at its row and column, and wrong when the adapter finds another one
there. Cells that are blank in the truth are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongkai.report.numerals import BLANK, Illegible, Value, read_cell
from gongkai.report.reading.tables.flat import fold
from gongkai.report.reading.tables.labels import TABLE2, TABLE3
from gongkai.report.schema import TABLE4, CellId, Report, Row

Rows = list[list[str]]

_WORDS = re.compile(r"\D*[\u4e00-\u9fff]{2}")
_CELLS4 = [CellId(TABLE4.number, row.code, column.code) for row in TABLE4.rows for column in row.columns]


def adapted(rows: Rows, report: Report) -> dict[CellId, Value]:
    """Return the form's cells as the rows of some tool's tables give them."""
    found: dict[CellId, Value] = {}
    under_head = False
    for row in rows:
        if any("".join(cell.split()) == "尚未审结" for cell in row):
            under_head = True
        elif under_head and (numbers := _numbers(row, len(_CELLS4))):
            under_head = False
            for name, text in zip(_CELLS4, numbers, strict=True):
                found.setdefault(name, read_cell(text))
        elif match := _form_row(row, report):
            number, form_row, numbers = match
            for column, text in zip(form_row.columns, numbers, strict=True):
                found.setdefault(CellId(number, form_row.code, column.code), read_cell(text, column.unit))
    return found


def _form_row(row: Sequence[str], report: Report) -> tuple[int, Row, Sequence[str]] | None:
    labels = ["".join(fold(cell).split()) for cell in row]
    for at in range(len(row) - 1, -1, -1):
        for number, patterns in ((3, TABLE3), (2, TABLE2)):
            for form_row in report.form.table(number).rows:
                pattern = patterns["fees" if form_row.code == "fees_10k_yuan" else form_row.code]
                if re.match(r"[^\u4e00-\u9fff]{0,4}" + pattern, labels[at]):
                    numbers = _numbers(row[at + 1 :], len(form_row.columns))
                    return (number, form_row, numbers) if numbers else None
    return None


def _numbers(cells: Sequence[str], width: int) -> Sequence[str]:
    """Return the row's values, as many as the form has columns; none if there are words among them."""
    filled = [cell for cell in cells if cell.strip()]
    times, rest = divmod(len(cells), width)
    runs = [cells[i : i + times] for i in range(0, len(cells), times)] if times > 1 and not rest else []
    if len(filled) == width:
        values: Sequence[str] = filled
    elif runs and all(len(set(run)) == 1 for run in runs):
        values = [run[0] for run in runs]
    else:
        end = len(cells)
        while end > width and not cells[end - 1].strip():
            end -= 1
        values = cells[max(end - width, 0) : end]
    return values if len(values) == width and not any(map(_WORDS.match, values)) else ()


def compared(truth: Report, cells: Mapping[CellId, Value]) -> tuple[int, int, int]:
    """Return how many numbers the report has, how many of them are right, how many wrong."""
    numbers = {cell: value for cell in truth.form.cells() if _is_number(value := truth.value(cell))}
    read = {cell: value for cell in numbers if _is_number(value := cells.get(cell, BLANK))}
    right = sum(numbers[cell] == value for cell, value in read.items())
    return len(numbers), right, len(read) - right


def _is_number(value: Value) -> bool:
    return value is not BLANK and not isinstance(value, Illegible)
