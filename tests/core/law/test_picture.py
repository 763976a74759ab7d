"""A count as a calendar: each day where it belongs, with its number or the sign that says why it has none."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from gongkai.law.calendar import load_calendar
from gongkai.law.clock import Ledger, Rest, explain
from gongkai.law.picture import as_svg, as_text
from gongkai.law.sources import R711

CALENDAR = load_calendar()
ASKED = Rest(after=date(2025, 9, 22), until=date(2025, 9, 25), why="征求第三方意见", source=R711.art(32))
REPLY = explain(date(2025, 9, 15), 20, CALENDAR, [ASKED])
COUNTS = (REPLY, explain(REPLY.due.on, 10, CALENDAR))
SVG = "{http://www.w3.org/2000/svg}"

EXTENDED = """\
2025年9月
一      二      三      四      五      六      日
 1       2       3       4       5       6       7
 8       9      10      11      12      13      14
15 收   16 1    17 2    18 3    19 4    20 ·    21 ·
22 5    23 停   24 停   25 停   26 6    27 ·    28 7班
29 8    30 9

2025年10月
一      二      三      四      五      六      日
                 1 休    2 休    3 休    4 休    5 休
 6 休    7 休    8 休    9 10   10 11   11 12班 12 ·
13 13   14 14   15 15   16 16   17 17   18 ·    19 ·
20 18   21 19   22 20   23 21   24 22   25 ·    26 ·
27 23   28 24   29 25   30 26   31 27

2025年11月
一      二      三      四      五      六      日
                                         1 ·     2 ·
 3 28    4 29    5 30止  6       7       8       9
10      11      12      13      14      15      16
17      18      19      20      21      22      23
24      25      26      27      28      29      30

数字为第几个工作日　收 起算日（不计入）　班 调休上班，计入　休 放假，不计入　停 期限中止，不计入　止 最后一日
"""

OVER_NEW_YEAR = """\
2025年12月
一      二      三      四      五      六      日
 1       2       3       4       5       6       7
 8       9      10      11      12      13      14
15      16      17      18      19      20      21
22      23      24      25      26      27      28
29      30      31 收

2026年1月
一      二      三      四      五      六      日
                         1 休    2 休    3 休    4 1班
 5 2止   6       7       8       9      10      11
12      13      14      15      16      17      18
19      20      21      22      23      24      25
26      27      28      29      30      31

