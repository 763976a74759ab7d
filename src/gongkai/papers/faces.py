"""The Word side of GB/T 9704: page, faces, page numbers; and the same bytes for the same document.

The faces are 方正小标宋 for the title, 黑体 and 楷体 for the two levels of headings, 仿宋 for the text.
They are proprietary and only named here, each with the face to take where it is missing.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

TITLE_FACE, HEADING_FACE, SUBHEADING_FACE, TEXT_FACE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TEXT_WIDTH = 8844  # twips between the margins GB/T 9704 gives an A4 page: 156 mm

_INSTEAD = {TITLE_FACE: "华文中宋", HEADING_FACE: "SimHei", SUBHEADING_FACE: "楷体", TEXT_FACE: "仿宋"}
_MARGINS = {"top": 3.7, "bottom": 3.5, "left": 2.8, "right": 2.6}  # cm


def set_page(document: Any) -> None:
    """Give a document the A4 page of GB/T 9704, its number at the foot, its language and other faces."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    for side, margin in _MARGINS.items():
        setattr(page, f"{side}_margin", Cm(margin))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _number_pages(page.footer.paragraphs[0])
    _name_substitutes(document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE))


def set_face(style: Any, face: str, size: float, *, indent: int = 0, lines: float = 28) -> None:
    """Give a style a face for Chinese and Latin text, its size and line pitch in points.

    `indent` is that of the first line in characters.
    """
    font, paragraph = style.font, style.paragraph_format
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:color")):
        properties.remove(old)
    named = " ".join(f'w:{script}="{face}"' for script in ("ascii", "hAnsi", "eastAsia"))
    properties.insert(0, parse_xml(f'<w:rFonts {nsdecls("w")} w:hint="eastAsia" {named}/>'))
    font.size, font.bold, font.italic = Pt(size), False, False
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.line_spacing = Pt(lines)
    paragraph.first_line_indent = Pt(size * indent)
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def settled(data: bytes) -> bytes:
    """Return a package with its members' times fixed, so that equal documents are equal files."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member))
    return stream.getvalue()


def _name_substitutes(font_table: Any) -> None:
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for face, other in _INSTEAD.items()
    )
    font_table._blob = font_table.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def _number_pages(paragraph: Any) -> None:
    field = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText>PAGE</w:instrText>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in field:
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))
