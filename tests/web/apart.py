"""A database of a test's own, copied from the session's, for what must commit or takes long to make."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def own_database(directory: Path) -> Iterator[None]:
    """Work in a copy of the session's database, which is removed at the end; nothing may be open in it."""
    connections.close_all()
    shared = connection.settings_dict["NAME"]
    own = _copied(shared, directory)
    connection.settings_dict["NAME"] = own
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = shared
        if connection.vendor != "sqlite":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(own)}")


def _copied(shared: str, directory: Path) -> str:
    if connection.vendor == "sqlite":
        own = str(directory / "own.sqlite3")
        with closing(sqlite3.connect(shared)) as source:
            source.execute("VACUUM INTO ?", (own,))
        return own
    own, quote = f"{shared}_apart", connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quote(own)} TEMPLATE {quote(shared)}")
    return own
