"""`gongkai due`: when something falls due, and every day of the count."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.cli.parser import Parser
from gongkai.cli.wide import padded
from gongkai.law.calendar import CalendarError, DayKind, WorkCalendar, load_calendar
from gongkai.law.channels import CHANNELS, Channel, Receipt, receipt_day
from gongkai.law.clock import Ledger, LedgerDay, explain
from gongkai.law.periods import CORRECTION_NOTICE, EXTENSION, PUBLICATION, REPLY, Period
from gongkai.law.picture import as_svg, as_text
from gongkai.law.sources import MFD, R711

_WEEKDAYS = "一二三四五六日"
_IN_FORCE = R711.since
_LAST_YEAR = 2099
_LONGEST_PAUSE = 500

KINDS: Mapping[str, Period] = {
    "reply": REPLY,
    "答复": REPLY,
    "correction": CORRECTION_NOTICE,
    "补正": CORRECTION_NOTICE,
    "publication": PUBLICATION,
    "公开": PUBLICATION,
}
CHANNEL_NAMES: Mapping[str, Channel] = {
    **{channel.value: channel for channel in Channel},
    **{rule.name.lower(): channel for channel, rule in CHANNELS.items()},
    "in-person": Channel.IN_PERSON,
    "挂号": Channel.REGISTERED,
    "plain-mail": Channel.PLAIN_MAIL,
    "网站": Channel.INTERNET,
    "电子邮件": Channel.EMAIL,
}
_EPILOG = """收到之日当日不计入，从下一个工作日起数；周末调休上班的日子照数。
--received 的含义随渠道而定：当面为提交之日；EMS、挂号信为签收之日；平信、传真为到达之日，并用
--confirmed 给出与申请人确认之日；互联网为系统提示提交成功之日；邮箱为邮件到达之日。
--kind 为公开时，--received 为信息形成或者变更之日，不需要渠道。

例：gongkai due --channel 互联网 --received 2025-10-04
退出码：0 正常；2 参数有误。"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is due, from which day on, and the count: the period's, then the extension's if there is one."""

    period: Period
    start: date
    receipt: Receipt | None
    paused: int
    ledgers: tuple[Ledger, ...]

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the applicant's confirmation, which alone makes the request received, is missing."""
        return self.receipt is not None and self.receipt.on is None


def day(text: str) -> date:
    """Return the date `text` gives: 2025-10-04, 2025/10/4, 20251004, 2025年10月4日.

    Raises:
        argparse.ArgumentTypeError: it gives none, or one out of range.
    """
    match = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", text.strip())
    if match:
        try:
            given = date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
        except ValueError:
            raise argparse.ArgumentTypeError(f"没有 {text} 这一天") from None
        if given < _IN_FORCE:
            raise argparse.ArgumentTypeError(
                f"现行《条例》自 {_IN_FORCE} 起施行，{given} 适用原条例，这里不计算"
            )
        if given.year > _LAST_YEAR:
            raise argparse.ArgumentTypeError(f"日期应不晚于 {_LAST_YEAR} 年")
        return given
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写作 2025-10-04")


def _channel(text: str) -> Channel:
    if found := CHANNEL_NAMES.get(text.strip().lower().replace("　", "")):
        return found
    names = "、".join(rule.name for rule in CHANNELS.values())
    raise argparse.ArgumentTypeError(f"没有“{text}”这个渠道，可选：{names}")


def _kind(text: str) -> Period:
    if found := KINDS.get(text.strip().lower()):
        return found
    raise argparse.ArgumentTypeError(f"没有“{text}”这种期限，可选：{'、'.join(KINDS)}")


def _days(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if text.strip().isdecimal() and 1 <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"应为 1 至 {most} 的整数，而不是“{text}”")

    return number


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("due", "计算法定期限的最后一日，并逐日说明为什么计入或者不计入。", _EPILOG)
    names = "、".join(f"{rule.name}（{channel.value}）" for channel, rule in CHANNELS.items())
    made.add_argument("--channel", type=_channel, metavar="渠道", help=f"申请的渠道：{names}")
    made.add_argument("--received", type=day, required=True, metavar="日期", help="收到、到达或者形成之日")
    made.add_argument("--confirmed", type=day, metavar="日期", help="与申请人确认之日（平信、传真）")
    made.add_argument(
        "--kind",
        type=_kind,
        default=REPLY,
        metavar="期限",
        help="答复（reply，默认）、补正（correction）、公开（publication）",
    )
    made.add_argument(
        "--paused", type=_days(_LONGEST_PAUSE), default=0, metavar="天数", help="征求意见所用的工作日，不计入"
    )
    made.add_argument(
        "--extension",
        type=_days(EXTENSION.length),
        metavar="天数",
        help="延长的工作日，最多 20，自原期限届满起算",
    )
    made.add_argument("--own-rule", action="store_true", help="本机关已公开声明网上申请以确认之日为收到之日")
    made.add_argument("--calendar", type=Path, metavar="路径", help="另加的放假安排（TOML 文件或文件夹）")
    shown = made.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="输出 JSON")
    shown.add_argument("--picture", action="store_true", help="以日历的样子显示")
    made.add_argument("--svg", type=Path, metavar="文件", help="另存日历图（SVG）")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    if options.channel is None and options.kind is not PUBLICATION:
        asked.error("缺少 --channel：申请是从哪个渠道来的？")
    if options.kind is not REPLY and (options.paused or options.extension):
        asked.error("--paused 和 --extension 只用于答复期限")
    if options.confirmed and options.confirmed < options.received:
        asked.error("确认之日早于到达之日")
    try:
        calendar = load_calendar(options.calendar)
    except CalendarError as error:
        print(f"gongkai due：{error}", file=sys.stderr)
        return 2
    answer = _answer(options, calendar)
    if options.json:
        print(json.dumps(_as_json(answer), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_as_picture(answer) if options.picture else _as_text(answer)))
    return 0 if options.svg is None else _save_picture(answer, options.svg)


