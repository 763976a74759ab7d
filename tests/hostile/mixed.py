"""Files that are two things at once, or say they are another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fuzz.wrapping import ofd_file, pdf_file, sheet_file, word_file, zipped

from gongkai.samples import make_report, render
from hostile import ole, pdfs, pictures


def _page() -> bytes:
    return render(make_report(2, "霁川县人民政府", 2023), "html_clean", 2).data


def _pdf() -> bytes:
    return pdf_file(pdfs.WRITING)


FILES: Mapping[str, Callable[[], bytes]] = {
    "a PDF, then a Word file": lambda: _pdf() + word_file(b"<w:p/>"),
    "a Word file, then a PDF": lambda: word_file(b"<w:p/>") + _pdf(),
    "a PDF's head in a web page": lambda: b"<html>%PDF-1.7" + _page(),
    "a PDF's head in a Word file": lambda: zipped({"%PDF-1.7": b"", "word/document.xml": b"<w/>"}),
    "a picture, then an archive": lambda: pictures.png(1, 1, b"\0\0") + zipped({"a.txt": b"x"}),
    "an old Word file, then a new one": lambda: ole.HEAD + bytes(2_000) + word_file(b"<w:p/>"),
    "a web page named as a Word file": _page,
    "marks of all byte orders before a web page": lambda: b"\xef\xbb\xbf\xff\xfe\xfe\xff" + _page(),
    "UTF-16 under a UTF-8 mark": lambda: b"\xef\xbb\xbf" + _page().decode().encode("utf-16-le"),
    "half in GB18030": lambda: _page()[:5_000] + _page().decode().encode("gb18030")[5_000:],
    "a web page in UTF-7": lambda: b'<meta charset="utf-7">' + _page().decode().encode("utf-7"),
    "a web page in EBCDIC": lambda: "<html><body><p>1</p>".encode("cp037") * 500,
    "Word, Excel and OFD in one archive": lambda: zipped(
        {
            "word/document.xml": b"<a/>",
            "xl/workbook.xml": b"<a/>",
            "OFD.xml": b"<a/>",
            "content.xml": b"<a/>",
            "mimetype": b"x",
        }
    ),
    "a workbook in a Word file's part": lambda: zipped(
        {"[Content_Types].xml": b"", "word/document.xml": sheet_file(b"")}
    ),
    "an OFD of a Word file": lambda: zipped({"OFD.xml": word_file(b""), "word/document9.xml": ofd_file(b"")}),
    "JSON in a web page": lambda: b'{"edition": "<html><table>"}' + _page(),
    "a mail that is a web page": lambda: b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + _page(),
    "a mail's head before a PDF": lambda: b"MIME-Version: 1.0\nContent-Type: application/pdf\n\n" + _pdf(),
    "gzip": lambda: b"\x1f\x8b\x08" + bytes(5_000),
    "RAR": lambda: b"Rar!\x1a\x07\x01\0" + bytes(5_000),
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(5_000),
    "RTF": lambda: b"{\\rtf1" + b"{\\a" * 100_000,
    "a program": lambda: b"\x7fELF" + bytes(5_000),
    "a script": lambda: b"#!/bin/sh\nrm -rf /\n" * 1_000,
    "nothing": lambda: b"",
    "one byte": lambda: b"P",
    "PK": lambda: b"PK",
    "a mark of byte order alone": lambda: b"\xff\xfe",
    "a device's pipe of spaces": lambda: b" " * 60_000_000,
}
