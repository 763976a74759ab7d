"""The web tests' database, a copy of the migrated template, and the county most of them work in."""

# ruff: noqa: E402  the settings must be named before anything of Django is imported
from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

DATA_DIR = Path(tempfile.mkdtemp(prefix="gongkai-tests-"))
os.environ["GONGKAI_DATA_DIR"] = str(DATA_DIR)
os.environ["GONGKAI_SECRET_KEY"] = "only for tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.config.settings"
os.environ.pop("GONGKAI_DEMO", None)

django = pytest.importorskip("django")
django.setup()

from county import County, build_county, load_county
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.config import template_database

CACHE_DIR = Path(__file__).resolve().parents[2] / "var" / "cache"


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Put a copy of the migrated template where the settings look; nothing is migrated here."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            shutil.copyfile(template_database.ensure(CACHE_DIR), settings.DATABASES["default"]["NAME"])
            build_county()
            yield
        else:
            yield from _postgresql()
        connections.close_all()


def _postgresql() -> Iterator[None]:
    """Copy a template database on the server that DATABASE_URL names, built on first use."""
    template = f"gongkai_template_{template_database.fingerprint()}"
    database = f"gongkai_test_{os.getpid()}"
    own_name = connection.settings_dict["NAME"]
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        is_built = cursor.fetchone() is not None
    if not is_built:
        # Migrated under another name first, so that a broken run leaves no half-built template.
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quote(database)}")
        template_database.migrate(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{database}", DATA_DIR)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {quote(database)} RENAME TO {quote(template)}")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quote(database)} TEMPLATE {quote(template)}")
    connections.close_all()
    connection.settings_dict["NAME"] = database
    build_county()
    yield
    connections.close_all()
    connection.settings_dict["NAME"] = own_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {quote(database)}")


@pytest.fixture(autouse=True)
def quick_passwords(settings: pytest.FixtureRequest) -> None:
    """Hash passwords fast: tests make many users."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def county(db: None) -> County:  # noqa: ARG001  the fixture opens the database
    """A county: government, office, a bureau, a township, the portal and a section for each.

    It is built once a session, before any test's transaction; a test's own changes are rolled back.
    """
    return load_county()


@pytest.fixture
def client_of(county: County) -> Callable[..., Client]:
    """Return a function that logs a new member of staff in: `client_of(Role.CLERK, county.bureau)`."""

    def log_in(role: Role | None, agency: object = None) -> Client:
        client = Client()
        client.force_login(county.person(role, agency or county.office))
        return client

    return log_in


@pytest.fixture
def superuser(county: County) -> User:
    """The one who installed the site."""
    return User.objects.create_superuser("installer", password="not used to log in", agency=county.office)
