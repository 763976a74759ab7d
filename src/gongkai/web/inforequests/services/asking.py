"""What the applicant does: asks, corrects, gives reasons, takes back, says how it was.

An applicant's act is on record by no member of staff, and is never refused for a fault of the office.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, CaseKind
from gongkai.proofing.identity import has_identity_check
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import limits
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.inforequests.choices import DeskAct, FileKind, IdentityKind
from gongkai.web.inforequests.models import InfoRequest, Rating
from gongkai.web.inforequests.services import acting, files, folding, registering
from gongkai.web.inforequests.services.files import Upload
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.registering import Person
from gongkai.web.publishing.services import likening
from gongkai.web.publishing.services.searching import Hit

_SUBMITTED_AN_HOUR = 20
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_UNIFIED = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_UNIFIED_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PAID = "申请人告知：信息处理费已经缴纳。"
EMAIL_LEFT = "申请人留下了电子邮箱。"


def identity_problem(kind: str, number: str) -> str:
    """Return what is wrong with a document's number, in words; "" if nothing, or if its kind has no check."""
    plain = "".join(unicodedata.normalize("NFKC", number).upper().split()).replace("-", "")
    if kind == IdentityKind.ID_CARD:
        if not _IDENTITY.fullmatch(plain):
            return "居民身份证号码为18位，前17位是数字，最后一位是数字或者字母X。"
        return "" if has_identity_check(plain) else "居民身份证号码有误，请对照证件逐位核对。"
    if kind == IdentityKind.UNIFIED_CODE:
        if not _UNIFIED.fullmatch(plain):
            return "统一社会信用代码为18位数字和大写字母，不含字母I、O、S、V、Z。"
        return "" if _has_unified_check(plain) else "统一社会信用代码有误，请对照执照、登记证书逐位核对。"
    return ""


def _has_unified_check(code: str) -> bool:
    """Whether the last of 18 characters is the check of the others (GB 32100)."""
    total = sum(_UNIFIED_DIGITS.index(each) * pow(3, at, 31) for at, each in enumerate(code[:17]))
    return _UNIFIED_DIGITS[-total % 31] == code[17]


def already_published(wanted: str) -> list[Hit]:
    """Return a few public pages that may be what is asked for."""
    return likening.like(wanted)


def submit(
    *,
    agency: Agency,
    kind: CaseKind | str,
    applicant_kind: str,
    person: Person,
    wanted: str,
    medium: str,
    delivery: str,
    needs_help: bool,
    uploads: Sequence[tuple[FileKind, Upload]],
    submission_key: str,
    now: datetime | None = None,
) -> InfoRequest:
    """Register a request sent by the form, with its files; the same key again is the same case.

    Raises:
        Refused: as `registering.register` and `files.attach`.
    """
    try:
        return _submit(
            agency, CaseKind(kind), applicant_kind, person, wanted, medium, delivery, needs_help, uploads,
            submission_key, now or timezone.now(),
        )  # fmt: skip
    except IntegrityError:  # Sent twice at once: the other was first.
        return InfoRequest.objects.get(submission_key=submission_key)


@transaction.atomic
def _submit(
    agency: Agency, kind: CaseKind, applicant_kind: str, person: Person, wanted: str, medium: str,
    delivery: str, needs_help: bool, uploads: Sequence[tuple[FileKind, Upload]], key: str, now: datetime,
) -> InfoRequest:  # fmt: skip
    found = InfoRequest.objects.filter(submission_key=key).first()
    if found is not None:
        return found
    case = registering.register(
        agency=agency, channel=Channel.INTERNET, applicant_kind=applicant_kind, person=person,
        wanted=wanted, by=None, kind=kind, medium=medium, delivery=delivery, needs_help=needs_help,
        submission_key=key, now=now,
    )  # fmt: skip
    _attach(case, uploads, now)
    _tell(case, "收到新申请")
    return case


def _attach(case: InfoRequest, uploads: Sequence[tuple[FileKind, Upload]], now: datetime) -> None:
    """Keep what was sent in at once, so many of a kind; what was sent in before does not count."""
    if max(Counter(kind for kind, _ in uploads).values(), default=0) > files.MOST_FROM_APPLICANT:
        raise Refused(f"同类文件一次不能超过{files.MOST_FROM_APPLICANT}个。")
    for kind, upload in uploads:
        files.attach(case=case, upload=upload, kind=kind, by=None, now=now)


def within_limit(client: str) -> bool:
    """Count one more request of the sender; whether it is within what is taken in an hour."""
    return limits.within_limit("request", client, most=_SUBMITTED_AN_HOUR, seconds=3600)


def _tell(case: InfoRequest, what: str) -> None:
    """Let the clerk who has the case know, or whoever is clerk of the body."""
    notify(
        to=case.handler or holders(case.agency, Role.CLERK),
        kind=NotificationKind.ARRIVED,
        key=f"case-{case.pk}-from-applicant-{case.records.count()}",
        title=f"{what}：{case.number}",
        path=reverse("desk:case", args=[case.pk]),
        number=case.number,
        about=case,
        due_on=case.due_on,
    )


