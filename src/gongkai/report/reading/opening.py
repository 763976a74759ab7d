"""From a file to a report: tell the format, open it, find the tables, try again where the sums fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gongkai.report.balances import Balance, balances
from gongkai.report.codec import load
from gongkai.report.frames import Library
from gongkai.report.numerals import BLANK, Illegible, Number
from gongkai.report.reading.assemble import assemble
from gongkai.report.reading.blocks import Document
from gongkai.report.reading.containers import CONTAINERS, Member, Refused, joined, unpack
from gongkai.report.reading.errors import NotAReport, ReadingError, Scanned, Unreadable
from gongkai.report.reading.formats.sniff import Format, decode, sniff
from gongkai.report.reading.formats.text import read_text
from gongkai.report.schema import APPLICANTS, TOTAL, CellId, Report


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A report as read, and what the reader has to say about it, one Chinese sentence a note."""

    report: Report
    notes: tuple[str, ...] = ()

    def to_frame(self, library: Library | None = None) -> Any:
        """Return the report's cells as a data frame of pandas or polars; see `Report.records`."""
        return self.report.to_frame(library)


# Format readers bring heavy libraries with them, so each is loaded when its first file comes.
_READERS: Mapping[Format, str] = {
    Format.DOC: "gongkai.report.reading.formats.doc:read_doc",
    Format.DOCX: "gongkai.report.reading.formats.docx:read_docx",
    Format.HTML: "gongkai.report.reading.formats.html:read_html",
    Format.OFD: "gongkai.report.reading.ofd.pages:read_ofd",
    Format.PDF: "gongkai.report.reading.pdf.pages:read_pdf",
    Format.SHEET: "gongkai.report.reading.formats.sheet:read_sheet",
}
_MARKUP = "gongkai.report.reading.formats.html:read_markup"
_TABLE = re.compile(r"(<table\b.*?</table\s*>)", re.S | re.I)
_SECOND_PDF = "gongkai.report.reading.pdf.pages:read_pdf_second"
_SCANS = "gongkai.report.reading.scan.reader"
_NO_RECOGNITION = (
    '这是扫描件或图片，读取它需要文字识别组件：请管理员执行 pip install "gongkai[ocr]" 后再试，'
    "或者改用 Word 原稿。"
)


def read(path: str | Path) -> Reading:
    """Read the report in a file.

    Raises:
        Unreadable: the file is not there, cannot be opened, or is beyond the limits.
        NotAReport: it holds none of the statutory tables.
    """
    path = Path(path)
    return read_bytes(_bytes(path), path.name)


def read_all(path: str | Path) -> Iterator[tuple[str, Reading | ReadingError]]:
    """Yield what each file in an archive or a mail gives, under its name; of any other file, what it gives.

    A name is the container's path and the way inside it: 全县年报.zip/乡镇/甲镇.docx.

    Raises:
        Unreadable: the file is not there.
    """
    path = Path(path)
    for inside, outcome in _each(_bytes(path), path.name):
        yield joined(str(path), inside), outcome


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise Unreadable("这是文件夹，请给出其中的文件。") from error
    except OSError as error:
        raise Unreadable("打不开文件：文件不存在，或者没有读取权限。") from error


def read_bytes(data: bytes, name: str = "", *, scans: bool = True) -> Reading:
    """Read the report in a file's bytes; `name` only helps to tell Markdown from plain text.

    An archive or a mail is read where it holds one report; a note then names the file it was in. Pages that
    are pictures are recognised, which takes seconds for each, unless `scans` is false.

    Raises:
        Unreadable, NotAReport: as `read`; also where a container holds no report, or more than one.
        Scanned: the file has pages that are pictures, and `scans` is false.
    """
    format_ = sniff(data, name)
    if format_ in CONTAINERS:
        return _only_report(data, name, scans)
    return _read_as(format_, data, scans)


def _each(data: bytes, name: str) -> Iterator[tuple[str, Reading | ReadingError]]:
    for found in unpack(data, name):
        yield found.name, _outcome(found, name, scans=True)


def _outcome(found: Member | Refused, name: str, scans: bool) -> Reading | ReadingError:
    if isinstance(found, Refused):
        return Unreadable(found.why)
    try:
        return _read_as(sniff(found.data, found.name or name), found.data, scans)
    except Scanned:
        raise
    except ReadingError as error:
        return error


