"""The three statutory tables as rows of cells, with one column of labels so that they fit a phone.

Groups that the printed form writes down the side as merged labels become heading rows here; the order of rows
and the labels are the form's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from gongkai.report.cells import How, Place
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    TOTAL_DONE,
    CellId,
    Report,
    Row,
    Table,
)
from gongkai.report.writing.boxes import BALANCE_NOTE, RESULTS, show_value

HOW_NAMES: Mapping[str, str] = {
    How.COUNTED: "由记录统计",
    How.SUMMED: "由各单位报告相加",
    How.SETTLED: "人工确认",
    How.GRID: "按表格读出",
    How.STREAM: "按文字顺序读出",
    How.SOLVED: "由勾稽关系解出",
    How.SCANNED: "由图像识别并经合计印证",
    "illegible": "未能识读",
    "blank": "空白",
}
BLANK_TEXT = "空白"
LONGEST_LABEL = 14
GRAVITY = {"error": 2, "warning": 1, "info": 0}


class Mention(NamedTuple):
    """A finding that names a cell: its number on the page, its level, whether the cell stands out."""

    number: int
    level: str
    is_main: bool


Mentions = Mapping[str, Sequence[Mention]]


@dataclass(frozen=True, kw_only=True)
class Head:
    """A heading cell."""

    id: str
    text: str
    scope: str = "col"
    across: int = 1
    down: int = 1


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A cell: its text, how it was read, and the findings that name it."""

    id: str
    name: str
    text: str
    how: str
    how_name: str
    raw: str
    place: str
    candidates: tuple[str, ...]
    decided: str
    findings: tuple[int, ...]
    badges: tuple[int, ...]
    level: str
    across: int
    headers: str

    @property
    def numbers(self) -> str:
        """The numbers of its findings, for an attribute."""
        return " ".join(map(str, self.findings))


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A row: its label and cells; `is_sum` for the rows that must balance."""

    id: str
    label: str
    cells: tuple[CellView, ...]
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Body:
    """Rows under a common heading, with column headings of their own where the form has them."""

    id: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[RowView, ...]
    is_inner: bool = False


@dataclass(frozen=True, kw_only=True)
class TableView:
    """A table of the form, filled in."""

    number: int
    title: str
    width: int
    heads: tuple[tuple[Head, ...], ...]
    bodies: tuple[Body, ...]
    is_found: bool

    @property
    def settled(self) -> int:
        """How many of its cells a person decided on."""
        cells = (cell for body in self.bodies for row in body.rows for cell in row.cells)
        return sum(cell.how == How.SETTLED for cell in cells)

    @property
    def numeral(self) -> str:
        """The table's number as the report's sections are numbered."""
        return "零一二三四"[self.number]


def cell_text(value: Value) -> str:
    """Return a cell's value as every form of the report shows it, but an illegible one as its own text."""
    return value.raw.strip() if isinstance(value, Illegible) else show_value(value)


def value_text(value: Value) -> str:
    """Return a cell's value in a sentence, where a blank needs a word."""
    return cell_text(value) or BLANK_TEXT


def short_name(report: Report, name: CellId) -> str:
    """Return a cell's name short enough for the margin: 表三 部分公开·总计."""
    row = report.form.table(name.table).row(name.row)
    label = re.sub(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)", "", row.label)
    label = re.sub(r"（.*）$", "", label).removesuffix("政府信息公开申请数量")
    if row.code == TOTAL_DONE:
        label = "办结"
    label = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return f"表{'零一二三四'[name.table]} {label}·{report.form.column(name).label}"


def shade(report: Report, name: CellId) -> str:
    """Return how a cell is to be shaded: the way it was read, `blank` or `illegible`."""
    cell = report.cell(name)
    if cell.how is How.SETTLED:
        return How.SETTLED.value
    if cell.value is BLANK:
        return "blank"
    return "illegible" if isinstance(cell.value, Illegible) else cell.how.value


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """What every row of a table needs to be laid out."""

    report: Report
    table: Table
    mentions: Mentions
    decided: Mapping[str, str]

    @property
    def width(self) -> int:
        return max(len(row.columns) for row in self.table.rows)


def table_views(
    report: Report, mentions: Mentions, decided: Mapping[str, str] = MappingProxyType({})
) -> dict[int, TableView]:
    """Return tables 2, 3 and 4 by number.

    Args:
        report: the report as it stands.
        mentions: by cell the findings that name it.
        decided: by cell who decided on it and when, for those who may know.
    """
    return {
        table.number: _table_view(_Sheet(report=report, table=table, mentions=mentions, decided=decided))
        for table in report.form.tables
    }


def _table_view(sheet: _Sheet) -> TableView:
    number = sheet.table.number
    layout = {2: _blocks, 3: _results, 4: _remedies}[number]
    return TableView(
        number=number,
        title=sheet.table.title,
        width=sheet.width,
        heads=_HEADS[number],
        bodies=tuple(layout(sheet)),
        is_found=sheet.report.has_table(number),
    )


