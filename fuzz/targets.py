"""What is fuzzed: for each reader how the fuzzer's bytes become a file, and valid ones to begin with.

Where a format is packed (DOCX, XLSX, OFD, PDF), the fuzzer is given the markup inside, or it would spend its
time on checksums.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from fuzz.promises import Broken, outcome
from fuzz.wrapping import OFD, WORD, mended, ofd_file, pdf_file, sheet_file, word_file, zipped
from gongkai.report.codec import dump, dump_value, load_value
from gongkai.report.numerals import Unit, read_cell
from gongkai.report.reading.tables.solve import summed_splits
from gongkai.report.schema import Report
from gongkai.samples import BODIES, LAYOUTS, make_report, render

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "samples"
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing to fuzz: what is done with the bytes, and bytes to begin with."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Iterator[bytes]]


def _file(
    name: str, wrap: Callable[[bytes], bytes] = lambda data: data, *, scans: bool = False
) -> Callable[[bytes], object]:
    return lambda data: outcome(wrap(data), name, scans=scans)


def _layouts(*starts: str) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        for seed, layout in enumerate(name for name in LAYOUTS if name.startswith(starts)):
            yield render(_report(seed), layout, seed).data

    return seeds


def _report(seed: int) -> Report:
    return make_report(seed, BODIES[seed % len(BODIES)].name, 2021 + seed % 4)


def rows(report: Report) -> Iterator[list[str]]:
    """Yield the rows of the three tables: the label and its values."""
    for table in report.form.tables:
        for row in table.rows:
            values = (report.cells[name].value for name in report.form.cells() if name.row == row.code)
            yield [row.label, *(str(v) if isinstance(v, int) else "" for v in values)]


def _word_seeds() -> Iterator[bytes]:
    for seed in range(3):
        report = _report(seed)
        cells = "".join(
            "<w:tr>"
            + "".join(f"<w:tc><w:p><w:r><w:t>{escape(c)}</w:t></w:r></w:p></w:tc>" for c in row)
            + "</w:tr>"
            for row in rows(report)
        )
        prose = "".join(f"<w:p><w:r><w:t>{escape(s.heading)}</w:t></w:r></w:p>" for s in report.sections)
        yield f"{prose}<w:tbl>{cells}</w:tbl>".encode()
    yield (
        b'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="3"/>'
        b'<w:vMerge w:val="restart"/></w:tcPr><w:p><w:del><w:r><w:delText>1</w:delText></w:r></w:del>'
        b'<w:ins><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:ins></w:p>'
        b"</w:tc>"
        b"<w:tc><w:sdt><w:sdtContent><w:p><w:r><w:txbxContent><w:p/></w:txbxContent><w:tab/></w:r></w:p>"
        b"</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>"
    )


def _sheet_seeds() -> Iterator[bytes]:
    for seed in range(2):
        shown = ""
        for r, row in enumerate(rows(_report(seed)), 1):
            first, *rest = row
            numbers = "".join(
                f'<c r="{chr(66 + c)}{r}"><v>{v}</v></c>' for c, v in enumerate(rest) if v and c < 20
            )
            shown += (
                f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{escape(first)}</t></is></c>{numbers}</row>'
            )
        yield f'<sheetData>{shown}</sheetData><mergeCells><mergeCell ref="B2:H2"/></mergeCells>'.encode()


def _ofd_seeds() -> Iterator[bytes]:
    shown, number = "", 10
    for r, row in enumerate(list(rows(_report(1)))[:40]):
        for c, text in enumerate(row[:9]):
            left, number = (10 if c == 0 else 60 + 15 * c), number + 1
            steps = f"g {max(len(text) - 1, 1)} 4"
            shown += (
                f'<ofd:TextObject ID="{number}" Boundary="{left} {10 + 6 * r} 50 5" Font="1" Size="4">'
                f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
            )
    yield shown.encode()
    yield (
        b'<ofd:PathObject ID="9" Boundary="10 10 190 200" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L 190 0 '
        b"L 190 200 L 0 200 C</ofd:AbbreviatedData></ofd:PathObject>"
        + shown[: shown.rindex("<ofd:TextObject", 0, 4_000)].encode()
    )


def _pdf_seeds() -> Iterator[bytes]:
    for ruled in (True, False):
        shown = ""
        for r, row in enumerate(list(rows(_report(3)))[:45]):
            y = 780 - 17 * r
            shown += f"20 {y - 4} m 590 {y - 4} l S\n" if ruled else ""
            for c, text in enumerate(row[:9]):
                x = 24 if c == 0 else 270 + 36 * c
                shown += f"BT /B 8 Tf 1 0 0 1 {x} {y} Tm <{text[:30].encode('utf-16-be').hex()}> Tj ET\n"
        edges = (20, *(300 + 36 * c for c in range(9)))
        yield (shown + "".join(f"{x} 11 m {x} 793 l S\n" for x in edges if ruled)).encode()
    clip = b"q 0 1 -1 0 600 0 cm 10 10 500 600 re W n "
    yield clip + b"BT /A 12 Tf 3 Tr 20 TL (a) ' 1 2 (b) \" [(c) -200 (d)] TJ ET Q"


def _json_seeds() -> Iterator[bytes]:
    for seed in range(3):
        yield json.dumps(dump(_report(seed), provenance=seed == 1), ensure_ascii=False).encode()


def _mail_seeds() -> Iterator[bytes]:
    page = render(_report(2), "html_clean", 2).data
    head = b"MIME-Version: 1.0\r\nSubject: =?utf-8?B?5bm05oql?=\r\nContent-Type: multipart/mixed; boundary=b"
    part = b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    yield head + b"\r\n\r\n" + part + page + b"\r\n--b--\r\n"


def _archive_seeds() -> Iterator[bytes]:
    drawn = [render(_report(seed), layout, seed) for seed, layout in enumerate(("text_tabbed", "html_clean"))]
    yield zipped({each.name: each.data for each in drawn})
    yield zipped({"a.zip": zipped({drawn[0].name: drawn[0].data})})


def _binary_seeds(mark: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([mark + bytes(range(256)) * 8, mark + bytes(1600)])


def _kept(suffix: str) -> Callable[[], Iterator[bytes]]:
    """The kept samples of an OLE format, without the mark that every such file begins with."""
    return lambda: (path.read_bytes().removeprefix(OLE) for path in sorted(SAMPLES.glob(f"*.{suffix}")))


def _cell(data: bytes) -> None:
    text = data.decode("utf-8", "replace").replace("\0", "")
    for unit in Unit:
        value = read_cell(text, unit)
        if load_value(json.loads(json.dumps(dump_value(value)))) != value:
            raise Broken(f"{text!r} read as {value}")


def _digits(data: bytes) -> None:
    """Cut digits into rows of seven: each cut gives the digits back, and its sum holds."""
    pieces = [piece.decode() for piece in data.split() if piece.isdigit()][:8]
    for cut in summed_splits(pieces, 7) or []:
        if "".join(map(str, cut)) != "".join(pieces) or sum(cut[:-1]) != cut[-1]:
            raise Broken(f"{pieces} cut into {cut}")


def _values() -> Iterator[bytes]:
    shown = (
        "1,024",
        "１２",
        "—",
        "增10",
        "+(0) -(0)",
        "251000元",
        "22（其中修订16件）",
        "三百六十八",
        "1.5万元",
    )
    return iter([value.encode() for value in shown])


TARGETS: Mapping[str, Target] = {
    "text": Target(run=_file("a.txt"), seeds=_layouts("text", "gaps_lines", "gaps_fused", "gaps_aligned")),
    "markdown": Target(run=_file("a.md"), seeds=_layouts("markdown")),
    "html": Target(run=_file("a.html", lambda data: b"<html>" + data), seeds=_layouts("html")),
    "json": Target(run=_file("a.json"), seeds=_json_seeds),
    "docx": Target(run=_file("a.docx"), seeds=_layouts("docx")),
    "docx_body": Target(run=_file("a.docx", lambda data: word_file(mended(data, w=WORD))), seeds=_word_seeds),
    "pdf": Target(run=_file("a.pdf"), seeds=lambda: map(pdf_file, _pdf_seeds())),
    "pdf_page": Target(run=_file("a.pdf", pdf_file), seeds=_pdf_seeds),
    "sheet": Target(run=_file("a.xlsx"), seeds=lambda: map(sheet_file, _sheet_seeds())),
    "sheet_data": Target(run=_file("a.xlsx", lambda data: sheet_file(mended(data))), seeds=_sheet_seeds),
    "ofd": Target(run=_file("a.ofd"), seeds=lambda: map(ofd_file, _ofd_seeds())),
    "ofd_page": Target(run=_file("a.ofd", lambda data: ofd_file(mended(data, ofd=OFD))), seeds=_ofd_seeds),
    "doc": Target(run=_file("a.doc", lambda data: OLE + data), seeds=_kept("doc")),
    "xls": Target(run=_file("a.xls", lambda data: OLE + data), seeds=_kept("xls")),
    "mail": Target(run=_file("a.eml"), seeds=_mail_seeds),
    "archive": Target(run=_file("a.zip"), seeds=_archive_seeds),
    "picture": Target(run=_file("a.png", scans=True), seeds=_binary_seeds(PNG)),
    "cell": Target(run=_cell, seeds=_values),
    "digits": Target(run=_digits, seeds=lambda: iter([b"640020470", b"2131700000 1324019", b"0000000"])),
}
