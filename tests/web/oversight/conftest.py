"""Who acts in the tests of oversight."""

from __future__ import annotations

import pytest
from county import County

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role


@pytest.fixture
def supervisor(county: County) -> User:
    """The supervisor of the county: in its office, over every body below."""
    return county.person(Role.SUPERVISOR, county.office)
