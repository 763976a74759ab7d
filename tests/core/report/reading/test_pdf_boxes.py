"""Where on a PDF's pages the cells stand, and the pictures cut out by that."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from papers import FIGURES, requests_table, typeset
from PIL import Image

from gongkai.report.cells import Box
from gongkai.report.reading.blocks import Grid
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.pdf.pages import read_pdf, read_pdf_second
from gongkai.report.reading.pdf.pictures import MAX_PIXELS, page_picture


def turned(data: bytes, degrees: int) -> bytes:
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        page.set_rotation(degrees)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


def text_in(data: bytes, page: int, box: Box) -> str:
    """The text PDFium finds inside a box of an unturned page."""
    pdf = pypdfium2.PdfDocument(data)
    sheet = pdf[page - 1]
    width, height = sheet.get_size()
    text = sheet.get_textpage().get_text_bounded(
        box.left * width, (1 - box.bottom) * height, box.right * width, (1 - box.top) * height
    )
    pdf.close()
    return "".join(text.split())


def mean(picture: bytes) -> float:
    image = Image.open(io.BytesIO(picture)).convert("L")
    return sum(value * count for value, count in enumerate(image.histogram())) / (image.width * image.height)


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
@pytest.mark.parametrize("read", [read_pdf, read_pdf_second])
def test_each_cell_s_box_holds_its_text(read, stroke: str) -> None:  # type: ignore[no-untyped-def]
    data = typeset(requests_table(stroke))
    grid = next(block for block in read(data).blocks if isinstance(block, Grid))
    rows = [r for r, row in enumerate(grid.rows) if tuple(row[-7:]) in FIGURES]
    assert len(rows) == len(FIGURES)
    for r in rows:
        for text, box in zip(grid.rows[r][-7:], grid.boxes[r][-7:], strict=True):
            assert text_in(data, 1, box) == text


def test_a_merged_cell_has_one_box_over_all_its_rows() -> None:
    grid = next(b for b in read_pdf(typeset(requests_table(label_rows=True))).blocks if isinstance(b, Grid))
    assert len({row[0] for row in grid.boxes[1:]}) == 1
    assert grid.boxes[1][0].bottom == grid.boxes[-1][1].bottom


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_on_a_turned_page_are_those_of_the_page_as_seen(degrees: int) -> None:
    black = (
        "#table(columns: 3, stroke: 0.5pt, [甲甲甲], [12], [34], [乙乙乙], [56], table.cell(fill: black)[])"
    )
    data = turned(typeset(black + "正文若干若干若干若干若干若干。"), degrees)
    grid = next(block for block in read_pdf(data).blocks if isinstance(block, Grid))
    assert mean(page_picture(data, 1, grid.boxes[1][2])) < 120
    assert mean(page_picture(data, 1, grid.boxes[0][2])) > 150


def test_a_page_turned_by_its_content_has_boxes_as_seen() -> None:
    data = typeset(f"#rotate(90deg, reflow: true)[#block(width: 22cm)[{requests_table()}]]")
    grid = next(block for block in read_pdf(data).blocks if isinstance(block, Grid))
    first, below, beside = grid.boxes[1][1], grid.boxes[2][1], grid.boxes[1][2]
    assert below.right == pytest.approx(first.left, abs=0.001)
    assert beside.top == pytest.approx(first.bottom, abs=0.001)


def test_a_picture_has_the_size_asked_for_within_the_limit() -> None:
    data = typeset("正文。")
    assert Image.open(io.BytesIO(page_picture(data, 1, scale=1.0))).size == (596, 842)
    wide, high = Image.open(io.BytesIO(page_picture(data, 1, scale=100.0))).size
    assert 0.9 * MAX_PIXELS < wide * high < 1.1 * MAX_PIXELS
    part = Image.open(io.BytesIO(page_picture(data, 1, Box(0.5, 0.5, 0.6, 0.51), scale=2.0)))
    assert 115 < part.width < 150
    assert 15 < part.height < 45


def test_a_page_that_is_not_there_is_refused() -> None:
    for page in (0, 2, -1):
        with pytest.raises(IndexError):
            page_picture(typeset("正文。"), page)
    with pytest.raises(Unreadable):
        page_picture(b"%PDF-1.7 nothing more", 1)
