"""How one case stands to another: split, merged, passed on to another body, following, alike.

Each case keeps a clock and a count of its own. What is split off was received when the whole was; what
another body takes over is received there the day it takes it, and counts there again beside the first.
Source: practice; R711 art. 36(5) for what is not the body's to disclose.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.law.channels import Channel
from gongkai.law.procedure.intake import amended
from gongkai.law.procedure.states import Action, CaseKind, Event
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.choices import DeskAct, RelationKind
from gongkai.web.inforequests.models import Applicant, CaseRelation, InfoRequest
from gongkai.web.inforequests.services import acting, folding, numbering, registering
from gongkai.web.inforequests.services.applicants import PERSONAL
from gongkai.web.inforequests.services.permissions import check_may, roles_of
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.registering import Person

# What was done about the whole holds for each part of it: how it came in, its correction, its extension.
_OF_THE_WHOLE = frozenset(
    {
        Action.CONTACT, Action.CONFIRM_RECEIPT, Action.NOTIFY_CORRECTION, Action.CORRECTION_NOTICE_RECEIVED,
        Action.CORRECT, Action.EXTEND,
    }
)  # fmt: skip
_COPIED = ("agency", "kind", "medium", "delivery", "needs_help", "handler", "unit", "retention")
SIMPLE = {RelationKind.FOLLOWS: "后续于", RelationKind.DUPLICATES: "内容相同于"}


def _locked_pair(first: InfoRequest, second: InfoRequest) -> tuple[InfoRequest, InfoRequest]:
    """Lock two cases, always in the same order, so that nobody waits for another for ever."""
    rows = {case.pk: acting.locked(case) for case in sorted((first, second), key=lambda each: each.pk)}
    return rows[first.pk], rows[second.pk]


def _relate(row: InfoRequest, kind: RelationKind, other: InfoRequest, by: User, now: datetime) -> None:
    _, is_new = CaseRelation.objects.get_or_create(
        case=row, other=other, kind=kind, defaults={"by": by, "at": now}
    )
    if not is_new:
        raise Refused(f"已经登记“{kind.label}{other}”。")
    for one, two in ((row, other), (other, row)):
        facts = {"kind": kind.value, "what": f"{row}{kind.label}{other}", "other": two.number}
        acting.append(one, act=DeskAct.RELATE, facts=facts, by=by, now=now)


@transaction.atomic
def relate(
    *, case: InfoRequest, other: InfoRequest, kind: RelationKind, by: User, now: datetime | None = None
) -> InfoRequest:
    """Note that a case follows another of the body, or asks for the same; no clock or count changes."""
    if case.pk == other.pk or case.agency_id != other.agency_id:
        raise Refused("只能关联本机关的另一件申请。")
    if kind not in SIMPLE:
        raise Refused("拆分、并入、移送由相应的操作登记。")
    row, second = _locked_pair(case, other)
    check_may(by, DeskAct.RELATE, row)
    _relate(row, kind, second, by, now or timezone.now())
    return row


@transaction.atomic
def split(
    *, case: InfoRequest, matters: Sequence[str], by: User, now: datetime | None = None
) -> list[InfoRequest]:
    """Register each further matter of a request as a case of its own, received the same day; return them.

    The request stays as it was written and is handled for what is left. A part has the days of the whole up
    to now, but not its consultations, reasons and fees, which are about one matter.

    Args:
        case: the request; not yet decided.
        matters: what each new case is to be about, in the applicant's words.
        by: the clerk.
        now: the moment.
    Raises:
        Refused: it is decided or awaits the applicant, or a matter is blank.
    """
    now = now or timezone.now()
    row = acting.locked(case)
    check_may(by, DeskAct.RELATE, row)
    check_may(by, Action.REGISTER, row)
    wanted = [matter.strip() for matter in matters if matter.strip()]
    if not wanted:
        raise Refused("请写明拆分出来的事项。")
    if row.state not in ("registered", "in_hand"):
        raise Refused("只有办理中的申请可以拆分。")
    return [_split_off(row, matter, by, now) for matter in wanted]


def _split_off(row: InfoRequest, matter: str, by: User, now: datetime) -> InfoRequest:
    today = timezone.localtime(now).date()
    history = folding.events_of(row.records.all())
    opening = amended(history, today)
    part = InfoRequest(
        **{name: getattr(row, name) for name in _COPIED},
        number=numbering.case_number(row.agency, opening.on.year),
        wanted=matter,
        topic=row.topic,
        query_salt=numbering.new_salt(),
        created_at=now,
        state="registered",
        channel=row.channel,
        applicant_kind=row.applicant_kind,
        registered_on=opening.on,
    )
    part.save()
    person = _person_of(row.applicant)
    Applicant.objects.create(
        case=part, fingerprint=row.applicant.fingerprint, **registering.sealed_fields(person)
    )
    for event in (opening, *(each for each in history[1:] if each.action in _OF_THE_WHOLE)):
        _inherit(part, event, row, by, now)
    _relate(part, RelationKind.SPLIT_FROM, row, by, now)
    return part


def _inherit(part: InfoRequest, event: Event, whole: InfoRequest, by: User, now: datetime) -> None:
    acting.write(
        part,
        action=event.action,
        on=event.on,
        facts=event.facts,
        by=by,
        now=now,
        reason=f"拆分自{whole.number}，沿用原申请的登记和程序。",
        as_it_was=True,
    )


def _person_of(applicant: Applicant) -> Person:
    return Person(
        identity_kind=applicant.identity_kind, **{name: getattr(applicant, name) for name in PERSONAL}
    )


@transaction.atomic
def merge(
    *,
    case: InfoRequest,
    into: InfoRequest,
    by: User,
    seen: int | None = None,
    as_it_was: bool = False,
    now: datetime | None = None,
) -> InfoRequest:
    """Close a request that repeats another open one of the same applicant, which goes on alone.

    It counts as received and as done under "other": a request registered is never taken out of the table.
    """
    now = now or timezone.now()
    if case.pk == into.pk or case.agency_id != into.agency_id:
        raise Refused("只能并入本机关的另一件申请。")
    row, kept = _locked_pair(case, into)
    if kept.closed_on is not None:
        raise Refused(f"{kept}已经办结，不能并入；重复的申请，可以告知不予重复处理。")
    if not row.applicant.fingerprint or row.applicant.fingerprint != kept.applicant.fingerprint:
        raise Refused("不是同一申请人的，不能合并办理。")
    row = acting.record_act(
        case=row,
        action=Action.MERGE,
        facts={"into": kept.number},
        by=by,
        seen=seen,
        as_it_was=as_it_was,
        now=now,
    )
    _relate(row, RelationKind.MERGED_INTO, kept, by, now)
    return row


# To another body on this site: offered with the applicant's consent, then taken or sent back.


@transaction.atomic
def offer(
    *, case: InfoRequest, to: Agency, consent: str, by: User, now: datetime | None = None
) -> CaseRelation:
    """Offer a request to the body whose it is; the applicant has agreed that it learns who asks.

    The sender's clock runs on, and the sender answers that it does not hold the information.
    """
    now = now or timezone.now()
    row = acting.locked(case)
    check_may(by, DeskAct.RELATE, row)
    if to.pk == row.agency_id or not to.is_active:
        raise Refused("请选择另一个在用的机关。")
    if row.closed_on is not None or row.kind != CaseKind.REQUEST:
        raise Refused("只有办理中的公开申请可以移送。")
    if not consent.strip():
        raise Refused("移送会把申请人信息交给对方，应当先征得申请人同意，并写明何时、以何种方式同意。")
    if row.relations.filter(kind=RelationKind.TRANSFERRED_TO).exists():
        raise Refused("这件申请已经移送过。")
    facts = {"kind": RelationKind.TRANSFERRED_TO.value, "to": to.name, "why": consent.strip()}
    acting.append(row, act=DeskAct.RELATE, facts=facts, by=by, now=now)
    relation = CaseRelation.objects.create(
        case=row, external=to.name, kind=RelationKind.TRANSFERRED_TO, by=by, at=now
    )
    notify(
        to=holders(to, Role.CLERK), kind=NotificationKind.ARRIVED, key=f"transfer-{relation.pk}",
        title=f"{row.agency.short_name}移送一件申请，请接收或者退回", path=reverse("desk:transfers"),
        number=row.number, about=row,
    )  # fmt: skip
    return relation


def offers_to(user: User) -> QuerySet[CaseRelation]:
    """Return what is offered to a person's body and neither taken nor sent back."""
    if user.agency is None or Role.CLERK not in roles_of(user):
        return CaseRelation.objects.none()
    waiting = CaseRelation.objects.filter(kind=RelationKind.TRANSFERRED_TO, other__isnull=True)
    return waiting.filter(external=user.agency.name).select_related("case__agency", "by").order_by("pk")


