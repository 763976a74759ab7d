"""Read a Word file (.docx): the text a reader of the accepted document would see, tables with their spans."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gongkai.report.reading.blocks import Block, Document, Paragraph, raised
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive, read_member
from gongkai.report.reading.formats.grids import Area, table_blocks

_DAMAGED = "Word 文件不完整或已损坏，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_MAX_SPAN = 64
_MAX_COLUMNS = 512
_MAX_CELLS = 100_000

# Transitional and strict files, and their namespaces' prefixes, differ; the local names do not.
# fmt: off
_SKIPPED = frozenset((
    "del", "moveFrom", "instrText", "delInstrText", "delText", "rPr", "pPr", "sectPr", "tcPr",
    "trPr", "tblPr", "tblGrid", "tblPrEx", "rt", "footnoteReference", "endnoteReference",
    "commentReference", "annotationRef", "fldChar", "sdtPr", "sdtEndPr", "bookmarkStart",
    "bookmarkEnd", "proofErr", "lastRenderedPageBreak",
))
# fmt: on
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset(("0", "false", "off"))


@dataclass(slots=True)
class _Story:
    """What is noticed while walking."""

    notes: list[str] = field(default_factory=list)
    cells: int = 0

    def count_cell(self) -> None:
        self.cells += 1
        if self.cells > _MAX_CELLS:
            raise Unreadable("Word 文件中的表格过大，超出读取上限。")

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def read_docx(data: bytes) -> Document:
    """Return the blocks of a .docx file as they stand once every tracked change is accepted.

    Raises:
        Unreadable: damaged, encrypted, beyond the limits, or with a document type declaration.
    """
    with open_archive(data) as archive:
        root = _parse(read_member(archive, _main_part(archive)))
        title = _core_title(archive)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise Unreadable(_DAMAGED)
    story = _Story()
    return Document(blocks=_flow(body, story), title=title, notes=story.notes)


def _main_part(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    for name in names:
        if re.fullmatch(r"/?word[/\\]document\d*\.xml", name, re.I):
            return name
    raise Unreadable(_DAMAGED)


def _parse(xml: bytes) -> Any:
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Unreadable("Word 文件含有不应有的实体声明，为安全起见不予读取。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("Word 文件含有不应有的实体声明，为安全起见不予读取。")
    return root


def _core_title(archive: zipfile.ZipFile) -> str:
    try:
        core = _parse(read_member(archive, "docProps/core.xml"))
    except Unreadable:
        return ""
    return next(("".join(child.itertext()).strip() for child in core if _name(child) == "title"), "")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, *names: str) -> Any | None:
    for name in names:
        element = next((child for child in element if _name(child) == name), None)
        if element is None:
            return None
    return element


def _value(element: Any, name: str = "val") -> str:
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _is_on(properties: Any | None, name: str) -> bool:
    flag = None if properties is None else _child(properties, name)
    return flag is not None and _value(flag) not in _OFF


def _flow(container: Any, story: _Story) -> list[Block]:
    """Return the blocks of a body, a cell or a text box."""
    blocks: list[Block] = []
    carried = ""
    for element in _block_elements(container):
        name = _name(element)
        if name == "tbl":
            blocks += _table(element, story)
            continue
        if name == "altChunk":
            story.note("文档中嵌有其他文件的片段，其内容未读取。")
            continue
        text, boxes = _paragraph(element, story)
        text = carried + text
        # A deleted paragraph mark joins this paragraph to the next.
        mark = _child(element, "pPr", "rPr")
        joins = mark is not None and (_child(mark, "del") is not None or _child(mark, "moveFrom") is not None)
        carried = text if joins else ""
        if not joins and text.strip():
            blocks.append(Paragraph(text=_trim(text)))
        for box in boxes:
            blocks += _flow(box, story)
    if carried.strip():
        blocks.append(Paragraph(text=_trim(carried)))
    return blocks


def _trim(text: str) -> str:
    return text.replace("\xa0", " ").strip(" \n\r\u3000")


def _block_elements(container: Any) -> list[Any]:
    """Paragraphs and tables of a container, through content controls, custom markup and insertions."""
    found: list[Any] = []
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        name = _name(element)
        if name in ("p", "tbl", "altChunk"):
            found.append(element)
        elif name == "AlternateContent":
            stack += reversed(_chosen(element))
        elif name not in _SKIPPED:
            stack += reversed(element)
    return found


def _chosen(alternate: Any) -> list[Any]:
    """The same content is given twice, for new and for old readers; take the first."""
    for wanted in ("Choice", "Fallback"):
        branch = _child(alternate, wanted)
        if branch is not None:
            return list(branch)
    return []


def _paragraph(paragraph: Any, story: _Story) -> tuple[str, list[Any]]:
    """Return the text of a paragraph and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = _name(element)
        if name == "t":
            parts.append(element.text or "")
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            stack += reversed(_chosen(element))
        elif name == "sym":
            parts.append(_symbol(element))
        elif name == "r" and (shown := _formatted(element)) is not None:
            parts.append(shown)
        elif name not in _SKIPPED:
            if name == "OLEObject" and "Excel" in _value(element, "ProgID"):
                story.note("文档中嵌有 Excel 表格对象，其内容未读取，请将其转为 Word 表格。")
            stack += reversed(element)
    return "".join(parts), boxes


