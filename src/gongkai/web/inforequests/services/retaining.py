"""How long personal data is kept, and how it is cleared: listed, put forward, confirmed by another, signed.

A class runs from 1 January after the year in which the case, and every dispute over it, ended. The case,
its record and every count stay.

References:
    The classes of 10 and 30 years and permanent: 国家档案局令第8号; the office chooses for a case.
    Personal data is kept no longer than needed: 个人信息保护法 art. 19.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.sealing import is_signed, signature
from gongkai.web.inforequests.choices import DeskAct, FileKind, Retention
from gongkai.web.inforequests.models import Applicant, Destruction, InfoRequest, Proceeding
from gongkai.web.inforequests.models.files import sealed_storage
from gongkai.web.inforequests.services import acting
from gongkai.web.inforequests.services.applicants import PERSONAL, with_names
from gongkai.web.inforequests.services.permissions import MAY, roles_of
from gongkai.web.inforequests.services.refusing import Refused

YEARS: Mapping[str, int] = {Retention.STANDARD: 10, Retention.LONG: 30}
MOST_AT_ONCE = 500
# What tells who the applicant is: their papers, proof of service to them, letters to them.
NAMING = frozenset(
    {
        FileKind.IDENTITY, FileKind.AUTHORISATION, FileKind.REQUEST, FileKind.CORRECTION, FileKind.SERVICE,
        FileKind.LETTER,
    }
)  # fmt: skip


_CONFIRMING = MAY[DeskAct.PURGE] | {Role.REVIEWER}


def expired(agencies: Iterable[Agency], on: date) -> QuerySet[InfoRequest]:
    """Return the cases whose personal data may go: its time is over, no dispute open, not yet cleared."""
    over = Q()
    for retention, years in YEARS.items():
        over |= Q(retention=retention, closed_on__lt=_ended_before(on, years))
    cases = InfoRequest.objects.filter(over, agency__in=[each.pk for each in agencies])
    cases = cases.filter(~Exists(_still_needed(on)), purged_on__isnull=True)
    return with_names(cases).order_by("closed_on", "pk")


def _ended_before(on: date, years: int) -> date:
    """The first day that is too late for what ended on it to be over: ten years from the next 1 January."""
    return date(on.year - years, 1, 1)


def _still_needed(on: date) -> QuerySet[Proceeding]:
    """Disputes over a case that are open, or ended less than its class ago."""
    late = Q()
    for retention, years in YEARS.items():
        late |= Q(case__retention=retention, ended_on__gte=_ended_before(on, years))
    return Proceeding.objects.filter(Q(ended_on__isnull=True) | late, case=OuterRef("pk"))


def _check_office(by: User, agency: Agency, roles: frozenset[Role], what: str) -> None:
    if by.agency_id != agency.pk or not roles_of(by) & roles:
        raise Refused(f"{what}由{agency}担任“{'、'.join(sorted(role.value for role in roles))}”的人员办理。")


@transaction.atomic
def propose(*, agency: Agency, cases: Sequence[int], by: User, now: datetime | None = None) -> Destruction:
    """Put forward cases of the body to be cleared of personal data; nothing is cleared yet."""
    now = now or timezone.now()
    _check_office(by, agency, MAY[DeskAct.PURGE], "清除个人信息")
    if not 0 < len(cases) <= MOST_AT_ONCE:
        raise Refused(f"请选择要清除的案件，一次最多{MOST_AT_ONCE}件。")
    rows = list(expired([agency], timezone.localtime(now).date()).filter(pk__in=cases))
    if len(rows) != len(set(cases)):
        raise Refused("所选案件有的不在到期清单里，请刷新清单后重新选择。")
    listed = {number for each in open_lists([agency]) for number, *_ in each.cases}
    if both := sorted(listed & {row.number for row in rows}):
        raise Refused(f"{both[0]}已经提请，正在等待确认。")
    told = [[row.number, row.closed_on.isoformat(), YEARS[row.retention]] for row in rows if row.closed_on]
    return Destruction.objects.create(agency=agency, cases=told, by=by, at=now)


def open_lists(agencies: Iterable[Agency]) -> QuerySet[Destruction]:
    """Return what was put forward and waits for a second person."""
    lists = Destruction.objects.filter(agency__in=[each.pk for each in agencies], confirmed_by__isnull=True)
    return lists.select_related("agency", "by")


@transaction.atomic
def withdraw(*, destruction: Destruction, by: User) -> None:
    """Drop a list that was put forward; nothing was cleared."""
    kept = _locked(destruction)
    _check_office(by, kept.agency, _CONFIRMING, "退回清除清单")
    kept.delete()


def _locked(destruction: Destruction) -> Destruction:
    rows = Destruction.objects.select_for_update(of=("self",)).select_related("agency", "by")
    kept = rows.filter(pk=destruction.pk, confirmed_by__isnull=True).first()
    if kept is None:
        raise Refused("这份清单已经处理。")
    return kept


@transaction.atomic
def confirm(*, destruction: Destruction, by: User, now: datetime | None = None) -> Destruction:
    """Confirm a list, as another than who put it forward: applicants' data and files go; it is signed."""
    now = now or timezone.now()
    kept = _locked(destruction)
    _check_office(by, kept.agency, _CONFIRMING, "确认清除")
    if by.pk == kept.by_id:
        raise Refused("不能由提请的人自己确认。")
    today = timezone.localtime(now).date()
    numbers = [number for number, *_ in kept.cases]
    rows = list(expired([kept.agency], today).filter(number__in=numbers).order_by("pk"))
    if len(rows) != len(numbers):
        raise Refused("清单里有案件不再符合清除条件（如又发生复议诉讼），请退回后重新提请。")
    kept.files = [name for row in rows for name in _cleared(acting.locked(row), kept, by, now)]
    kept.confirmed_by, kept.done_at = by, now
    kept.signature = signature(_signed_text(kept))
    kept.save()
    transaction.on_commit(lambda: erase(kept))
    return kept


