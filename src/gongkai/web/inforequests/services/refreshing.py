"""Cases as they stand today: days pass, calendars and settings change, and the rows follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import acting, folding


def refresh_deadlines(*, on: date | None = None) -> int:
    """Fold every open case anew, as each day or a new calendar may change it; return how many changed."""
    live = Q(closed_on__isnull=True) | Q(next_due_on__isnull=False)
    cases = InfoRequest.objects.filter(live).order_by("pk").prefetch_related("records")
    return refresh_all(cases.iterator(500), on=on)


def refresh_all(cases: Iterable[InfoRequest], *, on: date | None = None) -> int:
    """Fold cases anew; return how many changed."""
    return sum(_refreshed(case, on) for case in cases)


def _refreshed(case: InfoRequest, on: date | None) -> bool:
    """Whether a case changed; only then is its row locked, and folded once more as it is by then."""
    if not folding.would_change(case, folding.case_file(case, on=on)):
        return False
    with transaction.atomic():
        row = acting.locked(case)
        return folding.refresh(row, folding.case_file(row, on=on))
