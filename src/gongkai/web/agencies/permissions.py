"""May this person act for, or look over, this body? Asked here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role


def has_role(user: User | AnonymousUser, role: Role) -> bool:
    """Whether the person holds the role in their body."""
    return user.is_active and user.is_authenticated and role.value in user.role_names


def overseen_ids(agency: Agency) -> frozenset[int]:
    """Return the ids of all bodies below `agency`, by parent or by competent authority, at any depth.

    A county's office is overseen by nobody below it but oversees the county government's own report
    (R711 art. 49), so the two relations may form a ring; `agency` itself is never in the answer.
    """
    below: dict[int, set[int]] = {}
    for pk, *superiors in Agency.objects.values_list("pk", "parent_id", "competent_authority_id"):
        for superior in superiors:
            if superior is not None:
                below.setdefault(superior, set()).add(pk)
    found: set[int] = set()
    waiting = [agency.pk]
    while waiting:
        fresh = below.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found - {agency.pk})


def agencies_of(user: User | AnonymousUser) -> QuerySet[Agency]:
    """Return the bodies the person may act for: their own; for a supervisor, also those below it."""
    if not user.is_active or not user.is_authenticated:
        return Agency.objects.none()
    if user.is_superuser or (user.agency_id is None and has_role(user, Role.ADMINISTRATOR)):
        return Agency.objects.all()
    if user.agency is None:
        return Agency.objects.none()
    ids = {user.agency.pk}
    if has_role(user, Role.SUPERVISOR):
        ids |= overseen_ids(user.agency)
    return Agency.objects.filter(pk__in=ids)


def agencies_named(user: User | AnonymousUser, slugs: Iterable[str]) -> list[Agency]:
    """Return the bodies of these slugs, in the bodies' order.

    Raises:
        PermissionDenied: one is not there, or the person may not act for it.
    """
    wanted = set(slugs)
    found = list(agencies_of(user).filter(slug__in=wanted))
    if not wanted or len(found) != len(wanted):
        raise PermissionDenied("您无权查看该机关的数据。")
    return found


def may_act_for(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether the person may act for the body."""
    return agencies_of(user).filter(pk=agency.pk).exists()


def may_oversee(user: User | AnonymousUser, agency: Agency) -> bool:
    """Whether the person, as supervisor, looks over the body: their own, or one below it."""
    if not user.is_active or not user.is_authenticated:
        return False
    return (user.is_superuser or has_role(user, Role.SUPERVISOR)) and may_act_for(user, agency)


def check_may_act_for(user: User | AnonymousUser, agency: Agency) -> None:
    """Raise PermissionDenied unless the person may act for the body."""
    if not may_act_for(user, agency):
        raise PermissionDenied("您无权办理该机关的事项。")


def check_may_oversee(user: User | AnonymousUser, agency: Agency) -> None:
    """Raise PermissionDenied unless the person supervises the body."""
    if not may_oversee(user, agency):
        raise PermissionDenied("您不是该机关的主管部门。")