def _offer_to(relation: CaseRelation, by: User) -> tuple[CaseRelation, InfoRequest]:
    row = acting.locked(relation.case)
    found = offers_to(by).filter(pk=relation.pk).first()
    if found is None:
        raise Refused("这件移送已经处理，或者不是移送给您所在机关的。")
    found.case = row
    return found, row


@transaction.atomic
def take(*, relation: CaseRelation, by: User, now: datetime | None = None) -> InfoRequest:
    """Register what another body offers as a request of one's own, received today; return its case."""
    now = now or timezone.now()
    found, row = _offer_to(relation, by)
    assert by.agency is not None  # offers are made to a body
    case = registering.register(
        agency=by.agency,
        channel=Channel(row.channel),
        applicant_kind=row.applicant_kind,
        person=_person_of(row.applicant),
        wanted=row.wanted,
        by=by,
        medium=row.medium,
        delivery=row.delivery,
        needs_help=row.needs_help,
        now=now,
    )
    if case.received_on is None:
        action, today = Action.CONFIRM_RECEIPT, timezone.localtime(now).date()
        acting.write(acting.locked(case), action=action, on=today, facts={}, by=by, now=now, as_it_was=True)
    found.other, found.external = case, ""
    found.save(update_fields=["other", "external"])
    what = {"kind": RelationKind.TRANSFERRED_TO.value, "what": f"{row}移送至{case}"}
    for each, other in ((row, case), (acting.locked(case), row)):
        acting.append(each, act=DeskAct.RELATE, facts={**what, "other": other.number}, by=by, now=now)
    _tell(row, f"{by.agency.short_name}已接收移送：{row.number}", f"transfer-{found.pk}-taken")
    case.refresh_from_db()
    return case


