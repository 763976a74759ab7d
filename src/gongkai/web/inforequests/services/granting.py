"""Leave to see a case without an account: given for its number and code, kept in the session, short.

A session sees one case at a time; half an hour without a page ends it, and so does "结束查询".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from gongkai.web.agencies.services import limits
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import numbering

IDLE_SECONDS = 30 * 60
_NAME = "inforequests.grant"
# Written anew at most once a minute: a page of pictures is one visit.
_RENEWED_SECONDS = 60
_PER_SENDER, _SENDER_SECONDS = 30, 10 * 60
_PER_NUMBER, _NUMBER_SECONDS = 10, 3600
_BY_SENDER, _BY_NUMBER = "request_query", "request_query_number"


class TooMany(Exception):
    """Too many tries: from this sender, or at this number."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Leave to see a case; `is_new` if this browser has just registered it, so that its code may be shown."""

    case: InfoRequest
    is_new: bool


def find(*, number: str, code: str, client: str) -> InfoRequest | None:
    """Return the case of a number and its code; None for either being wrong, which is not told apart.

    Only tries that fail are counted at a number, whether there is such a case or not.

    Raises:
        TooMany: the sender, or whoever asks after this number, has tried too often.
    """
    if not limits.within_limit(_BY_SENDER, client, most=_PER_SENDER, seconds=_SENDER_SECONDS):
        raise TooMany
    plain = numbering.plain_number(number)
    if not limits.within_limit(_BY_NUMBER, plain, most=_PER_NUMBER, seconds=_NUMBER_SECONDS):
        raise TooMany
    case = numbering.find_case(number, code)
    if case is not None:
        limits.take_back(_BY_NUMBER, plain)
    return case


def give(session: SessionBase, case: InfoRequest, *, now: datetime, is_new: bool = False) -> None:
    """Let the session see the case, under a new key that nobody could have planted."""
    session.cycle_key()
    session[_NAME] = {"case": case.pk, "at": int(now.timestamp()), "new": is_new}
    if SESSION_KEY not in session:
        session.set_expiry(0)  # With the browser; the idle time is kept below.


def given(session: SessionBase, *, now: datetime) -> Grant | None:
    """Return what the session may see; None if nothing, or not for half an hour."""
    kept = session.get(_NAME)
    if not kept:
        return None
    idle = now.timestamp() - kept["at"]
    case = InfoRequest.objects.select_related("agency", "applicant").filter(pk=kept["case"]).first()
    if idle > IDLE_SECONDS or case is None:
        end(session)
        return None
    if idle > _RENEWED_SECONDS:
        session[_NAME] = {**kept, "at": int(now.timestamp())}
    return Grant(case=case, is_new=bool(kept["new"]))


def end(session: SessionBase) -> None:
    """Take the leave back; a session that holds nothing else goes altogether."""
    session.pop(_NAME, None)
    if SESSION_KEY not in session:
        session.flush()
