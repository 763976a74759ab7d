"""The law as this project has it, as Markdown: what `docs/law.md` and `docs/states.md` hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from gongkai.law.calendar import load_calendar
from gongkai.law.channels import CHANNELS
from gongkai.law.fees import SCHEDULES, TARIFF_NAMES, Schedule
from gongkai.law.periods import PERIODS, Evidence
from gongkai.law.practice import SWITCHES
from gongkai.law.procedure.defects import DEFECTS
from gongkai.law.procedure.disputing import ENDINGS
from gongkai.law.procedure.states import SERVICE_DAYS, SERVICE_NAMES, STATE_NAMES, Action, Service, State
from gongkai.law.procedure.transitions import TRANSITIONS, Transition
from gongkai.law.sources import Citation
from gongkai.law.taxonomy import OUTCOMES

_START = "[*]"
_DECIDED_BY_THE_ACT = {
    Action.REGISTER: "待确认收到或者办理中",
    Action.NOTIFY_CORRECTION: "待申请人补正；记为瑕疵的，不变",
    Action.CHARGE: "待申请人缴费；记为瑕疵的，不变",
}
_INTRODUCTION = """\
Drawn from the one table of transitions in `gongkai.law.procedure.transitions`. Acts that leave a case where
it stands are in the table below only. Overdue is no state: it is a question asked on a day. What is done late
or without a condition the law sets is recorded, becomes a defect, and moves no clock.
"""


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown; its head as `one | two`."""
    names = [name.strip() for name in head.split("|")]
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cited(sources: Iterable[Citation]) -> str:
    return "、".join(map(str, sources))


def _sure(evidence: Evidence) -> str:
    return f"[{evidence.value}]"


def _periods() -> str:
    return table(
        "code | what | length | runs from | article | evidence | note",
        (
            [f"`{p.code}`", p.name, p.words, p.runs_from, str(p.source), _sure(p.evidence), p.note]
            for p in PERIODS.values()
        ),
    )


def _channels() -> str:
    return table(
        "code | channel | day of receipt | source | evidence",
        (
            [f"`{channel.value}`", rule.name, rule.event, _cited(rule.source), _sure(rule.evidence)]
            for channel, rule in CHANNELS.items()
        ),
    )


def _fees() -> str:
    return table(
        "tariff | units | yuan each | since | source | evidence",
        (row for schedule in SCHEDULES for row in _steps(schedule)),
    )


def _steps(schedule: Schedule) -> Iterator[list[str]]:
    tail = [str(schedule.since), str(schedule.source), _sure(schedule.evidence)]
    first = 1
    for step in schedule.steps:
        units = f"{first}–{step.upto}" if step.upto else f"{first}+"
        yield [TARIFF_NAMES[schedule.tariff], units, str(step.rate), *tail]
        first = (step.upto or 0) + 1
    if schedule.every:
        units = f"{first}+，每满 {schedule.every} 递增"
        yield [
            TARIFF_NAMES[schedule.tariff],
            units,
            f"{schedule.rate(first)} 起，每档加 {schedule.more}",
            *tail,
        ]


def _outcomes() -> str:
    return table(
        "code | outcome | article | letter | remedy | evidence",
        (
            [f"`{o.code}`", o.label, _cited(o.source), o.letter, o.remedy.value, _sure(o.evidence)]
            for o in OUTCOMES.values()
        ),
    )


def _switches() -> str:
    return table(
        "switch | strict default | otherwise | on | evidence",
        ([f"`{s.name}`", s.strict, s.otherwise, str(s.source), _sure(s.evidence)] for s in SWITCHES.values()),
    )


def _defects() -> str:
    return table(
        "code | what it says | article | evidence",
        ([f"`{d.code}`", d.message, str(d.source), _sure(d.evidence)] for d in DEFECTS.values()),
    )


def _endings() -> str:
    names = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
    return table(
        "code | how it ended | counted in table 4 as | evidence",
        (
            [f"`{code}`", words, names[result.value], _sure(Evidence.UNVERIFIED)]
            for code, (words, result) in ENDINGS.items()
        ),
    )


