"""From the pictures of a report's pages to the report: read each page, then ask the form's sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.report.cells import How
from gongkai.report.numerals import Illegible
from gongkai.report.reading.assemble import assemble
from gongkai.report.reading.blocks import Document
from gongkai.report.reading.errors import NotAReport
from gongkai.report.reading.pdf.pages import assemble_pages
from gongkai.report.reading.scan.confirm import confirm
from gongkai.report.reading.scan.evidence import Evidence
from gongkai.report.reading.scan.page import PageRead, read_page
from gongkai.report.reading.scan.pages import PagePicture, file_pictures, pdf_pictures
from gongkai.report.schema import Report

_NOT_FOUND = "图片里没有认出年度报告的三张表：请核对文件；如果是报告，请换一份更清晰、更端正的扫描件。"
_OPEN = "没有唯一的读法"


@dataclass(frozen=True, slots=True)
class Scan:
    """The scanned pages of a file as a document, and what their pictures say of each cell."""

    document: Document
    evidence: Evidence


def scan_file(data: bytes) -> Scan:
    """Read every page of a picture file.

    Raises:
        Unreadable: damaged, or beyond the limits.
    """
    return _scan(file_pictures(data))


def scan_pdf(data: bytes, pages: Sequence[int]) -> Scan:
    """Read those pages of a PDF, by their numbers from 1, from their pictures.

    Raises:
        Unreadable: damaged, encrypted, or beyond the limits.
    """
    return _scan(pdf_pictures(data, pages))


def _scan(pictures: Iterable[PagePicture]) -> Scan:
    reads: list[PageRead] = []
    for picture in pictures:
        reads.append(read_page(picture, reads[-1].quarters if reads else 0))
    document = assemble_pages([read.sheet for read in reads], [read.lattices for read in reads])
    sights = [sight for read in reads for sight in read.sights]
    return Scan(document, Evidence(sights, [read.sheet.number for read in reads]))


def report_of(scan: Scan, printed: Document | None = None) -> tuple[Report, tuple[str, ...]]:
    """Return the report a scan holds, and notes; `printed` are the same file's pages that have text.

    Raises:
        NotAReport: none of the statutory tables is in it.
    """
    try:
        report, notes = assemble(scan.document if printed is None else _merged(scan.document, printed))
    except NotAReport:
        raise NotAReport(_NOT_FOUND) from None
    confirmed = confirm(report, scan.evidence)
    told = tuple(note for note in notes if _OPEN not in note)
    return confirmed, (_summary(confirmed, scan.evidence), *told)


def _merged(scanned: Document, printed: Document) -> Document:
    """The blocks of both in the order of their pages; a page is in one of them only."""
    blocks = sorted([*printed.blocks, *scanned.blocks], key=lambda block: block.page or 0)
    return Document(blocks, printed.title or scanned.title, [*printed.notes, *scanned.notes])


def _summary(report: Report, evidence: Evidence) -> str:
    cells = [report.cells[name] for name in evidence.of(report)]
    doubtful = sum(isinstance(cell.value, Illegible) for cell in cells)
    proved = sum(cell.how is How.SCANNED and not isinstance(cell.value, Illegible) for cell in cells)
    return f"这是扫描件，由文字识别读出；{proved} 格经勾稽关系核实，{doubtful} 格请对照图片确认。"
