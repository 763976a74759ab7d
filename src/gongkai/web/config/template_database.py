"""A migrated, empty SQLite database kept for copying: two hundred migrations run once, not at every start.

It is keyed by everything that shapes it, so it can never be stale: a changed migration is another file.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.apps import apps

from gongkai.web.agencies import roles
from gongkai.web.agencies.roles import Role, granted

_SHAPED_BY = ("django", "wagtail", "django-treebeard", "modelsearch", "django-tasks-db")
_KEPT_FOR = 7 * 24 * 3600


def fingerprint() -> str:
    """Return a short hash of all migrations, the roles' permissions and the libraries' versions."""
    digest = hashlib.sha256()
    for name in _SHAPED_BY:
        digest.update(f"{name}={version(name)};".encode())
    for role in Role:
        digest.update(f"{role}={sorted(granted(role))};".encode())
    for path in (*_migration_files(), Path(roles.__file__)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migration_files() -> Iterator[Path]:
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        yield from sorted((Path(config.path) / "migrations").glob("*.py"))


def ensure(directory: Path) -> Path:
    """Return the template in `directory`, built first if it is not there.

    Raises:
        subprocess.CalledProcessError: a migration failed.
    """
    path = directory / f"template-{fingerprint()}.sqlite3"
    if path.exists():
        return path
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory) as work:
        built = _build(Path(work))
        built.replace(path)
    _forget_unused(directory)
    return path


def _forget_unused(directory: Path) -> None:
    horizon = time.time() - _KEPT_FOR
    for old in directory.glob("template-*.sqlite3"):
        if old.stat().st_mtime < horizon:
            old.unlink(missing_ok=True)


def _build(work: Path) -> Path:
    """Migrate a new database in another process, so that this one's connections stay untouched."""
    source, packed = work / "new.sqlite3", work / "packed.sqlite3"
    migrate(f"sqlite:///{source}", work)
    with sqlite3.connect(source) as connection:
        connection.execute("VACUUM INTO ?", (str(packed),))
    connection.close()
    return packed


def migrate(database_url: str, data_dir: Path) -> None:
    """Bring the database at `database_url` up to date in a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "GONGKAI_DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
