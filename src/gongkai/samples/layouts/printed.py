"""PDF files: tables with rules, without rules, and running over several pages.

Set by typst, which only the development environment has, in the CJK faces the system has.
"""

from __future__ import annotations

import importlib
import json
from typing import Any

from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.sheets import Line, Sheet

_PAGE = """#set page(paper: "a4", margin: (x: 2.4cm, y: {margin}), numbering: "— 1 —")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: {size})
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em)
"""


def ruled(sheet: Sheet) -> bytes:
    """Tables with every rule drawn, each on a page with room for it."""
    return _set(sheet, rules="0.5pt", margin="2cm", whole=True)


def unruled(sheet: Sheet) -> bytes:
    """Tables by position only, no rule drawn."""
    return _set(sheet, rules="none", margin="2cm", whole=True)


def across_pages(sheet: Sheet) -> bytes:
    """Ruled tables with generous rows on low pages, so that they break, merged labels and all."""
    return _set(sheet, rules="0.5pt", margin="6cm", whole=False)


def _set(sheet: Sheet, *, rules: str, margin: str, whole: bool) -> bytes:
    parts = [_PAGE.format(margin=margin, size="10.5pt")]
    parts.append(f"#align(center, text(size: 18pt)[#{_text(sheet.title)}])\n")
    parts.append(f"#align(center)[#{_text(f'发布日期：{sheet.published}')}]\n")
    for block in sheet.blocks:
        parts.append(_line(block) if isinstance(block, Line) else _table(block, rules, whole))
    typst: Any = importlib.import_module("typst")
    return bytes(typst.compile("\n".join(parts).encode(), format="pdf", timestamp=0))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(line: Line) -> str:
    weight = ', weight: "bold"' if line.level else ""
    return f"#par[#text(size: 12pt{weight}, {_text(line.text)})]\n"


def _table(table: BoxTable, rules: str, whole: bool) -> str:
    columns = ", ".join(f"{width}fr" for width in table.widths)
    cells = "\n".join(_cell(box, whole) for row in table.rows for box in row)
    size = 7 if table.number == 4 else 9
    return (
        f"#block(breakable: {str(not whole).lower()})[#set text(size: {size}pt)\n"
        "#set par(first-line-indent: 0em)\n"
        f"#table(columns: ({columns}), stroke: {rules}, inset: {'3pt' if whole else '5pt'}, "
        f"align: center + horizon,\n{cells})]\n"
    )


def _cell(box: Box, whole: bool) -> str:
    side = "left + horizon" if box.part is Part.ROW else "center + horizon"
    breakable = "" if whole else ", breakable: true"
    options = f"colspan: {box.across}, rowspan: {box.down}, align: {side}{breakable}"
    return f"table.cell({options})[#{_text(box.text)}],"
