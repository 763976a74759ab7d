"""Severance (区分处理): a file with its marked areas blacked out beyond recovery.

Every page becomes a picture, marked or not. A copied page would keep what nobody sees: invisible and covered
text, layers, the letters of fonts it shares with a marked page. Of a picture every pixel can be checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.severing.boxes import Frame, blacken
from gongkai.severing.encoding import encode
from gongkai.severing.errors import NotSeverable, SeveranceFailed
from gongkai.severing.listing import write_list
from gongkai.severing.marks import MAX_MARKS, Mark, Reason, by_page, numbered
from gongkai.severing.opened import USUAL, Document, Limits, opened
from gongkai.severing.seeking import unmarked
from gongkai.severing.verifying import verify
from gongkai.severing.writing import Sheet, write

LEAST_DPI, MOST_DPI = 100, 400
_MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Severed:
    """A severed file that passed its verification.

    `numbers` are those on the boxes; `elsewhere` marks words that are blacked out in one place and still
    stand in another: to be looked at, for it may be right.
    """

    pdf: bytes
    pages: int
    marks_per_page: Mapping[int, int]
    numbers: Mapping[Reason, int]
    elsewhere: tuple[Mark, ...]


def sever(
    pdf: bytes, marks: Sequence[Mark], *, dpi: float = 200, listed: bool = True, limits: Limits = USUAL
) -> Severed:
    """Return a file of pictures in which the marked areas are black, each with the number of its reason.

    Args:
        dpi: how finely pages are drawn, from `LEAST_DPI` to `MOST_DPI`.
        listed: whether a page is added that says what the numbers stand for.
    Raises:
        NotSeverable: the file cannot be opened or is beyond the limits, a mark lies on none of its pages, or
            there are no marks.
        SeveranceFailed: the result did not pass `verify`; it is not given out.
        ValueError: `dpi` is out of range.
    Source: R711 art. 37.
    """
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise ValueError(f"dpi must be from {LEAST_DPI} to {MOST_DPI}")
    if not 0 < len(marks) <= MAX_MARKS:
        raise NotSeverable(f"请标出要涂黑的地方，最多 {MAX_MARKS} 处。")
    numbers = numbered(marks)
    with opened(pdf, limits) as document:
        _refuse_stray(document, marks)
        sheets = list(_sheets(document, marks, numbers, dpi))
        elsewhere = unmarked(document, marks)
    if listed:
        with opened(write_list(marks, numbers)) as document:
            sheets += _sheets(document, (), {}, dpi)
    severed = write(sheets)
    if problems := verify(severed, pdf, marks, limits=limits):
        raise SeveranceFailed(problems)
    return Severed(
        pdf=severed,
        pages=len(sheets),
        marks_per_page=dict(sorted(Counter(mark.page for mark in marks).items())),
        numbers=numbers,
        elsewhere=elsewhere,
    )


def _refuse_stray(document: Document, marks: Sequence[Mark]) -> None:
    sizes = {page: document.size(page) for page in {mark.page for mark in marks} if page <= len(document)}
    for number, mark in enumerate(marks, 1):
        if mark.page not in sizes:
            raise NotSeverable(f"第 {number} 处标记在第 {mark.page} 页，而文件只有 {len(document)} 页。")
        width, height = sizes[mark.page]
        if not (mark.x0 < width and mark.x1 > 0 and mark.y0 < height and mark.y1 > 0):
            raise NotSeverable(f"第 {number} 处标记在第 {mark.page} 页的页面之外。")


def _sheets(
    document: Document, marks: Sequence[Mark], numbers: Mapping[Reason, int], dpi: float
) -> Iterator[Sheet]:
    marked, total = by_page(marks), 0
    for page in range(1, len(document) + 1):
        size, picture = document.size(page), document.picture(page, dpi)
        blacken(picture, Frame(size=size, pixels=picture.size), marked.get(page, ()), numbers)
        coding, data = encode(picture)
        total += len(data)
        if total > _MOST_BYTES:
            raise NotSeverable("区分处理后的文件过大，请降低清晰度，或者把文件分成几份。")
        yield Sheet(size=size, pixels=picture.size, coding=coding, data=data)
