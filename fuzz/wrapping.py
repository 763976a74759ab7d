"""The smallest file of each packed format round markup that is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFD = "http://www.ofdspec.org/2016"


def mended(markup: bytes, **prefixes: str) -> bytes:
    """Return XML with its tags closed and what cannot be mended left out: else few readers get past it."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in prefixes.items())
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(b"<r " + names.encode() + b">" + markup + b"</r>", parser)
    if root is None:
        return b""
    return b"".join(etree.tostring(child, encoding="utf-8", xml_declaration=False) for child in root)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file of parts by name, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def word_file(body: bytes) -> bytes:
    """Return a Word file whose body is this markup."""
    head, tail = f'<w:document xmlns:w="{WORD}"><w:body>', "</w:body></w:document>"
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": head.encode() + body + tail.encode()}
    )


def sheet_file(data: bytes) -> bytes:
    """Return a workbook whose one sheet holds this markup as its data."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
                f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
                f'ContentType="{kind}.worksheet+xml"/></Types>'
            ),
            "_rels/.rels": _links("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": (
                f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}"><sheets>'
                '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _links("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">'.encode() + data + b"</worksheet>",
        }
    )


def _links(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/{kind}" Target="{target}"/></Relationships>'
    )


def ofd_file(content: bytes) -> bytes:
    """Return an OFD file whose one page holds this markup."""
    return zipped(
        {
            "OFD.xml": (
                f'<ofd:OFD xmlns:ofd="{OFD}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
                "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
            "Doc_0/Document.xml": (
                f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
                '</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" '
                'BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
            ),
            "Doc_0/Pages/Page_0/Content.xml": (
                f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer ID="2">'.encode()
                + content
                + b"</ofd:Layer></ofd:Content></ofd:Page>"
            ),
        }
    )


def pdf_file(content: bytes) -> bytes:
    """Return a PDF of one page with this content stream; font A is Latin, font B Chinese."""
    chinese = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 752"
        "/Descent -271/CapHeight 737/StemV 58/ItalicAngle 0/FontBBox[-25 -254 1000 880]>>>>]>>"
    )
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<<"
        f"/A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/B {chinese}>>>>>>"
    )
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page.encode()]
    objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    out, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size 5 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
