"""Who asks, as far as one may see it: masked in every list, opened for a reason that stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from rapidfuzz import fuzz, process

from gongkai.law.fees import NoTariff, Tariff, fee
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import NATURAL_PERSON, DeskAct
from gongkai.web.inforequests.models import Applicant, InfoRequest
from gongkai.web.inforequests.services import acting
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Refused

PERSONAL: Mapping[str, str] = {
    "name": "姓名或者名称",
    "identity_number": "证件号码",
    "contact_person": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "agent_name": "代理人",
    "agent_identity_number": "代理人证件号码",
}
_ALIKE = 80
_LOOKED_THROUGH = 400
_MOST_ALIKE = 10
_WITHIN = timedelta(days=2 * 366)
_R = TypeVar("_R", bound=Model)


def with_names(rows: QuerySet[_R], at: str = "") -> QuerySet[_R]:
    """Return rows with their bodies and applicants, of whom only the name is unsealed, as lists show no more.

    Args:
        rows: cases, or rows that lead to them.
        at: the way to the case, such as "case__".
    """
    unseen = [f"{at}applicant__{field}" for field in PERSONAL if field != "name"]
    return rows.select_related(f"{at}agency", f"{at}applicant").defer(*unseen)


def masked_name(applicant: Applicant, applicant_kind: str) -> str:
    """Return a name as lists show it: a person's surname only, an organisation's two ends."""
    name = applicant.name
    if not name:
        return "（已清除）"
    if applicant_kind == NATURAL_PERSON:
        return name[0] + "*" * max(len(name) - 1, 1)
    return name if len(name) < 5 else f"{name[:2]}***{name[-2:]}"


def masked(applicant: Applicant, applicant_kind: str) -> dict[str, str]:
    """Return what is known of the applicant, by Chinese names, showing only what tells cases apart."""
    shown = {"name": masked_name(applicant, applicant_kind)}
    for field in PERSONAL.keys() - {"name"}:
        value = getattr(applicant, field)
        shown[field] = f"{value[:1]}***{value[-2:]}" if len(value) > 6 else "***" if value else ""
    return {label: shown[field] for field, label in PERSONAL.items() if shown[field]}


@transaction.atomic
def unmask(*, case: InfoRequest, why: str, by: User) -> dict[str, str]:
    """Return the applicant's data in full, and write on the case's record who looked and why."""
    row = acting.locked(case)
    check_may(by, DeskAct.UNMASK, row)
    if not why.strip():
        raise Refused("查看申请人完整信息应当写明用途。")
    acting.append(row, act=DeskAct.UNMASK, facts={"why": why.strip()}, by=by)
    applicant = row.applicant
    return {label: value for field, label in PERSONAL.items() if (value := getattr(applicant, field))}


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often the applicant of a case asked the body: this month and this year, this case included.

    `before` are those of the month that came before this one. `fee` is what the tariff by request asks for
    this one (yuan, 0 below the limit; None where the rules of the day know no fee); a fee is charged only
    beyond a reasonable number (R711 art. 42).
    """

    month: int
    before: int
    year: int
    fee: Decimal | None


def frequency(case: InfoRequest) -> Frequency:
    """Return how often the case's applicant has asked its body, and the fee tier that means."""
    day = case.received_on or case.registered_on
    mark = case.applicant.fingerprint
    every = InfoRequest.objects.filter(agency=case.agency_id, kind="request", received_on__year=day.year)
    same = every.filter(applicant__fingerprint=mark) if mark else every.filter(pk=case.pk)
    this_month = same.filter(received_on__month=day.month)
    before = this_month.filter(pk__lt=case.pk).count()
    try:
        due = fee(Tariff.PER_REQUEST, 1, day, before=before).amount
    except NoTariff:
        due = None
    month, year = max(this_month.count(), 1), max(same.count(), 1)
    return Frequency(month=month, before=before, year=year, fee=due)


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A case like another: how much of the text agrees (0–100), and whether the same applicant asked."""

    case: InfoRequest
    score: int
    same_applicant: bool


def alike(case: InfoRequest) -> list[Alike]:
    """Return earlier cases of the body that ask for nearly the same, the applicant's own first.

    All of the applicant's of the last two years are compared, and the body's latest of anyone.
    """
    others = InfoRequest.objects.filter(agency=case.agency_id).exclude(pk=case.pk).order_by("-pk")
    since = case.registered_on - _WITHIN
    mark = case.applicant.fingerprint
    own = others.filter(registered_on__gte=since, applicant__fingerprint=mark) if mark else others.none()
    texts = dict(others.values_list("pk", "wanted")[:_LOOKED_THROUGH])
    of_applicant = dict(own.values_list("pk", "wanted")[:_LOOKED_THROUGH])
    hits = process.extract(
        case.wanted, texts | of_applicant, score_cutoff=_ALIKE, limit=_MOST_ALIKE,
        scorer=fuzz.token_set_ratio if " " in case.wanted else fuzz.ratio,
    )  # fmt: skip
    cases = InfoRequest.objects.in_bulk([pk for _, _, pk in hits])
    found = [
        Alike(case=cases[pk], score=round(score), same_applicant=pk in of_applicant) for _, score, pk in hits
    ]
    return sorted(found, key=lambda each: (not each.same_applicant, -each.score))
