"""`gongkai rules`: the catalogue of audit rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from gongkai.cli.checked import explanation
from gongkai.cli.parser import Parser
from gongkai.cli.wide import padded
from gongkai.report.auditing import RULES
from gongkai.report.auditing.registry import Rule
from gongkai.report.findings import LEVEL_NAMES


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser(
        "rules",
        "列出审核规则；给出代号（或代号的开头）时说明该规则。",
        "退出码：0 正常；2 没有这样的规则。",
    )
    made.add_argument("codes", nargs="*", metavar="CODE", help="规则代号或其开头，如 RQ01、RQ")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    options = parser().parse(words)
    asked = [code.upper() for code in options.codes]
    for code in asked:
        if not any(known.startswith(code) for known in RULES):
            print(f"gongkai rules：没有代号为 {code} 的规则，全部规则见 gongkai rules。", file=sys.stderr)
            return 2
    chosen = [each for code, each in sorted(RULES.items()) if not asked or code.startswith(tuple(asked))]
    if options.json:
        print(json.dumps([_as_json(each) for each in chosen], ensure_ascii=False, indent=1))
    elif asked:
        print("\n\n".join(_explained(each) for each in chosen))
    else:
        _print_list(chosen)
    return 0


def _print_list(rules: Sequence[Rule]) -> None:
    for each in rules:
        print(f"{padded(each.code, 6)}{LEVEL_NAMES[each.level]}  {padded(each.title, 34)}  {each.source}")
    print(f"\n共 {len(rules)} 条。某条规则的说明：gongkai rules 代号")


def _explained(rule: Rule) -> str:
    editions = "、".join(f"{int(edition)}年版" for edition in sorted(rule.editions))
    return (
        f"{rule.code}  {rule.title}\n"
        f"  级别：{LEVEL_NAMES[rule.level]}\n  适用格式：{editions}\n  依据：{rule.source}\n\n"
        + "\n".join(f"  {line}" if line else "" for line in explanation(rule).splitlines())
    )


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "title": rule.title,
        "level": rule.level.value,
        "editions": sorted(int(edition) for edition in rule.editions),
        "source": str(rule.source),
        "explanation": explanation(rule),
    }