def _formatted(run: Any) -> str | None:
    """Return the text of a run that is not plain: none if hidden or struck through, raised if superscript."""
    properties = _child(run, "rPr")
    if properties is None:
        return None
    if any(_is_on(properties, name) for name in ("vanish", "strike", "dstrike")):
        return ""
    align = _child(properties, "vertAlign")
    if align is None or _value(align) != "superscript":
        return None
    return raised("".join(t.text or "" for t in run if _name(t) == "t"))


def _symbol(element: Any) -> str:
    try:
        code = int(_value(element, "char"), 16)
    except ValueError:
        return ""
    if 0xF020 <= code <= 0xF07E and _value(element, "font").lower() == "symbol":
        return chr(code - 0xF000)
    return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0xD800 else chr(code)


def _table(table: Any, story: _Story) -> list[Block]:
    areas: list[Area] = []
    above: dict[int, Area] = {}
    for r, row in enumerate(_live(table, "tr")):
        above = _row(row, r, above, areas, story)
    return table_blocks(areas)


def _row(row: Any, r: int, above: dict[int, Area], areas: list[Area], story: _Story) -> dict[int, Area]:
    """Place the cells of one row; `above` and the result say which area ends in which column."""
    column = _number(_child(row, "trPr", "gridBefore"), least=0)
    ends: dict[int, Area] = {}
    previous: Area | None = None
    for cell in _live(row, "tc"):
        properties = _child(cell, "tcPr")
        width = 1 if properties is None else _number(_child(properties, "gridSpan"), least=1)
        if column + width > _MAX_COLUMNS:
            break
        area = _merged(properties, column, above, previous)
        if area is None:
            story.count_cell()
            area = Area(row=r, column=column, width=width, blocks=_flow(cell, story))
            areas.append(area)
        area.height = r - area.row + 1
        area.width = max(area.width, column + width - area.column)
        ends.update(dict.fromkeys(range(column, column + width), area))
        previous, column = area, column + width
    return ends


def _merged(
    properties: Any | None, column: int, above: dict[int, Area], previous: Area | None
) -> Area | None:
    """The area this cell continues, from above or from its left, if it does."""
    if properties is None:
        return None
    vertical = _child(properties, "vMerge")
    if vertical is not None and _value(vertical) != "restart":
        area = above.get(column)
        return area if area is not None and area.column == column else None
    horizontal = _child(properties, "hMerge")
    if horizontal is not None and _value(horizontal) != "restart":
        return previous
    return None


def _live(container: Any, wanted: str) -> list[Any]:
    """Rows of a table or cells of a row that no tracked change has deleted."""
    found: list[Any] = []
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        name = _name(element)
        if name == wanted:
            if not _is_deleted(element):
                found.append(element)
        elif name == "AlternateContent":
            stack += reversed(_chosen(element))
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            stack += reversed(element)
    return found


def _is_deleted(element: Any) -> bool:
    if _name(element) == "tr":
        return _child(element, "trPr", "del") is not None
    return _child(element, "tcPr", "cellDel") is not None


def _number(element: Any | None, *, least: int) -> int:
    if element is None:
        return least
    try:
        return min(max(int(_value(element)), least), _MAX_SPAN)
    except ValueError:
        return least
