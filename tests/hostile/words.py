"""Word files whose structure makes no sense, or far too much of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import LINKS, PACKAGE, WORD, word_file, zipped


def text(value: str) -> str:
    return f"<w:p><w:r><w:t>{value}</w:t></w:r></w:p>"


def cell(value: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{value if value.startswith('<') else text(value)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _body(markup: str) -> bytes:
    return word_file(markup.encode("utf-8", "replace"))


def _spans(name: str, value: str) -> bytes:
    wide = cell("甲", f'<w:{name} w:val="{value}"/>')
    return _body(table(*[wide + cell("1") + wide + cell("2")] * 60))


def _deep(opening: str, times: int, inside: str = "") -> bytes:
    tags = [part.split(" ")[0] for part in opening.strip("<>").split("><")]
    closing = "".join(f"</{tag}>" for tag in reversed(tags))
    return _body(opening * times + inside + closing * times)


def _doubling(levels: int, text_size: int) -> bytes:
    """Tables in tables, each with as many cells of its own as all those inside it."""
    inner = text("字" * text_size)
    cells = 2
    for _ in range(levels):
        own = cell("1") * cells
        inner = table(cell(inner) + own, own + cell("2"))
        cells *= 2
    return _body(inner)


def _parts(**parts: str) -> bytes:
    named = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in parts.items()}
    return zipped({"[Content_Types].xml": "<Types/>", **named})


def _links(*targets: tuple[str, str]) -> str:
    shown = "".join(
        f'<Relationship Id="r{i}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{shown}</Relationships>'


def _document(body: str) -> str:
    return f'<w:document xmlns:w="{WORD}" xmlns:r="{LINKS}"><w:body>{body}</w:body></w:document>'


def _circle() -> bytes:
    chunk = '<w:altChunk r:id="r0"/>' * 5_000
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _links(("officeDocument", "_rels/.rels"), ("officeDocument", "word/document.xml")),
            "word/document.xml": _document(chunk),
            "word/_rels/document.xml.rels": _links(
                ("aFChunk", "document.xml"), ("header", "../word/document.xml")
            ),
        }
    )


def _rows(width: int, height: int, properties: str = "") -> bytes:
    return _body(table(*[cell("0", properties) * width] * height))


_LABEL = "一、本年新收政府信息公开申请数量"
_ALTERNATE = "<w:AlternateContent><w:Choice>"

FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{name} of {value}": partial(_spans, name, value)
        for name in ("gridSpan", "vMerge", "hMerge")
        for value in ("999999999999999999999", "-1", "0", "∞", "1e9", "restart")
    },
    "gridBefore of a thousand million": lambda: _body(
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr>{cell("1")}</w:tr></w:tbl>' * 50
    ),
    "everything one merged cell": partial(_rows, 60, 1_500, '<w:vMerge/><w:gridSpan w:val="60"/>'),
    "merged from above without a start": partial(_rows, 300, 300, '<w:vMerge w:val="continue"/>'),
    "90,000 cells": partial(_rows, 300, 300),
    "200,000 cells": partial(_rows, 400, 500),
    "a row of 50,000 cells": partial(_rows, 50_000, 1),
    "90,000 rows": partial(_rows, 1, 90_000),
    "1,000,000 runs": lambda: _body("<w:p>" + "<w:r/>" * 1_000_000 + "</w:p>"),
    "200,000 runs of one digit": lambda: _body("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 200_000 + "</w:p>"),
    "200,000 paragraphs": lambda: _body("<w:p><w:r><w:t>一</w:t></w:r></w:p>" * 200_000),
    "40,000 tables": lambda: _body(table(cell("1")) * 40_000),
    "one paragraph of 6 MB": lambda: _body(text("申请" * 1_000_000)),
    "one cell of 6 MB": lambda: _body(table(cell("12" * 3_000_000) + cell("3"))),
    "a label 60,000 times": lambda: _body(text(_LABEL) * 60_000),
    "a label 60,000 times in one table": lambda: _body(table(*[cell(_LABEL)] * 60_000)),
    "80 tables in one another": partial(_deep, "<w:tbl><w:tr><w:tc>", 80),
    "tables in tables, each as large as all inside": partial(_doubling, 10, 1_000_000),
    "many tables in tables": partial(_doubling, 13, 10),
    "text boxes in one another": partial(_deep, "<w:p><w:r><w:txbxContent>", 80, text("1")),
    "alternatives in one another": partial(_deep, _ALTERNATE, 120, text("1")),
    "content controls in one another": partial(_deep, "<w:sdt><w:sdtContent>", 120, text("1")),
    "20,000 text boxes in one paragraph": lambda: _body(
        "<w:p><w:r>" + f"<w:txbxContent>{text('1')}</w:txbxContent>" * 20_000 + "</w:r></w:p>"
    ),
    "1,000,000 tabs": lambda: _body("<w:p><w:r>" + "<w:tab/>" * 1_000_000 + "</w:r></w:p>"),
    "500,000 line breaks in a cell": lambda: _body(
        table(cell(f"<w:p><w:r>{'<w:br/>' * 500_000}</w:r></w:p>"))
    ),
    "all paragraphs' marks deleted": lambda: _body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>" * 50_000
    ),
    "symbols out of range": lambda: _body(
        "<w:p><w:r>"
        + '<w:sym w:char="FFFFFFFFFF"/><w:sym w:char="-1"/><w:sym w:char="D800"/>' * 100
        + "</w:r></w:p>"
    ),
    "chunks and links in a circle": _circle,
    "no document": partial(_parts, word__other="<a/>"),
    "no body": lambda: _parts(word__document_DOT_xml=f'<w:document xmlns:w="{WORD}"/>'),
    "another root": lambda: _parts(word__document_DOT_xml="<html><body><p>1</p></body></html>"),
    "two bodies": lambda: _parts(word__document_DOT_xml=_document("</w:body><w:body>" + text("1"))),
    "100 documents": lambda: _parts(**{f"word__document{i}_DOT_xml": _document("") for i in range(1, 100)}),
    "no content types": lambda: zipped({"word/document.xml": _document(text("1"))}),
    "a title of 5 MB": lambda: zipped(
        {
            "word/document.xml": _document(text("1")),
            "docProps/core.xml": f"<c><title>{'题' * 1_600_000}</title></c>",
        }
    ),
    "no namespace": lambda: _parts(
        word__document_DOT_xml="<document><body><p><r><t>1</t></r></p></body></document>"
    ),
}
