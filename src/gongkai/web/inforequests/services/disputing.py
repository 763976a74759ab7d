"""Reconsiderations and suits: the register with its own clocks, the office's notes, and what is learnt.

The register follows from the cases' records; here it is found, noted on and counted up.
Source: 行政复议法 arts. 48, 54 (10 and 5 working days), 行政诉讼法 art. 67 (15 days) for the answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from gongkai.law.counting import PENDING
from gongkai.law.grounds import GROUNDS
from gongkai.law.procedure.casefile import Result
from gongkai.law.procedure.states import Action
from gongkai.law.taxonomy import OUTCOMES
from gongkai.papers.sheets import write_xlsx
from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.choices import TRACK_NAMES, DeskAct, LossCause
from gongkai.web.inforequests.models import Proceeding, Record
from gongkai.web.inforequests.services import acting
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Refused

RESULTS: Mapping[str, str] = {
    PENDING: "尚未审结",
    Result.UPHELD.value: "结果维持",
    Result.CORRECTED.value: "结果纠正",
    Result.OTHER.value: "其他结果",
}
CLOCKS: Mapping[str, str] = {"yuqi": "答复、答辩已逾期", "linqi": "五日内到期", "dai": "待答复、答辩"}
DIMENSIONS: Mapping[str, str] = {
    "topic": "主题", "ground": "答复理由", "agency": "机关", "track": "类别", "cause": "纠正、败诉原因",
}  # fmt: skip
UNKNOWN = "（未登记）"
_SOON = timedelta(days=5)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of proceedings is to hold: each blank is no condition."""

    track: str = ""
    result: str = ""
    clock: str = ""
    year: str = ""
    words: str = ""
    topic: str = ""
    ground: str = ""
    agency: str = ""
    cause: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Wanted:
        """Return what an address asks for; what it cannot mean is left out."""
        given = {name: query.get(name, "")[:80].strip() for name in cls.__dataclass_fields__}
        allowed = {"track": TRACK_NAMES, "result": RESULTS, "clock": CLOCKS}
        for name, values in allowed.items():
            given[name] = given[name] if given[name] in values else ""
        given["year"] = given["year"] if re.fullmatch("20[0-9]{2}", given["year"]) else ""
        return cls(**given)

    def query(self, **changes: str) -> str:
        """Return it as an address asks for it, with changes."""
        query = QueryDict(mutable=True)
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        query.update({name: value for name, value in values.items() if value})
        return query.urlencode()


def found(agencies: Iterable[Agency], wanted: Wanted, on: date) -> QuerySet[Proceeding]:
    """Return the proceedings over the bodies' cases that are asked for, what must be answered first."""
    rows = Proceeding.objects.filter(case__agency__in=[each.pk for each in agencies])
    rows = rows.select_related("case__agency")
    if wanted.track:
        rows = rows.filter(track=wanted.track)
    if wanted.result:
        rows = rows.filter(result="" if wanted.result == PENDING else wanted.result)
    if wanted.year:
        rows = rows.filter(filed_on__year=int(wanted.year))
    if wanted.words:
        rows = rows.filter(Q(ref__icontains=wanted.words) | Q(case__number__icontains=wanted.words))
    rows = _by_clock(_by_kind(rows, wanted), wanted.clock, on)
    if wanted.clock:
        return rows.order_by("answer_due_on", "pk")
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-filed_on", "-pk")


def _by_kind(rows: QuerySet[Proceeding], wanted: Wanted) -> QuerySet[Proceeding]:
    """What a number of the analysis counts."""
    if wanted.topic:
        rows = rows.filter(case__topic="" if wanted.topic == UNKNOWN else wanted.topic)
    if wanted.agency:
        rows = rows.filter(case__agency__short_name=wanted.agency)
    if wanted.cause:
        codes = {label: code for code, label in LossCause.choices}
        rows = rows.filter(cause=codes.get(wanted.cause, wanted.cause), result=Result.CORRECTED.value)
    if wanted.ground:
        kept = list(rows)
        grounds = grounds_of(kept)
        rows = rows.filter(pk__in=[each.pk for each in kept if wanted.ground in grounds[each.pk]])
    return rows


def _by_clock(rows: QuerySet[Proceeding], clock: str, on: date) -> QuerySet[Proceeding]:
    if not clock:
        return rows
    rows = rows.filter(answered_on__isnull=True, turns=[], answer_due_on__isnull=False)
    if clock == "yuqi":
        return rows.filter(answer_due_on__lt=on)
    return rows.filter(answer_due_on__gte=on, answer_due_on__lte=on + _SOON) if clock == "linqi" else rows


def clock_counts(agencies: Iterable[Agency], on: date) -> dict[str, int]:
    """Return how many proceedings wait for an answer, soon and too late."""
    bodies = list(agencies)
    return {clock: found(bodies, Wanted(clock=clock), on).count() for clock in CLOCKS}


def grounds_of(rows: Sequence[Proceeding]) -> dict[int, tuple[str, ...]]:
    """Return what the reply in dispute rested on, by the proceeding's key: its grounds, else its outcome."""
    named = _grounds({each.case_id for each in rows})
    return {each.pk: named.get(each.case_id) or (_outcome_name(each.case.outcome),) for each in rows}


