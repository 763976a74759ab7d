"""May this person act for this body?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from county import County
from django.contrib.auth.models import AnonymousUser

from gongkai.web.agencies.permissions import has_role, may_act_for, may_oversee, overseen_ids
from gongkai.web.agencies.roles import Role

EVERY_ROLE = [*Role, None]


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_everybody_acts_for_their_own_body(county: County, role: Role | None) -> None:
    assert may_act_for(county.person(role, county.bureau), county.bureau)


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize("target", ["government", "bureau", "township"])
def test_only_the_supervisor_acts_for_bodies_below(county: County, role: Role | None, target: str) -> None:
    person = county.person(role, county.office)
    assert may_act_for(person, getattr(county, target)) is (role is Role.SUPERVISOR)
    assert may_oversee(person, getattr(county, target)) is (role is Role.SUPERVISOR)


def test_a_supervisor_of_one_body_has_no_say_beside_or_above_it(county: County) -> None:
    person = county.person(Role.SUPERVISOR, county.bureau)
    assert not may_act_for(person, county.office)
    assert not may_act_for(person, county.township)


def test_a_supervisor_has_no_say_in_another_county(county: County) -> None:
    assert not may_act_for(county.person(Role.SUPERVISOR, county.office), county.stranger)


def test_a_ring_of_oversight_ends(county: County) -> None:
    assert overseen_ids(county.office) == {county.government.pk, county.bureau.pk, county.township.pk}


def test_someone_who_left_may_do_nothing(county: County) -> None:
    person = county.person(Role.SUPERVISOR, county.office)
    person.is_active = False
    person.save()
    assert not may_act_for(person, county.office)
    assert not may_oversee(person, county.bureau)


def test_a_stranger_may_do_nothing(county: County) -> None:
    assert not may_act_for(AnonymousUser(), county.bureau)
    assert not may_oversee(AnonymousUser(), county.bureau)


def test_a_person_without_a_body_acts_for_nobody_unless_administrator(county: County) -> None:
    assert not may_act_for(county.person(Role.SUPERVISOR, None), county.bureau)
    assert may_act_for(county.person(Role.ADMINISTRATOR, None), county.bureau)


def test_roles_are_read_once_however_often_they_are_asked(
    county: County, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    user = county.person(Role.CLERK, county.bureau)
    with django_assert_num_queries(1):
        assert [role for role in Role if has_role(user, role)] == [Role.CLERK]
