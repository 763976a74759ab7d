from __future__ import annotations

import pytest

from core.severing.making import PAGE, pdf_of
from gongkai.papers.paper import Paper, Paragraph, plain
from gongkai.papers.pdf import write_pdf
from gongkai.proofing import personal_data
from gongkai.severing import Mark, find, locate

IDENTITY = "11010519491231002X"


def text_at(x: int, y: int, words: bytes) -> bytes:
    return b"BT /F 20 Tf %d %d Td (%s) Tj ET\n" % (x, y, words)


def within(mark: Mark, x: float, y: float) -> bool:
    return mark.x0 <= x <= mark.x1 and mark.y0 <= y <= mark.y1


@pytest.mark.parametrize(
    ("page", "middle"),
    [
        (b"", (180, 336)),
        (b"/Rotate 90", (506, 180)),
        (b"/Rotate 180", (415, 506)),
        (b"/Rotate 270", (336, 415)),
        (b"/UserUnit 2", (180, 336)),
        (b"/CropBox[100 200 400 600]", (80, 94)),
        (b"/CropBox[100 200 400 600]/Rotate 270", (94, 220)),
    ],
)
def test_a_place_is_that_on_the_page_as_it_is_seen(page: bytes, middle: tuple[int, int]) -> None:
    (mark,) = find(pdf_of(PAGE, page=page), "Zhang3", reason="姓名", ground="personal_privacy")
    assert within(mark, *middle)
    assert (mark.reason, mark.ground) == ("姓名", "personal_privacy")
    assert sorted((round(mark.x1 - mark.x0), round(mark.y1 - mark.y0)))[0] < 30


def test_every_occurrence_is_found_whatever_its_case_and_spaces() -> None:
    page = (
        text_at(50, 700, b"SECRET and se c ret") + text_at(50, 600, b"nothing") + text_at(50, 500, b"Secre")
    )
    found = find(pdf_of(page, page), "ｓecＲet")
    assert [(mark.page, round(mark.y0, -1)) for mark in found] == [(1, 120), (1, 120), (2, 120), (2, 120)]


def test_words_broken_over_lines_and_pages_get_a_mark_on_each() -> None:
    first = (
        text_at(300, 700, b"The key is 1234") + text_at(50, 660, b"5678 and") + text_at(50, 50, b"again 1234")
    )
    found = find(pdf_of(first, text_at(50, 780, b"5678 too")), "12345678")
    assert [(mark.page, round(mark.y0, -2)) for mark in found] == [(1, 100), (1, 200), (1, 800), (2, 0)]


def test_what_stands_off_the_page_gets_no_mark_and_what_crosses_its_edge_a_part() -> None:
    found = find(pdf_of(text_at(900, 500, b"Away") + text_at(575, 500, b"Away")), "away")
    assert [(mark.page, mark.x1) for mark in found] == [(1, 595.0)]


def test_chinese_words_are_found_over_the_lines_of_a_paragraph() -> None:
    paper = Paper(title="通知", blocks=(Paragraph(plain("申请人张三丰住云岭县城关镇，电话另附。" * 12)),))
    found = find(write_pdf(paper), "张三丰住云岭县")
    assert len(found) > 12  # some of them are broken
    assert all(mark.y1 - mark.y0 < 30 for mark in found)


def test_columns_far_apart_are_not_bridged() -> None:
    page = text_at(50, 700, b"left") + text_at(450, 700, b"right")
    assert [mark.x1 - mark.x0 < 100 for mark in find(pdf_of(page), "leftright")] == [True, True]


def test_nothing_cannot_be_sought() -> None:
    for text in ("", " \n", "\u200b"):
        with pytest.raises(ValueError, match="不能为空"):
            find(pdf_of(PAGE), text)


def test_what_is_not_there_is_not_found() -> None:
    assert find(pdf_of(PAGE), "Wang5") == ()


def test_personal_data_are_located_also_where_a_line_ends_in_them() -> None:
    page = text_at(50, 700, IDENTITY.encode()) + text_at(400, 600, b"ID 110105194")
    page += text_at(50, 560, b"91231002X and no. 110105194912310029")
    found = locate(pdf_of(page), personal_data, ground="personal_privacy")
    assert [round(mark.y0, -1) for mark in found] == [120, 220, 260]
    assert {(mark.reason, mark.ground) for mark in found} == {("居民身份证号码", "personal_privacy")}


def test_where_one_finding_lies_in_another_the_wider_is_marked() -> None:
    def seek(text: str) -> list[tuple[int, int, str]]:
        at = text.index("Zhang3")
        return [(at, at + 3, "甲"), (at, at + 6, "乙"), (at + 2, at + 2, "丙")]

    assert [mark.reason for mark in locate(pdf_of(PAGE), seek)] == ["乙"]