def _cleared(row: InfoRequest, destruction: Destruction, by: User, now: datetime) -> list[str]:
    """Clear a case of who its applicant is; return the names of the files to be erased."""
    blank = dict.fromkeys(PERSONAL, "")
    Applicant.objects.filter(case=row).update(**blank, identity_kind="", fingerprint="")
    names = []
    for item in row.files.filter(kind__in=NAMING).exclude(file=""):
        names.append(item.file.name)
        item.file, item.for_applicant, item.removed_at = "", False, item.removed_at or now
        item.save(update_fields=["file", "for_applicant", "removed_at"])
    for letter in row.letters.all():
        names += [file.name for file in (letter.docx, letter.pdf) if file]
        letter.docx, letter.pdf, letter.fields = "", "", {}
        letter.save(update_fields=["docx", "pdf", "fields"])
    row.purged_on = timezone.localtime(now).date()
    row.save(update_fields=["purged_on"])
    acting.append(row, act=DeskAct.PURGE, facts={"destruction": destruction.pk}, by=by, now=now)
    return names


def _signed_text(kept: Destruction) -> str:
    told = {
        "agency": kept.agency_id,
        "cases": kept.cases,
        "by": kept.by_id,
        "at": kept.at.astimezone(UTC).isoformat(),
        "confirmed_by": kept.confirmed_by_id,
        "done_at": kept.done_at.astimezone(UTC).isoformat() if kept.done_at else None,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def is_intact(destruction: Destruction) -> bool:
    """Whether a signed list says what it said when it was signed."""
    return is_signed(_signed_text(destruction), destruction.signature)


# Files: after the transaction, so that nothing is lost by one that fails; safe to run again.


def erase(destruction: Destruction) -> int:
    """Overwrite and remove the files of a confirmed list that are still there; return how many."""
    storage = sealed_storage()
    gone = 0
    for name in destruction.files:
        if storage.exists(name):
            _overwrite(storage, name)
            storage.delete(name)
            gone += 1
    Destruction.objects.filter(pk=destruction.pk).update(files=[])
    return gone


def _overwrite(storage: Storage, name: str) -> None:
    """Write over a file's bytes where they lie; storage without paths has none to write over."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def erase_left() -> int:
    """Erase what a broken run left of confirmed lists; return how many files."""
    return sum(map(erase, Destruction.objects.exclude(files=[]).filter(confirmed_by__isnull=False)))


# What the page asks.


def is_office(user: User) -> bool:
    """Whether the person handles requests for their body."""
    return bool(roles_of(user) & {Role.CLERK, Role.REVIEWER, Role.APPROVER})


def may_propose(user: User) -> bool:
    """Whether the person may put cases of their body forward."""
    return bool(roles_of(user) & MAY[DeskAct.PURGE])


def may_confirm(user: User, destruction: Destruction) -> bool:
    """Whether the person may confirm a list: of the body, in a fit role, and not who put it forward."""
    fit = user.agency_id == destruction.agency_id and bool(roles_of(user) & _CONFIRMING)
    return fit and user.pk != destruction.by_id


def done_lists(agency: Agency) -> QuerySet[Destruction]:
    """Return the lists of a body that were carried out, the newest first."""
    done = Destruction.objects.filter(agency=agency, confirmed_by__isnull=False)
    return done.select_related("by", "confirmed_by").order_by("-done_at")
