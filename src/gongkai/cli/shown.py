"""How a report's values and words are shown in a terminal."""

from __future__ import annotations

from decimal import Decimal

from gongkai.cli.wide import clean
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import Report

_RAW_LENGTH = 12


def shown_value(value: Value) -> str:
    """Return a cell's value: digits, （空）, or what stands there with a question mark."""
    if value is BLANK:
        return "（空）"
    if isinstance(value, Illegible):
        raw = clean(value.raw).strip()
        return f"{raw[:_RAW_LENGTH]}{'…' if len(raw) > _RAW_LENGTH else ''}（？）"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def cells_read(report: Report) -> tuple[int, int]:
    """Return how many cells of the form hold a number, and how many the form has."""
    cells = tuple(report.form.cells())
    return sum(report.number(cell) is not None for cell in cells), len(cells)


def headline(report: Report, name: str) -> str:
    """Return a report's head line: body, year, edition, cells read, file."""
    agency = clean(report.agency) if report.agency else "（未写明机关）"
    year = f"{report.year}年" if report.year else "（未写明年度）"
    read, total = cells_read(report)
    return f"{agency}  {year}  {int(report.edition)}年版格式  读得数字 {read}/{total} 格  {clean(name)}"
