"""Blocks as WordprocessingML, written as text: python-docx takes minutes for a table of thousands of rows."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.papers.faces import HEADING_FACE, TEXT_WIDTH
from gongkai.papers.grids import (
    LONGEST_FORM,
    Grid,
    Place,
    grid_of,
    letterhead_points,
    seal_indent,
    text_width,
)
from gongkai.papers.paper import (
    Block,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Picture,
    Rule,
    Runs,
    Seal,
    Table,
    plain,
    printable,
)
from gongkai.papers.pictures import printed_size

_FACES = " ".join(f'w:{script}="{HEADING_FACE}"' for script in ("ascii", "hAnsi", "eastAsia"))
_BOLD = f"<w:rPr><w:rFonts {_FACES}/><w:b/></w:rPr>"
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
_CUT = _RULE.replace("single", "dashed")
_RED_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="6" w:color="FF0000"/></w:pBdr>'
_CENTRED = '<w:jc w:val="center"/>'
_FLUSH = '<w:ind w:firstLine="0"/>'
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_INDENT = 640  # twips: two characters of the text
_FORM_ROW = 680  # twips, at least: room to write in
_NUMBERS = ("%{0}.", "（%{0}）", "%{0}）")
_BULLETS = ("●", "○", "■")
_DEEPEST = 8  # level of lists that Word knows, from 0
_EMU = 36000  # in a millimetre
_NAMESPACES = nsdecls("w", "wp", "a", "pic", "r")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Body:
    """The body of a Word document while it is written; its pictures and lists are the document's."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._numbering = document.part.numbering_part.element
        self._xml: list[str] = []
        self._pictures = 0
        self._number = int(self._numbering._next_numId)
        self._bullets, self._numbers = self._add_list_styles()

    def xml(self, section: str) -> str:
        """Return what was written as the whole document, with its section's properties.

        Whole, since moving a long table's elements into another tree takes seconds.
        """
        return f"<w:document {_NAMESPACES}><w:body>{''.join(self._xml)}{section}</w:body></w:document>"

    def blocks(self, blocks: Iterable[Block], indent: int = 0) -> None:
        """Write blocks, `indent` levels of lists deep."""
        for block in blocks:
            match block:
                case Heading():
                    style = f"Heading{min(block.level, 3)}" if block.level > 0 else "Title"
                    self.paragraph(plain(block.text), style)
                case Paragraph():
                    self._text(block, indent)
                case ListBlock():
                    self._list(block, indent)
                case Table():
                    self.table(block)
                case Picture():
                    self._picture(block)
                case Rule():
                    self.paragraph((), "Normal", _CUT if block.cut else _RULE)
                case PageBreak():
                    self._xml.append(_PAGE_BREAK)
                case Seal():
                    self._seal(block.lines)

    def paragraph(self, runs: Runs, style: str, properties: str = "") -> None:
        """Write a paragraph in a style, by its id."""
        self._xml.append(_paragraph(runs, style, properties))

    def letterhead(self, issuer: str, number: str) -> None:
        """Write the issuer's name in red, as large as one line allows, the number, and a red line below."""
        size = letterhead_points(issuer) * 2
        run = f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>{escape(printable(issuer))}</w:t></w:r>'
        self._xml.append(_p("Letterhead", "", run))
        self.paragraph((), "Normal")
        self.paragraph(plain(number), "Normal", _RED_RULE + _FLUSH + _CENTRED)
        self.paragraph((), "Normal")

    def table(self, table: Table) -> None:
        """Write a table over the whole width, its columns as wide as their texts need."""
        if not table.rows:
            return
        grid = grid_of(table)
        needs = grid.widths()
        widths = [TEXT_WIDTH * need // sum(needs) for need in needs]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        self._xml.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{_rows(grid, widths, table.form)}</w:tbl>"
        )
        self._xml.append(_paragraph((), "TableText"))  # two tables in a row would grow together

    def _text(self, block: Paragraph, indent: int) -> None:
        if indent:
            self.paragraph(block.runs, "ListParagraph", f'<w:ind w:left="{_INDENT * (indent + 1)}"/>')
        else:
            kept = "<w:keepNext/>" if block.kept else ""
            self.paragraph(block.runs, "Normal", kept + (_FLUSH if block.flush else ""))

    def _seal(self, lines: tuple[str, ...]) -> None:
        """Set lines centred on one another."""
        widest = max(map(text_width, lines), default=0)
        # Centred in what is left to the margin.
        left = max(0, TEXT_WIDTH - seal_indent(lines) * _INDENT - widest * _INDENT // 4)
        for _ in range(2):
            self.paragraph((), "Normal", "<w:keepNext/>")
        for line in lines:
            self.paragraph(plain(line), "Seal", f'<w:keepNext/><w:ind w:left="{left}"/>')

    def _list(self, block: ListBlock, indent: int) -> None:
        level = min(indent, _DEEPEST)
        number = self._add_numbering(level) if block.ordered else self._bullets
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            first = item[0] if item else None
            rest = item
            runs: Runs = ()
            if isinstance(first, Paragraph):
                runs, rest = first.runs, item[1:]
            self.paragraph(runs, "ListParagraph", properties)
            self.blocks(rest, indent + 1)

    def _picture(self, picture: Picture) -> None:
        size = printed_size(picture.data)
        if size is None:
            self.paragraph(plain(picture.alternative), "Picture")
        else:
            self._pictures += 1
            name, _ = self._part.get_or_add_image(BytesIO(picture.data))
            drawn = _drawing(name, self._pictures, picture.alternative, size[1:])
            self._xml.append(_p("Picture", "<w:keepNext/>" if picture.caption else "", drawn))
        if picture.caption:
            self.paragraph(plain(picture.caption), "Caption")

    def _add_list_styles(self) -> tuple[int, int]:
        """Define the two kinds of lists; return the list of all bullets, and the kind of the numbered."""
        kinds = [int(kind) for kind in self._numbering.xpath("./w:abstractNum/@w:abstractNumId")]
        bullets, numbers = max(kinds, default=0) + 1, max(kinds, default=0) + 2
        for kind, texts, shown in ((numbers, _NUMBERS, "decimal"), (bullets, _BULLETS, "bullet")):
            self._numbering.insert(0, parse_xml(_list_style(kind, texts, shown)))
        return self._add_number(bullets, ""), numbers

    def _add_numbering(self, level: int) -> int:
        """Add a numbered list that begins with 1; return its number in the document."""
        restart = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        return self._add_number(self._numbers, restart)

    def _add_number(self, kind: int, override: str) -> int:
        number, self._number = self._number, self._number + 1
        named = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
        self._numbering.append(parse_xml(f"{named}{override}</w:num>"))
        return number


def _paragraph(runs: Runs, style: str, properties: str = "") -> str:
    return _p(style, properties, "".join(_run(text, bold) for text, bold in runs))


def _p(style: str, properties: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _run(text: str, bold: bool) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).split("\n"))
    return f"<w:r>{_BOLD if bold else ''}{'<w:br/>'.join(lines)}</w:r>"


