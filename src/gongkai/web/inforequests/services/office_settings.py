"""How an office works: its answers to what the law leaves open, and what its letters need to know.

A switch may move days by which replies are due: which cases, is shown before it is saved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.law.calendar import Due
from gongkai.law.periods import Evidence
from gongkai.law.practice import STRICT, SWITCHES, FeeClock
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, SettingsChange
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.permissions import roles_of
from gongkai.web.inforequests.services.refreshing import refresh_all
from gongkai.web.inforequests.services.refusing import Conflict, Refused

FIELDS: Mapping[str, str] = {
    field.name: str(field.verbose_name)
    for field in DeskSettings._meta.fields
    if field.name not in ("id", "agency", "practice")
}
_EVIDENCE = {
    Evidence.READ: "已核对",
    Evidence.SECOND_HAND: "转引",
    Evidence.INTERPRETED: "解释",
    Evidence.UNVERIFIED: "未核实",
}
_TITLES: Mapping[str, str] = {
    "late_correction_counts": "逾期补正告知的效力",
    "online_by_confirmation": "网上申请的收到之日",
    "mailroom_signature_counts": "挂号邮件的收到之日",
    "extension_by_approval": "延期告知的时间",
    "reasons_stop_clock": "说明理由期间",
    "partial_reconsidered_first": "部分公开的复议前置",
    "organ_opinion_capped": "征求其他机关意见的扣除",
    "fee_clock": "收费期间的答复期限",
    "inquiry_reconsidered_first": "行政查询事项的救济",
    "silence_reconsidered_first": "逾期不答复的救济",
    "appealed_is_pending": "一审后上诉案件的统计",
}
_OFFICE = frozenset({Role.CLERK, Role.REVIEWER, Role.APPROVER})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An open question: what the strict default does and what the other answer does, on what it rests."""

    name: str
    title: str
    strict: str
    otherwise: str
    article: str
    evidence: str


def choices() -> tuple[Choice, ...]:
    """Return the open questions in their order."""
    return tuple(
        Choice(
            name=switch.name,
            title=_TITLES[switch.name],
            strict=switch.strict,
            otherwise=switch.otherwise,
            article=str(switch.source),
            evidence=_EVIDENCE[switch.evidence],
        )
        for switch in SWITCHES.values()
    )


def kept(otherwise: Collection[str]) -> dict[str, Any]:
    """Return the switches that differ from the strict default as a body's settings keep them."""
    return {
        name: FeeClock.RESTART.value if name == "fee_clock" else not getattr(STRICT, name)
        for name in SWITCHES
        if name in otherwise
    }


def may_see(user: User | AnonymousUser) -> bool:
    """Whether the person is of an office that has settings."""
    return getattr(user, "agency_id", None) is not None and bool(roles_of(user) & _OFFICE)


def may_change(user: User | AnonymousUser) -> bool:
    """Whether the person changes their own body's settings: its approvers do."""
    return may_see(user) and Role.APPROVER in roles_of(user)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An open case whose day would be another one."""

    case: InfoRequest
    before: Due | None
    after: Due | None
    is_late: bool


def open_cases(agency: Agency) -> QuerySet[InfoRequest]:
    """Return the cases of a body that are not closed, or whose dispute has a day to keep."""
    mine = InfoRequest.objects.filter(agency=agency)
    return mine.filter(closed_on__isnull=True) | mine.filter(next_due_on__isnull=False)


def moved(agency: Agency, practice: Mapping[str, Any], *, on: date | None = None) -> list[Moved]:
    """Return the open cases whose day to reply would be another one under other switches."""
    on = on or folding.today()
    before, after = folding.practice_of(agency.pk), folding.practice_from(practice)
    if before == after:
        return []
    found = []
    for case in open_cases(agency).prefetch_related("records").order_by("due_on", "pk"):
        records = list(case.records.all())
        old, new = (folding.fold_records(records, practice=each, on=on).due for each in (before, after))
        if old != new:
            found.append(Moved(case=case, before=old, after=new, is_late=new is not None and new.on < on))
    return found


@transaction.atomic
def save(
    *,
    agency: Agency,
    values: Mapping[str, Any],
    practice: Mapping[str, Any],
    by: User,
    reason: str = "",
    seen: int = 0,
) -> SettingsChange | None:
    """Save a body's settings with who changed what, and reckon its open cases anew; None if nothing changed.

    Args:
        agency: the body.
        values: by the names in `FIELDS`.
        practice: the switches that differ from the strict default.
        by: an approver of the body.
        reason: on what ground; needed where a switch is changed.
        seen: the last change the person had before their eyes, 0 for none.
    Raises:
        Refused: the person may not, or gives no ground. Conflict: somebody else was first.
    """
    if not may_change(by) or by.agency_id != agency.pk:
        raise Refused(f"依申请公开设置由{agency}的审批人员修改。")
    Agency.objects.select_for_update().get(pk=agency.pk)
    last = agency.desk_settings_changes.first()
    if last is not None and last.pk != seen:
        raise Conflict(
            f"您打开本页之后，{last.by.get_full_name()}修改了设置，您的修改没有保存。请核对后再存。"
        )
    settings = DeskSettings.of(agency)
    before = _values(settings)
    for name in FIELDS:
        setattr(settings, name, values[name])
    settings.practice = dict(practice)
    after = _values(settings)
    if before == after:
        return None
    if before["practice"] != after["practice"] and not reason.strip():
        raise Refused("改变口径应当写明依据，如主管部门的文件。")
    settings.save()
    change = SettingsChange.objects.create(
        agency=agency, by=by, at=timezone.now(), reason=reason.strip(), before=before, after=after
    )
    refresh_all(open_cases(agency))
    return change


def _values(settings: DeskSettings) -> dict[str, Any]:
    return {"practice": dict(settings.practice), **{name: getattr(settings, name) for name in FIELDS}}


def differences(change: SettingsChange) -> Sequence[tuple[str, str, str]]:
    """Return what a change changed: its name, and what was before and after."""
    before, after = dict(change.before), dict(change.after)
    old, new = before.pop("practice"), after.pop("practice")
    found = [
        (_TITLES[name], *(switch.otherwise if name in which else switch.strict for which in (old, new)))
        for name, switch in SWITCHES.items()
        if (name in old) != (name in new)
    ]
    return found + [
        (FIELDS[name], _words(before.get(name)), _words(after[name]))
        for name in FIELDS
        if before.get(name) != after.get(name)
    ]


_KINDS = dict(DeskSettings._meta.get_field("body_kind").choices)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(_KINDS.get(value, value)) if value not in ("", None) else "（空）"
