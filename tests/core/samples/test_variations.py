"""What real bodies do to labels, numbers and pages is among the samples, on either form."""

import re
from functools import cache

import pytest

from gongkai.samples import BODIES, make_report, render

SEEDS = range(60)
BOTH = (
    r"\(三\)不予公开",
    r"（三）不予公开",
    r"1．",
    r"1、",
    r"1\. ",
    r"三类内容事务信息",
    r"只计这一情况",
    r"其他法律行政止公开",
    r"（六）其他(?!处理)",
    r"\d,\d{3}",
    r"[０-９]{2}",
    r"\d（其中修订\d+件）",
    r"\d元",
    r"\d万元",
    r"\| [—/] ",
    r"\|  +\|",
)
OLD_FORM = (
    r"增\d",
    r"减\d",
    r"\+\d",
    r"-\d",
    r"\+\(0\) -\(0\)",
    r"\+\(0\) -\([1-9]",
    r"本年新制作数",
    r"本年增减",
)
NEW_FORM = (r"1\.逾期不补正", r"本年制作数量", r"现行有效件数\(历史累计\)", r"\| 规范性文件", r"\d\.\d+万元")


@cache
def drawn(layout: str, year: int) -> str:
    """Many samples of a layout, one after another."""
    pages = (render(make_report(s, BODIES[1 + s % 9].name, year), layout, s).data for s in SEEDS)
    return "\n".join(page.decode("utf-8", errors="replace") for page in pages)


@pytest.mark.parametrize(
    ("year", "form"),
    [*((2019, form) for form in (*BOTH, *OLD_FORM)), *((2024, form) for form in (*BOTH, *NEW_FORM))],
)
def test_a_way_of_writing_occurs(year: int, form: str) -> None:
    assert re.search(form, drawn("markdown_clean", year))


@pytest.mark.parametrize(
    ("layout", "noise"),
    [
        ("html_cut", r"</table>\s*<p>— \d+ —</p>\s*<table"),
        ("html_cut", r"三、本年度办理结果(?s:.{2000,6000})三、本年度办理结果"),
        ("html_cut", "公开目录<br>公开指南"),
        ("text_pdf_raw", r"\n\s*[-—–]? ?\d+ ?[-—–]?\s*\n"),
        ("text_tabbed", r"\[bookmark: "),
        ("text_fused", "发布机构: "),
    ],
)
def test_a_noise_occurs(layout: str, noise: str) -> None:
    assert re.search(noise, drawn(layout, 2024))
