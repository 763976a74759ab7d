"""A second opinion on a PDF's ruled tables: as pdfplumber finds them."""

from __future__ import annotations

import io
import logging
from bisect import bisect_left
from itertools import zip_longest
from typing import Any

from gongkai.report.reading.pdf.glyphs import Sheet
from gongkai.report.reading.pdf.lattice import Lattice
from gongkai.report.reading.pdf.opened import unreadable

_SNAP = 2.0
_Rectangle = tuple[float, float, float, float]


def plumb(data: bytes, sheets: list[Sheet]) -> list[list[Lattice]]:
    """Return the ruled tables of each page.

    Raises:
        Unreadable: the library cannot make sense of the file.
    """
    import pdfplumber  # a third of a second to load, and seldom needed

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    lattices: list[list[Lattice]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for sheet, page in zip_longest(sheets, pdf.pages[: len(sheets)]):
                lattices.append(_tables(page, sheet))
                page.close()
    except Exception as error:  # its parser raises whatever the damage leads to
        raise unreadable() from error
    return lattices


def _tables(page: Any, sheet: Sheet) -> list[Lattice]:
    left, top, right, bottom = page.bbox
    width, height = float(right - left), float(bottom - top)
    found = []
    for table in page.find_tables():
        shares = [
            ((x0 - left) / width, (y0 - top) / height, (x1 - left) / width, (y1 - top) / height)
            for x0, y0, x1, y1 in table.cells
        ]
        found.append(_lattice([sheet.upright(*share) for share in shares]))
    return found


def _lattice(cells: list[_Rectangle]) -> Lattice:
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
