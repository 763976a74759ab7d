"""Whose disclosure a draft counts, and who of its office may do what."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, may_oversee, overseen_ids
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Scope
from gongkai.web.oversight.models import AnnualReport, Draft, MonthlyFigure, SheetFact


def bodies_of(draft: Draft) -> list[Agency]:
    """Return the bodies whose records a draft counts: its own, or all of the government's area.

    One that was closed is among them: what it did that year, and left open before it, was done in the area.
    """
    if draft.scope == Scope.OFFICE:
        return [draft.agency]
    return list(Agency.objects.filter(pk__in={draft.agency_id, *overseen_ids(draft.agency)}))


def reporting(bodies: Sequence[Agency], year: int) -> list[Agency]:
    """Return those of several bodies who owe a year's entered numbers: a closed one only if it has any."""
    closed = [body.pk for body in bodies if not body.is_active]
    if not closed or len(bodies) == 1:
        return list(bodies)
    rows = (model.objects.filter(agency__in=closed, year=year) for model in (MonthlyFigure, SheetFact))
    entered = {agency for each in rows for agency in each.values_list("agency", flat=True).distinct()}
    return [body for body in bodies if body.is_active or body.pk in entered]


def scopes_of(agency: Agency) -> list[Scope]:
    """Return the scopes a body may choose, its usual one first.

    Source: domain practice for R711 art. 49: a government reports for its area, all others for themselves.
    """
    if agency.kind == Kind.GOVERNMENT:
        return [Scope.AREA, Scope.MEMBERS, Scope.OFFICE]
    return [Scope.OFFICE, Scope.AREA] if agency.is_government else [Scope.OFFICE]


def office_of(agency: Agency) -> Agency:
    """Return the body whose people write the report: of a government, its office (R711 art. 49)."""
    authority = agency.competent_authority
    return authority if agency.kind == Kind.GOVERNMENT and authority is not None else agency


def writers_of(agency: Agency) -> Role:
    """Return the role that writes the body's report."""
    return Role.CLERK if office_of(agency) == agency else Role.SUPERVISOR


def roles_of(user: User, agency: Agency) -> frozenset[str]:
    """Return the roles a person has for the body's report; none for those of other offices."""
    if not user.is_active or user.agency_id not in (agency.pk, office_of(agency).pk):
        return frozenset()
    return user.role_names


def may_write(user: User, agency: Agency) -> bool:
    """Whether the person writes the body's report: its clerk; for a government, its office's supervisor."""
    return writers_of(agency).value in roles_of(user, agency)


def check_may_write(user: User, agency: Agency) -> None:
    """Raise PermissionDenied unless the person writes the body's report."""
    if not may_write(user, agency):
        raise PermissionDenied("本机关负责起草年度报告的经办人员才能修改。")


def visible_drafts(user: User) -> QuerySet[Draft]:
    """Return the drafts a person may see: of the bodies they act for."""
    return Draft.objects.filter(agency__in=agencies_of(user)).select_related("agency__competent_authority")


def may_publish(user: User, report: AnnualReport) -> bool:
    """Whether the person may publish a version: its supervisor; if drafted here, its approver too."""
    if may_oversee(user, report.agency):
        return True
    is_drafted = Draft.objects.filter(report=report).exists()
    return is_drafted and Role.APPROVER.value in roles_of(user, report.agency)


def check_may_publish(user: User, report: AnnualReport) -> None:
    """Raise PermissionDenied unless the person may publish the version."""
    if not may_publish(user, report):
        raise PermissionDenied("主管部门或者本机关的审批人员才能公开这份报告。")
