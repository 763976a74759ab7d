"""What may be done next in a case, in words: the law's next actions, whose they are, by which article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongkai import letters
from gongkai.law.calendar import Due
from gongkai.law.procedure.casefile import CaseFile, Opinion
from gongkai.law.procedure.deciding import RECORDS_OUTCOMES
from gongkai.law.procedure.disputing import ENDINGS
from gongkai.law.procedure.states import Action, Fact
from gongkai.law.procedure.transitions import TRANSITIONS
from gongkai.law.sources import Citation
from gongkai.law.taxonomy import OUTCOMES
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import APPLICANT_CHOICES, CHANNEL_CHOICES, DeskAct
from gongkai.web.inforequests.models import InfoRequest, Letter
from gongkai.web.inforequests.services import acting, relating
from gongkai.web.inforequests.services.drafting import act_of, offered
from gongkai.web.inforequests.services.numbering import plain_number
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import Refused

# Done by other means than a form of their own: a task, a letter, or the law itself.
_ELSEWHERE = acting.BY_LETTER | {Action.ASSIGN, Action.REGISTER, Action.TURN_PROACTIVE}
_DISPUTES = frozenset(action for action in Action if action.value.startswith(("reconsideration_", "suit_")))

GROUPS = ("登记", "程序性文书", "答复", "复议诉讼")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A thing the form of an act asks: its name, what it is called, its kind and what may be chosen."""

    name: str
    label: str
    kind: str  # text, day, flag, choice
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that may be done now: its code and name, its article, by when, and under which heading."""

    code: str
    name: str
    article: str
    by: Due | None
    guard: str
    is_letter: bool
    group: str


def steps(case: InfoRequest, found: CaseFile, user: User | AnonymousUser) -> tuple[Step, ...]:
    """Return what the law lets be done now and the person may do: letters to write, then facts to record."""
    by = {each.action: each.by for each in found.next_actions}
    result = []
    if may(user, DeskAct.DRAFT_LETTER, case):
        for code in offered(found):
            kind, action = letters.KINDS[code], act_of(code).action
            result.append(
                Step(
                    code=code,
                    name=letter_name(code),
                    article=_short(kind.sources),
                    by=by.get(action) if action else None,
                    guard=TRANSITIONS[action].guard if action else "",
                    is_letter=True,
                    group="答复" if kind.outcome else "程序性文书",
                )
            )
    for action in by:
        if action in _ELSEWHERE or not may(user, action, case):
            continue
        transition = TRANSITIONS[action]
        result.append(
            Step(
                code=action.value,
                name=transition.name,
                article=_short(transition.source),
                by=by[action],
                guard=transition.guard,
                is_letter=False,
                group="复议诉讼" if action in _DISPUTES else "登记",
            )
        )
    return tuple(result)


def _short(sources: Iterable[Citation]) -> str:
    """Return articles with the Regulation called by its short name, said once."""
    first, *more = "、".join(map(str, sources)).split("《中华人民共和国政府信息公开条例》")
    return first + (f"《条例》{''.join(more)}" if more else "")


def letter_name(code: str) -> str:
    """Return what a kind of letter is called, a reply by what it tells."""
    kind = letters.KINDS[code]
    if not kind.outcome:
        return kind.name
    told = {
        "granted.public": "予以公开（已主动公开）",
        "granted.given": "予以公开（提供信息）",
        "unable.not_held.nonexistent": "信息不存在",
        "unable.not_held.elsewhere": "不属于本机关负责公开",
    }
    return told.get(code) or outcome_name(kind.outcome)


def outcome_name(code: str) -> str:
    """Return an outcome's row of Table 3 without its number; "" for none."""
    label = OUTCOMES[code].label if code in OUTCOMES else RECORDS_OUTCOMES.get(code, "")
    return label.split("）", 1)[-1].split(".", 1)[-1].split("（")[0] if label else ""


def is_known(act: str) -> bool:
    """Whether an act has a form of its own."""
    return act in {action.value for action in Action} and Action(act) not in _ELSEWHERE


def asked(act: str, found: CaseFile) -> tuple[Asked, ...]:
    """Return what the form of an act asks, beside its day.

    Raises:
        KeyError: the act has no form of its own.
    """
    if not is_known(act):
        raise KeyError(act)
    facts = [each.rstrip("?") for each in TRANSITIONS[Action(act)].facts]
    optional = TRANSITIONS[Action(act)].facts
    return tuple(_asked(name, Action(act), found, f"{name}?" in optional) for name in facts)


