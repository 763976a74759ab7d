"""A document as a Word file: the official faces, real spans and numbered lists, the mark on each page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from gongkai.papers.faces import (
    HEADING_FACE,
    SUBHEADING_FACE,
    TEXT_FACE,
    TITLE_FACE,
    set_face,
    set_page,
    settled,
)
from gongkai.papers.paper import Paper, fact_table, plain, printable, set_out, signature
from gongkai.papers.wordml import Body

_EPOCH = date(1980, 1, 1)
_LONGEST_PROPERTY = 255  # characters, by the format
_RED = RGBColor(0xC0, 0, 0)
_LETTERHEAD_RED = RGBColor(0xFF, 0, 0)
_CENTRED = ("Title", "Subtitle", "Caption")
_ADDED = (
    ("Table Text", 10.5),
    ("Form Text", 14),
    ("Signature", 16),
    ("Seal", 16),
    ("Source", 10.5),
    ("Picture", 16),
    ("Letterhead", 36),
)


def write_docx(paper: Paper) -> bytes:
    """Return a document as a DOCX file; the same document gives the same bytes."""
    document = docx.Document(BytesIO(_blank()))
    _set_properties(document, paper)
    if paper.mark:
        _stamp(document, printable(paper.mark))
    body = Body(document)
    facts = fact_table(paper)
    if facts:
        body.table(facts)
    if paper.letterhead:
        body.letterhead(paper.letterhead, paper.number)
    body.paragraph(plain(paper.title), "Title")
    if paper.number and not paper.letterhead:
        body.paragraph(plain(paper.number), "Subtitle")
    body.paragraph((), "Normal")
    body.blocks(set_out(paper))
    _close(body, paper)
    document.part._element = parse_xml(body.xml(document.element.body.sectPr.xml))
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue())


@cache
def _blank() -> bytes:
    """A document with page and styles set and nothing in it: set once, as it is the same for all."""
    document = docx.Document()
    set_page(document)
    _set_styles(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _close(body: Body, paper: Paper) -> None:
    lines = signature(paper)
    if lines:
        body.paragraph((), "Normal")
    for line in lines:
        body.paragraph(plain(line), "Signature")
    if paper.source:
        body.paragraph((), "Normal")
        body.paragraph(plain(paper.source), "Source")


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author = (
        printable(text).replace("\n", " ")[:_LONGEST_PROPERTY] for text in (paper.title, paper.issuer)
    )
    properties.subject = printable(paper.number)[:_LONGEST_PROPERTY]
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime.combine(paper.made_on or _EPOCH, time(), UTC)


def _set_styles(document: Any) -> None:
    styles = document.styles
    set_face(styles["Normal"], TEXT_FACE, 16, indent=2)
    set_face(styles["Title"], TITLE_FACE, 22, lines=35)
    set_face(styles["Subtitle"], SUBHEADING_FACE, 16)
    set_face(styles["Heading 1"], HEADING_FACE, 16, indent=2)
    set_face(styles["Heading 2"], SUBHEADING_FACE, 16, indent=2)
    set_face(styles["Heading 3"], TEXT_FACE, 16, indent=2)
    set_face(styles["Caption"], SUBHEADING_FACE, 12)
    set_face(styles["Header"], HEADING_FACE, 14)
    set_face(styles["List Paragraph"], TEXT_FACE, 16)
    styles["Heading 3"].font.bold = True
    for name in _CENTRED:
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, size in _ADDED:
        _add_style(styles, name, size)
    styles["Signature"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Signature"].paragraph_format.right_indent = Pt(32)
    styles["Signature"].paragraph_format.keep_together = True
    for name in ("Seal", "Picture", "Letterhead"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_face(styles["Letterhead"], TITLE_FACE, 36, lines=56)
    styles["Letterhead"].font.color.rgb = _LETTERHEAD_RED
    styles["Seal"].paragraph_format.line_spacing = Pt(28)
    for side in ("space_before", "space_after"):
        setattr(styles["Form Text"].paragraph_format, side, Pt(3))


def _add_style(styles: Any, name: str, size: float) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), name.replace(" ", ""))
    set_face(style, TEXT_FACE, size)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _stamp(document: Any, mark: str) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(f"【{mark}】")
    run.font.color.rgb = _RED
