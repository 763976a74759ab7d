"""Sections, title, body, year and date as the report's own words give them."""

from __future__ import annotations

from datetime import date

import pytest
from pages import page, report_of

from gongkai.report.schema import SectionCode


def test_six_sections_with_their_prose_and_without_the_tables() -> None:
    report = report_of(page())
    assert [s.code for s in report.sections] == list(SectionCode)
    assert report.section(SectionCode.OVERVIEW).text == "2023年，全县收到申请32件。"  # type: ignore[union-attr]
    assert report.section(SectionCode.REQUESTS).text == ""  # type: ignore[union-attr]
    assert report.section(SectionCode.OTHER_MATTERS).text == "本年度没有收取信息处理费。"  # type: ignore[union-attr]


def test_headings_run_into_the_text_are_found() -> None:
    report = report_of(page().replace("\n", ""))
    assert report.section(SectionCode.PROBLEMS).text.startswith("人手不足")  # type: ignore[union-attr]
    assert report.section(SectionCode.PROBLEMS).heading == "五、存在的主要问题及改进情况"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "heading",
    [
        "5、 存在的主要问题及改进情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、存在问题和改进措施",
    ],
)
def test_other_wordings_of_a_heading_are_taken(heading: str) -> None:
    report = report_of(page().replace("五、存在的主要问题及改进情况", heading))
    section = report.section(SectionCode.PROBLEMS)
    assert section is not None
    assert section.heading == heading


def test_a_subheading_is_no_section() -> None:
    report = report_of(page(overview="（一）主动公开政府信息情况\n网站发布信息20条。"))
    assert "（一）主动公开政府信息情况" in report.section(SectionCode.OVERVIEW).text  # type: ignore[union-attr]


def test_wrapped_lines_are_joined() -> None:
    line = "全县各单位坚持把公开贯穿到办事各个环节做到应公开尽公开并把群众"
    report = report_of(page(overview=f"{line}\n是否满意作为标准。\n另起一段。"))
    text = report.section(SectionCode.OVERVIEW).text  # type: ignore[union-attr]
    assert text.split("\n") == [line + "是否满意作为标准。", "另起一段。"]


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("霁川县人民政府2023年政府信息公开工作年度报告", "霁川县人民政府", 2023),
        ("2022年霁川县教育局政府信息公开工作年度报告", "霁川县教育局", 2022),
        ("霁川县财政局\n2024 年政府信息公开工作年度报告", "霁川县财政局", 2024),
        ("霁川县 2024 年政府信息公开\n\n工作年度报告", "霁川县人民政府", 2024),
        ("2025 年霁川县人民政府办公室政府信息\n公开工作年度报告", "霁川县人民政府办公室", 2025),
        ("霁川县住房和城乡建设局二〇二三年度政府信息公开年报", "霁川县住房和城乡建设局", 2023),
        ("标题: 云汀新区2021年度政府信息公开工作年度报告", "云汀新区人民政府", 2021),
    ],
)
def test_body_and_year_come_from_the_title(title: str, agency: str, year: int) -> None:
    report = report_of(page(title=title))
    assert (report.agency, report.year) == (agency, year)


def test_a_body_that_calls_itself_by_a_shorter_name_is_called_so() -> None:
    text = page(title="云汀市霁川县人民政府\n2023年政府信息公开工作年度报告")
    text = text.replace("根据条例编制。", "如有疑问，请与霁川县人民政府联系（电话见网站）。")
    assert report_of(text).agency == "霁川县人民政府"


def test_nothing_is_made_up_where_the_title_is_cut_off() -> None:
    report = report_of(page(title=""))
    assert report.agency is None
    assert report.title is None
    assert report.year == 2023, "said by the prose itself"


@pytest.mark.parametrize(
    "stamp", ["发布时间:2024-01-19 14:50", "发布日期：2024年1月19日", "公开日期 2024/1/19"]
)
def test_the_day_of_publication_is_read(stamp: str) -> None:
    text = page().replace("根据条例编制。", f"{stamp}\n根据条例编制。")
    assert report_of(text).published_on == date(2024, 1, 19)


def test_what_a_web_page_sets_under_the_report_is_left_out() -> None:
    text = page() + "附件：年度报告.docx\n【打印本页】【关闭窗口】\n主办：霁川县人民政府办公室\n"
    assert report_of(text).section(SectionCode.OTHER_MATTERS).text == "本年度没有收取信息处理费。"  # type: ignore[union-attr]
