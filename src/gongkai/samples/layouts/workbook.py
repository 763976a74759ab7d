"""Workbooks: the whole report on one sheet, or a sheet for each table with what offices keep beside them.

Written by xlsxwriter, which only the development environment has.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import Any

from gongkai.report.writing.boxes import Box, BoxTable
from gongkai.samples.sheets import Line, Sheet

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_MADE = datetime(2025, 1, 6, 9, tzinfo=UTC)
_WIDTH = 10
_NOTES = (
    "填表说明",
    "1.各单位只填白色单元格，带公式的单元格不要改动。",
    "2.“本年新收政府信息公开申请数量”按登记日期统计，共7列。",
    "3.没有发生的事项填0，第20行以下由市里统一填写。",
    "4.联系电话：0000-1234567，每年1月20日前报送。",
)


def whole(sheet: Sheet) -> bytes:
    """One worksheet from the title to the last section, prose in merged rows, tables below one another."""
    rng = sheet.rng
    left = rng.choice((0, 0, 1))

    def draw(book: Any) -> None:
        pen = _Pen(page=book.add_worksheet("年度报告"), rng=rng, left=left)
        pen.line(sheet.title)
        pen.line(f"发布日期：{sheet.published}")
        for block in sheet.blocks:
            if isinstance(block, Line):
                pen.line(block.text, merged=block.level == 0 or rng.random() < 0.5)
            else:
                pen.table(block)
                pen.row += rng.choice((0, 1, 2))

    return _written(draw)


def parts(sheet: Sheet) -> bytes:
    """Prose on one worksheet and each table on its own, with notes, check columns and a hidden worksheet."""
    rng = sheet.rng
    helpers = rng.random() < 0.6

    def draw(book: Any) -> None:
        notes = _Pen(page=book.add_worksheet("填表说明"), rng=rng)
        for text in _NOTES:
            notes.line(text, merged=False)
        prose = _Pen(page=book.add_worksheet("正文"), rng=rng)
        prose.line(sheet.title)
        prose.line(f"发布日期：{sheet.published}")
        hidden = book.add_worksheet("代码")
        hidden.hide()
        hidden.write_row(0, 0, ["一、本年新收政府信息公开申请数量", 9, 9, 9, 9, 9, 9, 54])
        for block in sheet.blocks:
            if isinstance(block, Line):
                prose.line(block.text, merged=rng.random() < 0.5)
                continue
            pen = _Pen(page=book.add_worksheet(f"表{'二三四'[block.number - 2]}"), rng=rng, texts=0.2)
            pen.line(f"{block.caption}统计表", merged=rng.random() < 0.5)
            pen.page.write(pen.row, 0, "填报单位：")
            pen.page.write(pen.row, 4, sheet.report.agency)
            pen.row += rng.choice((1, 2))
            pen.table(block, check=helpers and block.number == 3)

    return _written(draw)


def _written(draw: Callable[[Any], None]) -> bytes:
    xlsxwriter: Any = importlib.import_module("xlsxwriter")
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _MADE})
    draw(book)
    book.close()
    return stream.getvalue()


@dataclass(kw_only=True)
class _Pen:
    """Writes on one worksheet from `row` down, beginning in column `left`; `texts` is the share of numbers
    that are stored as text."""

    page: Any
    rng: Random
    left: int = 0
    row: int = 0
    texts: float = 0.05

    def line(self, text: str, *, merged: bool = True) -> None:
        """Write prose over the whole width, or in a single cell from which it runs over its neighbours."""
        if merged:
            self.page.merge_range(self.row, self.left, self.row, self.left + _WIDTH - 1, text)
        else:
            self.page.write_string(self.row, self.left, text)
        self.row += 1

    def table(self, table: BoxTable, *, check: bool = False) -> None:
        """Write a table, its labels and values merged as the form has them."""
        seen: set[int] = set()
        for r, line in enumerate(table.matrix(), self.row):
            for c, box in enumerate(line, self.left):
                if id(box) not in seen:
                    seen.add(id(box))
                    self._box(r, c, box)
            if check:
                self._check(r, line)
        self.row += len(table.rows)

    def _box(self, row: int, column: int, box: Box) -> None:
        if box.across > 1 or box.down > 1:
            self.page.merge_range(row, column, row + box.down - 1, column + box.across - 1, "")
        if not _PLAIN.fullmatch(box.text):
            self.page.write(row, column, box.text) if box.text else None
        elif self.rng.random() < self.texts:
            self.page.write_string(row, column, self.rng.choice(("{}", " {}", "{} ")).format(box.text))
        else:
            self.page.write_number(row, column, float(box.text))

    def _check(self, row: int, line: Sequence[Box]) -> None:
        """A column of formulas that should all give 0, two columns right of the table."""
        column = self.left + len(line) + 1
        if all(box.cell is None for box in line):
            self.page.write(row, column, "校验")
        else:
            first, last = (self._name(row, self.left + len(line) - n) for n in (7, 2))
            total = self._name(row, self.left + len(line) - 1)
            self.page.write_formula(row, column, f"=SUM({first}:{last})-{total}", None, 0)

    @staticmethod
    def _name(row: int, column: int) -> str:
        return f"{chr(65 + column)}{row + 1}"
