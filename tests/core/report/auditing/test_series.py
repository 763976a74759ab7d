"""This year's report beside last year's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import (
    BUREAU,
    clean,
    clean_2019,
    findings,
    last_year,
    messages,
    skipped,
    with_cells,
    with_text,
)

from gongkai.report.auditing.series import essence, same_body
from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK
from gongkai.report.schema import CellId, Report, SectionCode

COMPARING = ("YR01", "YR02", "YR03", "YR04")


def test_yr01_hits_in_columns_that_differ_though_the_totals_agree() -> None:
    last = with_cells(last_year(), {"t3.carried_out.natural_person": 1, "t3.carried_out.business": 1})
    assert messages("YR01", clean(), last=last) == [
        "自然人列：上年结转2，上年报告结转下年度1，两者应相等",
        "商业企业列：上年结转0，上年报告结转下年度1，两者应相等",
    ]


def test_yr01_is_quiet_when_every_column_follows_and_without_last_year() -> None:
    assert findings("YR01", clean(), last=last_year()) == ()
    assert findings("YR01", clean()) == ()
    assert skipped("YR01", clean()) == ()


def test_yr01_is_quiet_on_a_blank_beside_nothing_and_not_assessed_on_a_blank_beside_a_number() -> None:
    blank = with_cells(clean(), {"t3.carried_in.other": BLANK})
    assert skipped("YR01", blank, last=last_year()) == ()
    blank = with_cells(clean(), {"t3.carried_in.natural_person": BLANK})
    assert findings("YR01", blank, last=last_year()) == ()
    [skip] = skipped("YR01", blank, last=last_year())
    assert skip.where == (CellId.parse("t3.carried_in.natural_person"),)


def test_yr02_hits_when_the_stock_does_not_follow() -> None:
    report = with_cells(clean(), {"t2.normative_documents.in_force": 28})
    [finding] = findings("YR02", report, last=last_year())
    assert finding.level is Level.WARNING
    assert finding.message.startswith(
        "行政规范性文件：上年现行有效27＋本年制发6－本年废止2＝31，表中现行有效28"
    )


def test_yr02_is_quiet_when_it_follows_and_not_assessed_across_editions() -> None:
    assert findings("YR02", clean(), last=last_year()) == ()
    across = replace(clean(), year=2021)
    assert findings("YR02", across, last=clean_2019()) == ()
    assert len(skipped("YR02", across, last=clean_2019())) == 1


def next_year(previous: int) -> Report:
    unchanged = {f"t2.{row}.previous": 0 for row in ("penalties", "coercion", "fees", "other_services")}
    return with_cells(replace(clean_2019(), year=2021), {**unchanged, "t2.permits.previous": previous})


def test_yr03_hits_when_items_do_not_follow() -> None:
    assert messages("YR03", next_year(45), last=clean_2019()) == [
        "行政许可：上年报告45项、增减-8，本年“上一年项目数量”却为45"
    ]


def test_yr03_is_quiet_when_items_follow() -> None:
    assert findings("YR03", next_year(37), last=clean_2019()) == ()


LONG = "".join(
    f"第{name}项，{name}类台账由{name}组保管，逢{name}日核对，遇差错即行更正并告知{name}组负责人。"
    for name in "甲乙丙丁戊己庚辛壬癸"
)
OTHER = "".join(
    f"{name}村设置公示栏，张贴低保名册、修路账目与种粮补贴清单，{name}村村民可随时抄录。"
    for name in "东西南北前后上下左右"
)


def with_overview(report: Report, text: str) -> Report:
    return with_text(report, SectionCode.OVERVIEW, text)


def test_yr04_hits_as_an_error_when_only_year_and_numbers_change() -> None:
    ours = with_overview(clean(), f"2024年，共办理41件。{LONG}")
    last = with_overview(replace(clean(), year=2023), f"2023年，共办理6件。{LONG}")
    [finding] = findings("YR04", ours, last=last)
    assert finding.level is Level.ERROR
    assert int(finding.facts["percent"]) >= 95


def test_yr04_hits_as_a_warning_when_most_words_are_kept() -> None:
    ours = with_overview(clean(), LONG + OTHER[:90])
    last = with_overview(replace(clean(), year=2023), LONG)
    [finding] = findings("YR04", ours, last=last)
    assert finding.level is Level.WARNING


def test_yr04_hits_when_only_the_part_on_problems_is_kept() -> None:
    problems = LONG[:200]
    ours = with_text(with_overview(clean(), LONG), SectionCode.PROBLEMS, problems)
    last = with_text(with_overview(last_year(), OTHER), SectionCode.PROBLEMS, problems)
    assert messages("YR04", ours, last=last) == ["第五部分（问题及改进情况）与上年报告的文字相似度为100%"]


def test_yr04_is_quiet_on_new_words_and_on_texts_too_short_to_judge() -> None:
    ours, last = with_overview(clean(), LONG), with_overview(last_year(), OTHER)
    assert findings("YR04", ours, last=last) == ()
    short = with_text(clean(), SectionCode.PROBLEMS, "无。")
    short = with_text(short, SectionCode.OVERVIEW, "全年平稳。")
    assert findings("YR04", short, last=replace(short, year=2023)) == ()


def test_the_essence_leaves_out_sub_headings_and_numbers() -> None:
    report = with_overview(
        clean(), "（一）主动公开方面\n全年公开第12期，共三百件。\n1.栏目建设。\n新建专栏。"
    )
    assert essence(report, SectionCode.OVERVIEW) == "全年公开第期共件新建专栏"


@pytest.mark.parametrize("code", COMPARING[:2] + COMPARING[3:])
def test_reports_of_other_years_and_other_bodies_are_not_compared(code: str) -> None:
    for other in (
        replace(last_year(), year=2022),
        replace(last_year(), year=None),
        replace(last_year(), agency=BUREAU),
    ):
        assert findings(code, clean(), last=other) == ()
        assert len(skipped(code, clean(), last=other)) == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("青禾县人民政府", "云岭市青禾县人民政府", True),
        ("青禾县", "青禾县人民政府", True),
        ("青禾县人民政府办公室", "青禾县政府办公室", True),
        ("青禾县人民政府", "青禾县人民政府办公室", False),
        ("青禾县水务局", "青禾县民政局", False),
        ("青禾县人民政府", None, True),
    ],
)
def test_names_of_one_body_may_differ_in_length(ours: str, theirs: str | None, same: bool) -> None:
    last = replace(last_year(), agency=theirs, title=None)
    assert same_body(replace(clean(), agency=ours), last) is same
