from __future__ import annotations

import json

import pytest

from gongkai.cli import main
from gongkai.report.auditing import RULES
from gongkai.report.findings import LEVEL_NAMES

CODE = min(RULES)


def test_every_rule_is_listed_with_its_level_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    for code, rule in RULES.items():
        assert rule.title in lines[code]
        assert LEVEL_NAMES[rule.level] in lines[code]
        assert str(rule.source) in lines[code]


def test_one_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", CODE.lower()]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{CODE}  {RULES[CODE].title}")
    assert RULES[CODE].explanation.splitlines()[0].strip() in shown
    assert "正确：" in shown and "错误：" in shown and "Right:" not in shown


def test_the_beginning_of_a_code_chooses_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", CODE[:2], "--json"]) == 0
    shown = {each["code"] for each in json.loads(capsys.readouterr().out)}
    assert shown == {code for code in RULES if code.startswith(CODE[:2])}


def test_an_unknown_code_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "ZZ99"]) == 2
    assert "没有代号为 ZZ99 的规则" in capsys.readouterr().err
