"""The catalogue as a whole: every rule registered, documented, tested; a clean report without findings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from specimen import clean, clean_2019, last_year

from gongkai.law.sources import PRACTICE
from gongkai.report.auditing import RULES, audit
from gongkai.report.auditing.catalogue import FAMILIES, describe, duty_of, examples_of, markdown
from gongkai.report.auditing.registry import Dossier, Outcome, Rule, rule, run
from gongkai.report.findings import Level

HERE = Path(__file__).parent
OWN_FAMILIES = ("ST", "PD", "RQ", "RM", "YR", "FM", "PB")
OWN = sorted(code for code in RULES if code.startswith(OWN_FAMILIES))


def names_of_tests() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in HERE.glob("test_*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_says_what_must_hold_and_shows_right_and_wrong(code: str) -> None:
    each = RULES[code]
    assert re.search("[\u4e00-\u9fff]", duty_of(each)), "the duty is written for Chinese readers"
    assert [mark for mark, _ in examples_of(each)][:2] == ["正确", "错误"]
    assert all(text for _, text in examples_of(each))


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_family_a_title_and_a_source(code: str) -> None:
    each = RULES[code]
    assert re.fullmatch(r"[A-Z]{2}\d{2}", code)
    assert code[:2] in FAMILIES
    assert each.title
    assert str(each.source)


@pytest.mark.parametrize("code", OWN)
def test_every_rule_has_a_test_that_hits_and_one_that_stays_quiet(code: str) -> None:
    names = names_of_tests()
    assert any(name.startswith(f"test_{code.lower()}_hits") for name in names)
    assert any(name.startswith(f"test_{code.lower()}_is_quiet") for name in names)


@pytest.mark.parametrize("code", sorted(set(RULES) - set(OWN)))
def test_every_other_rule_is_named_in_a_test(code: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py")]
    assert any(code in text or code.lower() in text for text in texts)


def test_a_clean_report_has_no_finding() -> None:
    result = audit(clean(), last=last_year(), select=OWN_FAMILIES)
    assert result.findings == ()
    assert result.not_assessed == ()


def test_a_clean_report_on_the_2019_form_has_no_finding_in_its_tables() -> None:
    assert audit(clean_2019(), select=("PD", "RQ", "RM", "FM")).findings == ()


def test_a_rule_that_breaks_becomes_not_assessed_and_the_others_still_run() -> None:
    code = "FM99"

    @rule(code, "坏规则", "", source=PRACTICE.part(""))
    def broken(dossier: Dossier) -> Iterator[Outcome]:
        raise KeyError(dossier.report.agency)
        yield

    try:
        result = run(Dossier(report=clean()), [RULES[code], RULES["RQ01"]])
    finally:
        del RULES[code]
    assert [(each.code, each.why) for each in result.not_assessed] == [(code, "规则未能执行：KeyError")]
    assert result.findings == ()


def test_a_code_cannot_be_registered_twice() -> None:
    register = rule("RQ01", "再来一次", "", source=PRACTICE.part(""))
    with pytest.raises(ValueError, match="RQ01"):
        register(RULES["RQ01"].check)


def test_the_description_of_a_rule_names_duty_source_level_and_examples() -> None:
    text = describe(RULES["RQ01"])
    assert text.startswith("RQ01 收支平衡（错误）\n表三每一列")
    assert "依据：《中华人民共和国政府信息公开工作年度报告格式》表三" in text
    assert "正确：新收 40" in text
    assert "错误：新收 40" in text


def test_the_markdown_catalogue_holds_every_rule_once_under_its_family() -> None:
    text = markdown(RULES.values())
    for code, each in RULES.items():
        assert text.count(f"### {code} {each.title}\n") == 1
    assert text.index("## RQ ") < text.index("### RQ01") < text.index("## RM ")
    assert "- 适用：2019年格式" in text


def test_examples_may_run_over_several_lines() -> None:
    def check(dossier: Dossier) -> Iterator[Outcome]:
        """应当如此。

        Right: 第一行，
            第二行。
        Wrong: 相反。
        """
        del dossier
        yield from ()

    made = Rule(
        code="FM98",
        title="多行",
        message="",
        level=Level.INFO,
        source=PRACTICE.part(""),
        editions=frozenset(),
        check=check,
    )
    assert examples_of(made) == [("正确", "第一行，第二行。"), ("错误", "相反。")]
