"""The three statutory tables as boxes: text, spans and what each box stands for.

Every writer draws from these, so that the merged cells of the form are described once. The spans are those of
the form issued as 国办公开办函〔2021〕30号, and of its trial edition 国办公开办函〔2019〕60号.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOMES_OF_REMEDY,
    CellId,
    Edition,
    Report,
    Row,
    SectionCode,
    Table,
)

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
ILLEGIBLE_MARK = "？"
TABLE_OF = {SectionCode.PROACTIVE: 2, SectionCode.REQUESTS: 3, SectionCode.REMEDIES: 4}


class Part(StrEnum):
    """What a box is to the table."""

    VALUE = "value"
    ROW = "row"
    ROW_GROUP = "row_group"
    COLUMN = "column"
    COLUMN_GROUP = "column_group"


@dataclass(frozen=True, kw_only=True)
class Box:
    """A cell of a drawn table, at its top left corner: `across` columns wide, `down` rows high.

    `cell` is the form's cell a value box shows, `label` the key of a label box in `Report.labels`.
    """

    text: str
    across: int = 1
    down: int = 1
    part: Part = Part.VALUE
    cell: CellId | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxTable:
    """A drawn table: relative column widths, and per row the boxes that begin in it."""

    number: int
    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]

    def matrix(self) -> list[list[Box]]:
        """Return rows of equal length in which a box stands at every position it covers."""
        taken: dict[tuple[int, int], Box] = {}
        for r, row in enumerate(self.rows):
            c = 0
            for box in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + i, c + j): box for i in range(box.down) for j in range(box.across)}
        return [[taken[r, c] for c in range(len(self.widths))] for r in range(len(self.rows))]

    def places(self) -> list[tuple[int, int, Box]]:
        """Return every box with the row and column of its top left corner, row by row."""
        found: dict[int, tuple[int, int, Box]] = {}
        for r, row in enumerate(self.matrix()):
            for c, box in enumerate(row):
                found.setdefault(id(box), (r, c, box))
        return list(found.values())

    def lines(self) -> list[list[tuple[Box, bool]]]:
        """Return per row its boxes from left to right, and whether each begins there or comes from above."""
        matrix = self.matrix()
        shown = []
        for r, row in enumerate(matrix):
            fresh = [box for c, box in enumerate(row) if c == 0 or box is not row[c - 1]]
            above = matrix[r - 1] if r else []
            shown.append([(box, not any(box is other for other in above)) for box in fresh])
        return shown


def show_value(value: Value) -> str:
    """Return a cell's value as the form shows it: no separators, no trailing zeros, "" for a blank.

    A cell that could not be read shows a question mark: its raw text may be a run of several cells' digits,
    which would read back as one wrong number.
    """
    if value is BLANK:
        return ""
    if isinstance(value, Illegible):
        return ILLEGIBLE_MARK
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def long_date(day: date) -> str:
    """Return a day as official prose writes it: 2025年1月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def draw(
    report: Report,
    number: int,
    *,
    labels: Mapping[str, str] | None = None,
    values: Mapping[CellId, str] | None = None,
) -> BoxTable:
    """Return table 2, 3 or 4 of a report as boxes.

    Args:
        report: the report to draw.
        number: which table.
        labels: texts to show instead of the statutory labels, by the keys of `Report.labels`; a group is
            `group.3.不予公开`, a block of Table 2 `block.2.一`.
        values: texts to show instead of the numbers.
    """
    pen = _Pen(report=report, table=report.form.table(number), labels=labels or {}, values=values or {})
    return {2: _table2, 3: _table3, 4: _table4}[number](pen)


@dataclass(frozen=True, kw_only=True)
class _Pen:
    report: Report
    table: Table
    labels: Mapping[str, str]
    values: Mapping[CellId, str]

    def label(self, key: str, text: str, part: Part, across: int = 1, down: int = 1) -> Box:
        shown = self.labels.get(key, text)
        return Box(text=shown, across=across, down=down, part=part, label=key)

    def value(self, row: str, column: str, across: int = 1) -> Box:
        cell = CellId(self.table.number, row, column)
        text = self.values.get(cell)
        return Box(
            text=show_value(self.report.value(cell)) if text is None else text, across=across, cell=cell
        )

    def row(self, row: Row, across: int = 1) -> Box:
        return self.label(f"row.{self.table.number}.{row.code}", row.label, Part.ROW, across)

    def values_of(self, row: Row) -> list[Box]:
        return [self.value(row.code, column.code) for column in row.columns]