def _only_report(data: bytes, name: str, scans: bool) -> Reading:
    """Return the one report in a container; further files are opened only until a second report is found."""
    readings: list[tuple[str, Reading]] = []
    failures: list[tuple[str, ReadingError]] = []
    found = unpack(data, name)
    for each in found:
        outcome = _outcome(each, name, scans)
        if isinstance(outcome, Reading):
            readings.append((each.name, outcome))
        else:
            failures.append((each.name, outcome))
        if len(readings) > 1:
            files = len(readings) + len(failures) + sum(1 for _ in found)
            raise Unreadable(
                f"里面有 {files} 个文件、不止一份报告：请用 gongkai audit 整个审核，或者解压后逐个读取。"
            )
    if not readings:
        raise _none_of(failures)
    (inside, reading), notes = readings[0], []
    if inside:
        notes.append(f"报告取自其中的“{inside}”。")
    if failures:
        notes.append(f"同在其中的另外 {len(failures)} 个文件没有读出报告。")
    return replace(reading, notes=(*notes, *reading.notes))


def _none_of(failures: list[tuple[str, ReadingError]]) -> ReadingError:
    if not failures:
        return NotAReport("里面没有可以读取的文件。")
    (name, error), *others = failures
    if not others and not name:
        return error
    kind = NotAReport if all(isinstance(each, NotAReport) for _, each in failures) else Unreadable
    count = f"里面的 {len(failures)} 个文件都没有读出报告，如" if others else ""
    return kind(f"{count}“{name}”：{error}" if name else f"{count}：{error}")


def _read_as(format_: Format, data: bytes, scans: bool) -> Reading:
    if format_ is Format.JSON:
        return _read_json(data)
    if format_ in (Format.TEXT, Format.MARKDOWN):
        return _reading(_text_with_tables(decode(data)))
    if format_ is Format.PICTURE:
        return _read_scan(data, scans)
    if format_ not in _READERS:
        raise Unreadable("暂不支持读取这种文件，请另存为 Word（.docx）、网页（.html）或 PDF 再试。")
    if format_ is Format.PDF:
        return _read_pdf(data, scans)
    return _reading(_reader(_READERS[format_])(data))


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
        if isinstance(shown, list) and len(shown) > 1 and all(isinstance(each, dict) for each in shown):
            raise Unreadable(f"里面有 {len(shown)} 份报告，请把每份报告存成一个文件。")
        if isinstance(shown, list) and shown:
            shown = shown[0]
        if not isinstance(shown, dict):
            raise ValueError("not one report")
        notes = shown.get("notes", [])
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise ValueError("notes that are no sentences")
        return Reading(report=load(shown), notes=tuple(notes))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise NotAReport("这个 JSON 文件不是本系统导出的年度报告。") from error


def _read_pdf(data: bytes, scans: bool) -> Reading:
    """Read a PDF from its text, and from their pictures the pages that have none."""
    try:
        document = _reader(_READERS[Format.PDF])(data)
    except Scanned as error:
        return _read_scan(data, scans, error.pages)
    if document.pictures and _can_recognise():
        return _read_scan(data, scans, tuple(document.pictures), document)
    if document.pictures:
        numbers = "、".join(map(str, document.pictures))
        document.notes.append(f"第 {numbers} 页是图片，没有安装文字识别组件（gongkai[ocr]），没有读取。")
    return _read_text_pdf(document, data)


def _can_recognise() -> bool:
    return all(find_spec(name) for name in ("cv2", "onnxruntime", "rapidocr"))


def _read_scan(
    data: bytes, scans: bool, pages: tuple[int, ...] = (), printed: Document | None = None
) -> Reading:
    """Read a picture file, or these pages of a PDF whose other pages are `printed`, by recognition."""
    if not _can_recognise():
        raise Unreadable(_NO_RECOGNITION)
    if not scans:
        raise Scanned("这是扫描件或图片，需要文字识别。", pages)
    reader: Any = import_module(_SCANS)
    scan = reader.scan_pdf(data, pages) if pages else reader.scan_file(data)
    report, notes = reader.report_of(scan, printed)
    return Reading(report=report, notes=notes)


def _read_text_pdf(document: Document, data: bytes) -> Reading:
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
    left, right = (sum(_stated(report, c) for c in side) for side in (balance.left, balance.right))
    return left == right


def _stated(report: Report, cell: CellId) -> Number:
    """The number of a cell; of a row's total that was left blank, the sum of its row."""
    number = report.number(cell)
    if number is None and cell.table == 3 and cell.column == TOTAL:
        parts = (CellId(3, cell.row, column.code) for column in APPLICANTS if column.code != TOTAL)
        return sum(report.number(part) or 0 for part in parts)
    return number or 0