def _save_picture(answer: Answer, path: Path) -> int:
    try:
        path.write_text(as_svg(answer.ledgers, f"{answer.period.name}期限"), encoding="utf-8")
    except OSError:
        print(f"gongkai due：不能写入 {path}，请检查文件夹是否存在、有没有写入权限。", file=sys.stderr)
        return 2
    return 0


def _answer(options: argparse.Namespace, calendar: WorkCalendar) -> Answer:
    receipt = None
    if options.kind is not PUBLICATION:
        receipt = receipt_day(
            options.channel, reached=options.received, confirmed=options.confirmed, own_rule=options.own_rule
        )
    start = (receipt.on or receipt.earliest) if receipt else options.received
    ledgers = [explain(start, options.kind.length + options.paused, calendar)]
    if options.extension:
        ledgers.append(explain(ledgers[0].due.on, options.extension, calendar))
    return Answer(
        period=options.kind,
        start=start,
        receipt=receipt,
        paused=options.paused,
        ledgers=tuple(ledgers),
    )


def _long(on: date) -> str:
    return f"{on.isoformat()}（星期{_WEEKDAYS[on.weekday()]}）"


def _as_picture(answer: Answer) -> list[str]:
    return [*_verdict(answer), "", as_text(answer.ledgers)]


def _as_text(answer: Answer) -> list[str]:
    lines = _verdict(answer)
    for i, ledger in enumerate(answer.ledgers):
        lines += ["", _heading(answer, ledger, extension=bool(i)), *map(_day_line, ledger.days)]
    return [*lines, "", "依据：", *(f"  {name}：{words}" for name, words in _sources(answer))]


def _verdict(answer: Answer) -> list[str]:
    due = answer.ledgers[-1].due
    provisional = any(ledger.due.provisional for ledger in answer.ledgers)
    lines = [f"{_long(due.on)}{'（暂定）' if provisional else ''}  {answer.period.name}期限的最后一日"]
    if answer.awaits_confirmation:
        lines.append("注意：申请人尚未确认，申请还不算收到；以上是从到达之日起算的稳妥期限。")
    if provisional:
        lines.append("注意：期限内有的日子，国务院办公厅的放假安排尚未载入，按周一至周五推算，公布后须重算。")
    return lines


def _heading(answer: Answer, ledger: Ledger, *, extension: bool) -> str:
    count = ledger.days[-1].number
    if extension:
        return f"延长 {count} 个工作日，自原期限届满之日 {_long(ledger.start)} 的次日起数："
    begins = "形成或者变更之日" if answer.receipt is None else "收到之日"
    pause = f"（其中征求意见 {answer.paused} 个工作日，不计入答复期限）" if answer.paused else ""
    return f"自{begins} {_long(ledger.start)} 的次日起数 {count} 个工作日{pause}："


def _day_line(each: LedgerDay) -> str:
    number = f"第{each.number}日" if each.number else "不计"
    return f"  {each.on.isoformat()}  {_WEEKDAYS[each.on.weekday()]}  {padded(number, 9)}{_why(each)}"


def _why(each: LedgerDay) -> str:
    status = each.status
    if status.provisional:
        return f"{status.why}（推算，放假安排未载入）"
    if status.kind is DayKind.MAKEUP:
        return f"{status.why}（{status.holiday}）"
    return status.why


def _sources(answer: Answer) -> list[tuple[str, str]]:
    found = []
    if answer.receipt:
        rule = answer.receipt.rule
        cited = "；".join(str(source) for source in rule.source)
        found.append(("收到之日", f"{rule.name}，以{rule.event}为准，{cited}"))
    found.append((f"{answer.period.name}期限", f"{answer.period.words}，{answer.period.source}"))
    if answer.paused:
        found.append(("征求意见所需时间不计入", str(R711.art(33, 3))))
    if len(answer.ledgers) > 1:
        found.append(("延长", f"最长{EXTENSION.words}，{EXTENSION.source}；{EXTENSION.note}"))
    found.append(("当日不计入", str(MFD.art(201, 1))))
    notices = {
        day.status.notice: None for ledger in answer.ledgers for day in ledger.days if day.status.notice
    }
    if notices:
        found.append(("放假和调休", "、".join(notices)))
    return found


def _as_json(answer: Answer) -> dict[str, object]:
    due = answer.ledgers[-1].due
    receipt = answer.receipt
    return {
        "due": due.on.isoformat(),
        "provisional": any(ledger.due.provisional for ledger in answer.ledgers),
        "kind": answer.period.code,
        "channel": receipt.channel.value if receipt else None,
        "counted_from": answer.start.isoformat(),
        "received": (receipt.on.isoformat() if receipt.on else None) if receipt else None,
        "days": [_day_as_json(day) for ledger in answer.ledgers for day in ledger.days],
        "sources": [f"{name}：{words}" for name, words in _sources(answer)],
    }


def _day_as_json(each: LedgerDay) -> dict[str, object]:
    status = each.status
    return {
        "date": each.on.isoformat(),
        "number": each.number,
        "why": status.why,
        "holiday": status.holiday or None,
        "notice": status.notice or None,
        "provisional": status.provisional,
    }
