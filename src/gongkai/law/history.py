"""A case told from outside: the JSON of another system as the events of the procedure.

    {"applicant_kind": "natural_person",
     "events": [{"kind": "submitted", "on": "2025-09-15", "channel": "internet"},
                {"kind": "decided", "on": "2025-10-16", "outcome": "granted",
                 "service": "in_person", "served_on": "2025-10-17"}]}

`on` is the day of the act, `served_on` the day its letter was in hand. Of a decision that is posted, `on` is
the day of posting unless `posted_on` says otherwise. What is missing is missing: an extension without
`notified_on` was notified to nobody, a fee notice without `served_on` cannot lapse. Only a decision's
`service` and `served_on` may be left out: then it was handed over on the day itself; null says that it was
not yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.law.channels import Channel
from gongkai.law.grounds import GROUNDS, cited_article, grounds_named, is_within
from gongkai.law.procedure.deciding import NO_GROUNDS
from gongkai.law.procedure.disputing import ENDINGS
from gongkai.law.procedure.states import Action, Event, Fact, Service
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES

CHANNELS: Mapping[str, Channel] = {
    **{channel.value: channel for channel in Channel},
    "signed_mail": Channel.REGISTERED,
}

_MOST_EVENTS = 500
_SHORTEST_NAME = 3


class HistoryError(ValueError):
    """A history that cannot be read; `str()` is one Chinese sentence that says what to mend."""


@dataclass(kw_only=True)
class _Told:
    """One event as it was told, and what was told before it."""

    index: int
    kind: str
    on: date
    fields: Mapping[str, object]
    refs: dict[str, list[str]] = field(default_factory=dict)
    read: set[str] = field(default_factory=lambda: {"kind", "on"})

    def get(self, name: str) -> object:
        """Return what is told under a name, None where nothing is."""
        self.read.add(name)
        return self.fields.get(name)

    def bad(self, name: str, expected: str) -> HistoryError:
        return HistoryError(f"第{self.index + 1}个事件（{self.kind}）的 {name} 应为{expected}")

    def day(self, name: str) -> date | None:
        """Return a day, None where none is told."""
        given = self.get(name)
        return None if given is None else _day(given, self.bad(name, "日期，如 2025-10-17"))

    def text(self, name: str, default: str = "") -> str:
        """Return a text, the default where none is told."""
        given = self.get(name)
        if given is None:
            return default
        if not isinstance(given, str):
            raise self.bad(name, "文字")
        return given.strip() or default

    def flag(self, name: str) -> bool | None:
        """Return a yes or no, None where none is told."""
        given = self.get(name)
        if given is not None and not isinstance(given, bool):
            raise self.bad(name, " true 或者 false")
        return given

    def number(self, name: str) -> int | None:
        """Return a whole number, None where none is told."""
        given = self.get(name)
        if given is not None and type(given) is not int:
            raise self.bad(name, "整数")
        return given

    def amount(self, name: str) -> Decimal:
        """Return yuan."""
        given = self.get(name)
        try:
            yuan = Decimal(str(given))
            if not yuan.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise self.bad(name, "金额（元）") from None
        return yuan

    def event(self, action: Action, on: date | None = None, /, **facts: Fact | None) -> Event:
        """Return an event of the procedure that is part of this one."""
        known = {name: value for name, value in facts.items() if value is not None}
        return Event(action=action, on=on or self.on, facts=known, act=self.index + 1)


@dataclass(frozen=True, kw_only=True)
class History:
    """The events of a case, the registration first, and the names of what was told and not read."""

    events: tuple[Event, ...]
    unread: tuple[str, ...]


def read_history(shown: object) -> History:
    """Return the events of a case told as JSON (see the module).

    Raises:
        HistoryError: it is no such object, names an unknown kind of applicant or event, a day that is none,
            or holds no submission.
    """
    if not isinstance(shown, Mapping):
        raise HistoryError("应为一个 JSON 对象，含 applicant_kind 和 events")
    applicant = shown.get("applicant_kind")
    if not isinstance(applicant, str) or applicant not in APPLICANT_KINDS:
        raise HistoryError(f"applicant_kind 应为 {'、'.join(APPLICANT_KINDS)} 之一")
    told = _in_order(shown.get("events"))
    first = next((each for each in told if each.kind == "submitted"), None)
    if first is None:
        raise HistoryError("events 里没有 submitted：案件要从提出申请开始")
    refs: dict[str, list[str]] = {}
    events: list[Event] = []
    for each in (first, *(other for other in told if other is not first)):
        if each.on >= first.on:
            each.refs = refs
        events += KINDS[each.kind](each)
    events[0] = Event(action=Action.REGISTER, on=first.on, facts={**events[0].facts, "applicant": applicant})
    unread = [f"{name}" for name in shown if name not in ("applicant_kind", "events")]
    for each in told:
        unread += [f"第{each.index + 1}个事件（{each.kind}）的 {n}" for n in each.fields.keys() - each.read]
    return History(events=tuple(events), unread=tuple(sorted(unread)))


def _in_order(shown: object) -> list[_Told]:
    if not isinstance(shown, list) or not 0 < len(shown) <= _MOST_EVENTS:
        raise HistoryError(f"events 应为事件的列表，至少有 submitted，最多 {_MOST_EVENTS} 个")
    told = []
    for index, fields in enumerate(shown):
        kind = fields.get("kind") if isinstance(fields, Mapping) else None
        if not isinstance(kind, str) or kind not in KINDS:
            raise HistoryError(f"第{index + 1}个事件的 kind 不能是“{kind}”，可用：{'、'.join(KINDS)}")
        bad = HistoryError(f"第{index + 1}个事件（{kind}）的 on 应为日期，如 2025-10-17")
        told.append(_Told(index=index, kind=kind, on=_day(fields.get("on"), bad), fields=fields))
    return sorted(told, key=lambda each: each.on)


def _day(given: object, error: HistoryError) -> date:
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise error
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise error from None


def _submitted(told: _Told) -> Iterator[Event]:
    channel = CHANNELS.get(told.text("channel"))
    if channel is None:
        raise told.bad("channel", f" {'、'.join(CHANNELS)} 之一")
    yield told.event(Action.REGISTER, channel=channel.value, reached=told.day("reached_on"))


def _correction_notice(told: _Told) -> Iterator[Event]:
    yield told.event(
        Action.NOTIFY_CORRECTION, days=told.number("days"), override_by=told.text("override_by") or None
    )
    if served := told.day("served_on"):
        yield told.event(Action.CORRECTION_NOTICE_RECEIVED, served)


def _asked(action: Action, name: str) -> Callable[[_Told], Iterator[Event]]:
    def events(told: _Told) -> Iterator[Event]:
        party = told.text(name, _UNNAMED[name])
        told.refs.setdefault(name, []).append(party)
        joint = name == "body" and told.flag("joint_maker")
        yield told.event(Action.CONSULT_CO_MAKER if joint else action, name=party)
        if served := told.day("served_on"):
            yield told.event(Action.CONSULTED_RECEIVED, served, name=party)

    return events


def _answered(name: str) -> Callable[[_Told], Iterator[Event]]:
    def events(told: _Told) -> Iterator[Event]:
        consents = told.flag("consents")
        opinion = "unstated" if consents is None else "agrees" if consents else "objects"
        only = told.refs.get(name, [])
        party = told.text(name, only[0] if len(only) == 1 else _UNNAMED[name])
        yield told.event(Action.OPINION, name=party, opinion=opinion)

    return events


def _extended(told: _Told) -> Iterator[Event]:
    notified = told.day("notified_on")
    yield told.event(
        Action.EXTEND,
        max(told.on, notified or told.on),
        days=told.number("days"),
        approved_by=told.text("approved_by") or None,
        approved_on=told.on,
        notified=notified is not None,
    )


def _fee_notice(told: _Told) -> Iterator[Event]:
    known = told.get("amount") is not None
    yield told.event(
        Action.CHARGE, amount=told.amount("amount") if known else None, amount_known=None if known else False
    )
    if served := told.day("served_on"):
        yield told.event(Action.FEE_NOTICE_RECEIVED, served)


def _decided(told: _Told) -> Iterator[Event]:
    outcome = _code(told.text("outcome"), _OUTCOME_NAMES)
    if closing := _CLOSINGS.get(outcome):
        yield told.event(closing)
        return
    yield told.event(
        Action.DECIDE,
        outcome=outcome,
        grounds=_grounds(told, outcome),
        grounds_stated=bool(told.fields.get("ground")),
        instrument_rank=told.text("instrument_rank") or None,
        responsible_organ=told.text("responsible_organ") or None,
    )
    yield from _served(told)


def _served(told: _Told) -> Iterator[Event]:
    service = told.text("service", Service.IN_PERSON.value)
    if service not in set(Service):
        raise told.bad("service", f" {'、'.join(Service)} 之一")
    by_post = service == Service.POST
    in_hand = told.on if "served_on" not in told.fields else told.day("served_on")
    out = (told.day("posted_on") or told.on) if by_post else in_hand
    if out is None:
        return
    yield told.event(
        Action.SERVE,
        out,
        by=service,
        postal_enterprise=told.flag("postal_enterprise"),
        remedies_told=told.flag("remedies_told"),
        online_channel_given=told.flag("online_channel_given"),
    )
    if by_post and "served_on" in told.fields and in_hand:
        yield told.event(Action.DELIVERED, in_hand)


def _grounds(told: _Told, outcome: str) -> tuple[str, ...]:
    """The grounds told, as codes or articles of the Regulation; what is neither stays unread."""
    given = told.get("ground")
    found: list[str] = []
    for text in _each(told, given if isinstance(given, list) else [given or ""]):
        if code := _ground(text.strip(), outcome):
            found.append(code)
        elif text.strip() and not _is_own_article(text, outcome):
            told.read.discard("ground")
    return tuple(found)


def _each(told: _Told, given: list[object]) -> Iterator[str]:
    for text in given:
        if not isinstance(text, str | int) or isinstance(text, bool):
            raise told.bad("ground", "文字或者文字的列表")
        yield from filter(None, map(str.strip, re.split(r"[、，,;；]", str(text))))


def _ground(text: str, outcome: str) -> str | None:
    """The ground a text names: by code, by name, by the row of Table 3, or by the article of a refusal."""
    known = {**NO_GROUNDS, **{code: ground.name for code, ground in GROUNDS.items()}}
    rows = {code: each.label for code, each in OUTCOMES.items() if code.startswith("denied.")}
    named = text if text in known or text in rows else None
    named = named or next((code for code, name in known.items() if name in text), None)
    named = named or next((code for code in rows if code.endswith(f".{text}")), None)
    if len(text) >= _SHORTEST_NAME:
        named = named or next((code for code, label in rows.items() if text in label), None)
    cited = cited_article(text)
    if named or cited is None:
        return named
    code = f"{cited[0]}({cited[1]})" if cited[1] else str(cited[0])
    refuses = outcome == "partial" or outcome.startswith("denied.")
    by_right = grounds_named(code) or not _is_own_article(text, outcome)
    return code if refuses and by_right else None


def _is_own_article(text: str, outcome: str) -> bool:
    """Whether a text names an article that the outcome itself rests on."""
    cited = cited_article(text)
    rows = [each for code, each in OUTCOMES.items() if code == outcome or _withholds(code, outcome)]
    return any(cited and is_within(source, cited) for row in rows for source in row.source)


def _withholds(row: str, outcome: str) -> bool:
    """Whether part of a decision of that outcome may rest on what a row of refusals rests on."""
    return outcome == "partial" and row.startswith("denied.")


def _filed(kind: str, action: Action) -> Callable[[_Told], Iterator[Event]]:
    def events(told: _Told) -> Iterator[Event]:
        refs = told.refs.setdefault(kind, [])
        refs.append(told.text("ref", f"{_PROCEEDINGS[kind]}{len(refs) + 1}"))
        reconsidered = told.refs.get("reconsideration", []) if kind == "suit" else []
        after = told.text("after") or (reconsidered[-1] if reconsidered else None)
        yield told.event(
            action, ref=refs[-1], after=after, copy_received=bool(told.flag("copy_received")),
            simple=told.flag("simple"),
        )  # fmt: skip

    return events


def _in_proceeding(kind: str, action: Action) -> Callable[[_Told], Iterator[Event]]:
    def events(told: _Told) -> Iterator[Event]:
        ends = action in (Action.RECONSIDERATION_DECIDED, Action.SUIT_JUDGED)
        ended = told.refs.setdefault(f"{kind} ended", [])
        appeals = action is Action.SUIT_APPEALED
        open_ = ended[-1:] if appeals else [r for r in told.refs.get(kind, []) if not ends or r not in ended]
        ref = told.text("ref", open_[0] if open_ else f"{_PROCEEDINGS[kind]}0")
        if ends:
            ended.append(ref)
        elif appeals and ref in ended:
            ended.remove(ref)
        yield told.event(action, ref=ref, ending=_code(told.text("result"), _RESULT_NAMES) or None)

    return events


def _simply(action: Action, *texts: str, **days: str) -> Callable[[_Told], Iterator[Event]]:
    def events(told: _Told) -> Iterator[Event]:
        facts: dict[str, Fact | None] = {name: told.text(name) or None for name in texts}
        facts |= {fact: told.day(name) for fact, name in days.items()}
        yield told.event(action, None, **facts)

    return events


def _code(text: str, names: Mapping[str, str]) -> str:
    """The code a Chinese name stands for; a code, or what is neither, as it is."""
    return names.get(text, text)


def _bare(label: str) -> str:
    """A row's label without its number and remark: 1.属于国家秘密 -> 属于国家秘密."""
    return re.sub(r"^（.）|^\d\.|（.*）$", "", label)