def _asked(name: str, action: Action, found: CaseFile, optional: bool) -> Asked:
    waiting = [each.name for each in found.consultations if not each.answered]
    if action is Action.CONSULTED_RECEIVED:
        waiting = [each.name for each in found.consultations if not (each.received or each.answered)]
    if action is Action.TELL_THIRD_PARTY:
        waiting = [each.name for each in found.consultations]
    refs = tuple((each.ref, each.ref) for each in found.proceedings)
    endings = tuple((code, names.split("、")[0]) for code, (names, _) in ENDINGS.items())
    filed = action in (Action.RECONSIDERATION_FILED, Action.SUIT_FILED)
    table: Mapping[str, Asked] = {
        "name": Asked(name=name, label="被征求意见方", kind="choice", choices=tuple((n, n) for n in waiting)),
        "opinion": Asked(
            name=name,
            label="意见",
            kind="choice",
            choices=(
                (Opinion.AGREES.value, "同意公开"),
                (Opinion.OBJECTS.value, "不同意公开"),
                ("", "没有写明"),
            ),
        ),
        "ref": Asked(
            name=name, label="案号", kind="text" if filed else "choice", choices=() if filed else refs
        ),
        "ending": Asked(name=name, label="审结结果", kind="choice", choices=endings),
        "applicant": Asked(name=name, label="申请人类别", kind="choice", choices=tuple(APPLICANT_CHOICES)),
        "channel": Asked(name=name, label="提交方式", kind="choice", choices=tuple(CHANNEL_CHOICES)),
        "reached": Asked(name=name, label="到达日期", kind="day"),
        "into": Asked(name=name, label="并入的案件", kind="text", hint="登记编号"),
        "simple": Asked(name=name, label="适用简易程序", kind="flag", hint="五个工作日内答复"),
        "copy_received": Asked(
            name=name, label="已收到副本", kind="flag", hint="答复、答辩期限自收到副本起算"
        ),
        "after": Asked(name=name, label="此前的复议", kind="choice", choices=(("", "未经复议"), *refs)),
    }
    asked_for = table[name]
    required = asked_for.required and not optional and asked_for.kind != "flag"
    choices = asked_for.choices
    if action is Action.AMEND_RECORD and choices:
        choices = (("", "不更正"), *choices)
    return replace(asked_for, choices=choices, required=required)


def do(
    *,
    case: InfoRequest,
    act: str,
    on: date | None,
    values: Mapping[str, Any],
    by: User,
    reason: str = "",
    seen: int | None = None,
    as_it_was: bool = False,
    now: datetime | None = None,
) -> InfoRequest | None:
    """Do an act by its form; one of an earlier day that needs a second person is proposed, and None returned.

    Raises:
        Refused: see `acting.record_act` and `acting.propose`.
    """
    if not is_known(act):
        raise Refused("没有这一步。")
    action = Action(act)
    facts: dict[str, Fact] = {name: value for name, value in values.items() if value not in ("", None)}
    today = timezone.localtime(now).date()
    day = on or today
    if action is Action.WITHDRAW and not reason.strip():
        raise Refused("请在理由中写明申请人怎样撤回；书面撤回的，先把材料附卷。")
    if action is Action.MERGE:
        into = InfoRequest.objects.filter(
            agency=case.agency_id, number=plain_number(str(facts["into"]))
        ).first()
        if into is None or day != today:
            raise Refused("并入当日办理。" if into else "本机关没有这个登记编号的申请，请核对。")
        return relating.merge(case=case, into=into, by=by, seen=seen, as_it_was=as_it_was, now=now)
    if day <= today and acting.needs_second(action, day, today):
        acting.propose(case=case, action=action, on=day, facts=facts, reason=reason, by=by, now=now)
        return None
    return acting.record_act(
        case=case, action=action, by=by, on=day, facts=facts, reason=reason, seen=seen, as_it_was=as_it_was,
        now=now,
    )  # fmt: skip


def letters_of(case: InfoRequest) -> list[tuple[Letter, str]]:
    """Return a case's letters, each with what its kind is called."""
    rows = case.letters.select_related("drafted_by", "approved_by").order_by("-pk")
    return [(letter, letters.KINDS[letter.kind].name) for letter in rows]
