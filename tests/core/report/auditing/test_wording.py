"""Slips of the pen in the prose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import BUREAU, clean, findings, labels, marked, messages, overview, with_text

from gongkai.report.findings import Level
from gongkai.report.schema import Report, SectionCode


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("一是建台账。二是抓培训。三是勤检查。三是听意见。", "三是"),
        ("一是建台账；二是抓培训；\n二是勤检查；", "二是"),
        ("一是建台账，一是编目录，二是抓培训，二是勤检查，二是听意见。", "二是"),
    ],
)
def test_fm06_hits_on_an_ordinal_used_twice(text: str, ordinal: str) -> None:
    [finding] = findings("FM06", overview(text))
    assert marked(finding) == ordinal


@pytest.mark.parametrize(
    "text",
    [
        "一是建台账：一是纸质，二是电子；二是抓培训。",
        "（一）机制。一是建台账。二是抓培训。（二）平台。一是改版。二是巡查。",
        "一是建台账。二是抓培训。\n一是改版。二是巡查。三是评分。",
        "标准统一是前提，口径统一是关键，是否公开二是看依据。",
    ],
)
def test_fm06_is_quiet_on_lists_in_lists_and_new_lists(text: str) -> None:
    assert findings("FM06", overview(text)) == ()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("依据《条例办理。", "《"),
        ("（以下简称《条例）", "《"),
        ("设立“阳光窗口专区。", "“"),
        ("共三类），逐项公开。", "）"),
    ],
)
def test_fm07_hits_on_a_lone_bracket_and_marks_it(text: str, mark: str) -> None:
    [finding] = findings("FM07", overview(text))
    assert marked(finding) == mark


@pytest.mark.parametrize(
    "text",
    [
        "依据《关于印发〈办法〉的通知》（青政办〔2024〕3号）办理。",
        "（含上年结转2件)，均已答复。",
        "一）建台账。二）抓培训。做法有1)改版，2)巡查。",
        "设立“阳光\n窗口”专区。",
    ],
)
def test_fm07_is_quiet_on_pairs_of_mixed_width_over_lines_and_on_list_marks(text: str) -> None:
    assert findings("FM07", overview(text)) == ()


FULL = "完善机制，明确分工，压实责任，逐项落实，按月通报，" * 8


def test_fm08_hits_once_on_stray_half_width_marks() -> None:
    [finding] = findings("FM08", overview(FULL + "补充说明,另行公布;谢谢。"))
    assert finding.message == "有2处标点误用半角"
    assert marked(finding) == ","


def test_fm08_hits_when_all_marks_are_half_width() -> None:
    report = clean()
    for section in report.sections:
        text = section.text + FULL if section.code is SectionCode.OVERVIEW else section.text
        half = text.replace("，", ",").replace("；", ";").replace("：", ":")
        report = with_text(report, section.code, half)
    assert messages("FM08", report) == ["正文标点通篇使用半角"]


@pytest.mark.parametrize(
    "text", [FULL, FULL + "电话:0123-4567,邮编:000000。", "完善机制,明确分工。", FULL + "甲,乙,丙,丁" * 10]
)
def test_fm08_is_quiet_on_numbers_on_short_texts_and_on_an_even_mixture(text: str) -> None:
    assert findings("FM08", overview(text)) == ()


@pytest.mark.parametrize("code", ["[bookmark: _GoBack]", "错误！未找到引用源", "PAGEREF \\h", "\ufffd\ufffd"])
def test_fm09_hits_on_codes_left_by_a_word_processor(code: str) -> None:
    [finding] = findings("FM09", overview(f"{code}依申请公开方面，全年平稳。"))
    assert finding.facts["count"] == 1


def test_fm09_hits_on_codes_left_in_the_tables_labels() -> None:
    found = {**labels(), "row.3.new": "[bookmark: _Hlk1]一、本年新收政府信息公开申请数量"}
    assert messages("FM09", replace(clean(), labels=found)) == ["文中残留排版代码“[bookmark: _Hlk1]”等1处"]


def test_fm09_is_quiet_on_plain_text() -> None:
    assert findings("FM09", overview("浏览器书签、二维码均可打开专栏。")) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("规范审核审核发布流程。", "审核"),
        ("建成统一的的查询页面。", "的"),
        ("按月通报，，按季讲评。", "，"),
        (
            "召开白鹭洲湿地修复方案座谈会白鹭洲湿地修复方案座谈会，听取意见。",
            "白鹭洲湿地修复方案座谈会",
        ),
        ("更新栏目目录和办事指南，更新栏目目录和办事指南，", "更新栏目目录和办事指南，"),
    ],
)
def test_fm10_hits_on_words_written_twice_running(text: str, words: str) -> None:
    [finding] = findings("FM10", overview(text))
    assert finding.message == f"“{words}”重复"


@pytest.mark.parametrize(
    "text",
    [
        "政务公开公开透明，企业管理管理办法，政府政府信息。",
        "紧紧围绕、常常巡查、的的确确。",
        "市级47期、县级28期、镇级22期、村级15期。",
        "制定行政规范性文件清单，公布行政规范性文件清单。",
        "00000000000000000000000000000000",
        "（二）规范依申请公开办理\n规范依申请公开办理，逐件登记。",
        "2.规范依申请公开办理规范依申请公开办理，逐件登记。",
    ],
)
def test_fm10_is_quiet_on_words_that_may_meet_and_on_phrases_apart(text: str) -> None:
    assert findings("FM10", overview(text)) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全年核发排水许可条、施工许可12条、占道许可3条。", "全年核发排水许可条"),
        ("核发排水许可8条、施工许可条、占道许可3条。", "施工许可条"),
        ("全年公开各类信息条，其中公告12条。", "全年公开各类信息条"),
        ("召开会议共次，印发通报。", "召开会议共次"),
    ],
)
def test_fm11_hits_on_an_item_without_its_number(text: str, words: str) -> None:
    [finding] = findings("FM11", overview(text))
    assert finding.facts["words"] == words
    assert finding.level is Level.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "核发排水许可8条、施工许可12条、占道许可3条。",
        "公布政策文件、公告3件、通知2件、函1件。",
        "公布排水许可三条、施工许可12条、占道许可3条。",
        "办理案件、来信3件、来电2件。",
        "核发排水许可、施工许可12条、占道许可3条。",
        "多次、逐条、各份核对，按月份、按批次登记。",
    ],
)
def test_fm11_is_quiet_on_words_that_end_like_units(text: str) -> None:
    assert findings("FM11", overview(text)) == ()


def test_fm12_hits_on_requests_carried_into_the_second_half_year() -> None:
    [finding] = findings("FM12", overview("全年办结 41 件，结转下半年 3 件。"))
    assert marked(finding).replace(" ", "") == "结转下半年"


def test_fm12_is_quiet_on_the_next_year_and_on_half_years_elsewhere() -> None:
    assert findings("FM12", overview("结转下年度3件。下半年举办培训两期。")) == ()


def as_body(agency: str, text: str) -> Report:
    return replace(overview(text), agency=agency)


@pytest.mark.parametrize(
    ("agency", "text", "words"),
    [
        ("青禾县人民政府", "保障群众依法获取水利政务信息。", "获取水利政务信息"),
        (BUREAU, "保障群众依法获取教育政务信息。", "获取教育政务信息"),
        ("青禾县人民政府", "我局高度重视公开工作。", "我局"),
        (BUREAU, "我镇召开专题会议。", "我镇"),
        ("青禾县白鹭镇人民政府", "我局召开专题会议。", "我局"),
    ],
)
def test_fm13_hits_on_the_words_of_another_body(agency: str, text: str, words: str) -> None:
    [finding] = findings("FM13", as_body(agency, text))
    assert finding.facts["words"] == words


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("青禾县民政局", "保障群众依法获取民政政务信息。"),
        ("青禾县卫生健康局", "保障群众依法获取卫健政务信息。"),
        ("青禾县人民政府", "保障群众依法获取政府信息，我县各局委办积极配合。"),
        ("青禾县人民政府", "举办“我局长请您提问”活动。"),
        (BUREAU, "我局召开专题会议，我县水务系统全部参加。"),
        ("白鹭", "我局我镇均可。"),
        ("青禾县人民政府", "公开工作基本局面稳定，不自我局限。"),
    ],
)
def test_fm13_is_quiet_on_a_bodys_own_words(agency: str, text: str) -> None:
    assert findings("FM13", as_body(agency, text)) == ()


def bureaus_problems(agency: str, text: str) -> Report:
    return with_text(replace(clean(), agency=agency), SectionCode.PROBLEMS, text)


def test_fm14_hits_when_a_bureau_names_everybodys_problems() -> None:
    [finding] = findings("FM14", bureaus_problems(BUREAU, "部分地区和多数部门重视不够。"))
    assert marked(finding) == "部分地区"


def test_fm14_hits_when_the_overview_tells_of_everybody() -> None:
    report = as_body(BUREAU, "各级政府部门积极公开，多数部门按时答复。")
    assert len(findings("FM14", report)) == 1
    assert findings("FM14", as_body(BUREAU, "配合各级政府部门做好公开。")) == ()


@pytest.mark.parametrize("agency", ["青禾县人民政府", "青禾县人民政府办公室", "云岭省水利厅"])
def test_fm14_is_quiet_on_bodies_that_answer_for_others(agency: str) -> None:
    assert findings("FM14", bureaus_problems(agency, "部分地区重视不够。")) == ()
    assert findings("FM14", bureaus_problems(BUREAU, "本局解读形式单一。")) == ()


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("主要做法：1.统一入口；2.限时答复；2.专人回访。", "2."),
        ("主要做法：（1）统一入口；（2）限时答复；（2）专人回访。", "（2）"),
        ("主要做法：第一，统一入口；第二，限时答复；第二，专人回访。", "第二，"),
        ("一是统一入口；一是限时答复；三是专人回访。", "一是"),
    ],
)
def test_fm06_hits_on_other_ways_of_counting(text: str, ordinal: str) -> None:
    [finding] = findings("FM06", overview(text))
    assert finding.facts["ordinal"] == ordinal


@pytest.mark.parametrize(
    "text",
    [
        "一是统一入口，包括：1.网上；2.窗口；二是限时答复，包括：1.登记；2.催办。",
        "（1）统一入口；\n（1）限时答复。",
        "平均用时2.5天，比上年少2.5天。",
        "一是统一入口：一是网上，二是窗口；二是限时答复。",
    ],
)
def test_fm06_is_quiet_on_lists_in_lists_and_on_figures(text: str) -> None:
    assert findings("FM06", overview(text)) == ()


def test_fm08_hits_on_one_stray_mark_in_a_short_text() -> None:
    report = clean()
    for section in report.sections:
        report = with_text(report, section.code, "")
    report = with_text(
        report, SectionCode.OVERVIEW, "完善机制，明确分工，压实责任，" * 7 + "补充说明,另行公布。"
    )
    assert messages("FM08", report) == ["有1处标点误用半角"]


@pytest.mark.parametrize("code", ["&nbsp;", "<br/>", '<span class="a">', "锟斤拷", "PAGEREF _Toc9 \\h"])
def test_fm09_hits_on_markup_and_characters_lost(code: str) -> None:
    assert len(findings("FM09", overview(f"{code}依申请公开方面，全年平稳。"))) == 1


def test_fm09_is_quiet_on_less_and_more() -> None:
    assert findings("FM09", overview("答复用时<5天的占多数，R&D项目公开>20项。")) == ()
