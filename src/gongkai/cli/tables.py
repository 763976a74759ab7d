"""The three statutory tables in a terminal."""

from __future__ import annotations

import sys

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from gongkai.cli.shown import headline, shown_value
from gongkai.cli.wide import clean
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.reading import Reading
from gongkai.report.schema import CellId, Report, Row, Table

_NUMERALS = "零一二三四"
_WIDTH = 120
_NARROWEST = 60  # below it a number of Table 3 would be broken over two lines


class TableConsole(Console):
    """A console that lets a broken pipe be seen by `run`; rich itself would end with the code of findings."""

    def on_broken_pipe(self) -> None:
        """Let the error through."""
        raise BrokenPipeError


def table_console() -> TableConsole:
    """Return a console as wide as the terminal, and wide enough for the tables."""
    return TableConsole(width=max(_NARROWEST, Console().width) if sys.stdout.isatty() else _WIDTH)


def print_tables(reading: Reading, name: str, console: Console) -> None:
    """Print a reading's head line, its notes and its tables."""
    report = reading.report
    console.print(Text(headline(report, name), style="bold"))
    for note in reading.notes:
        console.print(Text(f"  注：{clean(note)}"))
    for table in report.form.tables:
        for grid in _grids(report, table):
            console.print(grid)
    console.print()


def _grids(report: Report, table: Table) -> list[RenderableType]:
    """Return a table as grids, one for each run of rows that share their columns."""
    runs: list[list[Row]] = []
    for row in table.rows:
        if runs and runs[-1][0].columns == row.columns:
            runs[-1].append(row)
        else:
            runs.append([row])
    title = f"表{_NUMERALS[table.number]}  {table.title}"
    found = "" if report.has_table(table.number) else "（文件中没有找到这张表）"
    return [_grid(report, table, rows, title + found if not i else "") for i, rows in enumerate(runs)]


def _grid(report: Report, table: Table, rows: list[Row], title: str) -> Grid:
    grid = Grid(title=title or None, title_justify="left", box=box.SQUARE, show_lines=False)
    grid.add_column("", overflow="fold")
    for column in rows[0].columns:
        grid.add_column(column.label, justify="right", overflow="fold")
    group = ""
    for row in rows:
        if row.group and row.group != group:
            grid.add_row(Text(row.group, style="bold"))
        group = row.group
        label = f"  {row.label}" if row.group else row.label
        cells = [CellId(table.number, row.code, column.code) for column in row.columns]
        grid.add_row(label, *(_value(report.value(cell)) for cell in cells))
    return grid


def _value(value: Value) -> Text:
    style = "dim" if value is BLANK else "bold yellow" if isinstance(value, Illegible) else ""
    return Text(shown_value(value), style=style)