def _rows(grid: Grid, widths: list[int], form: bool) -> str:
    going: dict[int, tuple[Place, int]] = {}  # first column -> the cell that goes on, and to which row
    rows = []
    for r, row in enumerate(grid.rows):
        head = r < grid.header_rows
        style = "FormText" if form else "TableText"
        kept = "<w:keepNext/>" if form and r + 1 < len(grid.rows) <= LONGEST_FORM else ""
        cells = {
            place.column: _cell(
                place, widths, style, kept + (_CENTRED if head or place.centred else ""), begins=True
            )
            for place in row
        }
        for column, (place, until) in list(going.items()):
            if r < until:
                cells[column] = _cell(place, widths, style, kept, begins=False)
            else:
                del going[column]
        going |= {place.column: (place, r + place.rowspan) for place in row if place.rowspan > 1}
        tall = f'<w:cantSplit/><w:trHeight w:val="{_FORM_ROW}" w:hRule="atLeast"/>' if form else ""
        properties = f"{tall}{'<w:tblHeader/>' if head else ''}"
        told = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        rows.append(f"<w:tr>{told}{''.join(cells[column] for column in sorted(cells))}</w:tr>")
    return "".join(rows)


def _cell(place: Place, widths: list[int], style: str, properties: str, *, begins: bool) -> str:
    width = sum(widths[place.column : place.column + place.colspan])
    span = f'<w:gridSpan w:val="{place.colspan}"/>' if place.colspan > 1 else ""
    merge = "" if place.rowspan == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(place.runs if begins else (), style, properties)}</w:tc>"
    )


def _drawing(name: str, number: int, alternative: str, size: tuple[float, float]) -> str:
    wide, tall = (round(side * _EMU) for side in size)
    described = quoteattr(printable(alternative).replace("\n", " "))
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{tall}"/>'
        f'<wp:docPr id="{number}" name="图{number}" descr={described}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _list_style(kind: int, texts: tuple[str, ...], shown: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shown}"/>'
        f'<w:lvlText w:val="{texts[level % len(texts)].format(level + 1)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_INDENT * (level + 2)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        for level in range(_DEEPEST + 1)
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
