"""Letters of a case: drafted, signed by another where they must be, numbered without gaps, sent, kept.

Source: R711 arts. 30–37; 国办公开办函〔2016〕235号 for service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai import letters
from gongkai.law.procedure.states import Action, Fact, Service
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import Paper, PaperError
from gongkai.papers.pdf import write_pdf
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.choices import DeskAct, FileKind, LetterState
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, Letter, LetterTemplate
from gongkai.web.inforequests.services import acting, files, folding, numbering, signed
from gongkai.web.inforequests.services.drafting import Draft, act_of, compose, draft_of, facts_of, offered
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Conflict, Refused

_OPEN = (LetterState.DRAFT, LetterState.RETURNED)
OWN_WORK = "您起草、修改或者送审过这份文书，应当由另一名审批人员签发。"


def name_of(kind: str) -> str:
    """Return what a kind of letter is called."""
    return letters.KINDS[kind].name


@transaction.atomic
def draft(
    *,
    case: InfoRequest,
    kind: str,
    content: Draft,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
) -> Letter:
    """Begin a letter; it must be one the law lets the office write now."""
    row = acting.locked(case, seen)
    check_may(by, DeskAct.DRAFT_LETTER, row)
    now = now or timezone.now()
    found = folding.case_file(row, on=timezone.localtime(now).date())
    if kind not in offered(found):
        raise Refused(f"案件目前不能办理“{name_of(kind)}”。")
    letter = Letter.objects.create(case=row, kind=kind, fields=content.kept(), drafted_by=by, drafted_at=now)
    facts = {"letter": letter.pk, "kind": kind, "name": name_of(kind)}
    acting.append(row, act=DeskAct.DRAFT_LETTER, facts=facts, by=by, now=now)
    return letter


def _locked(letter: Letter, seen: int | None) -> tuple[InfoRequest, Letter]:
    row = acting.locked(letter.case)
    kept = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    kept.case = row
    if seen is not None and kept.version != seen:
        raise Conflict("您打开本页之后，这份文书已被别人修改或者处理，您刚才的操作没有保存。请核对后再办。")
    return row, kept


@transaction.atomic
def revise(
    *, letter: Letter, content: Draft, by: User, seen: int | None = None, now: datetime | None = None
) -> Letter:
    """Change a draft; who changed it may not sign it."""
    row, letter = _locked(letter, seen)
    check_may(by, DeskAct.DRAFT_LETTER, row)
    if letter.state not in _OPEN:
        raise Refused("送审或者签发之后不能修改；需要修改的，请审批人员退回。")
    letter.fields = content.kept()
    letter.version += 1
    letter.save(update_fields=["fields", "version"])
    acting.append(
        row,
        act=DeskAct.DRAFT_LETTER,
        facts={"letter": letter.pk, "kind": letter.kind, "revised": True},
        by=by,
        now=now,
    )
    return letter


def preview(letter: Letter, *, on: date | None = None) -> letters.Letter:
    """Return the letter as it stands, what it says and what it lacks; once signed, as it was signed."""
    return signed.frozen(letter) or compose(
        letter.case, letter.kind, draft_of(letter), on=on or folding.today(), number=letter.number
    )


@transaction.atomic
def submit(*, letter: Letter, by: User, seen: int | None = None, now: datetime | None = None) -> Letter:
    """Hand a complete draft to whoever signs."""
    row, letter = _locked(letter, seen)
    check_may(by, DeskAct.SUBMIT_LETTER, row)
    now = now or timezone.now()
    if letter.state not in _OPEN:
        raise Refused("这份文书已经送审。")
    _check_complete(letter, timezone.localtime(now).date())
    signed.see_template(letter)
    letter.state, letter.submitted_by, letter.remarks = LetterState.SUBMITTED, by, ""
    letter.version += 1
    letter.save(update_fields=["state", "submitted_by", "remarks", "version", "fields"])
    acting.append(
        row, act=DeskAct.SUBMIT_LETTER, facts={"letter": letter.pk, "kind": letter.kind}, by=by, now=now
    )
    notify(
        to=holders(row.agency, Role.APPROVER), kind=NotificationKind.ARRIVED,
        key=f"letter-{letter.pk}-{letter.version}", title=f"待签发：{name_of(letter.kind)}（{row.number}）",
        path=reverse("desk:letter", args=[letter.pk]), number=row.number, about=row, due_on=row.due_on,
    )  # fmt: skip
    return letter


def _check_complete(letter: Letter, on: date) -> None:
    signed.check_day(letter, on)
    signed.check_annexes(letter)
    lacks = [each for each in preview(letter, on=on).missing if each != "文号"]
    if lacks:
        raise Refused(f"文书还缺少：{'、'.join(lacks)}。")


@transaction.atomic
def give_back(
    *, letter: Letter, remarks: str, by: User, seen: int | None = None, now: datetime | None = None
) -> Letter:
    """Return a letter to its drafter with what is to be mended."""
    row, letter = _locked(letter, seen)
    check_may(by, DeskAct.RETURN_LETTER, row)
    if letter.state != LetterState.SUBMITTED:
        raise Refused("只有待签发的文书可以退回。")
    if not remarks.strip():
        raise Refused("退回应当写明需要修改什么。")
    letter.state, letter.remarks = LetterState.RETURNED, remarks.strip()
    letter.version += 1
    letter.save(update_fields=["state", "remarks", "version"])
    facts = {"letter": letter.pk, "kind": letter.kind, "remarks": letter.remarks}
    acting.append(row, act=DeskAct.RETURN_LETTER, facts=facts, by=by, now=now)
    notify(
        to=letter.drafted_by, kind=NotificationKind.RETURNED, key=f"letter-{letter.pk}-{letter.version}",
        title=f"文书退回：{name_of(letter.kind)}（{row.number}）",
        path=reverse("desk:letter", args=[letter.pk]), number=row.number, about=row, due_on=row.due_on,
    )  # fmt: skip
    return letter


@transaction.atomic
def issue(
    *,
    letter: Letter,
    by: User,
    seen: int | None = None,
    as_it_was: bool = False,
    now: datetime | None = None,
) -> Letter:
    """Sign a letter: it takes its number, is frozen as DOCX and PDF, and a decision is thereby made.

    A letter that must be signed needs an approver who neither drafted, changed nor submitted it; others the
    clerk issues as they are complete.
    Raises:
        Refused: something is missing, the person may not, or the law does not know the act now.
    """
    row, letter = _locked(letter, seen)
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    act = act_of(letter.kind)
    _check_signer(row, letter, by)
    signed.check_template(letter)
    _check_complete(letter, today)
    if act.at_signing and act.action:
        action, facts = _made(row, act.action, today), _facts(letter)
        row = acting.write(row, action=action, on=today, facts=facts, by=by, now=now, as_it_was=as_it_was)
        letter.case = row
    _number(letter, row.agency, today)
    _freeze(letter, today)
    letter.state, letter.issued_on = LetterState.ISSUED, today
    letter.approved_by = by if act.is_signed else None
    letter.version += 1
    letter.save()
    facts_kept = {
        "letter": letter.pk, "kind": letter.kind, "number": letter.number, "sha256": letter.pdf_sha256,
    }  # fmt: skip
    acting.append(row, act=DeskAct.APPROVE_LETTER, facts=facts_kept, by=by, now=now)
    return letter


def _made(row: InfoRequest, action: Action, on: date) -> Action:
    """The act that signing makes: a decision, or one made anew after the first was set aside."""
    if action is not Action.DECIDE:
        return action
    open_ = {each.action for each in folding.case_file(row, on=on).next_actions}
    return Action.REDECIDE if Action.REDECIDE in open_ and action not in open_ else action


def _check_signer(row: InfoRequest, letter: Letter, by: User) -> None:
    if not act_of(letter.kind).is_signed:
        check_may(by, DeskAct.SUBMIT_LETTER, row)
        if letter.state not in (*_OPEN, LetterState.SUBMITTED):
            raise Refused("这份文书已经签发或者作废。")
        return
    check_may(by, DeskAct.APPROVE_LETTER, row)
    if letter.state != LetterState.SUBMITTED:
        raise Refused("只有送审的文书可以签发。")
    if has_written(letter, by):
        raise Refused(OWN_WORK)


def has_written(letter: Letter, user: User) -> bool:
    """Whether the person drafted, changed or submitted a letter, and so may not sign it."""
    acts = (DeskAct.DRAFT_LETTER, DeskAct.SUBMIT_LETTER)
    return letter.case.records.filter(act__in=acts, facts__letter=letter.pk, by=user).exists()


def _facts(letter: Letter) -> dict[str, Fact]:
    return facts_of(letter.case, letter.kind, draft_of(letter))


def _number(letter: Letter, agency: Agency, on: date) -> None:
    style = letters.KINDS[letter.kind].style
    if not style:
        return
    mark = DeskSettings.of(agency).mark
    letter.series, letter.year = style, on.year
    letter.serial = numbering.next_serial(agency, style, on.year)
    letter.number = letters.number_of(f"{mark}{style}", on.year, letter.serial)


def _freeze(letter: Letter, on: date) -> None:
    shown = preview(letter, on=on)
    signed.freeze(letter, shown)
    for suffix in ("docx", "pdf"):
        data = _written(shown.paper, suffix)
        getattr(letter, suffix).save(f"{letter.case_id}/wenshu.{suffix}", ContentFile(data), save=False)
        setattr(letter, f"{suffix}_sha256", hashlib.sha256(data).hexdigest())


@transaction.atomic
def send(
    *,
    letter: Letter,
    service: Service,
    by: User,
    on: date | None = None,
    postal_enterprise: bool = True,
    seen: int | None = None,
    as_it_was: bool = False,
    now: datetime | None = None,
) -> Letter:
    """Record how and when a signed letter went out: the day counts by the way it was served.

    Handed over and sent online it is in hand at once; by post the day of posting counts, and that it was
    signed for is recorded when it is known.
    """
    row, letter = _locked(letter, seen)
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    on = on or today
    _check_sender(row, letter, by, on, today)
    if letter.state != LetterState.ISSUED or letter.sent_on:
        raise Refused("只有已签发、尚未发出的文书可以登记发出。")
    if letter.issued_on and not letter.issued_on <= on <= today:
        raise Refused(f"发出日期应在签发日期（{letter.issued_on}）和今天之间。")
    row = _record_sending(row, letter, service, on, postal_enterprise, by, now, as_it_was)
    letter.sent_on = on
    letter.facts = {"service": service.value, "postal_enterprise": postal_enterprise}
    letter.version += 1
    letter.save(update_fields=["sent_on", "facts", "version"])
    if not act_of(letter.kind).names:
        keys = [each.item.pk for each in signed.annexes_of(letter)]
        row.files.filter(pk__in=keys).update(for_applicant=True)
    return letter


def _check_sender(row: InfoRequest, letter: Letter, by: User, on: date, today: date) -> None:
    """A letter that goes out today is recorded by a clerk; one said to have gone out before, on the proof of
    it in the file, by an approver who had no hand in it: the day decides whether it was in time."""
    if on >= today:
        check_may(by, Action.SERVE, row)
        return
    check_may(by, DeskAct.APPROVE_LETTER, row)
    if has_written(letter, by):
        raise Refused("补登以前的发出日期，应当由没有起草、修改、送审过这份文书的审批人员登记。")
    proofs = row.files.filter(kind=FileKind.SERVICE, removed_at__isnull=True).exclude(by=by)
    if not proofs.exists():
        raise Refused("补登以前的发出日期，应当先由经办人员把送达凭证（交邮单、回证等）附卷。")


def _record_sending(
    row: InfoRequest, letter: Letter, service: Service, on: date, postal_enterprise: bool, by: User,
    now: datetime, as_it_was: bool,
) -> InfoRequest:  # fmt: skip
    act = act_of(letter.kind)
    write: Mapping[str, object] = {"by": by, "now": now, "as_it_was": as_it_was}
    reason = "凭附卷的送达凭证补登" if on < timezone.localtime(now).date() else ""
    if act.action is Action.DECIDE:
        online = draft_of(letter).served_online
        facts: dict[str, Fact] = {"by": service.value, "remedies_told": True, "online_channel_given": online}
        if service is Service.POST:
            facts["postal_enterprise"] = postal_enterprise
        return acting.write(row, action=Action.SERVE, on=on, facts=facts, reason=reason, **write)
    if act.action is None or act.at_signing:
        return row
    facts = _facts(letter)
    if act.action is Action.EXTEND and letter.approved_by:
        facts |= {"approved_by": letter.approved_by.get_full_name(), "notified": True}
        facts |= {"approved_on": letter.issued_on} if letter.issued_on else {}
    row = acting.write(row, action=act.action, on=on, facts=facts, reason=reason, **write)
    if act.received and service is not Service.POST:
        told = {name: value for name, value in facts.items() if name == "name"}
        row = acting.write(row, action=act.received, on=on, facts=told, reason=reason, **write)
    return row


@transaction.atomic
def void(
    *, letter: Letter, reason: str, by: User, seen: int | None = None, now: datetime | None = None
) -> Letter:
    """Void a letter that has not gone out; its number is not used again; a decision it made is void too."""
    row, letter = _locked(letter, seen)
    if letter.state in _OPEN:
        check_may(by, DeskAct.DRAFT_LETTER, row)
    else:
        check_may(by, DeskAct.VOID_LETTER, row)
    if letter.sent_on or letter.state == LetterState.VOID:
        raise Refused("已经发出的文书不能作废；决定有误的，依法重新作出。")
    if signed.signs_own(letter, by.pk):
        raise Refused(signed.OWN_DECISION)
    if not reason.strip():
        raise Refused("作废应当写明理由。")
    act = act_of(letter.kind)
    if letter.state == LetterState.ISSUED and act.at_signing and act.action:
        acts = (act.action.value, Action.REDECIDE.value)
        made = row.records.filter(act__in=acts, on=letter.issued_on).order_by("-sequence").first()
        if made:
            facts = {"sequence": made.sequence, "what": made.act_name}
            acting.append(row, act=DeskAct.VOID, facts=facts, by=by, now=now, reason=reason)
            folding.refresh(row, folding.case_file(row))
    letter.state, letter.void_reason = LetterState.VOID, reason.strip()
    letter.version += 1
    letter.save(update_fields=["state", "void_reason", "version"])
    told = {"letter": letter.pk, "kind": letter.kind, "number": letter.number, "why": letter.void_reason}
    acting.append(row, act=DeskAct.VOID_LETTER, facts=told, by=by, now=now)
    return letter


def file_of(letter: Letter, suffix: str) -> tuple[bytes, str]:
    """Return a letter as a file and its name: as frozen when issued; before that as it stands.

    Raises:
        KeyError: no such form. Refused: it cannot be set on this machine.
    """
    kept = {"docx": letter.docx, "pdf": letter.pdf}[suffix]
    shown = preview(letter)
    name = f"{shown.file_name}.{suffix}"
    if kept:
        return files.contents(kept), name
    return _written(shown.paper, suffix), f"草稿-{name}"


def _written(paper: Paper, suffix: str) -> bytes:
    try:
        return write_docx(paper) if suffix == "docx" else write_pdf(paper)
    except PaperError as error:
        raise Refused(f"不能生成{suffix.upper()}文件：{error}") from error


@transaction.atomic
def save_template(*, agency: Agency, kind: str, text: str, by: User) -> LetterTemplate:
    """Keep an office's own wording of a letter; empty goes back to the standard one.

    Raises:
        Refused: it lacks what the law wants in it, or cannot be read.
    """
    problems = letters.check_template(kind, text) if text.strip() else ()
    if problems:
        raise Refused("；".join(problems) + "。")
    return LetterTemplate.objects.create(agency=agency, kind=kind, text=text, by=by, at=timezone.now())
