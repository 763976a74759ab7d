"""The verification finds what other ways of blacking out leave behind."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from core.severing.making import PAGE, image_stream, naive, pdf_of, scan_of
from gongkai.papers.paper import Paper, Paragraph, plain
from gongkai.papers.pdf import write_pdf
from gongkai.severing import Mark, find, sever, verify
from gongkai.severing.encoding import Coding, jpeg
from gongkai.severing.writing import read_sheets, write

A4 = (595.0, 842.0)
ORIGINAL = pdf_of(PAGE, PAGE)
MARKS = find(ORIGINAL, "Zhang3")
SEVERED = sever(ORIGINAL, MARKS, listed=False).pdf
FOREIGN = "文件中有页面图片以外的内容。"


def test_a_right_file_has_no_problems() -> None:
    assert verify(SEVERED, ORIGINAL, MARKS) == ()
    assert verify(sever(ORIGINAL, MARKS).pdf, ORIGINAL, MARKS) == ()


def test_rectangles_drawn_over_the_words_hide_nothing() -> None:
    found = verify(naive(ORIGINAL, MARKS), ORIGINAL, MARKS)
    assert {FOREIGN, "第 1 页涂黑的文字仍能从文件中提取。", "第 2 页涂黑的文字仍能从文件中提取。"} <= set(
        found
    )
    assert not any("Zhang" in problem for problem in found)


def test_the_original_itself_fails() -> None:
    assert FOREIGN in verify(ORIGINAL, ORIGINAL, MARKS)


def test_a_picture_beneath_a_rectangle_is_still_there() -> None:
    scan = Image.new("L", (595, 842), 255)
    ImageDraw.Draw(scan).text((150, 330), "Zhang3", fill=0, font_size=24)
    marks = [Mark(page=1, x0=140, y0=320, x1=260, y1=360)]
    found = verify(naive(scan_of(scan), marks), scan_of(scan), marks)
    assert found == (FOREIGN, "第 1 页有涂黑不完全的地方。")


def hidden_in(way: str) -> bytes:
    """A file that shows nothing of the marked words and has them somewhere else."""
    further = {
        "stream": b"<</Length 6>>stream\nzhang3\nendstream",
        "compressed": b"<</Length 40/Filter/FlateDecode>>stream\n"
        + zlib.compress(b"-zhang3-")
        + b"\nendstream",
        "utf-16": b"<<" + "zhang3".encode("utf-16-be") + b">>",
    }[way]
    black = Image.new("RGB", (595, 842))
    return pdf_of(
        b"q 595 0 0 842 0 0 cm /S Do Q",
        b"q 595 0 0 842 0 0 cm /S Do Q",
        resources=b"/XObject<</S 4 0 R>>",
        further=[image_stream(black), further],
    )


@pytest.mark.parametrize("way", ["stream", "compressed", "utf-16"])
def test_words_among_the_bytes_are_found(way: str) -> None:
    found = verify(hidden_in(way), ORIGINAL, MARKS)
    assert "第 1 页涂黑的文字仍在文件的数据中。" in found


@pytest.mark.parametrize(
    "changed",
    [
        SEVERED + b"\n",
        SEVERED + SEVERED[-300:],
        SEVERED.replace(b"/Lang(zh-CN)", b"/Lang(zh-TW)"),
        SEVERED.replace(b"%%EOF", b"%Hi\n%%EOF"),
        SEVERED.replace(b"/Parent 2 0 R", b"/Parent  2 0 R"),
        SEVERED.replace(b"/ID[<", b"/ID[<0", 1),
    ],
)
def test_a_byte_that_is_not_ours_is_noticed(changed: bytes) -> None:
    assert changed != SEVERED
    assert FOREIGN in verify(changed, ORIGINAL, MARKS)


def test_what_hangs_on_to_a_picture_s_stream_is_noticed() -> None:
    first, second = read_sheets(SEVERED)
    picture = Image.new("L", first.pixels, 255)
    coded = jpeg(picture)
    remark = coded[:2] + b"\xff\xfe\x00\x08zhang3" + coded[2:]
    raw = zlib.compress(bytes((first.pixels[0] + 1) // 2 * first.pixels[1]))
    for coding, data in (
        (Coding.GREY_JPEG, remark),
        (Coding.GREY_JPEG, coded + b"zhang3"),
        (Coding.GREY_JPEG, coded + coded),
        (Coding.GREYS, raw + b"zhang3"),
        (Coding.GREYS, zlib.compress(bytes(first.pixels[0] * first.pixels[1]))),
        (Coding.TWO_TONES, first.data + b"zhang3"),
    ):
        changed = write([replace(first, coding=coding, data=data), second])
        assert "第 1 页的图片中附有其他数据。" in verify(changed, ORIGINAL, MARKS)


def test_a_page_lost_changed_or_in_another_place_is_noticed() -> None:
    paper = Paper(
        title="通知", blocks=tuple(Paragraph(plain(each * 300)) for each in ("甲乙丙", "申请公开", "子丑"))
    )
    original = write_pdf(paper)
    marks = [Mark(page=1, x0=100, y0=300, x1=200, y1=320)]
    sheets = read_sheets(sever(original, marks, listed=False).pdf)
    assert verify(write(sheets[:-1]), original, marks) == (
        f"原件有 {len(sheets)} 页，文件只有 {len(sheets) - 1} 页。",
    )
    assert "第 2 页未涂黑的内容与原件不同。" in verify(
        write([*sheets[:1], *sheets[:1], *sheets[2:]]), original, marks
    )
    turned = replace(sheets[0], size=(sheets[0].size[1], sheets[0].size[0]))
    assert verify(write([turned, *sheets[1:]]), original, marks) == ("第 1 页的大小与原件不同。",)


def test_a_mark_that_was_left_out_is_noticed() -> None:
    assert verify(sever(ORIGINAL, MARKS[:1], listed=False).pdf, ORIGINAL, MARKS) == (
        "第 2 页有涂黑不完全的地方。",
    )
