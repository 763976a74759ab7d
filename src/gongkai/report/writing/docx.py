"""A report as the Word file that is filed and published: the official faces, the form's merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gongkai.papers.faces import (
    HEADING_FACE,
    SUBHEADING_FACE,
    TEXT_FACE,
    TEXT_WIDTH,
    TITLE_FACE,
    set_face,
    set_page,
    settled,
)
from gongkai.papers.paper import printable
from gongkai.report.schema import Report
from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.report.writing.outline import Line, outline

_EPOCH = date(1980, 1, 1)
_LONGEST_PROPERTY = 255  # characters, by the format


def write_docx(report: Report) -> bytes:
    """Return the report as a DOCX file; the same report gives the same bytes."""
    document = docx.Document()
    _prepare(document, report)
    for block in outline(report):
        match block:
            case BoxTable():
                body = document.element.body
                body.insert(len(body) - 1, parse_xml(table_xml(block)))
            case Line(style, text):
                document.add_paragraph(text, style=style.value)
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue())


def table_xml(table: BoxTable) -> str:
    """Return a table as WordprocessingML: fixed widths, merged cells, head rows repeated on each page."""
    total = sum(table.widths)
    widths = [TEXT_WIDTH * width // total for width in table.widths]
    last = len(table.rows) - 1
    whole = table.number != 3  # Table 3 may run on to the next page, the short ones stay together
    rows = "".join(
        _row_xml(table, boxes, widths, keep=whole and r < last) for r, boxes in enumerate(table.lines())
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblCaption w:val="{escape(table.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(table: BoxTable, boxes: Sequence[tuple[Box, bool]], widths: Sequence[int], *, keep: bool) -> str:
    cells, c = [], 0
    for box, begins in boxes:
        cells.append(_cell_xml(box, sum(widths[c : c + box.across]), begins, keep))
        c += box.across
    head = table.number != 2 and all(box.part in (Part.COLUMN, Part.COLUMN_GROUP) for box, _ in boxes)
    marks = '<w:cantSplit/><w:trHeight w:val="340" w:hRule="atLeast"/>' + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(box: Box, width: int, begins: bool, keep: bool) -> str:
    span = f'<w:gridSpan w:val="{box.across}"/>' if box.across > 1 else ""
    merge = "" if box.down == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    side = "left" if box.part in (Part.ROW, Part.ROW_GROUP) else "center"
    keeping = "<w:keepNext/>" if keep else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(box.text)}</w:t></w:r>' if begins and box.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{keeping}<w:jc w:val="{side}"/></w:pPr>'
        f"{run}</w:p></w:tc>"
    )


def _prepare(document: Any, report: Report) -> None:
    set_page(document)
    properties = document.core_properties
    properties.title, properties.author = (
        printable(text or "").replace("\n", " ")[:_LONGEST_PROPERTY] for text in (report.title, report.agency)
    )
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime.combine(report.published_on or _EPOCH, time(), UTC)
    styles = document.styles
    set_face(styles["Normal"], TEXT_FACE, 16, indent=2)
    set_face(styles["Title"], TITLE_FACE, 22)
    set_face(styles["Subtitle"], SUBHEADING_FACE, 16)
    set_face(styles["Heading 1"], HEADING_FACE, 16, indent=2)
    set_face(styles["Heading 2"], SUBHEADING_FACE, 16, indent=2)
    add_table_style(document)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_table_style(document: Any) -> None:
    """Give a document the style that `table_xml` names: without it some programs leave the cells empty."""
    style = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), "TableText")
    set_face(style, TEXT_FACE, 10.5)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
