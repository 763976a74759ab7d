"""The report's own year throughout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import clean, findings, marked, messages, skipped, with_text

from gongkai.report.findings import Level
from gongkai.report.schema import Report, SectionCode


def preamble(text: str) -> Report:
    return with_text(clean(), SectionCode.PREAMBLE, text)


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自2023年1月1日起至2023年12月31日止。",
        "数据从2023年1月1日起统计，至2023年12月31日止。",
        "数据统计期限从 2023 年 1 月 1 日到 12 月 31\n日止。",
    ],
)
def test_st09_hits_when_title_and_period_name_different_years(text: str) -> None:
    [finding] = findings("ST09", preamble(text))
    assert finding.message == "标题年度为2024年，统计期限却是2023年"
    assert finding.level is Level.ERROR


def test_st09_hits_when_the_period_is_no_single_year() -> None:
    assert messages("ST09", preamble("统计期限为2023年1月1日至2024年12月31日。")) == [
        "统计期限从2023年到2024年，不是一个年度"
    ]


@pytest.mark.parametrize(
    "period", ["统计期限：2023.1.1—2023.12.31。", "自2023年1月1日至同年12月31日。", "统计期间为2023年度。"]
)
def test_st09_reads_a_period_in_figures_or_as_a_year(period: str) -> None:
    assert messages("ST09", preamble(period)) == ["标题年度为2024年，统计期限却是2023年"]
    assert messages("ST09", preamble(period.replace("2023", "2024"))) == []


def test_st09_is_quiet_when_they_agree_and_not_assessed_without_a_year() -> None:
    assert findings("ST09", clean()) == ()
    unknown = replace(clean(), title=None, year=None)
    assert findings("ST09", unknown) == ()
    assert len(skipped("ST09", unknown)) == 1


@pytest.mark.parametrize(
    ("code", "text", "year"),
    [
        (SectionCode.PREAMBLE, "现公布2022年度政府信息公开工作年度报告。", "2022"),
        (SectionCode.PREAMBLE, "现将2023年度政府信息公开工作情况报告如下。", "2023"),
        (SectionCode.OVERVIEW, "2023年，全县公开工作平稳。", "2023"),
        (SectionCode.OTHER_MATTERS, "2022年度，本机关未收取信息处理费。", "2022"),
    ],
)
def test_st10_hits_on_words_left_over_from_another_year(code: SectionCode, text: str, year: str) -> None:
    [finding] = findings("ST10", with_text(clean(), code, text))
    assert marked(finding) == year
    assert finding.level is Level.WARNING


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (SectionCode.PREAMBLE, "首页\n2023年政府信息公开工作年度报告\n2022年政府信息公开工作年度报告\n返回"),
        (SectionCode.PREAMBLE, "依据《关于做好2023年政府信息公开工作年度报告编制发布的通知》编制。"),
        (SectionCode.OVERVIEW, "2019年5月修订的条例施行以来，全县持续规范答复。"),
        (SectionCode.OTHER_MATTERS, "按照2021年起施行的收费办法，2024年度未收取信息处理费。"),
        (SectionCode.OTHER_MATTERS, "2021年1月1日起施行信息处理费制度，本年度没有收取。"),
    ],
)
def test_st10_is_quiet_on_other_years_that_are_meant(code: SectionCode, text: str) -> None:
    assert findings("ST10", with_text(clean(), code, text)) == ()


def problems(text: str) -> Report:
    return with_text(clean(), SectionCode.PROBLEMS, text)


@pytest.mark.parametrize(
    "text",
    [
        "（一）问题。解读不多。\n（二）改进措施。2024年我县将继续充实解读形式。",
        "解读不多。下一步工作打算：2024年，将进一步加强培训。",
        "更新偏慢。（二）整改措施。为改进作风，2024年我局加大巡查力度。",
        "更新偏慢。\n2024年，县政府办公室将这样改进：一是分三年完成扫描；二是定期讲评。",
        "更新偏慢。2024年将采取以下改进措施：一是增加巡查。",
        "更新偏慢。2024年，我县将继续增加巡查。",
        "更新偏慢。2024年工作打算：一是增加巡查。",
        "更新偏慢。针对上述不足，2024年我局拟增加巡查。",
    ],
)
def test_st11_hits_on_a_plan_for_the_year_reported(text: str) -> None:
    [finding] = findings("ST11", problems(text))
    assert marked(finding) == "2024年"
    assert finding.message == "2024年度报告的改进措施仍写“2024年”，请核对是否应为2025年"


@pytest.mark.parametrize(
    "text",
    [
        "2024年，我县将公开工作纳入考核，但解读不多。下一步，继续充实解读。",
        "改进措施：针对2024年存在的问题，2025年将继续充实解读。",
        "（一）2024年问题的改进情况。2024年我局加大了巡查力度，更新已恢复正常。",
        "改进措施落实情况：2024年我局加大了巡查力度。",
        "2024年，我县将改进措施纳入考核，解读仍然偏少。",
        "2024年，我县将重点领域信息逐项公开，解读仍然偏少。",
    ],
)
def test_st11_is_quiet_on_what_was_done_and_on_next_years_plans(text: str) -> None:
    assert findings("ST11", problems(text)) == ()
    assert findings("ST11", clean()) == ()