def _grounds(cases: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What the replies in cases rested on, where that is on record."""
    keys, named = sorted(cases), dict[int, tuple[str, ...]]()
    for at in range(0, len(keys), 500):
        decisions = Record.objects.filter(case__in=keys[at : at + 500], act=Action.DECIDE.value)
        for case, facts in decisions.order_by("case", "sequence").values_list("case", "facts"):
            named[case] = tuple(_ground_name(code) for code in facts.get("grounds") or ())
    return named


def _ground_name(code: str) -> str:
    return GROUNDS[code].name if code in GROUNDS else code


def _outcome_name(outcome: str) -> str:
    if not outcome:
        return "逾期未答复或者尚未答复"
    label = OUTCOMES[outcome].label if outcome in OUTCOMES else UNKNOWN
    return label.split("）", 1)[-1].split(".", 1)[-1].split("（", 1)[0]


@transaction.atomic
def note(
    *, proceeding: Proceeding, heard_by: str, cause: str, lessons: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> Proceeding:  # fmt: skip
    """Write down who hears it, why the reply was corrected and what follows; the record says by whom."""
    row = acting.locked(proceeding.case, seen)
    check_may(by, DeskAct.ANALYSE, row)
    kept = Proceeding.objects.get(pk=proceeding.pk)
    if cause and kept.result != Result.CORRECTED.value:
        raise Refused("只有结果纠正的案件登记纠正、败诉原因。")
    if cause not in LossCause.values:
        raise Refused("请选择纠正、败诉原因。")
    kept.heard_by, kept.cause, kept.lessons = heard_by.strip()[:120], cause, lessons.strip()
    kept.save(update_fields=["heard_by", "cause", "lessons"])
    facts = {"ref": kept.ref, "heard_by": kept.heard_by, "cause": cause, "text": kept.lessons}
    acting.append(row, act=DeskAct.ANALYSE, facts=facts, by=by, now=now)
    return kept


# What is learnt: counts by what the disputes have in common, each of which opens onto its cases.


@dataclass(kw_only=True)
class Tally:
    """What the disputes of one kind came to."""

    name: str
    filed: int = 0
    pending: int = 0
    upheld: int = 0
    corrected: int = 0
    other: int = 0

    @property
    def share(self) -> str:
        """Corrected in a hundred of those ended, rounded half up; a dash where none has."""
        ended = self.filed - self.pending
        if not ended:
            return "—"
        tenths = (2000 * self.corrected + ended) // (2 * ended)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The disputes of a year, or of all, tallied in every dimension; how many corrected ones lack a cause."""

    total: Tally
    tables: Mapping[str, Sequence[Tally]]
    unexplained: int


class _Row(NamedTuple):
    """What the analysis asks of a proceeding."""

    case: int
    outcome: str
    topic: str
    agency: str
    track: str
    cause: str
    result: str


def analysis(agencies: Iterable[Agency], year: str, on: date) -> Analysis:
    """Return what the disputes brought in a year, or in any, have in common."""
    names = ("case", "case__outcome", "case__topic", "case__agency__short_name", "track", "cause", "result")
    rows = list(starmap(_Row, found(agencies, Wanted(year=year), on).order_by().values_list(*names)))
    grounds = _grounds({each.case for each in rows})
    causes = dict(LossCause.choices)
    keys: Mapping[str, Callable[[_Row], tuple[str, ...]]] = {
        "topic": lambda each: (each.topic or UNKNOWN,),
        "ground": lambda each: grounds.get(each.case) or (_outcome_name(each.outcome),),
        "agency": lambda each: (each.agency,),
        "track": lambda each: (TRACK_NAMES[each.track],),
        "cause": lambda each: (causes[each.cause],) if each.result == Result.CORRECTED.value else (),
    }
    total = Tally(name="合计")
    for each in rows:
        _add(total, each)
    return Analysis(
        total=total,
        tables={name: _tallied(rows, key) for name, key in keys.items()},
        unexplained=sum(each.result == Result.CORRECTED.value and not each.cause for each in rows),
    )


def _tallied(rows: Iterable[_Row], key: Callable[[_Row], tuple[str, ...]]) -> list[Tally]:
    found: defaultdict[str, Tally] = defaultdict(lambda: Tally(name=""))
    for row in rows:
        for name in key(row):
            found[name].name = name
            _add(found[name], row)
    return sorted(found.values(), key=lambda tally: (-tally.corrected, -tally.filed, tally.name))


def _add(tally: Tally, row: _Row) -> None:
    tally.filed += 1
    column = row.result or PENDING
    setattr(tally, column, getattr(tally, column) + 1)


def track_code(name: str) -> str:
    """Return the code of a track by its name; "" for none."""
    return next((code for code, label in TRACK_NAMES.items() if label == name), "")


def workbook(rows: QuerySet[Proceeding]) -> bytes:
    """Return proceedings as a spreadsheet."""
    kept = list(rows)
    grounds = grounds_of(kept)
    header = (
        "案号", "类别", "登记编号", "机关", "主题", "答复理由", "提起", "答复（答辩）期限", "已答复（答辩）",
        "审结", "结果", "审理机关", "纠正、败诉原因", "分析",
    )  # fmt: skip
    lines = (
        (
            each.ref, each.get_track_display(), each.case.number, each.case.agency.name, each.case.topic,
            "、".join(grounds[each.pk]), each.filed_on, each.answer_due_on, each.answered_on, each.ended_on,
            RESULTS[each.result or PENDING], each.heard_by, each.get_cause_display() if each.cause else None,
            each.lessons,
        )
        for each in kept
    )  # fmt: skip
    return write_xlsx("复议诉讼", header, lines, (24, 16, 18, 24, 12, 24, 12, 14, 14, 12, 12, 20, 20, 50))
