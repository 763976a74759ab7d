"""Findings explained: why a rule does not hold there, kept by rule and place for the years to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.web.agencies.models import User
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.models import Draft, Explanation
from gongkai.web.oversight.services.acting import Refused, plain_reason
from gongkai.web.oversight.services.drafting.acts import check_is_open, locked
from gongkai.web.oversight.services.drafting.auditing import explanations_in_force, place_of, tally
from gongkai.web.oversight.services.drafting.scope import check_may_write
from gongkai.web.oversight.services.ledger import append_event


@transaction.atomic
def explain(*, draft: Draft, key: str, reason: str, by: User, now: datetime) -> Explanation:
    """Say why a finding does not hold; it counts for the same rule and place in later years too.

    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: no reason is given, the finding is not in the latest audit or explained already, or the draft
            was sent up.
    """
    check_may_write(by, draft.agency)
    draft = locked(draft)
    check_is_open(draft)
    reason = plain_reason(reason)[:500]
    if not reason:
        raise Refused("请写明这个问题为什么不成立。")
    finding = _finding(draft, key)
    if _place(finding) in explanations_in_force(draft):
        raise Refused("这个问题已经说明；要改写，请先撤销说明。")
    made = _kept(draft, finding, reason, by, now)
    append_event(act=Act.EXPLAINED, by=by, at=now, draft=draft, key=key, code=made.code, reason=reason)
    return made


@transaction.atomic
def take_back(*, draft: Draft, key: str, by: User, now: datetime) -> Explanation:
    """Take the explanation of a finding back; it stays in the history.

    Raises:
        PermissionDenied, Refused: as `explain`; also where the finding is not explained.
    """
    check_may_write(by, draft.agency)
    draft = locked(draft)
    check_is_open(draft)
    finding = _finding(draft, key)
    if _place(finding) not in explanations_in_force(draft):
        raise Refused("这个问题没有说明，无需撤销。")
    made = _kept(draft, finding, "", by, now, is_taken_back=True)
    append_event(act=Act.REOPENED, by=by, at=now, draft=draft, key=key, code=made.code)
    return made


def _finding(draft: Draft, key: str) -> Mapping[str, Any]:
    for finding in draft.audit.get("findings", []):
        if finding["key"] == key:
            return finding
    raise Refused("最近一次核查中没有这个问题，请刷新页面。")


def _place(finding: Mapping[str, Any]) -> tuple[str, str]:
    return finding["code"], place_of(finding)


def _kept(
    draft: Draft,
    finding: Mapping[str, Any],
    reason: str,
    by: User,
    now: datetime,
    *,
    is_taken_back: bool = False,
) -> Explanation:
    code, where = _place(finding)
    made = Explanation(
        agency=draft.agency,
        year=draft.year,
        code=code,
        where=where,
        reason=reason,
        is_taken_back=is_taken_back,
        by=by,
        at=now,
    )
    made.save()
    for name, value in tally(draft, draft.audit.get("findings", [])).items():
        setattr(draft, name, value)
    draft.save(update_fields=["findings_open", "errors_open"])
    return made