# What may be handed in while the office waits for it: the act, what it is called, the kind of its files.
_HANDED_IN = {
    Action.CORRECT: ("补正", FileKind.CORRECTION),
    Action.REASONS_GIVEN: ("说明理由", FileKind.REQUEST),
}
MOST_WITH_TEXT = files.MOST_FROM_APPLICANT - 1


@transaction.atomic
def hand_in(
    *,
    case: InfoRequest,
    action: str,
    text: str,
    uploads: Sequence[Upload] = (),
    now: datetime | None = None,
) -> InfoRequest:
    """Hand in what the office asked the applicant for: the corrected request, or the reasons for so many.

    The words are kept as a file of the case, sealed like the rest of it.

    Raises:
        Refused: nothing of the kind is waited for, or nothing was written.
    """
    now = now or timezone.now()
    row = acting.locked(case)
    act = Action(action)
    name, kind = _HANDED_IN[act]
    on = timezone.localtime(now).date()
    if not awaits(row, act.value, now=now):
        raise Refused(f"目前没有等待您{name}的事项，您可能已经提交过。")
    if not text.strip():
        raise Refused(f"请写明{name}的内容。")
    written = Upload(
        name=f"{name}内容.txt",
        content_type=files.TYPES["txt"].content_type,
        data=text.strip().encode(),
        scanned_clean=True,
    )
    _attach(row, [(kind, upload) for upload in (written, *uploads)], now)
    row = acting.locked(case)
    row = acting.write(row, action=act, on=on, facts={}, by=None, now=now, as_it_was=True)
    _tell(row, f"申请人已{name}")
    return row


def awaits(case: InfoRequest, action: str, *, now: datetime | None = None) -> bool:
    """Whether the applicant may do an act of the procedure now."""
    on = timezone.localtime(now or timezone.now()).date()
    return any(each.action.value == action for each in folding.case_file(case, on=on).next_actions)


@transaction.atomic
def withdraw(*, case: InfoRequest, now: datetime | None = None) -> InfoRequest:
    """Take the request back.

    Raises:
        Refused: it is decided or done already.
    """
    now = now or timezone.now()
    row = acting.locked(case)
    if not awaits(row, Action.WITHDRAW, now=now):
        raise Refused("申请已经办结或者已经作出决定，不能撤回。")
    on = timezone.localtime(now).date()
    row = acting.write(row, action=Action.WITHDRAW, on=on, facts={}, by=None, now=now, as_it_was=True)
    _tell(row, "申请人撤回申请")
    return row


@transaction.atomic
def tell_paid(*, case: InfoRequest) -> None:
    """Tell the office that the fee was paid; once, and only the office records the payment.

    Raises:
        Refused: no fee is waited for, or it was said before.
    """
    row = acting.locked(case)
    if not awaits(row, Action.PAY):
        raise Refused("目前没有等待您缴纳的费用。")
    charged = row.records.filter(act=Action.CHARGE).order_by("-sequence").values_list("sequence", flat=True)
    said = row.records.filter(act=DeskAct.NOTE, by=None, facts__text=PAID)
    if said.filter(sequence__gt=charged[0] if charged else 0).exists():
        raise Refused("您已经告知过，工作人员核对到账后即继续办理。")
    acting.append(row, act=DeskAct.NOTE, facts={"text": PAID}, by=None)
    _tell(row, "申请人称已缴费")


@transaction.atomic
def rate(*, case: InfoRequest, score: int, words: str = "", now: datetime | None = None) -> Rating:
    """Keep what the applicant thinks of how the case was handled, once, after it is done.

    Raises:
        Refused: it is not done, was rated, or was cleared of personal data.
    """
    now = now or timezone.now()
    row = acting.locked(case)
    _check_not_cleared(row)
    if row.closed_on is None or not 1 <= score <= 5:
        raise Refused("办结之后可以评价，评分为1至5分。")
    if Rating.objects.filter(case=row).exists():
        raise Refused("您已经评价过，谢谢。")
    rating = Rating.objects.create(case=row, score=score, words=words.strip()[:500], at=now)
    acting.append(row, act=DeskAct.RATE, facts={"score": score}, by=None, now=now)
    return rating


@transaction.atomic
def leave_email(*, case: InfoRequest, email: str) -> None:
    """Keep an address where there was none.

    Raises:
        Refused: there is one: to change it the applicant proves who they are to the office; or the case was
            cleared of personal data.
    """
    row = acting.locked(case)
    _check_not_cleared(row)
    applicant = row.applicant
    if applicant.email:
        raise Refused("您已经留过电子邮箱；需要更换的，请联系受理机关。")
    applicant.email = email.strip()
    applicant.save(update_fields=["email"])
    acting.append(row, act=DeskAct.NOTE, facts={"text": EMAIL_LEFT}, by=None)


def _check_not_cleared(case: InfoRequest) -> None:
    if case.purged_on is not None:
        raise Refused("这件申请的个人信息已经到期清除，不能再补充；需要了解情况的，请联系受理机关。")
