"""The groups are what the code says."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from gongkai.web.agencies.roles import Role, granted, synchronise_roles

pytestmark = pytest.mark.django_db


def _held(role: Role) -> set[str]:
    rows = Group.objects.get(name=role.value).permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_holds_exactly_what_the_apps_grant(role: Role) -> None:
    assert _held(role) == granted(role)
    assert "wagtailadmin.access_admin" in granted(role)


def test_every_granted_permission_exists() -> None:
    assert synchronise_roles() == frozenset()


def test_a_permission_given_by_hand_is_taken_back_at_the_next_migration() -> None:
    clerk = Group.objects.get(name=Role.CLERK.value)
    clerk.permissions.add(Permission.objects.get(codename="delete_user"))
    synchronise_roles()
    assert _held(Role.CLERK) == granted(Role.CLERK)


def test_no_sample_group_is_left() -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