数字为第几个工作日　收 起算日（不计入）　班 调休上班，计入　休 放假，不计入　止 最后一日
"""


def test_a_period_and_its_extension_are_one_count_in_months_of_text() -> None:
    assert as_text(COUNTS) == EXTENDED


def test_a_count_goes_on_over_the_years_end() -> None:
    assert as_text([explain(date(2025, 12, 31), 2, CALENDAR)]) == OVER_NEW_YEAR


Box = tuple[float, float, float, float]


def drawn(counts: tuple[Ledger, ...], columns: int) -> tuple[ElementTree.Element, list[Box]]:
    svg = ElementTree.fromstring(as_svg(counts, "期限", columns=columns))
    boxes = [
        tuple(float(each.attrib[k]) for k in ("x", "y", "width", "height")) for each in svg.iter(f"{SVG}rect")
    ]
    return svg, boxes  # type: ignore[return-value]


@pytest.mark.parametrize("columns", [1, 2, 3, 5])
def test_nothing_drawn_overlaps_or_leaves_the_picture(columns: int) -> None:
    svg, boxes = drawn(COUNTS, columns)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    assert (svg.attrib["width"], svg.attrib["height"]) == (f"{width:.0f}", f"{height:.0f}")
    assert len(boxes) == 30 + 31 + 30 + 7
    for x, y, across, down in boxes:
        assert min(x, y) >= 0 and x + across <= width and y + down <= height
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


@pytest.mark.parametrize(
    ("columns", "months", "size"),
    [
        (1, [(168, 16), (168, 362), (168, 708)], (344, 1228)),
        (2, [(168, 16), (512, 16), (168, 362)], (688, 804)),
        (3, [(168, 16), (512, 16), (856, 16)], (1032, 432)),
        (5, [(168, 16), (512, 16), (856, 16)], (1032, 432)),
    ],
)
def test_months_stand_side_by_side_as_many_as_asked_for(
    columns: int, months: list[tuple[int, int]], size: tuple[int, int]
) -> None:
    svg, _ = drawn(COUNTS, columns)
    heads = [each for each in svg.iter(f"{SVG}text") if each.get("font-weight") == "bold"]
    assert [each.text for each in heads] == ["2025年9月", "2025年10月", "2025年11月"]
    assert [(int(each.attrib["x"]), int(each.attrib["y"])) for each in heads] == months
    assert svg.attrib["viewBox"] == f"0 0 {size[0]} {size[1]}"


def test_a_day_stands_in_the_column_of_its_weekday_and_the_row_of_its_week() -> None:
    svg, boxes = drawn(COUNTS[:1], 3)
    days = list(svg.iter(f"{SVG}g"))
    weekdays = [each for each in svg.iter(f"{SVG}text") if each.get("y") == "36"][:7]
    assert [each.text for each in weekdays] == list("一二三四五六日")
    for number, (group, (x, y, across, down)) in enumerate(zip(days[:30], boxes, strict=False), start=1):
        label, count = group.findall(f"{SVG}text")
        assert label.text == f"{number}"
        # 1 September 2025 was a Monday.
        assert float(weekdays[(number - 1) % 7].attrib["x"]) == x + across / 2
        assert y == 46 + 48 * ((number - 1) // 7)
        assert float(label.attrib["x"]) == float(count.attrib["x"]) == x + across / 2
        assert (float(label.attrib["y"]), float(count.attrib["y"])) == (y + 18, y + 36)
        assert y + 36 < y + down


def test_a_day_says_in_words_what_its_colour_says() -> None:
    svg, _ = drawn(COUNTS, 3)
    days = {}
    for group in svg.iter(f"{SVG}g"):
        title, label = group.find(f"{SVG}title"), group.findall(f"{SVG}text")
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        if title is not None and title.text is not None:
            days[title.text] = (rect.attrib["fill"], group.attrib["fill"], label[1].text)
    assert len(days) == (date(2025, 11, 5) - date(2025, 9, 15)).days + 1
    assert days["9月15日 星期一 起算日，不计入 不计入"] == ("#1f3a5f", "#ffffff", "收")
    assert days["9月16日 星期二 工作日 第1个工作日"] == ("#dcebdc", "#1d3b1d", "1")
    assert days["9月20日 星期六 周末 不计入"] == ("#eeeeee", "#555555", None)
    assert days["9月23日 星期二 征求第三方意见 不计入"] == ("#fdf0cf", "#5c4300", "停")
    assert days["9月28日 星期日 调休上班 第7个工作日"] == ("#b9d8b9", "#1d3b1d", "7班")
    assert days["10月1日 星期三 国庆节、中秋节放假 不计入"] == ("#f7dada", "#7a1414", "休")
    assert days["11月5日 星期三 工作日 第30个工作日"] == ("#9b1c1c", "#ffffff", "30止")


def test_the_legend_explains_the_looks_in_use_and_no_others() -> None:
    plain = as_svg([explain(date(2025, 3, 3), 3, CALENDAR)], "期限")
    texts = [
        each.text for each in ElementTree.fromstring(plain).iter(f"{SVG}text") if each.get("text-anchor")
    ]
    assert texts == ["起算日（不计入）", "计入的工作日，下为第几日", "最后一日"]
    svg, _ = drawn(COUNTS, 3)
    every = [each.text for each in svg.iter(f"{SVG}text") if each.get("text-anchor")]
    assert every[2:6] == ["调休上班，计入", "放假，不计入", "周末，不计入", "期限中止，不计入"]


def test_each_entry_of_the_legend_has_its_sign_in_its_box_and_its_words_beside_it() -> None:
    svg, boxes = drawn(COUNTS, 1)
    entries = boxes[-7:]
    assert [y - entries[0][1] for _, y, _, _ in entries] == [26 * row for row in range(7)]
    signs, words = list(svg.iter(f"{SVG}text"))[-14::2], list(svg.iter(f"{SVG}text"))[-13::2]
    assert [each.text for each in signs] == ["收", None, "班", "休", None, "停", "止"]
    for (x, y, _, _), sign, word in zip(entries, signs, words, strict=True):
        assert (float(sign.attrib["x"]), float(sign.attrib["y"])) == (x + 10, y + 14)
        assert (float(word.attrib["x"]), float(word.attrib["y"])) == (x + 28, y + 15)


def test_a_day_outside_the_count_is_blank() -> None:
    svg, _ = drawn(COUNTS, 3)
    first = next(svg.iter(f"{SVG}g"))
    rect, _, count = first
    assert (first.attrib["fill"], rect.attrib["fill"], count.text) == ("#8a8a8a", "#ffffff", None)


def test_three_months_stand_side_by_side_unless_asked_otherwise() -> None:
    half_a_year = as_svg([explain(date(2025, 3, 3), 100, CALENDAR)], "期限")
    assert 'viewBox="0 0 1032 ' in half_a_year


def test_a_number_of_three_digits_keeps_the_columns_in_line() -> None:
    lines = as_text([explain(date(2025, 3, 3), 100, CALENDAR)]).splitlines()
    assert "21 96   22 97   23 98   24 99   25 100止26      27" in lines
