"""Read a Word file (.docx): the text a reader of the accepted document would see, tables with their spans."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gongkai.report.reading.blocks import Block, Document, Paragraph, raised
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive, read_member
from gongkai.report.reading.formats.grids import Area, table_blocks
from gongkai.report.reading.formats.trees import parse_tree

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
_IDLE = tuple(
    "{*}" + name
    for name in (
        "jc", "tblGrid", "tblBorders", "tcW", "tcBorders", "vAlign", "trHeight", "cantSplit", "tblHeader",
        "shd", "sectPr", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak",
    )
)
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_USUAL = {
    f"{{{namespace}}}{name}": name
    for namespace in _NAMESPACES
    for name in ("p", "pPr", "r", "rPr", "t", "tbl", "tr", "trPr", "tc", "tcPr", "vMerge", "gridSpan")
}
# fmt: on
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TRANSPARENT = frozenset(("AlternateContent", "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_OFF = frozenset(("0", "false", "off"))


@dataclass(slots=True)
class _Story:
    """What is known of the file and noticed while walking.

    `formatted` and `marked` say whether any run may be hidden, struck or raised, and any paragraph's mark
    deleted: most files have none, and need not be asked run by run.
    """

    formatted: bool
    marked: bool
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
        xml = read_member(archive, _main_part(archive))
        root = _parse(xml)
        title = _core_title(archive)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise Unreadable(_DAMAGED)
    story = _story(xml, root)
    return Document(blocks=_flow(body, story), title=title, notes=story.notes)


def _story(xml: bytes, root: Any) -> _Story:
    """Begin a story, and drop from the tree what this one need not ask for."""
    plain = (root.getroottree().docinfo.encoding or "").upper() in ("UTF-8", "US-ASCII", "ASCII")
    formatted = not plain or any(name in xml for name in (b"vanish", b"strike", b"vertAlign"))
    marked = not plain or any(name in xml for name in (b"del", b"moveFrom"))
    idle = [*_IDLE, *([] if marked else ["{*}pPr"]), *([] if marked or formatted else ["{*}rPr"])]
    etree.strip_elements(root, *idle, with_tail=True)
    return _Story(formatted=formatted, marked=marked)


def _main_part(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    for name in names:
        if re.fullmatch(r"/?word[/\\]document\d*\.xml", name, re.I):
            return name
    raise Unreadable(_DAMAGED)


def _parse(xml: bytes) -> Any:
    return parse_tree(xml, "Word 文件", _DAMAGED)


def _core_title(archive: zipfile.ZipFile) -> str:
    try:
        core = _parse(read_member(archive, "docProps/core.xml"))
    except Unreadable:
        return ""
    return next(("".join(child.itertext()).strip() for child in core if _name(child) == "title"), "")


def _name(element: Any) -> str:
    tag = element.tag
    return _USUAL.get(tag) or (tag.rpartition("}")[2] if isinstance(tag, str) else "")


def _child(element: Any | None, name: str) -> Any | None:
    """Return the first child of that name; None if there is none, or no element."""
    for child in () if element is None else element:
        if (_USUAL.get(child.tag) or _name(child)) == name:
            return child
    return None


def _properties(element: Any, name: str) -> Mapping[str, Any]:
    """Return what a row or a cell says of itself, by name; where it says a thing twice, the first."""
    properties = _child(element, name)
    return {} if properties is None else {_name(each): each for each in reversed(properties)}


def _value(element: Any, name: str = "val") -> str:
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _is_on(properties: Any, name: str) -> bool:
    flag = _child(properties, name)
    return flag is not None and _value(flag) not in _OFF


def _flow(container: Any, story: _Story) -> list[Block]:
    """Return the blocks of a body, a cell or a text box."""
    blocks: list[Block] = []
    carried: list[str] = []
    _gather(container, story, blocks, carried)
    return blocks + _paragraphs(carried) if carried else blocks


def _gather(container: Any, story: _Story, blocks: list[Block], carried: list[str]) -> None:
    """Add a container's paragraphs and tables, through content controls, custom markup and insertions.

    `carried` is what stands before a deleted paragraph mark; the parser bounds the depth.
    """
    for element in container:
        name = _USUAL.get(element.tag) or _name(element)
        if name == "p":
            text, boxes = _paragraph(element, story)
            carried.append(text)
            if not (story.marked and _joins_the_next(element)):
                blocks += _paragraphs(carried)
                carried.clear()
            for box in boxes:
                blocks += _flow(box, story)
        elif name == "tbl":
            blocks += _table(element, story)
        elif name == "altChunk":
            story.note("文档中嵌有其他文件的片段，其内容未读取。")
        elif name not in _SKIPPED:
            _gather(_inside(element, name), story, blocks, carried)


def _joins_the_next(paragraph: Any) -> bool:
    """Whether the paragraph's mark is deleted."""
    mark = _child(_child(paragraph, "pPr"), "rPr")
    return _child(mark, "del") is not None or _child(mark, "moveFrom") is not None


