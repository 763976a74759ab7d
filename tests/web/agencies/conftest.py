"""Somebody to tell things."""

from __future__ import annotations

import pytest
from county import County

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau, with mail."""
    person = county.person(Role.CLERK, county.bureau)
    person.email = "clerk@cexi.example"
    person.save()
    return person