@transaction.atomic
def send_back(*, relation: CaseRelation, reason: str, by: User, now: datetime | None = None) -> InfoRequest:
    """Decline what another body offers; it stays theirs."""
    found, row = _offer_to(relation, by)
    if not reason.strip():
        raise Refused("退回移送应当写明理由。")
    facts = {"kind": RelationKind.TRANSFERRED_TO.value, "from": found.external, "why": reason.strip()}
    acting.append(row, act=DeskAct.RELATE, facts=facts, by=by, now=now or timezone.now())
    _tell(row, f"{found.external}退回移送：{row.number}", f"transfer-{found.pk}-back")
    found.delete()
    return row


def _tell(row: InfoRequest, title: str, key: str) -> None:
    to = row.handler or holders(row.agency, Role.CLERK)
    notify(
        to=to, kind=NotificationKind.DONE, key=key, title=title, path=reverse("desk:case", args=[row.pk]),
        number=row.number, about=row,
    )  # fmt: skip


def receivers(case: InfoRequest) -> QuerySet[Agency]:
    """Return the bodies a request may be offered to."""
    return Agency.objects.filter(is_active=True).exclude(pk=case.agency_id)


def own_case(case: InfoRequest, number: str) -> InfoRequest:
    """Return the case of that number of the same body.

    Raises:
        Refused: there is none.
    """
    found = InfoRequest.objects.filter(agency=case.agency_id, number=number.strip()).first()
    if found is None:
        raise Refused(f"本机关没有登记编号为“{number.strip()}”的申请。")
    return found