def _paragraphs(pieces: list[str]) -> list[Block]:
    text = "".join(pieces).replace("\xa0", " ").strip(" \n\r\u3000")
    return [Paragraph(text)] if text and not text.isspace() else []


def _inside(element: Any, name: str) -> Any:
    """The children of an element; where the same content is given twice, for new and for old readers, one."""
    if name != "AlternateContent":
        return element
    for wanted in ("Choice", "Fallback"):
        branch = _child(element, wanted)
        if branch is not None:
            return branch
    return ()


def _paragraph(paragraph: Any, story: _Story) -> tuple[str, list[Any]]:
    """Return the text of a paragraph and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    _inline(paragraph, story, parts, boxes)
    return "".join(parts), boxes


def _inline(container: Any, story: _Story, parts: list[str], boxes: list[Any]) -> None:
    """Add what stands in a paragraph, a run or what else a line holds; the parser bounds the depth."""
    for element in container:
        name = _USUAL.get(element.tag) or _name(element)
        if name == "t":
            parts.append(element.text or "")
        elif name == "r":
            shown = _formatted(element) if story.formatted else None
            if shown is None:
                _inline(element, story, parts, boxes)
            else:
                parts.append(shown)
        elif name == "txbxContent":
            boxes.append(element)
        elif (shown := _sign(element, name)) is not None:
            parts.append(shown)
        elif name not in _SKIPPED:
            if name == "OLEObject" and "Excel" in _value(element, "ProgID"):
                story.note("文档中嵌有 Excel 表格对象，其内容未读取，请将其转为 Word 表格。")
            _inline(_inside(element, name), story, parts, boxes)


def _sign(element: Any, name: str) -> str | None:
    """Return the character an element stands for, if it stands for one."""
    return _symbol(element) if name == "sym" else _CHARACTERS.get(name)


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
    r = 0
    for row in _each(table, "tr"):
        properties = _properties(row, "trPr")
        if "del" not in properties:
            above = _row(row, r, _number(properties.get("gridBefore"), least=0), above, areas, story)
            r += 1
    return table_blocks(areas)


def _row(
    row: Any, r: int, column: int, above: dict[int, Area], areas: list[Area], story: _Story
) -> dict[int, Area]:
    """Place the cells of one row from a column on.

    `above` and the result say which area stands in which column.
    """
    ends: dict[int, Area] = {}
    previous: Area | None = None
    for cell in _each(row, "tc"):
        properties = _properties(cell, "tcPr")
        if "cellDel" in properties:
            continue
        width = _number(properties.get("gridSpan"), least=1)
        if column + width > _MAX_COLUMNS:
            break
        area = _merged(properties, column, above, previous)
        if area is None:
            story.count_cell()
            area = Area(r, column, 1, width, _flow(cell, story))
            areas.append(area)
        else:
            area.height = r - area.row + 1
            area.width = max(area.width, column + width - area.column)
        for position in range(column, column + width):
            ends[position] = area
        previous, column = area, column + width
    return ends


def _merged(
    properties: Mapping[str, Any], column: int, above: dict[int, Area], previous: Area | None
) -> Area | None:
    """The area this cell continues, from above or from its left, if it does."""
    vertical = properties.get("vMerge")
    if vertical is not None and _value(vertical) != "restart":
        area = above.get(column)
        return area if area is not None and area.column == column else None
    horizontal = properties.get("hMerge")
    if horizontal is not None and _value(horizontal) != "restart":
        return previous
    return None


def _each(container: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls and insertions."""
    pending = [iter(container)]
    while pending:
        for element in pending[-1]:
            name = _name(element)
            if name == wanted:
                yield element
            elif name in _TRANSPARENT:
                pending.append(iter(_inside(element, name)))
                break
        else:
            pending.pop()


def _number(element: Any | None, *, least: int) -> int:
    if element is None:
        return least
    try:
        return min(max(int(_value(element)), least), _MAX_SPAN)
    except ValueError:
        return least
