"""PDF files: tables with rules, without rules, and running over several pages, and the tricks of printing.

Set by typst, which only the development environment has, in the CJK faces the system has.
"""

from __future__ import annotations

import importlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.cutting import width
from gongkai.samples.sheets import Line, Sheet

_PAGE = """#set page(paper: "a4", margin: (x: {side}, y: {margin}), numbering: "— 1 —"{page})
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: {size})
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em)
"""
_STAMP = ", foreground: rotate(-40deg, text(size: 44pt, fill: luma(120, 40%))[内部资料 2018 版])"
_HEAD = ", header: align(center)[政府信息公开工作年度报告 第 3 期]"
_BANDS = 'fill: (_, y) => if calc.odd(y) {{ rgb("{odd}") }} else {{ rgb("{even}") }}'


def ruled(sheet: Sheet) -> bytes:
    """Tables with every rule drawn, each on a page with room for it."""
    return _set(sheet, Press(rules="0.5pt"))


def unruled(sheet: Sheet) -> bytes:
    """Tables by position only, no rule drawn."""
    return _set(sheet, Press(rules="none"))


def narrow(sheet: Sheet) -> bytes:
    """No rules, and columns so narrow that large numbers go on in a second line."""
    return _set(sheet, Press(rules="none", narrow=True))


def across_pages(sheet: Sheet) -> bytes:
    """Ruled tables with generous rows on low pages, so that they break, merged labels and all."""
    return _set(sheet, Press(rules="0.5pt", margin="6cm", whole=False))


def repeated_heads(sheet: Sheet) -> bytes:
    """Tables that break over low pages, their head rows said again on each, under a running head."""
    return _set(sheet, Press(rules="0.5pt", margin="7cm", whole=False, heads=True, page=_HEAD))


def three_rules(sheet: Sheet) -> bytes:
    """Tables with rules only above, below and under the head."""
    rules = "(x, y) => (top: if y < 2 { 1pt } else { none }, bottom: 0.1pt)"
    return _set(sheet, Press(rules=rules))


def dashed(sheet: Sheet) -> bytes:
    """Tables whose rules are rows of dashes."""
    return _set(sheet, Press(rules='(thickness: 0.6pt, dash: "densely-dashed")'))


def banded(sheet: Sheet) -> bytes:
    """Tables of coloured bands, without a rule."""
    return _set(sheet, Press(rules="none", cells=_BANDS.format(odd="#dce6f2", even="#f5f7fa")))


def white_rules(sheet: Sheet) -> bytes:
    """Tables with white rules on coloured bands."""
    return _set(sheet, Press(rules="0.8pt + white", cells=_BANDS.format(odd="#b8cce4", even="#dce6f2")))


def sideways(sheet: Sheet) -> bytes:
    """Upright prose, and tables drawn sideways on pages of their own."""
    return _set(sheet, Press(rules="0.5pt", turned=True))


def by_rotation(sheet: Sheet) -> bytes:
    """Every page turned by its rotation entry."""
    degrees = sheet.rng.choice((90, 180, 270))

    def turn(pdf: Any) -> None:
        for page in pdf:
            page.set_rotation(degrees)

    return _rewritten(_set(sheet, Press(rules="0.5pt")), turn)


def two_columns(sheet: Sheet) -> bytes:
    """Prose in two columns, tables over both."""
    return _set(sheet, Press(rules="0.5pt", columns=2))


def stamped(sheet: Sheet) -> bytes:
    """Ruled tables under a slanting watermark with a number in it."""
    return _set(sheet, Press(rules="0.5pt", page=_STAMP))


def twice(sheet: Sheet) -> bytes:
    """Every value drawn twice, a hair apart, as printing programs make bold."""
    return _set(sheet, Press(rules="0.5pt", value="#box[#place(dx: 0.35pt, dy: 0.1pt)[{0}]{0}]"))


def shadowed(sheet: Sheet) -> bytes:
    """Every value with a grey shadow a good way off."""
    shadow = "#box[#place(dx: 1.9pt, dy: 0.9pt, text(fill: luma(170))[{0}]){0}]"
    return _set(sheet, Press(rules="0.5pt", value=shadow))


def hidden(sheet: Sheet) -> bytes:
    """White numbers beside the black ones, which nobody sees on paper."""
    return _set(sheet, Press(rules="0.5pt", value="#box[#place(dx: -5pt, text(fill: white)[88]){0}]"))


def wrapped(sheet: Sheet) -> bytes:
    """Ruled tables with little room, whose long numbers go on in a second line."""
    return _set(sheet, Press(rules="0.5pt", narrow=True, side="1.5cm", wrapped=True))


