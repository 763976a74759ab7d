"""PDF files: tables with rules, without rules, and running over several pages.

Set by typst, which only the development environment has, in the CJK faces the system has.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from typing import Any

from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.cutting import width
from gongkai.samples.sheets import Line, Sheet

_PAGE = """#set page(paper: "a4", margin: (x: 2.4cm, y: {margin}), numbering: "— 1 —")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: {size})
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em)
"""


def ruled(sheet: Sheet) -> bytes:
    """Tables with every rule drawn, each on a page with room for it."""
    return _set(sheet, _Press(rules="0.5pt"))


def unruled(sheet: Sheet) -> bytes:
    """Tables by position only, no rule drawn."""
    return _set(sheet, _Press(rules="none"))


def narrow(sheet: Sheet) -> bytes:
    """No rules, and columns so narrow that large numbers go on in a second line."""
    return _set(sheet, _Press(rules="none", narrow=True))


def across_pages(sheet: Sheet) -> bytes:
    """Ruled tables with generous rows on low pages, so that they break, merged labels and all."""
    return _set(sheet, _Press(rules="0.5pt", margin="6cm", whole=False))


@dataclass(frozen=True, kw_only=True)
class _Press:
    """How tables are set: rules, top and bottom margin, kept whole or not, columns too narrow or not."""

    rules: str
    margin: str = "2cm"
    whole: bool = True
    narrow: bool = False


def _set(sheet: Sheet, press: _Press) -> bytes:
    parts = [_PAGE.format(margin=press.margin, size="10.5pt")]
    parts.append(f"#align(center, text(size: 18pt)[#{_text(sheet.title)}])\n")
    parts.append(f"#align(center)[#{_text(f'发布日期：{sheet.published}')}]\n")
    for block in sheet.blocks:
        parts.append(_line(block) if isinstance(block, Line) else _table(block, press))
    typst: Any = importlib.import_module("typst")
    return bytes(typst.compile("\n".join(parts).encode(), format="pdf", timestamp=0))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(line: Line) -> str:
    weight = ', weight: "bold"' if line.level else ""
    return f"#par[#text(size: 12pt{weight}, {_text(line.text)})]\n"


def _table(table: BoxTable, press: _Press) -> str:
    columns = ", ".join(f"{each}fr" for each in _widths(table, press))
    cells = "\n".join(_cell(box, press) for row in table.rows for box in row)
    size = 7 if table.number == 4 else 9
    return (
        f"#block(breakable: {str(not press.whole).lower()})[#set text(size: {size}pt)\n"
        "#set par(first-line-indent: 0em)\n"
        f"#table(columns: ({columns}), stroke: {press.rules}, inset: {'3pt' if press.whole else '5pt'}, "
        f"align: center + horizon,\n{cells})]\n"
    )


def _widths(table: BoxTable, press: _Press) -> tuple[int, ...]:
    """Return the columns' widths, those of Table 3 for its longest number unless meant to be narrow."""
    if table.number != 3 or press.narrow:
        return table.widths
    longest = max(width(box.text) for row in table.rows for box in row if box.cell)
    return (5, 8, 26, *[max(6, longest + 5)] * 7)


def _cell(box: Box, press: _Press) -> str:
    side = "left + horizon" if box.part is Part.ROW else "center + horizon"
    breakable = "" if press.whole else ", breakable: true"
    options = f"colspan: {box.across}, rowspan: {box.down}, align: {side}{breakable}"
    return f"table.cell({options})[#{_text(box.text)}],"