def _table2(pen: _Pen) -> BoxTable:
    units = 3 if pen.report.edition == Edition.FORM_2021 else 6
    rows: list[tuple[Box, ...]] = []
    block = None
    for row in pen.table.rows:
        across = units // len(row.columns)
        if row.block != block:
            block = row.block
            key = f"block.2.{block[6]}"
            rows.append((pen.label(key, block, Part.COLUMN_GROUP, units + 1),))
            heads = [pen.label(f"column.2.{c.code}", c.label, Part.COLUMN, across) for c in row.columns]
            rows.append((pen.label("column.2.content", "信息内容", Part.COLUMN), *heads))
        values = [pen.value(row.code, column.code, across) for column in row.columns]
        rows.append((pen.row(row), *values))
    return BoxTable(number=2, caption=pen.table.title, widths=(6, *[18 // units] * units), rows=tuple(rows))


def _table3(pen: _Pen) -> BoxTable:
    rows = [*_table3_head(pen)]
    done = [row for row in pen.table.rows if row.code not in (NEW, CARRIED_IN, CARRIED_OUT)]
    for row in pen.table.rows:
        boxes: list[Box] = []
        if row is done[0]:
            boxes.append(pen.label("group.3.results", RESULTS, Part.ROW_GROUP, 1, len(done)))
        if row.group:
            members = [each for each in done if each.group == row.group]
            if row is members[0]:
                key = f"group.3.{row.group[3:]}"
                boxes.append(pen.label(key, row.group, Part.ROW_GROUP, 1, len(members)))
            boxes.append(pen.row(row))
        else:
            boxes.append(pen.row(row, 2 if row in done else 3))
        rows.append((*boxes, *pen.values_of(row)))
    return BoxTable(number=3, caption=pen.table.title, widths=(8, 9, 33, *[7] * 7), rows=tuple(rows))


def _table3_head(pen: _Pen) -> Iterator[tuple[Box, ...]]:
    heads = [
        pen.label(
            f"column.3.{c.code}", c.label, Part.COLUMN, down=2 if c in (APPLICANTS[0], APPLICANTS[-1]) else 1
        )
        for c in APPLICANTS
    ]
    yield (
        pen.label("header.3.balance", BALANCE_NOTE, Part.COLUMN_GROUP, 3, 3),
        pen.label("header.3.applicants", "申请人情况", Part.COLUMN_GROUP, 7),
    )
    yield heads[0], pen.label("header.3.legal", "法人或其他组织", Part.COLUMN_GROUP, 5), heads[-1]
    yield tuple(heads[1:-1])


def _table4(pen: _Pen) -> BoxTable:
    first, *suits = pen.table.rows
    top = (
        pen.label("row.4.reconsideration", first.label, Part.COLUMN_GROUP, 5),
        pen.label("group.4.行政诉讼", "行政诉讼", Part.COLUMN_GROUP, 10),
    )
    middle = [_remedy_head(pen, first.code, n, 2) for n in range(5)]
    middle += [pen.label(f"row.4.{row.code}", row.label, Part.COLUMN_GROUP, 5) for row in suits]
    bottom = [_remedy_head(pen, row.code, n, 1) for row in suits for n in range(5)]
    values = [box for row in pen.table.rows for box in pen.values_of(row)]
    rows = (top, tuple(middle), tuple(bottom), tuple(values))
    return BoxTable(number=4, caption=pen.table.title, widths=(1,) * 15, rows=rows)


def _remedy_head(pen: _Pen, row: str, index: int, down: int) -> Box:
    column = OUTCOMES_OF_REMEDY[index]
    return pen.label(f"column.4.{row}.{column.code}", column.label, Part.COLUMN, down=down)
