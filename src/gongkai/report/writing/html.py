"""A report as HTML: a file of its own, or fragments for a page, with accessible tables and no script.

The fragments carry no style. Each table has a caption, every label is a `th` with its scope, and every value
names its heads, since the form's merged heads are too irregular for `scope` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from importlib.resources import files

from gongkai.report.schema import SECTION_TITLES, CellId, Report, Section
from gongkai.report.writing.boxes import TABLE_OF, Box, BoxTable, Part, draw, long_date

Attributes = Mapping[str, str]
OfCell = Callable[[CellId], Attributes]

_SCOPE = {Part.ROW: "row", Part.ROW_GROUP: "rowgroup", Part.COLUMN: "col", Part.COLUMN_GROUP: "colgroup"}


def no_attributes(_: CellId) -> Attributes:
    """Give a cell no attributes of its own."""
    return {}


def write_html(report: Report) -> bytes:
    """Return the report as one HTML file of its own, which needs nothing else and prints."""
    title = escape(report.title or "政府信息公开工作年度报告")
    meta = f'<meta name="PubDate" content="{report.published_on}">' if report.published_on else ""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{meta}<title>{title}</title>\n<style>\n{_style()}</style></head>\n"
        f"<body><main>\n{article_html(report)}\n</main></body></html>\n"
    ).encode()


def _style() -> str:
    return files("gongkai.report.writing").joinpath("report.css").read_text(encoding="utf-8")


def article_html(report: Report) -> str:
    """Return the whole report as an `article`."""
    parts = ['<article class="annual-report">']
    if report.title:
        parts.append(f"<h1>{escape(report.title)}</h1>")
    if day := report.published_on:
        parts.append(f'<p class="published">发布日期：<time datetime="{day}">{long_date(day)}</time></p>')
    parts += [_section_html(report, section) for section in report.sections]
    placed = {TABLE_OF.get(section.code) for section in report.sections}
    parts += [
        table_html(report, number)
        for number in (2, 3, 4)
        if number not in placed and report.has_table(number)
    ]
    return "\n".join([*parts, "</article>"])


def _section_html(report: Report, section: Section) -> str:
    heading = section.heading or SECTION_TITLES.get(section.code, "")
    shown = f'<section id="{section.code.value}">'
    if heading:
        shown += f"<h2>{escape(heading)}</h2>"
    shown += _prose_html(section)
    number = TABLE_OF.get(section.code)
    if number and report.has_table(number):
        shown += "\n" + table_html(report, number)
    return shown + "</section>"


def _prose_html(section: Section) -> str:
    lines = filter(None, map(str.strip, section.text.split("\n")))
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def table_html(report: Report, number: int, *, of_cell: OfCell = no_attributes) -> str:
    """Return one statutory table, in a focusable region that may scroll sideways.

    What `of_cell` gives are further attributes of a value's `td`; they are escaped here.
    Cells have the ids of the form: `t3-new-total`, row codes' dots as hyphens.
    """
    table = draw(report, number)
    caption = f"表{'零一二三四'[number]} {table.caption}"
    heads = _head_ids(table)
    rows = "".join(f"<tr>{''.join(_row_html(row, heads, of_cell))}</tr>\n" for row in table.rows)
    return (
        f'<div class="table-region" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="statutory" id="table-{number}"><caption>{escape(caption)}</caption>\n'
        f"<tbody>\n{rows}</tbody></table></div>"
    )


def _row_html(row: tuple[Box, ...], heads: _Heads, of_cell: OfCell) -> Iterator[str]:
    for box in row:
        span = (f' colspan="{box.across}"' if box.across > 1 else "") + (
            f' rowspan="{box.down}"' if box.down > 1 else ""
        )
        if box.cell is None:
            yield f'<th id="{heads.ids[id(box)]}" scope="{_SCOPE[box.part]}"{span}>{escape(box.text)}</th>'
        else:
            yield _value_html(box, box.cell, heads.of_cell[box.cell], span, of_cell(box.cell))


def _value_html(box: Box, cell: CellId, heads: str, span: str, more: Attributes) -> str:
    own = {"id": cell_id(cell), "headers": heads} | dict(more)
    shown = "".join(f' {name}="{escape(value)}"' for name, value in own.items())
    return f"<td{shown}{span}>{escape(box.text)}</td>"


def cell_id(cell: CellId) -> str:
    """Return the HTML id of a cell, for links to it: t3-denied-state_secret-total."""
    return f"t{cell.table}-{cell.row}-{cell.column}".replace(".", "-")


class _Heads:
    """The ids of a table's heads, and per cell the heads that rule it."""

    def __init__(self, ids: dict[int, str], of_cell: dict[CellId, str]) -> None:
        self.ids, self.of_cell = ids, of_cell


def _head_ids(table: BoxTable) -> _Heads:
    matrix = table.matrix()
    ids: dict[int, str] = {}
    for row in table.rows:
        for box in row:
            if box.cell is None:
                ids[id(box)] = f"h{table.number}-{len(ids)}"
    of_cell: dict[CellId, str] = {}
    for r, line in enumerate(matrix):
        for c, box in enumerate(line):
            if box.cell is not None and box.cell not in of_cell:
                of_cell[box.cell] = " ".join(_ruling(matrix, r, c, ids))
    return _Heads(ids, of_cell)


def _ruling(matrix: list[list[Box]], r: int, c: int, ids: dict[int, str]) -> list[str]:
    """Return the ids of the row heads to the left and of the column heads above up to the block's own."""
    left = [box for box in matrix[r][:c] if box.cell is None]
    above: list[Box] = []
    for line in reversed(matrix[:r]):
        box = line[c]
        if box.cell is not None:
            if above:
                break
            continue
        above.append(box)
    return list(dict.fromkeys(ids[id(box)] for box in [*left, *reversed(above)]))
