"""Documents that several of the tests set."""

import struct
import zlib
from datetime import date

from gongkai.papers.paper import Cell, Heading, ListBlock, Paper, Paragraph, Picture, Rule, Table, plain


def png(width: int, height: int) -> bytes:
    """A grey picture of some pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(plain(text)) for text in texts)


NOTICE = Paper(
    title="青禾县人民政府办公室关于印发政务公开工作要点的通知",
    issuer="青禾县人民政府办公室",
    number="青政办发〔2025〕12号",
    made_on=date(2025, 3, 7),
    facts=(("索引号", "QH-2025-0012"), ("主题分类", "综合政务"), ("有效性", "已废止")),
    blocks=(
        Paragraph(plain("各乡镇人民政府，县政府各部门：")),
        Paragraph((("现将", False), ("工作要点", True), ("印发给你们。", False))),
        Heading(1, "一、总体要求"),
        Heading(2, "（一）基本原则"),
        ListBlock(
            True,
            (
                (Paragraph(plain("依法")), ListBlock(False, ((Paragraph(plain("及时")),),))),
                (Paragraph(plain("准确")),),
            ),
        ),
        ListBlock(True, ((Paragraph(plain("另起")),),)),
        Rule(),
        Table(
            (
                (Cell(plain("事项"), rowspan=2), Cell(plain("结果"), colspan=2)),
                row("件", "份"),
                row("答复", "12", "30"),
            ),
            header_rows=2,
        ),
        Picture(png(1200, 300), "流程示意图", "图1 流程"),
    ),
    mark="已废止",
    source="来源：青禾县人民政府门户网站",
)

HOSTILE = (
    "#let x = 1",
    "#panic()",
    "]",
    '"',
    "\\",
    "$x^2$",
    "@ref",
    "<label>",
    "= heading",
    "- item",
    "/ term: x",
    "*b* _i_ `c`",
    "// note",
    "/* note */",
    "-- ---",
    "'a' \"b\"",
    "&amp;<w:p/>",
    '#import "@preview/cetz:0.3.0"',
    "{{ x }} %s {0}",
)

CONTROLS = "前\0\x07\x1b\x0b\ud800\ufffe\x85后"
