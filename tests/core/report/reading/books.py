"""Small workbooks made on the spot for the readers' tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(draw: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    draw(book)
    book.close()
    return out.getvalue()


def sheet_of(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet with these cells; `None` is no cell."""

    def draw(book: Any) -> None:
        page = book.add_worksheet("表")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    page.write(r, c, cell)

    return workbook(draw)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def raw(cells: str, **more: str | bytes) -> bytes:
    """An .xlsx whose first sheet holds the given markup; further parts by the name of the file."""
    link = f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    return packed(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
                "</sheets></workbook>"
            ),
            "xl/_rels/workbook.xml.rels": f"<Relationships>{link}</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{cells}</worksheet>',
            **{f"xl/{name}.xml": part for name, part in more.items()},
        }
    )


def ods(rows: str, **more: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text", "style"))
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    tables = f'<table:table table:name="表">{rows}</table:table>'
    hidden = '<table:table table:name="旧" table:style-name="h"><table:table-row/></table:table>'
    body = f"<office:body><office:spreadsheet>{tables}{hidden}</office:spreadsheet></office:body>"
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}>{style}{body}</office:document-content>",
            **more,
        }
    )
