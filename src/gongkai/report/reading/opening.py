"""From a file to a report: tell the format, open it, find the tables, try again where the sums fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from gongkai.report.balances import Balance, balances
from gongkai.report.codec import load
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading.assemble import assemble
from gongkai.report.reading.blocks import Document
from gongkai.report.reading.errors import NotAReport, Unreadable
from gongkai.report.reading.formats.sniff import Format, decode, sniff
from gongkai.report.reading.formats.text import read_text
from gongkai.report.schema import Report


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A report as read, and what the reader has to say about it, one Chinese sentence a note."""

    report: Report
    notes: tuple[str, ...] = ()


# Format readers bring heavy libraries with them, so each is loaded when its first file comes.
_READERS: Mapping[Format, str] = {
    Format.DOCX: "gongkai.report.reading.formats.docx:read_docx",
    Format.HTML: "gongkai.report.reading.formats.html:read_html",
    Format.PDF: "gongkai.report.reading.pdf.pages:read_pdf",
}
_MARKUP = "gongkai.report.reading.formats.html:read_markup"
_TABLE = re.compile(r"(<table\b.*?</table\s*>)", re.S | re.I)
_SECOND_PDF = "gongkai.report.reading.pdf.pages:read_pdf_second"


def read(path: str | Path) -> Reading:
    """Read the report in a file.

    Raises:
        Unreadable: the file is not there, cannot be opened, or is beyond the limits.
        NotAReport: it holds none of the statutory tables.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("打不开文件：文件不存在，或者没有读取权限。") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str = "") -> Reading:
    """Read the report in a file's bytes; `name` only helps to tell Markdown from plain text.

    Raises:
        Unreadable, NotAReport: as `read`.
    """
    format_ = sniff(data, name)
    if format_ is Format.JSON:
        return _read_json(data)
    if format_ in (Format.TEXT, Format.MARKDOWN):
        return _reading(_text_with_tables(decode(data)))
    if format_ not in _READERS:
        raise Unreadable("暂不支持读取这种文件，请另存为 Word（.docx）、网页（.html）或 PDF 再试。")
    document = _reader(_READERS[format_])(data)
    if format_ is not Format.PDF:
        return _reading(document)
    return _read_pdf(document, data)


def _text_with_tables(text: str) -> Document:
    """Read text or Markdown; HTML tables inside it, as converters write them, are read as such."""
    if "</table" not in text.lower():
        return read_text(text)
    read_markup = _reader(_MARKUP)
    document = Document([])
    for piece in _TABLE.split(text):
        part = read_markup(piece) if _TABLE.match(piece) else read_text(piece)  # type: ignore[arg-type]
        document.blocks += part.blocks
        document.notes += part.notes
    return document


def _reader(where: str) -> Callable[[bytes], Document]:
    module, _, name = where.partition(":")
    found: Callable[[bytes], Document] = getattr(import_module(module), name)
    return found


def _reading(document: Document) -> Reading:
    report, notes = assemble(document)
    return Reading(report=report, notes=notes)


def _read_json(data: bytes) -> Reading:
    try:
        shown = json.loads(decode(data))
        if not isinstance(shown, dict):
            raise ValueError("not one report")
        return Reading(report=load(shown), notes=tuple(map(str, shown.get("notes", ()))))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise NotAReport("这个 JSON 文件不是本系统导出的年度报告。") from error


def _read_pdf(document: Document, data: bytes) -> Reading:
    """Read a PDF by its ruling lines; where cells stay open or sums fail, the second way may do better."""
    found: list[tuple[int, Reading]] = []
    refusals: list[NotAReport | Unreadable] = []
    for blocks in (lambda _: document, _reader(_SECOND_PDF)):
        try:
            reading = _reading(blocks(data))
        except (NotAReport, Unreadable) as error:
            refusals.append(error)
            continue
        found.append((_doubts(reading.report), reading))
        if found[-1][0] == 0:
            break
    if not found:
        raise refusals[0]
    return min(found, key=lambda each: each[0])[1]


def _doubts(report: Report) -> int:
    """Count cells not found or not legible, and sums that do not hold."""
    doubts = sum(
        cell not in report.cells or isinstance(report.value(cell), Illegible) for cell in report.form.cells()
    )
    return doubts + sum(not _holds(report, each) for each in balances(report.edition))


def _holds(report: Report, balance: Balance) -> bool:
    if all(report.value(c) is BLANK for c in balance.right):
        return True
    left, right = (sum(report.number(c) or 0 for c in side) for side in (balance.left, balance.right))
    return left == right
