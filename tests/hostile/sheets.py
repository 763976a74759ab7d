"""Workbooks that claim more rows, columns, texts and merged cells than any table has."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import SHEET, sheet_file, zipped

_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def _sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    return sheet_file(f"{before}<sheetData>{rows}</sheetData>{after}".encode())


def _with(data: bytes, **parts: str | bytes) -> bytes:
    """The same workbook with parts put in: `__` for the slash, `_DOT_` for the point."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(
        held | {name.replace("__", "/").replace("_DOT_", "."): part for name, part in parts.items()}
    )


def _grid(height: int, width: int, value: str = "<v>1</v>") -> bytes:
    row = f"<c>{value}</c>" * width
    return _sheet(f"<row>{row}</row>" * height)


def _shared(texts: str, uses: int) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    data = _sheet(
        "".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i % 7}</v></c></row>' for i in range(uses))
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = archive.read("xl/_rels/workbook.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    link = links.split("<Relationship ")[1].replace("worksheet", "sharedStrings", 1)
    link = link.replace("worksheets/sheet1.xml", "sharedStrings.xml").replace('"r1"', '"r2"')
    parts: dict[str, str | bytes] = {
        "xl__sharedStrings_DOT_xml": f'<sst xmlns="{SHEET}">{texts}</sst>',
        "xl___rels__workbook_DOT_xml_DOT_rels": links.replace("</Relationships>", f"<Relationship {link}"),
    }
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return _with(_with(data, **parts), **{"[Content_Types]_DOT_xml": types.replace("</Types>", part)})


def _merged(ranges: str) -> bytes:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="H{r}"><v>1</v></c></row>' for r in range(1, 60)
    )
    return _sheet(rows, after=f"<mergeCells>{ranges}</mergeCells>")


def _cell(inside: str) -> bytes:
    return _sheet(f"<row>{inside}</row>" * 40)


def _named(sheets: str) -> bytes:
    data = _sheet(_FAR)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    return _with(data, xl__workbook_DOT_xml=book.replace("</sheets>", f"{sheets}</sheets>"))


def _ods(inside: str) -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    told = f'xmlns:o="{spaces}office:1.0" xmlns:t="{spaces}table:1.0" xmlns:x="{spaces}text:1.0"'
    book = f"<o:body><o:spreadsheet><t:table>{inside}</t:table></o:spreadsheet></o:body>"
    body = f"<o:document-content {told}>{book}</o:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": body})


_ODS_ROW = (
    '<t:table-row t:number-rows-repeated="{}"><t:table-cell t:number-columns-repeated="{}"><x:p>1</x:p>'
    "</t:table-cell></t:table-row>"
)