def _head(id: str, text: str, scope: str = "col", across: int = 1, down: int = 1) -> Head:
    return Head(id=id, text=text, scope=scope, across=across, down=down)


_HEADS: Mapping[int, tuple[tuple[Head, ...], ...]] = {
    2: (),
    3: (
        (
            _head("h3-item", BALANCE_NOTE.strip("（）"), down=2),
            _head("h3-natural_person", "自然人", down=2),
            _head("h3-legal", "法人或其他组织", "colgroup", across=5),
            _head("h3-total", "总计", down=2),
        ),
        tuple(_head(f"h3-{c.code}", c.label) for c in APPLICANTS[1:-1]),
    ),
    4: (
        (
            _head("h4-item", "类别"),
            _head("h4-upheld", "结果维持"),
            _head("h4-corrected", "结果纠正"),
            _head("h4-other", "其他结果"),
            _head("h4-pending", "尚未审结"),
            _head("h4-total", "总计"),
        ),
    ),
}


def _blocks(sheet: _Sheet) -> Iterator[Body]:
    """Table 2: a block per item of article 20, each with column headings of its own."""
    stretches = groupby(sheet.table.rows, key=lambda row: (row.block, row.columns))
    for number, ((title, columns), rows) in enumerate(stretches, 1):
        last = len(columns) - 1
        heads = [
            _head(f"h2-{number}-{c.code}", c.label, across=sheet.width - last if i == last else 1)
            for i, c in enumerate(columns)
        ]
        yield Body(
            id=f"g2-{number}",
            title=title,
            heads=(_head(f"h2-{number}-item", "信息内容"), *heads),
            rows=tuple(_row(sheet, row, f"g2-{number}", f"h2-{number}-") for row in rows),
        )


def _results(sheet: _Sheet) -> Iterator[Body]:
    """Table 3: what came in, what became of it by outcome, what goes on."""
    section = ""
    for number, (stretch, rows) in enumerate(groupby(sheet.table.rows, key=_stretch), 1):
        is_result = stretch not in (NEW, CARRIED_OUT)
        if is_result and not section:
            section = "g3-results"
            yield Body(id=section, title=RESULTS, heads=(), rows=())
        id = f"g3-{number}"
        is_group = stretch.startswith("（")
        groups = f"{section if is_result else ''} {id if is_group else ''}".strip()
        yield Body(
            id=id,
            title=stretch if is_group else "",
            heads=(),
            rows=tuple(_row(sheet, row, groups, "h3-") for row in rows),
            is_inner=is_group,
        )


def _stretch(row: Row) -> str:
    return row.group or (NEW if row.code == CARRIED_IN else row.code)


def _remedies(sheet: _Sheet) -> Iterator[Body]:
    """Table 4: reconsideration, and litigation with and without it."""
    rows = tuple(_row(sheet, row, "", "h4-") for row in sheet.table.rows)
    yield Body(id="g4", title="", heads=(), rows=rows)


def _row(sheet: _Sheet, row: Row, groups: str, column_prefix: str) -> RowView:
    number = sheet.table.number
    id = f"r{number}-{row.code.replace('.', '-')}"
    last = len(row.columns) - 1
    return RowView(
        id=id,
        label=f"{row.group}：{row.label}" if number == 4 and row.group else row.label,
        cells=tuple(
            _cell(
                sheet,
                CellId(number, row.code, column.code),
                across=sheet.width - last if i == last else 1,
                headers=f"{groups} {id} {column_prefix}{column.code}".strip(),
            )
            for i, column in enumerate(row.columns)
        ),
        is_sum=row.code == TOTAL_DONE,
    )


def _cell(sheet: _Sheet, name: CellId, *, across: int, headers: str) -> CellView:
    cell = sheet.report.cell(name)
    how = shade(sheet.report, name)
    value = cell.value
    mentions = sheet.mentions.get(str(name), ())
    return CellView(
        id=str(name),
        name=sheet.report.form.name(name),
        text=cell_text(value),
        how=how,
        how_name=HOW_NAMES[how],
        raw=cell.raw.strip(),
        place=place_text(cell.place),
        candidates=tuple(cell_text(n) for n in value.candidates) if isinstance(value, Illegible) else (),
        decided=sheet.decided.get(str(name), ""),
        findings=tuple(m.number for m in mentions),
        badges=tuple(m.number for m in mentions if m.is_main),
        level=max((m.level for m in mentions), key=lambda level: GRAVITY[level], default=""),
        across=across,
        headers=headers,
    )


def place_text(place: Place | None) -> str:
    """Return where in its source a cell was read, counted as people count."""
    if place is None:
        return ""
    page = f"第 {place.page} 页" if place.page else ""
    if place.row is None or place.column is None:
        return page
    return f"{page}表格第 {place.row + 1} 行第 {place.column + 1} 列"
