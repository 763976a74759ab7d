"""Who enters a body's numbers, who sees them, and of which years."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Max

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import MonthlyFigure, SheetFact
from gongkai.web.oversight.services.reports.registering import FIRST_YEAR

ENTERING = (Role.CLERK, Role.REVIEWER, Role.APPROVER)


def may_enter(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether the person enters the body's numbers: the office of the body itself, nobody for it."""
    own = user.is_authenticated and user.agency_id == agency.pk
    return own and any(has_role(user, role) for role in ENTERING)


def check_may_enter(user: User | AnonymousUser, agency: Agency) -> None:
    """Raise PermissionDenied unless the person enters the body's numbers."""
    if not may_enter(user, agency):
        raise PermissionDenied("本机关的经办、审核、审批人员才能填报这些数据。")


def years(today: date) -> list[int]:
    """Return the years numbers can be entered for, the newest first: this one, back to the first report."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def usual_year(today: date) -> int:
    """Return the year people come for: until the end of March, the one the report is due for."""
    return today.year - 1 if today.month <= 3 else today.year


def last_row(model: type[MonthlyFigure] | type[SheetFact], agency: Agency, year: int) -> int:
    """Return the number of the last row of a body's year, 0 before the first: what a form has seen."""
    return model.objects.filter(agency=agency, year=year).aggregate(last=Max("pk"))["last"] or 0
