"""Several PDF files bound into one, in a child process that is killed at its limits: some are strangers'.

What annotations and form fields show is drawn into the pages; nothing of a file but what its pages show is
kept. A part that cannot be opened is left out and has no pages.

In: the length of each part, then the parts. Out: how many pages of each are in the file, then the file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.children import ask, serve
from gongkai.papers.paper import PaperError

MOST_PAGES = 3000
_MEGABYTES, _SECONDS = 2048, 120


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One file, and how many of its pages came from each part."""

    pdf: bytes
    pages: tuple[int, ...]


def bind(parts: Sequence[bytes]) -> Bound:
    """Return PDF files bound into one, in their order.

    Raises:
        PaperError: the limits were reached; one sentence says so.
    """
    lengths = [len(part) for part in parts]
    try:
        pages, pdf = ask(__name__, lengths, b"".join(parts), seconds=_SECONDS, memory_mb=_MEGABYTES)
    except (TimeoutError, ChildProcessError):
        raise PaperError("合并文件时超出了时间、内存或者页数上限。") from None
    return Bound(pdf=pdf, pages=tuple(pages))


def bound(parts: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """Return what `bind` does, here and now.

    Raises:
        ValueError: more pages than may be.
    """
    whole = pypdfium2.PdfDocument.new()
    pages = [_add(whole, part) for part in parts]
    if sum(pages) > MOST_PAGES:
        raise ValueError("too many pages")
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue(), pages


def _add(whole: pypdfium2.PdfDocument, part: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(part)
        count = len(document)
        for number in range(min(count, MOST_PAGES)):
            _draw(whole, document, number)
        document.close()
    except pypdfium2.PdfiumError:
        return 0
    return count


def _draw(whole: pypdfium2.PdfDocument, document: pypdfium2.PdfDocument, number: int) -> None:
    """Draw a page and what its annotations show onto a new one, which has nothing else of the old page."""
    page = document[number]
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
    page.close()
    page = document[number]
    fresh = whole.new_page(*page.get_size())
    fresh.insert_obj(document.page_as_xobject(number, whole).as_pageobject())
    fresh.gen_content()
    fresh.close()
    page.close()


def _answer(lengths: list[int], data: bytes) -> tuple[list[int], bytes]:
    ends = list(accumulate(lengths))
    pdf, pages = bound([data[end - length : end] for length, end in zip(lengths, ends, strict=True)])
    return pages, pdf


if __name__ == "__main__":
    serve(_answer)
