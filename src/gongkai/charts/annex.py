"""Charts on paper: a document of pictures with their words and tables, to stand behind a report (附图)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.charts.chart import Chart, table
from gongkai.charts.drawing import png
from gongkai.charts.telling import alternative
from gongkai.papers.paper import Block, Cell, Heading, Paper, Paragraph, Picture, Table, plain

# At 96 dots an inch what is printed between the margins; twice that many dots are sharp on paper.
_WIDTH, _SCALE = 580, 2
_NUMERALS = "一二三四五六七八九十"


def paper_of(title: str, charts: Iterable[Chart]) -> Paper:
    """Return a document that shows each chart under a heading of its own, with its words and its table.

    Raises:
        ChartError: altair or vl-convert is missing.
    """
    blocks = [block for at, chart in enumerate(charts) for block in _section(at, chart)]
    return Paper(title=title, blocks=tuple(blocks))


def blocks_of(chart: Chart) -> tuple[Block, ...]:
    """Return a chart as blocks of a document: the picture with its alternative text, and the table.

    Raises:
        ChartError: altair or vl-convert is missing.
    """
    rows = tuple(
        tuple(Cell(plain(text), centred=at > 0) for at, text in enumerate(row)) for row in table(chart)
    )
    return (
        Picture(png(chart, _SCALE, _WIDTH), alternative(chart), f"图　{chart.title}"),
        Table(rows, header_rows=1),
    )


def _section(at: int, chart: Chart) -> Iterator[Block]:
    number = _NUMERALS[at] if at < len(_NUMERALS) else str(at + 1)
    yield Heading(1, f"{number}、{chart.title}")
    yield Paragraph(plain(alternative(chart)))
    yield from blocks_of(chart)
    if chart.note:
        yield Paragraph(plain(f"注：{chart.note}"))
