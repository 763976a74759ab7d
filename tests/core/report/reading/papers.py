"""Small files made on the spot for the readers' tests: Word packages, web pages and PDFs."""

from __future__ import annotations

import io
import zipfile
import zlib

import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)

# Seven columns as in the statutory table of requests: six kinds of applicant and their total.
LABELS = (
    "一、本年新收申请数量",
    "二、上年结转申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "四、结转下年度继续办理",
)
FIGURES = (
    ("1204", "31", "0", "2", "5", "0", "1242"),
    ("17", "0", "0", "0", "1", "0", "18"),
    ("873", "20", "0", "2", "4", "0", "899"),
    ("210", "3", "0", "0", "1", "0", "214"),
    ("4", "0", "0", "0", "0", "0", "4"),
    ("36", "1", "0", "0", "0", "0", "37"),
    ("98", "7", "0", "0", "1", "0", "106"),
)


def word_file(body: str, **parts: str | bytes) -> bytes:
    """A .docx whose body is the given markup; further parts by name with `__` for the slash."""
    xml = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    return package(
        {"word/document.xml": xml, **{name.replace("__", "/"): part for name, part in parts.items()}}
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def typeset(body: str, *, page: str = "", size: str = "10pt") -> bytes:
    """A PDF of A4 pages with page numbers "- 1 -"."""
    source = (
        f'#set page(paper: "a4", margin: 2.2cm, numbering: "- 1 -"{page})\n'
        f'#set text(font: "Noto Serif CJK SC", size: {size}, lang: "zh")\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.9em)\n"
    )
    return typst.compile((source + body).encode())


def requests_table(stroke: str = "0.5pt", *, label_rows: bool = False) -> str:
    """The table of requests as typst markup; `label_rows` puts a merged label before the first rows."""
    cells = "".join(
        f"[{label}]," + "".join(f"[{figure}]," for figure in row)
        for label, row in zip(LABELS, FIGURES, strict=True)
    )
    head = "[事项],[自然人],[企业],[科研],[公益],[法律],[其他],[总计],"
    columns = "(1fr, 3.4em, 2.6em, 2.6em, 2.6em, 2.6em, 2.6em, 3.4em)"
    if label_rows:
        columns = "(3em, " + columns[1:]
        head = "[]," + head
        cells = f"table.cell(rowspan: {len(LABELS)})[办理结果]," + cells
    return (
        f"#table(columns: {columns}, stroke: {stroke}, align: center + horizon, inset: 4pt, {head}{cells})\n"
    )


def raw_pdf(objects: dict[int, str | bytes], trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF from its objects, with the cross-reference table that belongs to them."""
    out = b"%PDF-1.5\n"
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(out)
        body = content.encode() if isinstance(content, str) else content
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    return out + f"trailer<</Size {size} {trailer}>>\nstartxref\n{start}\n%%EOF".encode()


def pdf_stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<<{entries} /Length {len(packed)} /Filter /FlateDecode>>stream\n".encode()
    return head + packed + b"\nendstream"
