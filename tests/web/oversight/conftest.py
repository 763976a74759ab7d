"""Who acts in the tests of oversight."""

from __future__ import annotations

import pytest
from county import County
from filing import send_file, unclear_file

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport


@pytest.fixture
def supervisor(county: County) -> User:
    """The supervisor of the county: in its office, over every body below."""
    return county.person(Role.SUPERVISOR, county.office)


@pytest.fixture
def unclear(county: County, supervisor: User) -> AnnualReport:
    """A report with three cells that nobody can read for sure."""
    return send_file(unclear_file(county.bureau), county.bureau, supervisor)
