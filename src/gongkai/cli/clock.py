"""`gongkai clock`: one case from its events, outside any database."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.cli.due import day
from gongkai.cli.parser import Parser
from gongkai.cli.texts import Unusable, read_json
from gongkai.law.account import account_of
from gongkai.law.calendar import CalendarError, load_calendar
from gongkai.law.channels import CHANNELS
from gongkai.law.history import KINDS, HistoryError, read_history
from gongkai.law.practice import STRICT, SWITCHES, FeeClock, Practice
from gongkai.law.procedure import NotAllowed, fold
from gongkai.law.rulebook import STANDARD, RuleError, load_rules
from gongkai.law.taxonomy import APPLICANT_KINDS

_EPILOG = f"""CASE.json 形如：
  {{"applicant_kind": "natural_person",
   "events": [{{"kind": "submitted", "on": "2025-09-15", "channel": "internet"}},
              {{"kind": "decided", "on": "2025-10-16", "outcome": "granted",
               "service": "in_person", "served_on": "2025-10-17"}}]}}

applicant_kind：{"、".join(APPLICANT_KINDS)}
channel：{"、".join(CHANNELS)}、signed_mail
kind：
  {"、".join(list(KINDS)[:10])}、
  {"、".join(list(KINDS)[10:20])}、
  {"、".join(list(KINDS)[20:])}
各事件可带的字段见 docs/clock.md。不可能发生的事件不采纳，列入 defects，其余结果不变。

退出码：0 正常；2 参数或者文件有误。"""


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser(
        "clock", "由一件申请的全部事件推演其期限、状态、瑕疵、救济途径和报表归属，输出 JSON。", _EPILOG
    )
    made.add_argument("case", type=Path, metavar="CASE.json", help="案件文件；- 为标准输入")
    made.add_argument("--today", type=day, metavar="日期", help="截至哪一天，默认今天；此后的事件不计")
    made.add_argument("--calendar", type=Path, metavar="路径", help="另加的放假安排（TOML 文件或文件夹）")
    made.add_argument("--rules", type=Path, metavar="文件", help="另加的本地期限（TOML 文件）")
    made.add_argument(
        "--practice",
        action="append",
        default=[],
        metavar="开关=值",
        help=f"本机关的口径，默认从严：{'、'.join(SWITCHES)}；值为 true、false，fee_clock 为 resume、restart",
    )
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    today = options.today or datetime.now().astimezone().date()
    try:
        history = read_history(read_json(options.case, 4, "一件申请"))
        if today < history.events[0].on:
            raise HistoryError(f"{today} 时申请还没有提出（{history.events[0].on}），请核对 --today")
        practice = _practice(options.practice)
        calendar = load_calendar(options.calendar)
        book = load_rules(options.rules) if options.rules else STANDARD
        case = fold(history.events, calendar, today, book=book, practice=practice, record_refusals=True)
    except (Unusable, HistoryError, CalendarError, RuleError, NotAllowed) as error:
        print(f"gongkai clock：{error}", file=sys.stderr)
        return 2
    account = account_of(case, calendar, practice=practice)
    print(json.dumps({**account, "unread": list(history.unread)}, ensure_ascii=False, indent=1))
    return 0


def _practice(settings: Sequence[str]) -> Practice:
    """The strict practice with some switches set.

    Raises:
        HistoryError: no such switch, or no such value.
    """
    values: Mapping[str, object] = {"true": True, "false": False, **{each.value: each for each in FeeClock}}
    chosen: dict[str, Any] = {}
    kinds = {each.name: type(getattr(STRICT, each.name)) for each in fields(Practice)}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise HistoryError(f"没有“{name}”这个开关，可用：{'、'.join(kinds)}")
        if type(values.get(value)) is not kinds[name]:
            raise HistoryError(f"开关 {name} 不能是“{value}”")
        chosen[name] = values[value]
    return replace(STRICT, **chosen)
