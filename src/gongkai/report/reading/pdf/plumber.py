"""A second opinion on a PDF: characters and ruled tables as pdfplumber finds them."""

from __future__ import annotations

import io
import logging
from bisect import bisect_left
from typing import Any

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.pdf.glyphs import MAX_CHARACTERS, Glyph, Sheet
from gongkai.report.reading.pdf.lattice import Lattice

_SNAP = 2.0


def plumb(data: bytes, most_pages: int) -> tuple[list[Sheet], list[list[Lattice]]]:
    """Return the pages, without their lines, and the ruled tables of each.

    Raises:
        Unreadable: the library cannot make sense of the file.
    """
    import pdfplumber  # a third of a second to load, and seldom needed

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    sheets: list[Sheet] = []
    lattices: list[list[Lattice]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages[:most_pages]:
                sheets.append(_sheet(page))
                lattices.append([_lattice(table.cells) for table in page.find_tables()])
                page.close()
    except Exception as error:  # its parser raises whatever the damage leads to
        raise Unreadable("PDF 文件不完整或已损坏，请重新下载或重新导出后再试。") from error
    return sheets, lattices


def _sheet(page: Any) -> Sheet:
    glyphs = [
        Glyph(
            char=char["text"],
            x0=float(char["x0"]),
            x1=float(char["x1"]),
            base=float(char["bottom"]) - 0.15 * float(char["size"]),
            size=float(char["size"]),
        )
        for char in page.chars[:MAX_CHARACTERS]
        if char["text"].strip("\xa0\u3000 \n") and char["size"] > 0
    ]
    return Sheet(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        glyphs=glyphs,
        across=[],
        down=[],
    )


def _lattice(cells: list[tuple[float, float, float, float]]) -> Lattice:
    xs = _edges([x for cell in cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in cells for y in (cell[1], cell[3])])
    origin = [[(r, c) for c in range(len(xs) - 1)] for r in range(len(ys) - 1)]
    for x0, top, x1, bottom in cells:
        left, right = _index(xs, x0), _index(xs, x1)
        first, last = _index(ys, top), _index(ys, bottom)
        for r in range(first, last):
            for c in range(left, right):
                origin[r][c] = (first, left)
    beside = {
        (c, r) for r, row in enumerate(origin) for c in range(1, len(row)) if row[c][1] != row[c - 1][1]
    }
    return Lattice(ys=ys, xs=xs, origin=origin, beside=beside)


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return max(bisect_left(edges, value - _SNAP - 0.01), 0) if value > edges[0] else 0