FILES: Mapping[str, Callable[[], bytes]] = {
    "a size declared to the last cell": lambda: _sheet("", before='<dimension ref="A1:XFD1048576"/>'),
    "a single cell in the last corner": lambda: _sheet(_FAR),
    "two cells in opposite corners": lambda: _sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + _FAR),
    "a cell in each of 1,000 far columns": lambda: _sheet(
        "".join(f'<row r="{i * 1000}"><c r="XFD{i * 1000}"><v>1</v></c></row>' for i in range(1, 1_000))
    ),
    "rows out of order": lambda: _sheet(
        "".join(f'<row r="{900 - i}"><c r="A{i}"><v>1</v></c></row>' for i in range(900))
    ),
    "cells out of range": lambda: _cell(
        '<c r="ZZZZZZZ99999999999"><v>1</v></c><c r=""><v>2</v></c><c r="1A"><v>3</v></c>'
    ),
    "cells before the first": lambda: _cell('<c r="A0"><v>1</v></c><c r="A-1"><v>1</v></c>'),
    "100,000 rows": partial(_grid, 100_000, 3),
    "16,384 columns": partial(_grid, 12, 16_384),
    "40,000 columns": partial(_grid, 3, 40_000),
    "everything merged": partial(_merged, '<mergeCell ref="A1:XFD1048576"/>'),
    "50,000 merged ranges": lambda: _merged(
        "".join(f'<mergeCell ref="A{i}:H{i}"/>' for i in range(1, 50_000))
    ),
    "ranges on top of one another": partial(_merged, '<mergeCell ref="A1:H60"/>' * 5_000),
    "ranges the wrong way round": partial(
        _merged, '<mergeCell ref="H60:A1"/><mergeCell ref="x"/><mergeCell/>'
    ),
    "200,000 shared texts": lambda: _shared("<si><t>一</t></si>" * 200_000, 50),
    "shared texts of 9 MB": lambda: _shared(f"<si><t>{'一' * 3_000_000}</t></si>" * 1, 50),
    "one shared text of 1 MB 3,000 times": lambda: _shared(f"<si><t>{'一' * 300_000}</t></si>" * 7, 3_000),
    "texts shared by nobody": lambda: _sheet(
        '<row><c t="s"><v>99999999999</v></c><c t="s"><v>-1</v></c></row>' * 20
    ),
    "numbers that are none": lambda: _cell(
        "".join(f"<c><v>{v}</v></c>" for v in ("NaN", "inf", "-inf", "1e999", "0x10", "", "-0"))
    ),
    "numbers of 10,000 digits": lambda: _cell(f"<c><v>{'9' * 10_000}</v></c>"),
    "dates beyond all years": lambda: _cell('<c s="1"><v>99999999999</v></c><c t="d"><v>9999-99-99</v></c>'),
    "unknown types and formats": lambda: _cell(
        '<c t="zz" s="999999"><v>1</v></c><c t="b"><v>7</v></c><c t="e"><v>#REF!</v></c>'
    ),
    "formulas in a circle": lambda: _cell("".join(f"<c><f>A{i}+B{i}</f></c>" for i in range(50))),
    "a shared formula without its first": lambda: _cell('<c><f t="shared" si="99999"/><v>1</v></c>'),
    "a formula of 5 MB": lambda: _cell("<c><f>" + "A1+" * 40_000 + "1</f><v>1</v></c>"),
    "texts in the line of 9 MB": lambda: _sheet(
        f'<row><c t="inlineStr"><is><t>{"一" * 3_000_000}</t></is></c></row>'
    ),
    "200 MB of rows": lambda: _big(),
    "10,000 sheets of one part": lambda: _named(
        "".join(f'<sheet name="{i}" sheetId="{i}" r:id="r1"/>' for i in range(2, 10_000))
    ),
    "300 sheets of one part": lambda: _named(
        "".join(f'<sheet name="{i}" sheetId="{i}" r:id="r1"/>' for i in range(2, 300))
    ),
    "sheets that are not there": partial(_named, '<sheet name="x" sheetId="9" r:id="r9"/><sheet/>'),
    "no links": lambda: _with(_sheet(_FAR), xl___rels__workbook_DOT_xml_DOT_rels="<Relationships/>"),
    "links out of the file": lambda: _with(
        _sheet(_FAR),
        xl___rels__workbook_DOT_xml_DOT_rels=(
            '<Relationships><Relationship Id="r1" Type="worksheet" Target="../../../../etc/passwd"/>'
            "</Relationships>"
        ),
    ),
    "a workbook alone": lambda: zipped({"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'}),
    "a binary workbook of noise": lambda: zipped(
        {"xl/workbook.bin": bytes(range(256)) * 200, "xl/worksheets/sheet1.bin": b"\xff" * 5_000}
    ),
    "an open workbook repeated for ever": lambda: _ods(_ODS_ROW.format(1_048_576, 16_384)),
    "an open workbook repeated beyond number": lambda: _ods(_ODS_ROW.format("9" * 400, -5) * 10),
    "an open workbook of 20,000 rows of 1,000": lambda: _ods(_ODS_ROW.format(1, 1_000) * 20_000),
    "an open workbook of tables in tables": lambda: _ods("<t:table>" * 200 + "</t:table>" * 200),
    "an open workbook that spans everything": lambda: _ods(
        '<t:table-row><t:table-cell t:number-columns-spanned="99999999" t:number-rows-spanned="99999999">'
        "<x:p>1</x:p></t:table-cell></t:table-row>" * 50
    ),
}


def _big() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_sheet(""))) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in held.namelist():
            with archive.open(name, "w") as part:
                if not name.endswith("sheet1.xml"):
                    part.write(held.read(name))
                    continue
                part.write(f'<worksheet xmlns="{SHEET}"><sheetData>'.encode())
                for _ in range(200):
                    part.write(b"<row><c><v>1</v></c></row>" * 40_000)
                part.write(b"</sheetData></worksheet>")
    return out.getvalue()
