"""Binding: pages in order, nothing that runs, a broken part left out and said."""

from __future__ import annotations

import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import ImageChops

from gongkai.papers import binding
from gongkai.papers.binding import bind
from gongkai.papers.paper import PageBreak, Paper, PaperError, Paragraph, plain
from gongkai.papers.pdf import write_pdf

RUNS = b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/Names<</JavaScript 5 0 R>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]/AA<</O 5 0 R>>>> endobj
4 0 obj <</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A 5 0 R>> endobj
5 0 obj <</S/JavaScript/JS(app.alert\\(1\\))>> endobj
trailer <</Root 1 0 R>>
"""


def _paper(*texts: str) -> bytes:
    blocks = [block for text in texts for block in (Paragraph(plain(text)), PageBreak())][:-1]
    return write_pdf(Paper(title=texts[0], blocks=tuple(blocks)))


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[page].get_textpage().get_text_bounded() for page in range(len(document))]


def test_parts_follow_one_another() -> None:
    bound = bind([_paper("甲一", "甲二"), _paper("乙")])
    assert bound.pages == (2, 1)
    assert ["甲一" in text or "甲二" in text or "乙" in text for text in _texts(bound.pdf)] == [True] * 3
    assert "乙" in _texts(bound.pdf)[2]


def test_a_part_that_cannot_be_opened_has_no_pages() -> None:
    bound = bind([b"%PDF-1.7 broken", _paper("甲"), b""])
    assert bound.pages == (0, 1, 0)
    assert len(_texts(bound.pdf)) == 1


def test_nothing_in_a_bound_file_runs() -> None:
    assert pdfium.FPDFPage_GetAnnotCount(pypdfium2.PdfDocument(RUNS)[0]) == 1
    bound = bind([RUNS])
    assert bound.pages == (1,)
    assert pdfium.FPDFPage_GetAnnotCount(pypdfium2.PdfDocument(bound.pdf)[0]) == 0
    assert b"JavaScript" not in bound.pdf and b"app.alert" not in bound.pdf


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "MOST_PAGES", 2)
    with pytest.raises(ValueError, match="pages"):
        binding.bound([_paper("一", "二", "三")])


def test_a_child_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "_SECONDS", 0.001)
    with pytest.raises(PaperError, match="上限"):
        bind([_paper("甲")])


@pytest.mark.parametrize(
    ("turned", "crop"), [(0, None), (90, None), (180, (60, 40, 500, 800)), (270, (60, 40, 500, 800))]
)
def test_a_page_looks_as_it_did(turned: int, crop: tuple[int, int, int, int] | None) -> None:
    document = pypdfium2.PdfDocument(_paper("左上角的标题"))
    document[0].set_rotation(turned)
    if crop:
        document[0].set_cropbox(*crop)
    kept = io.BytesIO()
    document.save(kept)
    pictures = [
        pypdfium2.PdfDocument(pdf)[0].render(scale=0.5, grayscale=True).to_pil()
        for pdf in (kept.getvalue(), bind([kept.getvalue()]).pdf)
    ]
    assert pictures[0].size == pictures[1].size
    darkest = ImageChops.difference(*pictures).getextrema()[1]
    assert darkest < 32 and pictures[0].getextrema()[0] < 128
