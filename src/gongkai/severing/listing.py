"""The page at a severed file's end that says what each number on the boxes stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gongkai.law.grounds import GROUNDS
from gongkai.law.sources import R711
from gongkai.papers.paper import Cell, Paper, PaperError, Paragraph, Table, plain
from gongkai.papers.pdf import write_pdf
from gongkai.severing.errors import NotSeverable
from gongkai.severing.marks import Mark, Reason

_TITLE = "区分处理说明"
_HEADS = ("编号", "处数", "所在页", "理由", "依据")
_OPENING = "本件依照{article}作区分处理，不予公开的内容已经涂黑，共{count}处。涂黑处标有编号，含义如下："
_UNNAMED = "（未写明）"
_MOST_PAGES = 12


def write_list(marks: Sequence[Mark], numbers: Mapping[Reason, int]) -> bytes:
    """Return the list of reasons as a PDF file.

    Raises:
        NotSeverable: it cannot be set on this machine.
    """
    rows = [tuple(Cell(((head, True),)) for head in _HEADS)]
    counts = Counter((mark.reason, mark.ground) for mark in marks)
    for reason in sorted(counts, key=lambda each: numbers.get(each, len(counts) + 1)):
        pages = sorted({mark.page for mark in marks if (mark.reason, mark.ground) == reason})
        cells = (str(numbers.get(reason, "—")), str(counts[reason]), _pages(pages), *_words(*reason))
        rows.append(tuple(Cell(plain(cell)) for cell in cells))
    opening = _OPENING.format(article=R711.art(37), count=len(marks))
    paper = Paper(title=_TITLE, blocks=(Paragraph(plain(opening)), Table(tuple(rows), header_rows=1)))
    try:
        return write_pdf(paper)
    except PaperError as error:
        raise NotSeverable(f"不能附上区分处理说明：{error}") from error


def _words(reason: str, ground: str) -> tuple[str, str]:
    if not ground:
        return reason or _UNNAMED, _UNNAMED
    found = GROUNDS[ground]
    return reason or found.name, f"{found.name}（{found.source}）"


def _pages(pages: Sequence[int]) -> str:
    shown = "、".join(map(str, pages[:_MOST_PAGES]))
    return f"{shown}等{len(pages)}页" if len(pages) > _MOST_PAGES else shown
