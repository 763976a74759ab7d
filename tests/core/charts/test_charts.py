"""Charts: their words and tables to the letter, their gaps, and the pictures drawn of them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from gongkai.charts import drawing
from gongkai.charts.across import folded
from gongkai.charts.chart import Chart, Kind, Series, table
from gongkai.charts.drawing import NARROW, WIDE, ChartError, png, svg
from gongkai.charts.telling import alternative

YEARS = ("2021年", "2022年", "2023年", "2024年")
BARS = Chart(
    kind=Kind.BARS,
    title="霁川县教育局历年政府信息公开申请",
    axis="年度",
    categories=YEARS,
    series=(
        Series(name="新收申请", values=(12, None, 30, 1044)),
        Series(name="结转下年度", values=(0, None, 0, 0)),
    ),
)
SHARES = Chart(
    kind=Kind.SHARES,
    title="办理结果构成",
    axis="年度",
    categories=YEARS,
    series=(
        Series(name="予以公开", values=(1, 3, 0, 2)),
        Series(name="部分公开", values=(1, None, 0, 1)),
        Series(name="不予公开", values=(1, 5, 0, 3)),
    ),
)
RANKED = Chart(
    kind=Kind.RANKED,
    title="不予公开的理由",
    axis="理由",
    categories=("属于国家秘密", "其他法律行政法规禁止公开", "属于行政执法案卷", "属于行政查询事项"),
    series=(Series(name="不予公开", values=(0, 9, 3, None)),),
)
LINES = Chart(
    kind=Kind.LINES,
    title="历年纠正率",
    axis="年度",
    categories=YEARS,
    series=(
        Series(name="行政复议纠正率", values=(Decimal("50.0"), None, Decimal("12.5"), Decimal("0.0"))),
        Series(name="行政诉讼纠正率", values=(None, None, None, Decimal("33.3"))),
    ),
    unit="%",
    gap="无",
)
TILES = Chart(
    kind=Kind.TILES,
    title="2024年各机关新收申请",
    axis="机关",
    categories=("县政府", "教育局", "人力资源和社会保障局"),
    series=(Series(name="新收申请", values=(120, 0, None)),),
)
ALL = pytest.mark.parametrize("chart", [BARS, SHARES, RANKED, LINES, TILES], ids=lambda each: each.kind.value)
BOTH = pytest.mark.parametrize("width", [WIDE, NARROW])
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: bytes) -> list[str]:
    root = ElementTree.fromstring(drawn)
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def marks(drawn: bytes, role: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(drawn)
    groups = [each for each in root.iter(f"{SVG}g") if role in each.get("class", "")]
    return [path for group in groups for path in group.iter(f"{SVG}path")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_bars_are_told_with_highest_lowest_change_and_gaps() -> None:
    assert alternative(BARS) == (
        "霁川县教育局历年政府信息公开申请。"
        "新收申请：最高2024年1,044件，最低2021年12件；2024年比2021年增加1,032件（8,600.0%）。"
        "结转下年度：2021年至2024年均为0件。"
        "新收申请没有数据的：2022年。结转下年度没有数据的：2022年。"
    )


def test_rates_are_told_in_percentage_points() -> None:
    assert alternative(LINES) == (
        "历年纠正率。行政复议纠正率：最高2021年50.0%，最低2024年0.0%；2024年比2021年降低50.0个百分点。"
        "行政诉讼纠正率：只有2024年，33.3%。"
        "行政复议纠正率没有数据的：2022年。行政诉讼纠正率没有数据的：2021年、2022年、2023年。"
    )


def test_shares_are_told_for_the_last_year_and_the_largest_since_the_first() -> None:
    assert alternative(SHARES) == (
        "办理结果构成。2024年：予以公开33.3%，部分公开16.7%，不予公开50.0%。"
        "占比最大的是不予公开，比2021年提高16.7个百分点。没有占比可以计算的：2022年、2023年。"
    )


def test_a_ranking_is_told_with_the_most_the_least_and_how_many_are_zero() -> None:
    assert alternative(RANKED) == (
        "不予公开的理由。共4个理由。最多的是其他法律行政法规禁止公开，9件。"
        "除0以外最少的是属于行政执法案卷，3件。有1个为0。没有数据的：属于行政查询事项。"
    )


def ranked(*values: int | None, adds_up: bool = True) -> Chart:
    return Chart(
        kind=Kind.RANKED,
        title="理由",
        axis="理由",
        categories=tuple("甲乙丙丁戊己庚辛"[: len(values)]),
        series=(Series(name="件数", values=values),),
        adds_up=adds_up,
    )


def test_a_share_is_told_of_a_whole_only() -> None:
    assert "最多的是甲，9件，占75.0%。" in alternative(ranked(9, 3))
    assert "占" not in alternative(ranked(9, 3, None))
    assert "占" not in alternative(ranked(9, 3, adds_up=False))


def test_who_is_level_is_named_beside() -> None:
    assert alternative(ranked(5, 5, 2, 2, 2, 0)) == (
        "理由。共6个理由。最多的是甲、乙，均为5件。除0以外最少的是丙、丁、戊，均为2件。有1个为0。"
    )
    assert alternative(ranked(3, 3)) == "理由。共2个理由。均为3件。"


def test_of_shares_that_are_level_none_is_called_the_largest() -> None:
    level = replace(SHARES, series=(replace(SHARES.series[0], values=(1, 3, 0, 3)), *SHARES.series[1:]))
    assert "占比最大的是予以公开、不予公开，均为42.9%。" in alternative(level)


def test_a_chart_without_a_number_says_so() -> None:
    empty = Chart(
        kind=Kind.BARS,
        title="空",
        axis="年度",
        categories=("2024年",),
        series=(Series(name="数", values=(None,)),),
    )
    assert empty.is_empty and alternative(empty) == "空。没有可以显示的数据。"
    svg(empty)


def test_the_table_says_gap_where_there_is_no_number_and_share_beside_count() -> None:
    assert table(BARS)[:3] == [
        ("年度", "新收申请（件）", "结转下年度（件）"),
        ("2021年", "12", "0"),
        ("2022年", "缺", "缺"),
    ]
    assert table(SHARES)[0][:3] == ("年度", "予以公开（件）", "予以公开占比（%）")
    assert table(SHARES)[1] == ("2021年", "1", "33.3", "1", "33.3", "1", "33.3")
    assert table(SHARES)[2] == ("2022年", "3", "缺", "缺", "缺", "5", "缺")


def test_shares_round_halves_up() -> None:
    halves = Chart(
        kind=Kind.SHARES,
        title="舍入",
        axis="年度",
        categories=("2024年",),
        series=(Series(name="甲", values=(1,)), Series(name="乙", values=(799,))),
    )
    assert halves.shares(0) == (Decimal("0.1"), Decimal("99.9"))
    eighth = Chart(
        kind=Kind.SHARES,
        title="舍入",
        axis="年度",
        categories=("2024年",),
        series=(Series(name="甲", values=(1,)), Series(name="乙", values=(1999,))),
    )
    assert eighth.shares(0) == (Decimal("0.1"), Decimal("100.0"))


@pytest.mark.parametrize("values", [(1,), (1, 2, 3)])
def test_a_series_of_another_length_is_refused(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="each category"):
        Chart(
            kind=Kind.BARS,
            title="",
            axis="",
            categories=("一", "二"),
            series=(Series(name="数", values=values),),
        )


def test_a_ranking_of_two_series_is_refused() -> None:
    with pytest.raises(ValueError, match="one series"):
        Chart(
            kind=Kind.RANKED,
            title="",
            axis="",
            categories=("一",),
            series=(Series(name="数", values=(1,)), Series(name="额", values=(1,))),
        )


@ALL
@BOTH
def test_a_picture_holds_its_words_and_every_number_and_asks_nobody(chart: Chart, width: int) -> None:
    drawn = svg(chart, width)
    root = ElementTree.fromstring(drawn)
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == alternative(chart)
    assert 0.8 * width < float(root.get("width", "0")) <= width + 40
    addresses = set(re.findall(rb"https?://[^\"' <>)]+", drawn))
    assert addresses <= {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}
    assert b"<script" not in drawn and b"<image" not in drawn
    said = "".join(texts(drawn)).replace(" ", "")
    if chart.kind is not Kind.SHARES:
        for row in table(chart)[1:]:
            for number in row[1:]:
                assert number in said


@ALL
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    assert svg(chart) == svg(chart) and png(chart, 1) == png(chart, 1)


def test_a_gap_is_no_bar_and_is_marked() -> None:
    drawn = svg(BARS)
    assert texts(drawn).count("缺") == 2
    assert len(marks(drawn, "mark-rect role-mark")) == 6


def test_a_line_is_broken_at_a_gap() -> None:
    lines = marks(svg(LINES), "mark-line")
    assert lines[0].get("d", "").count("M") == 2
    assert texts(svg(LINES)).count("无") == 4


def test_a_year_of_nothing_is_not_a_year_without_numbers() -> None:
    drawn = texts(svg(SHARES))
    assert "缺" in drawn and "0件" in drawn


def test_names_of_strangers_are_only_text() -> None:
    name = "<script>alert(1)</script>&局"
    hostile = Chart(
        kind=Kind.RANKED,
        title=name,
        axis="机关",
        categories=(name,),
        series=(Series(name="数", values=(1,)),),
    )
    drawn = svg(hostile)
    assert b"<script" not in drawn
    assert ElementTree.fromstring(drawn).findtext(f"{SVG}title") == name
    assert "".join(texts(drawn)).startswith(name)


def test_a_png_has_two_dots_to_a_pixel() -> None:
    drawn = png(BARS, 2)
    width = int.from_bytes(drawn[16:20], "big")
    assert (
        drawn.startswith(b"\x89PNG")
        and abs(width - 2 * float(ElementTree.fromstring(svg(BARS)).get("width", "0"))) < 4
    )


def test_every_fill_and_every_word_on_it_can_be_seen() -> None:
    drawn = svg(SHARES).decode() + svg(BARS).decode() + svg(RANKED).decode()
    fills = set(re.findall(r'aria-roledescription="bar"[^>]*?fill="(#[0-9a-f]{6})"', drawn))
    assert fills
    for fill in fills:
        outlined = fill in {"#9db8d6", "#ffffff"}
        assert outlined or contrast(fill, "#ffffff") >= 3, fill
    for ground, word in (("#1b4f8a", "#ffffff"), ("#c4801f", "#1d2630"), ("#6b2f57", "#ffffff")):
        assert contrast(ground, word) >= 4.5
    for ground, word in (("#5b9e94", "#1d2630"), ("#8a919b", "#1d2630"), ("#3f74ad", "#ffffff")):
        assert contrast(ground, word) >= 4.5
    assert contrast("#5c6773", "#ffffff") >= 4.5


def test_a_long_name_is_folded_into_even_lines() -> None:
    assert folded("其他法律行政法规禁止公开", 9) == "其他法律行政\n法规禁止公开"
    assert folded("短", 9) == "短"
    assert folded("危及“三安全一稳定”", 9) == "危及“三安\n全一稳定”"


def test_without_the_tools_a_chart_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    drawing._tools.cache_clear()
    monkeypatch.setattr(drawing, "import_module", absent)
    with pytest.raises(ChartError, match="没有安装"):
        svg(BARS)
    assert alternative(BARS)