def _open() -> str:
    """List everything that is marked as not verified."""
    lists: Iterable[tuple[str, str, Evidence]] = (
        *((f"期限 `{p.code}`", p.note or p.name, p.evidence) for p in PERIODS.values()),
        *((f"结果 `{o.code}`", o.label, o.evidence) for o in OUTCOMES.values()),
        *((f"步骤 `{t.action.value}`", t.name, t.evidence) for t in TRANSITIONS.values()),
        *((f"开关 `{s.name}`", s.strict, s.evidence) for s in SWITCHES.values()),
        (
            "送达 `electronic`",
            f"{SERVICE_NAMES[Service.ELECTRONIC]}，以{SERVICE_DAYS[Service.ELECTRONIC]}为准",
            Evidence.UNVERIFIED,
        ),
        ("信息处理费", "按量计收的，不同申请的页数不累加", Evidence.UNVERIFIED),
        ("表四结果", "结果维持、纠正、其他结果的划分", Evidence.UNVERIFIED),
    )
    return "".join(f"- {what}：{words}\n" for what, words, sure in lists if sure is Evidence.UNVERIFIED)


def _notices() -> str:
    return table(
        "year | notice | dated | amends | checked",
        (
            [
                str(year.year),
                notice.number,
                str(notice.published_on),
                notice.amends or "—",
                "number read" if notice.date_verified else "number read, date not verified",
            ]
            for year in load_calendar().years
            for notice in year.notices
        ),
    )


REGIONS: Mapping[str, Callable[[], str]] = {
    "periods": _periods,
    "channels": _channels,
    "fees": _fees,
    "notices": _notices,
    "outcomes": _outcomes,
    "switches": _switches,
    "defects": _defects,
    "endings": _endings,
    "open": _open,
}


def filled(page: str) -> str:
    """Return a page with each of its regions written anew.

    A region is what stands between `<!-- NAME -->` and `<!-- /NAME -->`, where NAME is a key of `REGIONS`.

    Raises:
        ValueError: the page lacks a region.
    """
    for name, made in REGIONS.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        before, found, rest = page.partition(opening)
        _, ended, after = rest.partition(closing)
        if not (found and ended):
            raise ValueError(f"the page has no region {name}")
        page = f"{before}{opening}{made()}{closing}{after}"
    return page


def states() -> str:
    """Return the page of states and actions: the diagram, then the table it is drawn from."""
    return "\n".join(
        (
            "<!-- Generated by `just docs`; do not edit. -->\n",
            "# The procedure of a request\n",
            _INTRODUCTION,
            f"```mermaid\n{_diagram()}```\n",
            "## States\n",
            table("code | state", ([f"`{state.value}`", name] for state, name in STATE_NAMES.items())),
            "## Actions\n",
            table(
                "action | what | from | to | article | evidence | carries | condition",
                (_row(each) for each in TRANSITIONS.values()),
            ),
            "## Defects\n",
            _defects(),
        )
    )


def _diagram() -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value}: {name}" for state, name in STATE_NAMES.items()]
    lines.append(f"    {_START} --> {State.REGISTERED.value}: 登记（平信、传真）")
    lines.append(f"    {_START} --> {State.IN_HAND.value}: 登记（其余渠道）")
    drawn: dict[tuple[State, State], list[str]] = {}
    for each in TRANSITIONS.values():
        for source in each.sources:
            target = _leads_to(each, source)
            if target is not None and target is not source:
                drawn.setdefault((source, target), []).append(each.name)
    lines += [
        f"    {source.value} --> {target.value}: {'；'.join(names)}"
        for (source, target), names in drawn.items()
    ]
    lines.append(f"    {State.CLOSED.value} --> {_START}")
    return "\n".join(lines) + "\n"


def _leads_to(each: Transition, source: State) -> State | None:
    if each.action is Action.NOTIFY_CORRECTION:
        return State.AWAITING_CORRECTION
    if each.action is Action.CHARGE:
        return State.AWAITING_PAYMENT
    return each.target or source


def _row(each: Transition) -> list[str]:
    sources = " / ".join(STATE_NAMES[state] for state in each.sources) or "—"
    if len(each.sources) == len(State):
        sources = "任何状态"
    return [
        f"`{each.action.value}`",
        each.name,
        sources,
        STATE_NAMES[each.target] if each.target else _DECIDED_BY_THE_ACT.get(each.action, "不变"),
        _cited(each.source),
        _sure(each.evidence),
        " ".join(f"`{fact}`" for fact in each.facts),
        each.guard,
    ]