_OUTCOME_NAMES = {_bare(outcome.label): code for code, outcome in OUTCOMES.items()}
_RESULT_NAMES = {name: code for code, (names, _) in ENDINGS.items() for name in names.split("、")}
_CLOSINGS = {"other.no_correction": Action.CLOSE_UNCORRECTED, "other.fee_unpaid": Action.CLOSE_UNPAID}
_UNNAMED = {"party": "第三方", "body": "其他机关"}
_PROCEEDINGS = {"reconsideration": "复议", "suit": "诉讼"}
_A = Action
KINDS: Mapping[str, Callable[[_Told], Iterator[Event]]] = {
    "submitted": _submitted,
    "contacted": _simply(_A.CONTACT),
    "confirmed": _simply(_A.CONFIRM_RECEIPT),
    "correction_notice": _correction_notice,
    "corrected": _simply(_A.CORRECT),
    "third_party_asked": _asked(_A.CONSULT_THIRD_PARTY, "party"),
    "third_party_answered": _answered("party"),
    "third_party_told": lambda told: iter(
        (told.event(_A.TELL_THIRD_PARTY, name=told.text("party", "第三方")),)
    ),
    "body_asked": _asked(_A.CONSULT_ORGAN, "body"),
    "body_answered": _answered("body"),
    "extended": _extended,
    "reasons_asked": _simply(_A.ASK_REASONS),
    "reasons_given": _simply(_A.REASONS_GIVEN),
    "delayed": _simply(_A.DELAY, until="until"),
    "fee_notice": _fee_notice,
    "fee_paid": _simply(_A.PAY),
    "assigned": _simply(_A.ASSIGN, "to"),
    "merged": _simply(_A.MERGE, "into"),
    "withdrawn": _simply(_A.WITHDRAW),
    "decided": _decided,
    "made_public": _simply(_A.TURN_PROACTIVE),
    "reconsideration_filed": _filed("reconsideration", _A.RECONSIDERATION_FILED),
    "reconsideration_answered": _in_proceeding("reconsideration", _A.RECONSIDERATION_ANSWERED),
    "reconsideration_decided": _in_proceeding("reconsideration", _A.RECONSIDERATION_DECIDED),
    "suit_filed": _filed("suit", _A.SUIT_FILED),
    "suit_answered": _in_proceeding("suit", _A.SUIT_ANSWERED),
    "suit_decided": _in_proceeding("suit", _A.SUIT_JUDGED),
    "suit_appealed": _in_proceeding("suit", _A.SUIT_APPEALED),
}
