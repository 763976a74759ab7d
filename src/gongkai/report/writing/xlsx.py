"""A report as a workbook: the prose on a sheet of its own, each statutory table with its merged cells."""

from __future__ import annotations

from datetime import date

from gongkai.papers.sheets import Drawn, DrawnTable, Prose, write_drawn
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import Report
from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.report.writing.outline import Line, Style, outline

_EPOCH = date(1980, 1, 1)
_NARROWEST, _PER_UNIT = 9, 1.2  # characters of a column, and of a unit of the form's widths


def write_xlsx(report: Report) -> bytes:
    """Return the report as an XLSX file; the same report gives the same bytes."""
    blocks = list(outline(report))
    lines = [
        (block.text, block.style not in (Style.TEXT, Style.SUBTITLE))
        for block in blocks
        if isinstance(block, Line)
    ]
    tables = [drawn_table(report, block) for block in blocks if isinstance(block, BoxTable)]
    return write_drawn([Prose(name="正文", lines=lines), *tables], made_on=report.published_on or _EPOCH)


def drawn_table(report: Report, table: BoxTable) -> DrawnTable:
    """Return a statutory table as a sheet draws it, its numbers as numbers."""
    numeral = "零一二三四"[table.number]
    return DrawnTable(
        name=f"表{numeral}",
        title=f"表{numeral} {table.caption}",
        widths=[max(round(width * _PER_UNIT), _NARROWEST) for width in table.widths],
        cells=[_drawn(report, row, column, box) for row, column, box in table.places()],
        gap=0,  # apart from its table, the title would be prose to a reader
    )


def _drawn(report: Report, row: int, column: int, box: Box) -> Drawn:
    value = report.value(box.cell) if box.cell else BLANK
    shown = box.text if value is BLANK or isinstance(value, Illegible) else value
    return Drawn(
        row=row,
        column=column,
        value=shown,
        across=box.across,
        down=box.down,
        is_label=box.cell is None,
        is_left=box.part is Part.ROW,
    )
