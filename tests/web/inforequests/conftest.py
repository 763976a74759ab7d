"""An office that can be reached and has its mark: who writes its letters, and who signs them."""

from __future__ import annotations

import pytest
from county import County

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import DeskSettings


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau, whose letters can be whole."""
    DeskSettings.objects.create(agency=county.bureau, mark="测教")
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    return county.person(Role.CLERK, county.bureau)


@pytest.fixture
def approver(county: County) -> User:
    """An approver of the bureau."""
    return county.person(Role.APPROVER, county.bureau)
