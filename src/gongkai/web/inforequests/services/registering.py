"""A request comes in: by the form on the site, or by a clerk from any other way (R711 arts. 29–31, 45)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.law.channels import ONLINE, Channel
from gongkai.law.procedure.states import Action, CaseKind, Fact
from gongkai.law.taxonomy import APPLICANT_KINDS
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.sealing import fingerprint
from gongkai.web.inforequests.choices import Delivery, IdentityKind, SupplyMedium
from gongkai.web.inforequests.models import Applicant, DeskSettings, InfoRequest
from gongkai.web.inforequests.services import acting, folding, numbering
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Refused


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who asks, as the form or the letter says."""

    name: str
    identity_kind: str = ""
    identity_number: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agent_name: str = ""
    agent_identity_number: str = ""


@transaction.atomic
def register(
    *,
    agency: Agency,
    channel: Channel,
    applicant_kind: str,
    person: Person,
    wanted: str,
    by: User | None,
    kind: CaseKind = CaseKind.REQUEST,
    medium: str = SupplyMedium.PAPER,
    delivery: str = Delivery.POST,
    needs_help: bool = False,
    reached: date | None = None,
    submission_key: str | None = None,
    now: datetime | None = None,
) -> InfoRequest:
    """Register a request and return its case; the same submission key gives the same case again.

    Nothing is asked about what the information is for (art. 27).

    Args:
        agency: the body asked.
        channel: how it came; fixes the day of receipt.
        applicant_kind: a column of Table 3.
        person: who asks.
        wanted: what is asked for, in the applicant's own words.
        by: the clerk who enters it; None for the form on the site.
        kind: a request, or a demand to correct one's own records (art. 41).
        medium: the carrier that is wanted.
        delivery: the way it is wanted.
        needs_help: whether the applicant has difficulty in reading, sight or hearing (art. 43).
        reached: the day it was there, if it was before today.
        submission_key: drawn when the form was shown, so that sending twice registers once.
        now: the moment of registration.
    Raises:
        Refused: something needed is missing, or the person may not register for this body.
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    if submission_key and (found := InfoRequest.objects.filter(submission_key=submission_key).first()):
        return found
    _check(agency, channel, applicant_kind, person, wanted, by, reached, today)
    case = InfoRequest(
        agency=agency,
        number=numbering.case_number(agency, today.year),
        kind=kind.value,
        wanted=wanted.strip(),
        medium=medium,
        delivery=delivery,
        needs_help=needs_help,
        query_salt=numbering.new_salt(),
        submission_key=submission_key,
        handler=by,
        created_at=now,
        state="registered",
        channel=channel.value,
        applicant_kind=applicant_kind,
        registered_on=today,
    )
    if by is not None:
        check_may(by, Action.REGISTER, case)
    case.save()
    Applicant.objects.create(
        case=case, fingerprint=identity_of(applicant_kind, person), **sealed_fields(person)
    )
    facts: dict[str, Fact] = {"kind": kind.value, "applicant": applicant_kind, "channel": channel.value}
    if reached and reached != today:
        facts["reached"] = reached
    return acting.write(case, action=Action.REGISTER, on=today, facts=facts, by=by, now=now, as_it_was=True)


def sealed_fields(person: Person) -> Mapping[str, str]:
    """Return the columns of an applicant's row that are kept sealed."""
    return {name: getattr(person, name).strip() for name in Person.__dataclass_fields__}


def identity_of(applicant_kind: str, person: Person) -> str:
    """Return the digest by which the applicant is found again: the document's number, else name and phone.

    It is "" where there is neither number nor phone: many people share a name.
    """
    if person.identity_number.strip():
        return fingerprint("identity", person.identity_number)
    if not person.phone.strip():
        return ""
    return fingerprint("name", f"{applicant_kind} {person.name} {person.phone}")


def _check(
    agency: Agency, channel: Channel, applicant_kind: str, person: Person, wanted: str, by: User | None,
    reached: date | None, today: date,
) -> None:  # fmt: skip
    if not agency.is_active:
        raise Refused(f"{agency}已不再受理申请，请向承接其职能的机关提出。")
    if applicant_kind not in APPLICANT_KINDS:
        raise Refused("请选择申请人类别。")
    if not person.name.strip() or not wanted.strip():
        raise Refused("申请人姓名（名称）和所需政府信息的描述不能为空（第二十九条）。")
    if person.identity_kind and person.identity_kind not in IdentityKind:
        raise Refused("请选择证件类型。")
    if reached and reached > today:
        raise Refused("到达日期不能晚于今天。")
    if by is None and (channel not in ONLINE or not DeskSettings.of(agency).is_open):
        raise Refused("本机关目前不接受网上申请，请当面或者邮寄提出。")


def due_text(case: InfoRequest) -> str:
    """Return, in words, until when a reply is due; for the receipt."""
    found = folding.case_file(case)
    if found.due is None:
        return "待与您确认收到申请之后起算" if found.received_on is None else "期限中止，恢复后另行计算"
    provisional = "（次年放假安排公布前为暂定）" if found.due.provisional else ""
    day = found.due.on
    return f"{day.year}年{day.month}月{day.day}日{provisional}"


def register_by_form(*, channel: str, kind: str, **given: Any) -> InfoRequest:
    """Register with channel and kind by their codes, as forms give them; sent twice at once is one case.

    Raises:
        Refused: as `register`.
    """
    try:
        return register(channel=Channel(channel), kind=CaseKind(kind), **given)
    except IntegrityError:
        found = InfoRequest.objects.filter(submission_key=given.get("submission_key") or "").first()
        if found is None:
            raise
        return found
