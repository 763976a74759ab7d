"""Duties of publication: appraisal, fees, dates, the basis cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from specimen import BUREAU, COUNTY, clean, findings, marked, messages, skipped, with_text

from gongkai.report.findings import Level
from gongkai.report.schema import Report, SectionCode


def plain_overview(agency: str, text: str) -> Report:
    return with_text(replace(clean(), agency=agency), SectionCode.OVERVIEW, text)


def test_st07_hits_and_names_what_a_government_leaves_out() -> None:
    report = plain_overview(COUNTY, "2024年，全县公开工作纳入年度考核。")
    [finding] = findings("ST07", report)
    assert finding.message == "政府的年度报告还应报告社会评议、责任追究结果情况，正文未提及"
    assert finding.level is Level.INFO


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        (COUNTY, Level.ERROR),
        ("青禾高新技术产业开发区管委会", Level.INFO),
        ("青禾县白鹭镇人民政府", Level.INFO),
    ],
)
def test_st07_hits_hardest_where_a_county_reports_none_of_the_three(agency: str, level: Level) -> None:
    [finding] = findings("ST07", plain_overview(agency, "2024年，全县公开工作平稳。"))
    assert finding.level is level


@pytest.mark.parametrize(
    "agency",
    [
        "青禾县人民政府办公室",
        BUREAU,
        "云岭市国有资产监督管理委员会",
        "白鹭学社",
        "云河街道办事处",
        "云河区霁光街道",
    ],
)
def test_st07_is_quiet_on_offices_departments_and_unknown_bodies(agency: str) -> None:
    assert findings("ST07", plain_overview(agency, "2024年，公开工作平稳。")) == ()
    assert findings("ST07", clean()) == ()


def other_matters(text: str) -> Report:
    return with_text(clean(), SectionCode.OTHER_MATTERS, text)


@pytest.mark.parametrize("text", ["无。", "无其他需要报告的事项。", ""])
def test_st08_hits_when_fees_are_not_mentioned(text: str) -> None:
    [finding] = findings("ST08", other_matters(text))
    assert finding.level is Level.WARNING
    assert "没有收取的也应写明" in finding.message


def test_st08_hits_softly_when_fees_are_reported_elsewhere() -> None:
    report = with_text(other_matters("无。"), SectionCode.OVERVIEW, "2024年，全县未收取信息处理费。")
    [finding] = findings("ST08", report)
    assert finding.level is Level.INFO


@pytest.mark.parametrize("text", ["全年收取信息处理费380元。", "政府信息公开未发生收费情况。"])
def test_st08_is_quiet_when_fees_are_stated_and_before_they_existed(text: str) -> None:
    assert findings("ST08", other_matters(text)) == ()
    assert findings("ST08", replace(other_matters("无。"), year=2020)) == ()


@pytest.mark.parametrize(
    ("agency", "published"),
    [
        (BUREAU, date(2025, 2, 1)),
        (BUREAU, date(2025, 2, 5)),
        (COUNTY, date(2025, 4, 1)),
        ("青禾县人民政府办公室", date(2025, 4, 1)),
    ],
)
def test_pb01_hits_after_the_due_date(agency: str, published: date) -> None:
    [finding] = findings("PB01", replace(clean(), agency=agency, published_on=published))
    assert finding.level is Level.ERROR
    assert published.isoformat() in finding.message


def test_pb01_hits_softly_on_an_office_that_may_publish_the_governments_report() -> None:
    report = replace(clean(), agency="青禾县人民政府办公室", published_on=date(2025, 2, 20))
    [finding] = findings("PB01", report)
    assert finding.level is Level.INFO


@pytest.mark.parametrize(
    ("agency", "published"),
    [(BUREAU, date(2025, 1, 31)), (COUNTY, date(2025, 3, 31)), ("青禾县人民政府办公室", date(2025, 1, 31))],
)
def test_pb01_is_quiet_on_the_due_date(agency: str, published: date) -> None:
    report = replace(clean(), agency=agency, published_on=published)
    assert findings("PB01", report) == ()
    assert skipped("PB01", report) == ()


@pytest.mark.parametrize(
    "agency", ["青禾县白鹭镇人民政府", "青禾经济开发区管委会", "云河街道办事处", "青禾县人民医院"]
)
def test_pb01_is_not_assessed_for_bodies_the_regulation_does_not_name(agency: str) -> None:
    report = replace(clean(), agency=agency, published_on=date(2025, 6, 1))
    assert findings("PB01", report) == ()
    assert len(skipped("PB01", report)) == 1


def test_pb02_hits_when_a_report_is_dated_inside_its_own_year() -> None:
    assert messages("PB02", replace(clean(), published_on=date(2024, 3, 12))) == [
        "发布日期为2024-03-12，早于2024年统计期限届满"
    ]


def test_pb02_is_quiet_on_a_date_after_the_year_or_none() -> None:
    assert findings("PB02", clean()) == ()
    assert findings("PB02", replace(clean(), published_on=None)) == ()


def preamble(text: str, year: int = 2024) -> Report:
    return with_text(replace(clean(), year=year), SectionCode.PREAMBLE, text)


FORM = "《中华人民共和国政府信息公开工作年度报告格式》"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"根据{FORM}（国办公开办函202130号）编制。", "不完整"),
        (f"根据{FORM}（国办公开办函〔2021〕号）编制。", "不完整"),
        (f"根据{FORM}（国办公开办函〔2021〕31号）编制。", "文号应为国办公开办函〔2021〕30号"),
        (f"根据{FORM}（国办公开办函〔2019〕60号）编制。", "已被国办公开办函〔2021〕30号替代"),
        ("根据《政府网站年度工作报表填报说明》（国办公开办函〔2021〕30号）编制。", "文号与名称不符"),
        (f"根据{FORM}（国办公开办函[2021]30号）编制。", "六角括号"),
        (f"根据{FORM}（国办公开办函（2021）30 号）编制。", "六角括号"),
    ],
)
def test_pb03_hits_on_a_basis_cited_wrongly(text: str, words: str) -> None:
    [finding] = findings("PB03", preamble(text))
    assert words in finding.message
    assert "国办公开办函" in marked(finding)


@pytest.mark.parametrize(
    "text",
    [
        f"根据{FORM}（国办公开办函〔2021〕30号）编制。",
        "根据《关于印发〈政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕\n30 号）编制。",
        "按照《国务院办公厅关于印发《政府信息公开工作年度报告格式》的通知》（国办公开办函〔2021〕30号）编制。",
        "按照国办公开办函〔2021〕30号文件编制。",
        "根据《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）编制。",
        "平台建设遵循《政府信息公开平台设置规范》（国办公开办函〔2019〕61号）。",
        "依据条例编制。",
    ],
)
def test_pb03_is_quiet_on_a_basis_cited_rightly(text: str) -> None:
    assert findings("PB03", preamble(text)) == ()


def test_pb03_hits_on_a_form_that_came_later() -> None:
    [finding] = findings("PB03", preamble(f"根据{FORM}（国办公开办函〔2021〕30号）编制。", 2020))
    assert "自2021年度起使用" in finding.message


def test_pb03_is_quiet_on_the_trial_form_while_it_was_in_use() -> None:
    assert findings("PB03", preamble(f"根据{FORM}（国办公开办函〔2019〕60号）编制。", year=2020)) == ()
