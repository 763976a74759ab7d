"""The six roles of a disclosure office, kept as groups, and what each may do.

An app adds its own permissions to a role from `AppConfig.ready`:

    grant(Role.SUPERVISOR, "oversight.view_annualreport")

After each migration the groups are made to hold exactly what was granted, so the code is the one list.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import Any

from django.apps import AppConfig, apps
from django.db.models import Model, Q


class Role(StrEnum):
    """A role; its value is the group's name."""

    CLERK = "经办"
    REVIEWER = "审核"
    APPROVER = "审批"
    SECRECY_REVIEWER = "保密审查"
    SUPERVISOR = "主管部门"
    ADMINISTRATOR = "系统管理员"


_granted: dict[Role, set[str]] = defaultdict(set)


def grant(role: Role, *permissions: str) -> None:
    """Give `role` permissions written as "app_label.codename"."""
    _granted[role].update(permissions)


def granted(role: Role) -> frozenset[str]:
    """Return the permissions that the apps have given `role`."""
    return frozenset(_granted[role])


def synchronise_roles() -> frozenset[str]:
    """Make one group per role with exactly the granted permissions; return those no model declares.

    A permission may be missing for a while, when only some apps have been migrated; a test sees to it
    that none is missing after a full migration.
    """
    groups = apps.get_model("auth", "Group").objects
    missing: set[str] = set()
    for role in Role:
        wanted = granted(role)
        group, _ = groups.get_or_create(name=role.value)
        found = _permissions(wanted)
        missing |= wanted - found.keys()
        group.permissions.set(found.values())
    return frozenset(missing)


def _permissions(names: frozenset[str]) -> dict[str, Model]:
    match = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        match |= Q(content_type__app_label=app_label, codename=codename)
    rows = apps.get_model("auth", "Permission").objects.filter(match).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def after_migration(sender: AppConfig, **_: Any) -> None:
    """Synchronise once, when the signal reaches the last app and all permissions have been made."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender.label == with_models[-1].label:
        synchronise_roles()
