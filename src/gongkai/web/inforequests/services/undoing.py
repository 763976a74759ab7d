"""A mistaken record voided, with what it had done to a letter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import LetterState
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import acting
from gongkai.web.inforequests.services.drafting import act_of


@transaction.atomic
def void_record(
    *, case: InfoRequest, sequence: int, reason: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> InfoRequest:  # fmt: skip
    """Void a mistaken record (`acting.void`); a letter whose going out it was has then not gone out."""
    wrong = case.records.filter(sequence=sequence).first()
    row = acting.void(case=case, sequence=sequence, reason=reason, by=by, seen=seen, now=now)
    sent = row.letters.filter(state=LetterState.ISSUED, sent_on=wrong.on) if wrong else row.letters.none()
    for letter in sent.order_by("-pk"):
        act = act_of(letter.kind).action
        went_out = wrong.act == Action.SERVE if act is Action.DECIDE else wrong.act == act
        if went_out:
            letter.sent_on, letter.told_at, letter.version = None, None, letter.version + 1
            letter.save(update_fields=["sent_on", "told_at", "version"])
            break
    return row