def footnoted(sheet: Sheet) -> bytes:
    """A raised footnote mark after every value."""
    return _set(sheet, Press(rules="0.5pt", value="{0}#super[1]"))


@dataclass(frozen=True, kw_only=True)
class Press:
    """How tables are set.

    `rules` and `cells` are typst's stroke and further arguments of its tables, `page` of its pages; `value`
    is markup round a number. Tables are kept `whole` or break, say their `heads` again or not, are `narrow`
    for their numbers or not, and `turned` by a quarter or not; `wrapped` numbers may break anywhere.
    """

    rules: str
    margin: str = "2cm"
    side: str = "2.4cm"
    page: str = ""
    cells: str = ""
    value: str = "{0}"
    inset: str = ""
    scale: float = 1.0
    columns: int = 1
    whole: bool = True
    heads: bool = False
    narrow: bool = False
    turned: bool = False
    wrapped: bool = False


def _rewritten(data: bytes, change: Callable[[Any], None]) -> bytes:
    pdfium: Any = importlib.import_module("pypdfium2")
    pdf = pdfium.PdfDocument(data)
    out = io.BytesIO()
    try:
        change(pdf)
        pdf.save(out)
    finally:
        pdf.close()
    # The writer gives each file an identity by chance.
    return re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, out.getvalue())


def _set(sheet: Sheet, press: Press) -> bytes:
    parts = [_PAGE.format(margin=press.margin, side=press.side, size="10.5pt", page=press.page)]
    parts.append(f"#align(center, text(size: 18pt)[#{_text(sheet.title)}])\n")
    parts.append(f"#align(center)[#{_text(f'发布日期：{sheet.published}')}]\n")
    prose: list[str] = []
    for block in sheet.blocks:
        if isinstance(block, Line):
            prose.append(_line(block))
        else:
            parts += [*_prose(prose, press), _table(block, press)]
            prose = []
    parts += _prose(prose, press)
    typst: Any = importlib.import_module("typst")
    return bytes(typst.compile("\n".join(parts).encode(), format="pdf", timestamp=0))


def _prose(lines: list[str], press: Press) -> list[str]:
    return lines if press.columns == 1 else [f"#columns({press.columns})[{''.join(lines)}]\n"]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(line: Line) -> str:
    weight = ', weight: "bold"' if line.level else ""
    return f"#par[#text(size: 12pt{weight}, {_text(line.text)})]\n"


def _table(table: BoxTable, press: Press) -> str:
    columns = ", ".join(f"{each}fr" for each in _widths(table, press))
    heads = _heads(table) if press.heads else 0
    rows = ["\n".join(_cell(box, press) for box in row) for row in table.rows]
    cells = "\n".join(rows[heads:])
    if heads:
        cells = f"table.header({''.join(rows[:heads])}),\n{cells}"
    size = (7 if table.number == 4 else 9) * press.scale
    further = f", {press.cells}" if press.cells else ""
    inset = press.inset or ("3pt" if press.whole else "5pt")
    set_ = (
        f"#block(breakable: {str(not press.whole).lower()})[#set text(size: {size}pt)\n"
        "#set par(first-line-indent: 0em)\n"
        f"#table(columns: ({columns}), stroke: {press.rules}, inset: {inset}, "
        f"align: center + horizon{further},\n{cells})]\n"
    )
    if press.turned:
        flat = f"#rotate(90deg, reflow: true)[#block(width: 24cm)[{set_}]]"
        return f"#pagebreak(weak: true)\n{flat}\n#pagebreak()\n"
    return set_


def _heads(table: BoxTable) -> int:
    """Count the rows of headings a table begins with, none for Table 2, which has several heads."""
    if table.number == 2:
        return 0
    return next(r for r, row in enumerate(table.rows) if any(box.cell for box in row))


def _widths(table: BoxTable, press: Press) -> tuple[int, ...]:
    """Return the columns' widths, those of Table 3 for its longest number unless meant to be narrow."""
    if table.number != 3 or press.narrow:
        return table.widths
    longest = max(width(box.text) for row in table.rows for box in row if box.cell)
    return (5, 8, 26, *[max(6, longest + 5)] * 7)


def _cell(box: Box, press: Press) -> str:
    side = "left + horizon" if box.part is Part.ROW else "center + horizon"
    breakable = "" if press.whole else ", breakable: true"
    options = f"colspan: {box.across}, rowspan: {box.down}, align: {side}{breakable}"
    text = box.text
    if press.wrapped and box.cell:
        text = "\u200b".join(text)
    shown = f"#{_text(text)}"
    return f"table.cell({options})[{press.value.format(shown) if box.cell and text else shown}],"
