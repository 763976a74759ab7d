"""The report's parts and the wholeness of its tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from specimen import (
    clean,
    clean_2019,
    findings,
    messages,
    overview,
    skipped,
    with_cells,
    with_heading,
    with_text,
    without_cells,
    without_section,
)

from gongkai.report.cells import Cell, How
from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import SECTION_TITLES, CellId, Edition, SectionCode


@pytest.mark.parametrize("code", [SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS])
def test_st01_hits_when_a_part_is_missing(code: SectionCode) -> None:
    assert messages("ST01", without_section(clean(), code)) == [f"缺少“{SECTION_TITLES[code]}”部分"]


@pytest.mark.parametrize(
    ("code", "table"),
    [(SectionCode.PROACTIVE, 2), (SectionCode.REQUESTS, 3), (SectionCode.REMEDIES, 4)],
)
def test_st01_hits_when_a_part_is_missing_with_its_table_and_is_not_assessed_if_the_table_is_there(
    code: SectionCode, table: int
) -> None:
    report = without_section(clean(), code)
    assert findings("ST01", report) == ()
    assert len(skipped("ST01", report)) == 1
    assert len(findings("ST01", without_cells(report, f"t{table}."))) == 1


def test_st01_hits_when_parts_change_places() -> None:
    report = clean()
    sections = list(report.sections)
    sections[4], sections[5] = sections[5], sections[4]
    assert messages("ST01", replace(report, sections=tuple(sections))) == [
        "各部分次序与格式不同：一、二、三、五、四、六"
    ]


def test_st01_hits_softly_when_only_the_heading_is_lost() -> None:
    report = without_section(clean(), SectionCode.PROBLEMS)
    report = with_text(report, SectionCode.REMEDIES, "（一）2024年工作存在的主要问题\n栏目更新偏慢。")
    [finding] = findings("ST01", report)
    assert finding.level is Level.INFO
    [finding] = findings("ST01", with_heading(clean(), SectionCode.PROBLEMS, ""))
    assert finding.level is Level.INFO


def test_st01_is_quiet_when_six_parts_stand_in_order_and_not_assessed_without_prose() -> None:
    assert findings("ST01", clean()) == ()
    assert findings("ST01", clean_2019()) == ()
    assert len(skipped("ST01", clean_2019())) == 1


@pytest.mark.parametrize(("table", "numeral"), [(2, "二"), (3, "三"), (4, "四")])
def test_st02_hits_when_a_table_is_missing(table: int, numeral: str) -> None:
    [message] = messages("ST02", replace(without_cells(clean(), f"t{table}."), labels={}))
    assert message.startswith(f"未见表{numeral}《")


def test_st02_is_quiet_when_three_tables_are_there() -> None:
    assert findings("ST02", clean()) == ()


def test_st02_is_not_assessed_where_words_of_the_table_are_left() -> None:
    report = without_cells(clean(), "t4.")
    assert findings("ST02", report) == ()
    assert len(skipped("ST02", report)) == 1
    report = with_text(
        replace(report, labels={}), SectionCode.REMEDIES, "行政复议 行政诉讼 结果维持 结果纠正"
    )
    assert findings("ST02", report) == ()


def test_st03_hits_once_a_table_and_names_the_rows() -> None:
    report = replace(without_cells(clean(), "t2.coercion", "t3.partial."), labels={})
    assert messages("ST03", report) == [
        "表二未见1行：“行政强制”",
        "表三未见1行：“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”",
    ]


def test_st03_is_quiet_when_rows_are_complete_or_the_table_is_missing_altogether() -> None:
    assert findings("ST03", clean()) == ()
    assert findings("ST03", without_cells(clean(), "t4.")) == ()


def test_st03_is_not_assessed_where_rows_were_rather_lost_in_reading() -> None:
    labelled = without_cells(clean(), "t2.coercion")
    many = replace(without_cells(clean(), "t3.denied"), labels={})
    beside = with_cells(replace(labelled, labels={}), {"t2.permits.decisions": Illegible("1 2", (1, 2))})
    streamed = replace(
        labelled,
        labels={},
        cells={name: cell._replace(how=How.STREAM) for name, cell in labelled.cells.items()},
    )
    for report in (labelled, many, beside, streamed):
        assert findings("ST03", report) == ()
        assert len(skipped("ST03", report)) == 1


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ("t3.new.natural_person", -1, "表三“一、本年新收政府信息公开申请数量”自然人填了-1，应为不小于零的数"),
        ("t2.permits.decisions", Decimal("12.5"), "表二“行政许可”本年处理决定数量填了12.5，应为整数"),
        ("t2.fees_10k_yuan.amount", Decimal("-3.5"), "应为不小于零的数"),
    ],
)
def test_st04_hits_on_negative_and_broken_counts(cell: str, value: int | Decimal, message: str) -> None:
    [found] = messages("ST04", with_cells(clean(), {cell: value}))
    assert found.endswith(message)


def test_st04_is_quiet_on_decimal_amounts_and_negative_changes() -> None:
    assert findings("ST04", with_cells(clean(), {"t2.fees_10k_yuan.amount": Decimal("368.24")})) == ()
    assert findings("ST04", with_cells(clean_2019(), {"t2.permits.change": -8})) == ()


def test_st04_is_not_assessed_on_illegible_cells() -> None:
    report = with_cells(clean(), {"t2.permits.decisions": Illegible("12 34", (12, 34))})
    [skip] = skipped("ST04", report)
    assert skip.where == (CellId.parse("t2.permits.decisions"),)


def test_st05_hits_once_a_table_however_many_cells_are_blank() -> None:
    few = with_cells(clean(), {"t3.partial.business": BLANK, "t3.partial.other": BLANK})
    [finding] = findings("ST05", few)
    assert finding.message.startswith("表三有2格空白，没有的应填 0：表三“（二）部分公开")
    assert finding.level is Level.INFO
    rows = clean().form.table(3).rows
    many = with_cells(clean(), {f"t3.{row.code}.other": BLANK for row in rows})
    assert messages("ST05", many) == [f"表三有{len(rows)}格空白，没有的应填 0"]


def test_st05_hits_harder_on_a_table_left_blank_altogether() -> None:
    report = clean()
    blank = with_cells(report, {str(name): BLANK for name in report.cells if name.table == 2})
    [finding] = findings("ST05", blank)
    assert finding.level is Level.WARNING
    assert finding.message == "表二全部空白，没有的应填 0"


def test_st05_is_quiet_when_cells_are_filled_and_not_assessed_where_none_was_found() -> None:
    assert findings("ST05", clean()) == ()
    report = without_cells(clean(), "t2.coercion")
    assert findings("ST05", report) == ()
    assert [skip.where for skip in skipped("ST05", report)] == [(CellId.parse("t2.coercion.decisions"),)]


def test_st05_is_quiet_on_a_blank_that_stands_for_a_number_lost_in_reading() -> None:
    report = clean()
    name = CellId.parse("t2.normative_documents.repealed")
    lost = replace(report, cells={**report.cells, name: Cell(BLANK, "6 31", How.STREAM)})
    assert findings("ST05", lost) == ()
    assert [skip.where for skip in skipped("ST05", lost)] == [(name,)]


def test_st06_hits_when_the_old_form_is_used_under_the_new_rules_and_the_reverse() -> None:
    [finding] = findings("ST06", replace(clean_2019(), year=2023))
    assert (finding.level, finding.message) == (Level.ERROR, "2023年度报告使用了2019年格式的表格")
    [finding] = findings("ST06", replace(clean(), year=2020))
    assert finding.level is Level.WARNING


@pytest.mark.parametrize(("edition", "year"), [(2019, 2019), (2019, 2020), (2021, 2021), (2021, 2024)])
def test_st06_is_quiet_when_form_and_year_agree(edition: int, year: int) -> None:
    report = clean_2019() if edition == Edition.FORM_2019 else clean()
    assert findings("ST06", replace(report, year=year)) == ()


@pytest.mark.parametrize("code", [SectionCode.OVERVIEW, SectionCode.PROBLEMS])
@pytest.mark.parametrize(
    ("text", "what"),
    [("", "没有实际内容"), ("无。", "没有实际内容"), ("（文字描述）", "残留模板的说明文字")],
)
def test_st12_hits_on_parts_that_say_nothing(code: SectionCode, text: str, what: str) -> None:
    assert messages("ST12", with_text(clean(), code, text)) == [f"“{SECTION_TITLES[code]}”{what}"]


def test_st12_hits_on_the_templates_own_words_in_the_last_part() -> None:
    text = "（文字描述，收取信息处理费情况在此处报告。）"
    assert len(findings("ST12", with_text(clean(), SectionCode.OTHER_MATTERS, text))) == 1


@pytest.mark.parametrize("left", ["XXXX。", "……", "（请填写本单位情况）"])
def test_st12_hits_on_places_of_the_template_never_filled_in(left: str) -> None:
    text = f"一年来，各项工作平稳推进，群众查询更加方便。\n（一）主动公开\n{left}\n（二）依申请公开"
    assert len(findings("ST12", with_text(clean(), SectionCode.OVERVIEW, text))) == 1


def test_st12_is_quiet_on_parts_with_words_and_on_a_short_last_part() -> None:
    assert findings("ST12", clean()) == ()
    assert findings("ST12", with_text(clean(), SectionCode.OTHER_MATTERS, "无。")) == ()
    assert findings("ST12", without_section(clean(), SectionCode.PROBLEMS)) == ()


def test_prose_added_to_the_clean_report_keeps_its_structure_clean() -> None:
    assert findings("ST", overview("全县政务公开培训举办三期。")) == ()
