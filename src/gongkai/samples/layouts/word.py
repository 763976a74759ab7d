"""Word files: as this project writes them, laid out by a table, with tracked changes, with text boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gongkai.papers.faces import settled
from gongkai.report.writing.boxes import BoxTable
from gongkai.report.writing.docx import add_table_style, table_xml
from gongkai.samples.cutting import Rest, columns, cut
from gongkai.samples.sheets import Line, Sheet


def merged(sheet: Sheet) -> bytes:
    """A plain file: paragraphs and tables with merged cells."""
    return _file(_elements(sheet))


def in_pieces(sheet: Sheet) -> bytes:
    """Each item of Table 2 and each half of Table 4 a table of its own, Table 3 cut in two."""
    head = [_paragraph(sheet.title), _paragraph(f"发布日期：{sheet.published}")]
    shown = head
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown.append(_paragraph(block.text))
            continue
        for piece in _pieces(block, sheet.rng):
            shown += [table_xml(piece), _paragraph("")]
    return _file(shown)


def _pieces(table: BoxTable, rng: Random) -> Sequence[BoxTable]:
    if table.number == 2:
        starts = [r for r, row in enumerate(table.rows) if len(row) == 1]
        ends = [*starts[1:], len(table.rows)]
        return [replace(table, rows=table.rows[a:b]) for a, b in zip(starts, ends, strict=True)]
    if table.number == 3:
        return cut(table, rng.randint(7, 23), rest=rng.choice(tuple(Rest)), repeat_head=rng.choice((0, 3)))
    return columns(table, 0, 5), columns(table, 5, 15)


def nested(sheet: Sheet) -> bytes:
    """Everything inside one cell of a layout table, the statutory tables nested in it."""
    inside = "".join(_elements(sheet))
    layout = (
        f'<w:tbl {nsdecls("w")}><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    )
    return _file([layout, _paragraph("")])


def revised(sheet: Sheet) -> bytes:
    """With tracked changes: old numbers struck out beside the new, old words beside the new."""
    rng = sheet.rng
    body = _file(_elements(sheet))
    document = docx.Document(BytesIO(body))
    cells = [run for table in document.element.body.iter(qn("w:tbl")) for run in table.iter(qn("w:r"))]
    paragraphs = [p for p in document.element.body.iterchildren(qn("w:p")) if len(_text(p)) > 30]
    for run in rng.sample(cells, min(len(cells), 25)):
        _replace_tracked(run, str(rng.randint(0, 99)) if _text(run).isdigit() else "旧称")
    for paragraph in rng.sample(paragraphs, min(len(paragraphs), 3)):
        _replace_tracked(next(paragraph.iter(qn("w:r"))), "原来写的一句话，共收到申请9999件。")
    return _saved(document)


def boxed(sheet: Sheet) -> bytes:
    """With the title and one heading in text boxes, drawn twice as Word does for old readers."""
    elements = _elements(sheet)
    headings = [i for i, b in enumerate(sheet.blocks) if isinstance(b, Line) and b.level == 1]
    chosen = {0, sheet.rng.choice(headings) + 2}
    shown = [_text_box(element) if i in chosen else element for i, element in enumerate(elements)]
    return _file(shown)


def _elements(sheet: Sheet) -> list[str]:
    head = [_paragraph(sheet.title), _paragraph(f"发布日期：{sheet.published}")]
    return head + [
        table_xml(block) if isinstance(block, BoxTable) else _paragraph(block.text) for block in sheet.blocks
    ]


def _paragraph(text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p {nsdecls('w')}>{run}</w:p>"


def _file(elements: list[str]) -> bytes:
    document = docx.Document()
    add_table_style(document)
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element))
    return _saved(document)


def _saved(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue())


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def _replace_tracked(run: Any, old: str) -> None:
    """Put a deletion before the run and make the run an insertion."""
    marks = f'{nsdecls("w")} w:id="1" w:author="经办" w:date="2024-01-05T09:00:00Z"'
    deleted = parse_xml(f"<w:del {marks}><w:r><w:delText>{escape(old)}</w:delText></w:r></w:del>")
    inserted = parse_xml(f"<w:ins {marks}/>")
    run.addprevious(deleted)
    run.addprevious(inserted)
    inserted.append(run)


_BOX = (
    '<w:p {ns}><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
    "<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_NAMESPACES = (
    f"{nsdecls('w', 'a', 'wp')} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _text_box(paragraph: str) -> str:
    return _BOX.format(ns=_NAMESPACES, inner=paragraph)
