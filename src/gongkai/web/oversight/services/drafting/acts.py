"""What every act on a draft has in common: what it locks, what it refuses, the audit that follows it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.web.oversight.choices import DraftState
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting.auditing import audit_of_draft, tally
from gongkai.web.oversight.services.drafting.composing import drafted

OVERTAKEN = "您打开页面以后，这份草稿有了新的修改。请重新打开页面，核对后再办理。"


def locked(draft: Draft, seen: int | None = None) -> Draft:
    """Return the draft as it is now, kept from others until the transaction ends.

    Args:
        seen: the count of saves that the person has seen; None asks for none.
    Raises:
        Refused: somebody has changed it since.
    """
    rows = Draft.objects.select_for_update(of=("self",)).select_related("agency__competent_authority")
    now = rows.get(pk=draft.pk)
    if seen is not None and now.saves != seen:
        raise Refused(OVERTAKEN)
    return now


def check_is_open(draft: Draft) -> None:
    """Raise Refused where the draft has been sent up."""
    if draft.state != DraftState.DRAFTING:
        raise Refused(f"这份报告{draft.get_state_display()}，不能修改；退回或者重新起草后再改。")


def audit_draft(*, draft: Draft, now: datetime, alike: bool = True) -> Draft:
    """Audit the draft as it reads now and keep what was found, unless it changed meanwhile; return it.

    Counting and the rules run before the transaction begins: nobody is to wait for them.

    Args:
        alike: compare the words with other reports anew.
    Raises:
        Refused: the rules came to no end.
    """
    draft = Draft.objects.select_related("agency__competent_authority").get(pk=draft.pk)
    result = audit_of_draft(drafted(draft), alike=alike)
    counts = tally(draft, result["findings"])
    with transaction.atomic():
        fresh = Draft.objects.filter(pk=draft.pk, saves=draft.saves)
        fresh.update(audit=result, audited_at=now, **counts)
    draft.refresh_from_db()
    return draft
