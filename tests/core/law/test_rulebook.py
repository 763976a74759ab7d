"""Rules by date: a case keeps those of its day; a superior adds one; open cases it touches are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cases import CALENDAR, case, day, due, event, registered

from gongkai.law.periods import PERIODS, Evidence
from gongkai.law.rulebook import STANDARD, RuleError, load_rules, touched

REPLY15 = """
[[period]]
code = "reply"
length = 15
since = 2025-09-01
title = "某省政府信息公开规定"
number = "省政府令第1号"
article = 12
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "rules.toml"
    file.write_text(REPLY15, encoding="utf-8")
    return file


def test_a_case_keeps_the_rule_of_the_day_it_was_received(rules: Path) -> None:
    book = load_rules(rules)
    assert due(case(registered("2025-08-29"), today="2025-09-02", book=book)) == "2025-09-26"
    new = case(registered("2025-09-01"), today="2025-09-02", book=book)
    assert due(new) == CALENDAR.add_working_days(day("2025-09-01"), 15).on.isoformat()
    assert str(book.period("reply", date(2025, 9, 1)).source) == "《某省政府信息公开规定》第十二条"
    assert STANDARD.period("reply", date(2025, 9, 1)) == PERIODS["reply"]


def test_the_open_cases_a_rule_touches_are_named() -> None:
    old, new = case(registered("2025-08-29")), case(registered("2025-09-01"))
    closed = case(registered("2025-09-02"), event("withdraw", "2025-09-03"))
    waiting = case(registered("2025-09-02", "plain_mail"))
    assert touched([old, new, closed, waiting], date(2025, 9, 1)) == [new]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("length = 15", "length = 25", "不能改为25个工作日"),
        ('code = "reply"', 'code = "reconsideration"', "不能改为15日"),
        ('code = "reply"', 'code = "nothing"', "没有“nothing”这种期限"),
        ("length = 15", 'length = "15"', "length、article 应为整数"),
        ("article = 12", 'article = "12"', "length、article 应为整数"),
        ("[[period]]", "period = [1]\n[other]", "没有 [[period]]"),
        ("[[period]]", "period = [{}, 1]\n[other]", "没有 [[period]]"),
        ("since = 2025-09-01", "", "缺少 since"),
        ("[[period]]", "[other]", "没有 [[period]]"),
        ("length = 15", "length", "不是 TOML 文件"),
        ("since = 2025-09-01", "since = 2019-05-15", "已有规定"),
    ],
)
def test_what_the_law_does_not_let_anyone_set_is_refused(
    rules: Path, before: str, after: str, says: str
) -> None:
    rules.write_text(REPLY15.replace(before, after), encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        load_rules(rules)
    assert says in str(refused.value)


def test_what_the_public_is_given_may_only_grow_and_a_default_of_ours_is_free(tmp_path: Path) -> None:
    since = date(2026, 1, 1)
    longer = replace(PERIODS["consultation"], length=40)
    assert STANDARD.with_period(longer, since).period("consultation", since).length == 40
    with pytest.raises(RuleError):
        STANDARD.with_period(replace(longer, length=7), since)
    for code, length in (("correction", 10), ("reevaluation", 6)):
        own = replace(PERIODS[code], length=length)
        assert STANDARD.with_period(own, since).period(code, since).length == length
        with pytest.raises(RuleError):
            STANDARD.with_period(replace(own, length=0), since)
    with pytest.raises(RuleError, match="打不开"):
        load_rules(tmp_path / "none.toml")


def test_a_period_before_its_law_is_none() -> None:
    with pytest.raises(LookupError, match="fee_payment has no rule on 2020-12-31"):
        STANDARD.period("fee_payment", date(2020, 12, 31))
    file = case(
        registered("2023-11-01"), event("reconsideration_filed", "2023-12-20", ref="复1"), today="2023-12-21"
    )
    assert file.proceedings[0].answer_due is None


SHORTER = {
    "reply",
    "extension",
    "correction_notice",
    "publication",
    "result_publication",
    "penalty_withdrawal",
}
OURS = {"correction", "reevaluation"}


@pytest.mark.parametrize("code", PERIODS)
def test_a_body_may_shorten_its_own_limits_and_lengthen_only_the_publics(code: str) -> None:
    law, since = PERIODS[code], date(2026, 1, 1)
    for change, allowed in ((-1, {*SHORTER, *OURS}), (0, set(PERIODS)), (1, {"consultation", *OURS})):
        own = replace(law, length=law.length + change)
        if code in allowed:
            assert STANDARD.with_period(own, since).period(code, since) == own
        else:
            with pytest.raises(RuleError, match="不能改为"):
                STANDARD.with_period(own, since)


def test_a_limit_of_a_single_day_is_a_limit_and_none_is_not() -> None:
    since = date(2026, 1, 1)
    assert STANDARD.with_period(replace(PERIODS["reply"], length=1), since).period("reply", since).length == 1
    with pytest.raises(RuleError):
        STANDARD.with_period(replace(PERIODS["reply"], length=0), since)


def test_a_limit_keeps_the_unit_the_law_counts_it_in() -> None:
    in_days = replace(PERIODS["reply"], length=15, unit=PERIODS["consultation"].unit)
    with pytest.raises(RuleError, match="个工作日计"):
        STANDARD.with_period(in_days, date(2026, 1, 1))
    with pytest.raises(RuleError, match="没有“nothing”"):
        STANDARD.with_period(replace(PERIODS["reply"], code="nothing"), date(2026, 1, 1))


def test_a_rule_of_ones_own_is_cited_as_read_and_is_local(rules: Path) -> None:
    own = load_rules(rules).period("reply", date(2025, 9, 1))
    assert (own.evidence, own.note, own.length) == (Evidence.READ, "本地规定", 15)
    rules.write_text(REPLY15.replace("article = 12\n", ""), encoding="utf-8")
    assert str(load_rules(rules).period("reply", date(2025, 9, 1)).source) == "《某省政府信息公开规定》"


def test_each_rule_of_a_file_is_added_to_those_before_it(rules: Path) -> None:
    again = REPLY15.replace("15", "10").replace("2025-09-01", "2026-09-01")
    rules.write_text(REPLY15 + again, encoding="utf-8")
    book = load_rules(rules)
    lengths = [
        book.period("reply", day(on)).length
        for on in ("2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01")
    ]
    assert lengths == [20, 15, 15, 10]


def test_two_rules_from_one_day_are_refused_whatever_came_before(rules: Path) -> None:
    book = load_rules(rules)
    with pytest.raises(RuleError, match="自 2025-09-01 起已有规定"):
        load_rules(rules, book)
