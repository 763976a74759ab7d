"""The work list: what is open, by what falls due first; found by words, filters and saved views."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import ACT_NAMES, LEGAL_ACTS, DeskAct
from gongkai.web.inforequests.models import InfoRequest, Letter, Proposal, Record, SavedView
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.applicants import masked_name
from gongkai.web.inforequests.services.permissions import visible_cases
from gongkai.web.inforequests.services.refusing import Refused

MOST_VIEWS = 20
SCOPES: Mapping[str, str] = {
    "": "在办",
    "wode": "我的",
    "daoqi": "三个工作日内到期",
    "yuqi": "已逾期",
    "zanting": "期限中止",
    "daiqianfa": "待签发",
    "daiqueren": "待确认补录",
    "banjie": "已办结",
    "quanbu": "全部",
}
_NUMBERS = {"agency": "[0-9]{1,9}", "year": "20[0-9]{2}"}
_FAR = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is to hold."""

    scope: str = ""
    words: str = ""
    state: str = ""
    channel: str = ""
    agency: str = ""
    year: str = ""
    outcome: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Wanted:
        """Return what an address asks for; what it cannot mean is left out."""
        names = cls.__dataclass_fields__
        given = {name: query.get(name, "")[:60].replace("\0", "").strip() for name in names}
        given["scope"] = given["scope"] if given["scope"] in SCOPES else ""
        for name in ("agency", "year"):
            given[name] = given[name] if re.fullmatch(_NUMBERS[name], given[name]) else ""
        return cls(**given)

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is asked for, by name."""
        return [(name, value) for name in self.__dataclass_fields__ if (value := getattr(self, name))]

    def query(self) -> str:
        """Return it as an address asks for it."""
        query = QueryDict(mutable=True)
        query.update(dict(self.pairs()))
        return query.urlencode()


def found(user: User, wanted: Wanted, *, on: date | None = None) -> QuerySet[InfoRequest]:
    """Return the cases a person asks for among those they may see, the most urgent first."""
    today = on or folding.today()
    cases = _within(visible_cases(user), wanted.scope, user, today)
    exact = {name: getattr(wanted, name) for name in ("state", "channel", "agency", "outcome")}
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    if wanted.year:
        cases = cases.filter(registered_on__year=int(wanted.year))
    if wanted.words:
        cases = cases.filter(Q(number__icontains=wanted.words) | Q(wanted__icontains=wanted.words))
    if wanted.scope in ("banjie", "quanbu"):
        return cases.order_by("-registered_on", "-pk")
    return cases.order_by(F("next_due_on").asc(nulls_last=True), "pk")


def _within(cases: QuerySet[InfoRequest], scope: str, user: User, today: date) -> QuerySet[InfoRequest]:
    live = Q(closed_on__isnull=True) | Q(next_due_on__isnull=False)
    if scope == "quanbu":
        return cases
    if scope == "banjie":
        return cases.filter(closed_on__isnull=False)
    cases = cases.filter(live)
    if scope == "wode":
        return cases.filter(handler=user)
    if scope == "daoqi":
        return cases.filter(next_due_on__gte=today, next_due_on__lte=_third_working_day(today))
    if scope == "yuqi":
        return cases.filter(next_due_on__lt=today)
    if scope == "zanting":
        return cases.filter(next_due_on__isnull=True)
    if scope == "daiqianfa":
        return cases.filter(pk__in=Letter.objects.filter(state="submitted").values("case"))
    if scope == "daiqueren":
        return cases.filter(pk__in=Proposal.objects.filter(state="open").values("case"))
    return cases


def _third_working_day(today: date) -> date:
    return folding.calendar().add_working_days(today, 3).on


def scope_counts(user: User, *, on: date | None = None) -> dict[str, int]:
    """Return how many cases each pressing scope holds, for the tabs of the list."""
    scopes = ("wode", "daoqi", "yuqi", "daiqianfa", "daiqueren")
    return {scope: found(user, Wanted(scope=scope), on=on).count() for scope in scopes}


def nearness(due: date | None, today: date) -> tuple[str, str]:
    """Return how near a day is: a class for its colour, and the words that say the same."""
    if due is None:
        return "none", "期限未起算或者中止"
    if due < today:
        return "late", f"逾期 {(today - due).days} 天"
    if due == today:
        return "now", "今天到期"
    if due > today + _FAR:
        return "calm", "一年以后"
    left = folding.calendar().working_days_between(today, due).days
    if left == 0:
        return "soon", "休假后首日前到期"
    return ("soon" if left <= 3 else "calm"), f"还有 {left} 个工作日"


def standing(case: InfoRequest, today: date) -> tuple[str, str]:
    """Return the same of a case: of one that is closed, what a court or a reconsideration still waits for."""
    if case.closed_on is None:
        return nearness(case.next_due_on, today)
    if case.next_due_on is None:
        return "done", "已办结"
    mark, words = nearness(case.next_due_on, today)
    return mark, f"应诉：{words}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the list: the case, its applicant masked, how near its day is."""

    case: InfoRequest
    applicant: str
    mark: str
    words: str


