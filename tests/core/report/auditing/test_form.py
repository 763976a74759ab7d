"""The words of the form: labels, headers, headings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from specimen import clean, clean_2019, findings, labels, messages, skipped, with_heading

from gongkai.report.schema import Report, SectionCode


def labelled(**changed: str) -> Report:
    return replace(clean(), labels={**labels(), **{k.replace("__", "."): v for k, v in changed.items()}})


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("column__2__repealed", "本年度止件数"),
        ("row__3__denied__law_prohibited", "2. 其他法律行政止公开"),
        ("row__3__denied__internal_affairs", "5.三类内容事务信息"),
        ("row__3__unable__not_held", "1.本机关不掌握有关政府信息"),
        ("row__3__partial", "(二)部分公开(区分处理的,只计这一情形,不计其他情形"),
    ],
)
def test_fm01_hits_on_damaged_labels(key: str, text: str) -> None:
    [message] = messages("FM01", labelled(**{key: text}))
    assert message.endswith(f"应为“{labels()[key.replace('__', '.')]}”")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("row__3__denied__state_secret", "1. 属于国家秘密"),
        ("row__3__denied__state_secret", "1．属于国家\n秘密"),
        ("row__3__denied__state_secret", "（三）不予公开 1.属于国家秘密"),
        ("row__3__denied__state_secret", "[bookmark: _Hlk1]1.属于国家秘密"),
        ("row__3__declined__confirm_reissue", "5.要求行政机关确认或重新"),
        ("row__3__declined__confirm_reissue", "出具已获取信息 5.要求行政机关确认或重新"),
        ("row__3__partial", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
        ("row__3__denied__law_prohibited", "2.其他法律行政法规禁止公结开"),
        ("row__3__unable__needs_creation", "2.没有现成信息需要另行制无法作"),
        ("row__3__other__misc", "杂项"),
        ("row__2__normative_documents", "规范性文件"),
        ("row__9__unknown", "不认识的行"),
    ],
)
def test_fm01_is_quiet_on_layout_punctuation_and_rewording(key: str, text: str) -> None:
    assert findings("FM01", labelled(**{key: text})) == ()
    assert findings("FM01", clean()) == ()


def test_fm02_hits_once_and_names_every_reworded_label() -> None:
    report = labelled(row__2__normative_documents="规范性文件", row__3__other__no_correction="1.逾期不补正")
    [message] = messages("FM02", report)
    assert "“规范性文件”应为“行政规范性文件”" in message
    assert "“1.逾期不补正”应为“1.申请人无正当理由逾期不补正" in message


def test_fm02_is_quiet_on_the_forms_own_words_in_either_edition() -> None:
    assert findings("FM02", clean()) == ()
    assert findings("FM02", clean_2019()) == ()


def header(text: str) -> Report:
    return labelled(header__4=text)


WHOLE = labels()["header.4"]


def test_fm03_hits_when_a_leaf_header_is_missing() -> None:
    assert messages("FM03", header(WHOLE.replace("总计", "", 1))) == ["表四表头应有15格，缺“总计”"]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("结果维持", "结果\n维持").replace("尚未审结", "尚未\t审结"),
        "行政复议 行政诉讼 结果结果其他尚未总 维持纠正结果审结计"
        + "结果结果其他尚未总计 维持纠正结果审结" * 2,
    ],
)
def test_fm03_is_quiet_on_fifteen_leaves_however_they_are_broken(text: str) -> None:
    assert findings("FM03", header(text)) == ()
    assert skipped("FM03", header(text)) == ()


def test_fm03_is_not_assessed_when_hardly_any_header_was_read() -> None:
    assert findings("FM03", header("行政复议\t结果维持")) == ()
    assert len(skipped("FM03", header("行政复议\t结果维持"))) == 1


def test_fm04_hits_on_each_heading_with_other_words() -> None:
    report = with_heading(clean(), SectionCode.REMEDIES, "四、政府信息公开行政法复议、行政诉讼情况")
    report = with_heading(report, SectionCode.PROBLEMS, "五、存在的主要问题及整改措施")
    assert messages("FM04", report) == [
        "标题“四、政府信息公开行政法复议、行政诉讼情况”应为“四、政府信息公开行政复议、行政诉讼情况”",
        "标题“五、存在的主要问题及整改措施”应为“五、存在的主要问题及改进情况”",
    ]


def test_fm04_hits_once_on_all_old_headings_under_the_new_form() -> None:
    report = with_heading(clean(), SectionCode.PROACTIVE, "二、行政机关主动公开政府信息情况")
    report = with_heading(report, SectionCode.PROBLEMS, "五、政府信息公开工作存在的主要问题及改进情况")
    [message] = messages("FM04", report)
    assert message.startswith("沿用了旧的章节标题：“二、行政机关主动公开政府信息情况”；“五、")


def test_fm04_is_quiet_on_spacing_on_ordinals_and_on_old_headings_of_the_old_form() -> None:
    assert findings("FM04", clean()) == ()
    assert findings("FM04", with_heading(clean(), SectionCode.OVERVIEW, "一、 总体情况")) == ()
    assert findings("FM04", with_heading(clean(), SectionCode.PROBLEMS, "5、存在的主要问题及改进情况")) == ()
    assert findings("FM04", with_heading(clean(), SectionCode.PROBLEMS, "五、存在的主要问题和改进情况")) == ()
    old = replace(clean_2019(), sections=clean().sections)
    old = with_heading(old, SectionCode.PROBLEMS, "五、政府信息公开工作存在的主要问题及改进情况")
    assert findings("FM04", old) == ()


@pytest.mark.parametrize("heading", ["5、 存在的主要问题及改进情况", "四、存在的主要问题及改进情况"])
def test_fm05_hits_on_another_ordinal(heading: str) -> None:
    report = with_heading(clean(), SectionCode.PROBLEMS, heading)
    assert messages("FM05", report)[0].endswith("的序号应为“五、”")


@pytest.mark.parametrize(
    "heading", ["五、存在的主要问题及改进情况", "五．存在的主要问题及改进情况", "", "存在的主要问题"]
)
def test_fm05_is_quiet_on_the_right_ordinal_or_none(heading: str) -> None:
    assert findings("FM05", with_heading(clean(), SectionCode.PROBLEMS, heading)) == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("row__3__total_done", "（七）小计"),
        ("row__3__declined__duplicate", "2.反复提出的申请"),
        ("row__3__carried_in", "二、去年转来的申请数量"),
    ],
)
def test_fm02_hits_on_words_of_the_bodys_own(key: str, text: str) -> None:
    [message] = messages("FM02", labelled(**{key: text}))
    assert f"“{text}”应为“{labels()[key.replace('__', '.')]}”" in message


@pytest.mark.parametrize("text", ["2.重复", "申请2.重复", "杂项", "2.重复申请（五）不予处理"])
def test_fm02_is_quiet_on_labels_cut_or_run_together(text: str) -> None:
    assert findings("FM02", labelled(row__3__declined__duplicate=text)) == ()


def test_fm05_hits_on_an_ordinal_in_brackets() -> None:
    report = with_heading(clean(), SectionCode.PROBLEMS, "（五）存在的主要问题及改进情况")
    [message] = messages("FM05", report)
    assert "序号应为“五、”" in message
