"""Keeping a running installation's database in step with its code."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending_migrations() -> int:
    """Return how many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refresh_statistics() -> None:
    """Tell SQLite how large its tables are, from a sample: it goes through the smaller one of two first.

    PostgreSQL finds out by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def migrate() -> None:
    """Bring the database up to date."""
    call_command("migrate", interactive=False, verbosity=1)
