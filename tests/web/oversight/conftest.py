"""Who acts in the tests of oversight."""

from __future__ import annotations

import pytest
from county import County
from filing import FAULTY, send_file, unclear_file
from january import filed, opened

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, Collection, Filing


@pytest.fixture
def supervisor(county: County) -> User:
    """The supervisor of the county: in its office, over every body below."""
    return county.person(Role.SUPERVISOR, county.office)


@pytest.fixture
def unclear(county: County, supervisor: User) -> AnnualReport:
    """A report with three cells that nobody can read for sure."""
    return send_file(unclear_file(county.bureau), county.bureau, supervisor)


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau."""
    return county.person(Role.CLERK, county.bureau)


@pytest.fixture
def collection(county: County, supervisor: User, clerk: User) -> Collection:  # noqa: ARG001  told of it
    """The county's collection."""
    return opened(county, supervisor)


@pytest.fixture
def faulty(collection: Collection, county: County, supervisor: User) -> Filing:
    """The bureau's report with faults, filed."""
    return filed(collection, county.bureau, supervisor, faults=FAULTY)
