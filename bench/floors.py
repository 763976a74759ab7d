"""The bare floors: what the least Python over a format's own library takes for the first steps of reading.

*Parse* opens the file and looks at every text in it once; it finds nothing.
*Tables* gives every table as rows of cell texts, merged cells repeated in each position they cover, with no
care for what is hidden, struck out or nested. PDF has none: its pages hold glyphs and lines, no tables.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from bench.adapter import Rows

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse_html(data: bytes) -> None:
    """Look at every text of a page, with selectolax."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(decoded(data)).root
    for node in root.traverse(include_text=True) if root else ():
        if node.tag == "-text":
            node.text_content  # noqa: B018 — looked at, which is what is timed


def html_tables(data: bytes) -> Rows:
    """Return the rows of every table of a page, with selectolax."""
    from selectolax.lexbor import LexborHTMLParser

    tables = LexborHTMLParser(decoded(data)).css("table")
    return [row for table in tables for row in _expanded(_html_rows(table))]


def decoded(data: bytes) -> str:
    """Return the text of a page, in the one or the other usual code."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _html_rows(table: Any) -> Iterator[list[tuple[str, int, int]]]:
    for part in table.iter():
        for row in part.iter():
            if row.tag == "tr":
                yield [(cell.text(), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row.iter()]


def _span(cell: Any, name: str) -> int:
    value = cell.attributes.get(name)
    return int(value) if value and value.isdecimal() else 1


def _expanded(rows: Iterable[list[tuple[str, int, int]]]) -> Iterator[list[str]]:
    """Yield rows of (text, rows down, columns across) with each text in every position it covers."""
    above: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        for text, height, width in row:
            _hang(line, above)
            for _ in range(width):
                above[len(line)] = (text, height - 1)
                line.append(text)
        _hang(line, above)
        yield line


def _hang(line: list[str], above: dict[int, tuple[str, int]]) -> None:
    """Go on with the cells that reach down from above."""
    while (cell := above.get(len(line))) and cell[1] > 0:
        above[len(line)] = (cell[0], cell[1] - 1)
        line.append(cell[0])


def _document(data: bytes) -> Any:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def parse_docx(data: bytes) -> None:
    """Look at every text of a Word file, with lxml."""
    for text in _document(data).iter("{*}t"):
        text.text  # noqa: B018


def docx_tables(data: bytes) -> Rows:
    """Return the rows of every table of a Word file, with lxml."""
    return [row for table in _document(data).iter(_W + "tbl") for row in _docx_rows(table)]


def _docx_rows(table: Any) -> Iterator[list[str]]:
    above: list[str] = []
    for row in table.iterchildren(_W + "tr"):
        line: list[str] = []
        for cell in row.iterchildren(_W + "tc"):
            said = {each.tag: each.get(_W + "val") for each in next(cell.iterchildren(_W + "tcPr"), ())}
            if said.get(_W + "vMerge", "restart") != "restart" and len(line) < len(above):
                text = above[len(line)]
            else:
                text = "".join([each.text or "" for each in cell.iter(_W + "t")])
            line += [text] * int(said.get(_W + "gridSpan", 1))
        yield line
        above = line


def parse_pdf(data: bytes) -> None:
    """Take the text of every page and count its objects, with pypdfium2."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()
            pypdfium2.raw.FPDFPage_CountObjects(page.raw)


def parse_xlsx(data: bytes) -> None:
    """Take the values of every sheet, with python-calamine."""
    for _ in _sheets(data):
        pass


def xlsx_tables(data: bytes) -> Rows:
    """Return the rows of every sheet, with python-calamine."""
    return [[plain(cell) for cell in row] for sheet in _sheets(data) for row in sheet]


def _sheets(data: bytes) -> Iterator[list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        yield book.get_sheet_by_name(name).to_python()


def plain(cell: object) -> str:
    """Return a cell as text; the whole numbers that spreadsheets and pandas give as floats, as such."""
    if isinstance(cell, float):
        return "" if cell != cell else str(int(cell)) if cell.is_integer() else str(cell)
    return "" if cell is None else str(cell)


def parse_text(data: bytes) -> None:
    """Take the lines of a text."""
    data.decode().splitlines()


def text_tables(data: bytes) -> Rows:
    """Return the lines of a text, cut at white space."""
    return [line.split() for line in data.decode().splitlines()]