def lines(cases: list[InfoRequest], *, on: date | None = None) -> Iterator[Line]:
    """Yield the lines of a page of the list; applicants and bodies should come with the cases."""
    today = on or folding.today()
    for case in cases:
        mark, words = standing(case, today)
        yield Line(
            case=case, applicant=masked_name(case.applicant, case.applicant_kind), mark=mark, words=words
        )


# What a person looks at again and again.


def save_view(*, user: User, name: str, wanted: Wanted) -> SavedView:
    """Keep a list under a name; the same name holds the newer one."""
    if not name.strip():
        raise Refused("请给这个筛选取个名字。")
    if user.desk_views.exclude(name=name.strip()).count() >= MOST_VIEWS:
        raise Refused(f"常用筛选最多{MOST_VIEWS}个，请先删去不用的。")
    view, _ = SavedView.objects.update_or_create(
        user=user, name=name.strip()[:40], defaults={"query": wanted.query()}
    )
    return view


# The timeline, in words.

_SAID: Mapping[str, str] = {"agrees": "同意公开", "objects": "不同意公开"}
_SHOWN = (
    "topic",
    "retention",
    "name",
    "to",
    "days",
    "until",
    "number",
    "remarks",
    "why",
    "text",
    "from",
    "due_on",
    "what",
)
_LABELS: dict[str, str] = {
    "name": "对方", "to": "交给", "days": "工作日", "until": "至", "number": "文号", "remarks": "意见",
    "why": "用途或理由", "text": "内容", "from": "来自", "due_on": "期限", "what": "所作废的记录",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """A record as the timeline shows it."""

    record: Record
    name: str
    details: str
    is_legal: bool
    is_late: bool
    is_void: bool


def timeline(records: list[Record]) -> list[Told]:
    """Return a case's records in words, the newest first."""
    voided = {record.facts.get("sequence") for record in records if record.act == DeskAct.VOID}
    return [
        Told(
            record=record,
            name=ACT_NAMES.get(record.act, record.act),
            details=_details(record),
            is_legal=record.act in LEGAL_ACTS,
            is_late=timezone.localtime(record.at).date() != record.on,
            is_void=record.sequence in voided,
        )
        for record in reversed(records)
    ]


def _details(record: Record) -> str:
    facts = record.facts
    labels = _LABELS if record.act in LEGAL_ACTS else _LABELS | {"name": "名称"}
    parts = [f"{labels[name]}：{facts[name]}" for name in _SHOWN if facts.get(name) not in (None, "")]
    if opinion := _SAID.get(str(facts.get("opinion", ""))):
        parts.append(opinion)
    return "；".join(parts)


def topics(case: InfoRequest) -> list[str]:
    """Return the topics the body has named so far, the most frequent first, for one word for one thing."""
    rows = InfoRequest.objects.filter(agency=case.agency_id).exclude(topic="").values_list("topic")
    return [topic for topic, _ in rows.annotate(number=Count("pk")).order_by("-number", "topic")[:40]]
