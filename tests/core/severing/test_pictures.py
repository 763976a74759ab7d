from __future__ import annotations

import io

import pytest
from PIL import Image

from core.severing.making import PAGE, images_in, pdf_of
from gongkai.severing import Limits, Mark, NotSeverable, page_picture, page_pictures, sever


def test_each_page_is_drawn_as_large_as_it_is_seen() -> None:
    pictures = list(page_pictures(pdf_of(PAGE, PAGE, page=b"/Rotate 90/CropBox[0 0 300 400]"), 72))
    assert [(each.width_pt, each.height_pt, each.pages) for each in pictures] == [(400.0, 300.0, 2)] * 2
    assert [Image.open(io.BytesIO(each.png)).size for each in pictures] == [(400, 300)] * 2


def test_one_page_is_the_same_as_among_all() -> None:
    original = pdf_of(PAGE, b"0 0 300 300 re f")
    assert page_picture(original, 2, 50) == list(page_pictures(original, 50))[1]


def test_what_is_marked_on_is_what_comes_out() -> None:
    original = pdf_of(PAGE)
    seen = Image.open(io.BytesIO(page_picture(original, 1, 200).png)).convert("L")
    (image,) = images_in(sever(original, [Mark(page=1, x0=1, y0=1, x1=3, y1=3)], listed=False).pdf)
    assert image.size == seen.size
    area = (400, 900, 1400, 1200)
    assert (
        seen.crop(area).point([255 * (tone > 176) for tone in range(256)]).tobytes()
        == image.crop(area).tobytes()
    )


def test_a_page_there_is_not_and_no_fineness_are_refused() -> None:
    for page in (0, 2):
        with pytest.raises(NotSeverable, match=f"没有第 {page} 页"):
            page_picture(pdf_of(PAGE), page)
    with pytest.raises(ValueError, match="dpi"):
        list(page_pictures(pdf_of(PAGE), 0))


def test_a_page_of_more_pixels_than_allowed_is_drawn_smaller() -> None:
    picture = page_picture(pdf_of(PAGE), 1, 300, limits=Limits(pixels=10_000))
    width, height = Image.open(io.BytesIO(picture.png)).size
    assert 9_000 < width * height < 10_500 and picture.width_pt == 595.0
