"""The catalogue of rules as text for people: `gongkai rules`, and `docs/rules.md` made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongkai.report.auditing.registry import Rule
from gongkai.report.findings import LEVEL_NAMES
from gongkai.report.schema import Edition

FAMILIES: Mapping[str, str] = {
    "ST": "结构与完整性",
    "PD": "表二 主动公开政府信息情况",
    "RQ": "表三 收到和处理政府信息公开申请情况",
    "RM": "表四 行政复议、行政诉讼情况",
    "NR": "正文与表格",
    "YR": "与上年报告",
    "FM": "格式与文字",
    "PB": "公布要求",
    "AG": "汇总",
}
_MARKS = {"Right:": "正确", "Wrong:": "错误"}


def duty_of(rule: Rule) -> str:
    """Return what must hold: the first line of the rule's documentation."""
    return rule.explanation.partition("\n")[0]


def examples_of(rule: Rule) -> list[tuple[str, str]]:
    """Return the rule's examples as (正确 or 错误, text), in the order of its documentation."""
    examples: list[tuple[str, str]] = []
    for line in (line.strip() for line in rule.explanation.splitlines()[1:]):
        mark = next((m for m in _MARKS if line.startswith(m)), None)
        if mark:
            examples.append((_MARKS[mark], line.removeprefix(mark).strip()))
        elif line and examples:
            name, text = examples[-1]
            examples[-1] = (name, text + line)
    return examples


def describe(rule: Rule) -> str:
    """Return one rule as the shell shows it."""
    lines = [f"{rule.code} {rule.title}（{LEVEL_NAMES[rule.level]}）", duty_of(rule), f"依据：{rule.source}"]
    lines += [f"{mark}：{text}" for mark, text in examples_of(rule)]
    return "\n".join(lines)


def markdown(rules: Iterable[Rule]) -> str:
    """Return the whole catalogue as Markdown, by family and code."""
    return "\n".join(_lines(sorted(rules, key=lambda rule: rule.code))) + "\n"


def _lines(rules: list[Rule]) -> Iterator[str]:
    yield "# 审核规则"
    yield ""
    yield f"共 {len(rules)} 条。由规则登记表生成，请勿手工修改。"
    for family, title in FAMILIES.items():
        members = [rule for rule in rules if rule.code.startswith(family)]
        if members:
            yield from ("", f"## {family} {title}")
            for rule in members:
                yield from _entry(rule)


def _entry(rule: Rule) -> Iterator[str]:
    yield from ("", f"### {rule.code} {rule.title}", "", duty_of(rule), "")
    yield f"- 级别：{LEVEL_NAMES[rule.level]}"
    yield f"- 依据：{rule.source}"
    if rule.editions != frozenset(Edition):
        yield "- 适用：" + "、".join(f"{edition.value}年格式" for edition in sorted(rule.editions))
    for mark, text in examples_of(rule):
        yield f"- {mark}：{text}"
