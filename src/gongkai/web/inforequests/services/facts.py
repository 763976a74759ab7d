"""What the request desk did in a year, counted for the annual report; each number is a list of cases.

A case counts once, however often the same was done in it; an act that was voided does not count.
Source: R711 arts. 27, 30, 32, 33, 41, 42 and 44.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Count, F, QuerySet
from django.urls import reverse

from gongkai.law.counting import NEW, TOTAL
from gongkai.law.practice import STRICT
from gongkai.law.procedure.states import Action, CaseKind
from gongkai.web.agencies.fact_sources import Count as Counting
from gongkai.web.agencies.fact_sources import Opens, Parts, asked_for
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import CHANNEL_CHOICES, DeskAct, RelationKind
from gongkai.web.inforequests.models import CaseRelation, InfoRequest, Record
from gongkai.web.inforequests.services import counting, folding

Cases = Callable[[Sequence[Agency], int], QuerySet[InfoRequest]]


def _received(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    return counting.cases_in(agencies, year, NEW, TOTAL)


def _of(agencies: Iterable[Agency], kind: CaseKind = CaseKind.REQUEST) -> QuerySet[InfoRequest]:
    return InfoRequest.objects.filter(agency__in=[each.pk for each in agencies], kind=kind.value)


def _records_received(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    return _of(agencies, CaseKind.RECORDS).filter(received_on__year=year)


def _answered(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    return _of(agencies).filter(answered_on__year=year, due_on__isnull=False)


def _in_time(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    return _answered(agencies, year).filter(answered_on__lte=F("due_on"))


def _late(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    return _answered(agencies, year).filter(answered_on__gt=F("due_on"))


def _acted(agencies: Sequence[Agency], year: int, *, act: Action) -> QuerySet[InfoRequest]:
    acts = Record.objects.filter(act=act.value, on__year=year).order_by()
    return _of(agencies).filter(pk__in=acts.exclude(pk__in=_voided(acts)).values("case"))


def _voided(acts: QuerySet[Record]) -> list[int]:
    """The keys of those that a later record of their case takes back; they are few."""
    voids = Record.objects.filter(act=DeskAct.VOID, case__in=acts.values("case")).order_by()
    pairs = {(case, facts["sequence"]) for case, facts in voids.values_list("case_id", "facts")}
    found = acts.filter(case__in={case for case, _ in pairs}).values_list("pk", "case_id", "sequence")
    return [pk for pk, case, sequence in found if (case, sequence) in pairs]


def _transferred(agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    moved = CaseRelation.objects.filter(kind=RelationKind.TRANSFERRED_TO, at__year=year)
    return _of(agencies).filter(pk__in=moved.values("case"))


CASES: Mapping[str, Cases] = {
    "received": _received,
    "answered_in_time": _in_time,
    "answered_late": _late,
    "told_to_correct": partial(_acted, act=Action.NOTIFY_CORRECTION),
    "extended": partial(_acted, act=Action.EXTEND),
    "third_party_asked": partial(_acted, act=Action.CONSULT_THIRD_PARTY),
    "turned_proactive": partial(_acted, act=Action.TURN_PROACTIVE),
    "transferred": _transferred,
    "records_received": _records_received,
    "charged": partial(_acted, act=Action.PAY),
}


def _by_channel(agencies: Sequence[Agency], year: int) -> Parts:
    counts = dict(_received(agencies, year).order_by().values_list("channel").annotate(Count("pk")))
    return [(name, counts[code]) for code, name in CHANNEL_CHOICES if counts.get(code)]


def _by_topic(agencies: Sequence[Agency], year: int) -> Parts:
    counts = _received(agencies, year).order_by().values_list("topic").annotate(number=Count("pk"))
    found = [(topic or "未归类", number) for topic, number in counts.order_by("-number", "topic")]
    return sorted(found, key=lambda part: part[0] == "未归类")


def _fees(agencies: Sequence[Agency], year: int) -> Decimal | None:
    """Return the yuan paid in the year; None where what was paid in a case is not on record."""
    paid = (
        CASES["charged"](agencies, year).select_related("agency__desk_settings").prefetch_related("records")
    )
    amounts = [_amount(case) for case in paid]
    return None if None in amounts else sum((each for each in amounts if each is not None), Decimal(0))


def _amount(case: InfoRequest) -> Decimal | None:
    settings = getattr(case.agency, "desk_settings", None)
    practice = folding.practice_from(settings.practice) if settings else STRICT
    charge = folding.fold_records(case.records.all(), practice=practice).charge
    return charge.amount if charge else None


# Numbers that are no count of cases; each opens the cases it is made of.
OTHERS: Mapping[str, tuple[str, Counting]] = {
    "received_by_channel": ("received", _by_channel),
    "received_by_topic": ("received", _by_topic),
    "fees": ("charged", _fees),
}


def __getattr__(name: str) -> Counting | Opens:
    """Return the function that counts a fact, `received`, or says where it opens, `received_page`."""
    code = name.removesuffix("_page")
    if code not in CASES and code not in OTHERS:
        raise AttributeError(name)
    if name != code:
        return partial(_page, code=OTHERS[code][0] if code in OTHERS else code)
    return OTHERS[code][1] if code in OTHERS else partial(_count, code=code)


def _count(agencies: Sequence[Agency], year: int, *, code: str) -> int:
    return CASES[code](agencies, year).count()


def _page(agencies: Sequence[Agency], year: int, *, code: str) -> str:
    return f"{reverse('desk:fact', args=[code])}?{asked_for(agencies, year)}"


def cases_behind(code: str, agencies: Sequence[Agency], year: int) -> QuerySet[InfoRequest]:
    """Return the cases that a fact counts, as they came in.

    Raises:
        LookupError: there is no such fact.
    """
    return CASES[code](agencies, year).order_by("received_on", "pk")
