"""Who may edit and publish which section: two groups per section, filled from staff's body and role.

Wagtail asks its groups everywhere (editing, history, previews, locks, moves), so the section's limits are
kept where Wagtail looks, and nobody fills these groups by hand.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.models import BodyPage, PortalPage


class Team(StrEnum):
    """A section's two groups; the value begins the group's name."""

    EDITORS = "栏目编辑"
    PUBLISHERS = "栏目发布"


MAY = {
    Team.EDITORS: ("add_page", "change_page"),
    Team.PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
TEAMS_OF = {
    Role.CLERK: frozenset({Team.EDITORS}),
    Role.REVIEWER: frozenset({Team.EDITORS}),
    Role.APPROVER: frozenset({Team.PUBLISHERS}),
}
_ADMINISTRATOR_MAY = (*MAY[Team.PUBLISHERS], "bulk_delete_page")


def team_name(team: Team, agency: Agency) -> str:
    """Return the name of the body's group; by number, because bodies are renamed."""
    return f"{team} {agency.pk}"


def set_up_portal(portal: PortalPage) -> None:
    """Let the system administrator manage the whole portal and its files."""
    group = Group.objects.get(name=Role.ADMINISTRATOR.value)
    _allow(group, portal, _ADMINISTRATOR_MAY)
    _allow_files(group)


def set_up_section(section: BodyPage) -> None:
    """Make the section's two groups, and place the staff the body already has."""
    for team in Team:
        group, _ = Group.objects.get_or_create(name=team_name(team, section.agency))
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        _allow(group, section, MAY[team])
        _allow_files(group)
    for user in section.agency.staff.all():
        place(user)


def place(user: User) -> None:
    """Put the person into exactly the section groups that their body and roles call for."""
    names = set(user.groups.values_list("name", flat=True))
    teams = {team for role, teams in TEAMS_OF.items() if role.value in names for team in teams}
    wanted = {team_name(team, user.agency) for team in teams} if user.agency else set()
    held = {name for name in names if name.startswith(tuple(Team))}
    if superfluous := held - wanted:
        user.groups.remove(*Group.objects.filter(name__in=superfluous))
    if lacking := wanted - held:
        user.groups.add(*Group.objects.filter(name__in=lacking))


def _allow(group: Group, page: Page, codenames: tuple[str, ...]) -> None:
    for codename in codenames:
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.objects.get(pk=page.pk), permission=_permission("wagtailcore", codename)
        )


def _allow_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    for codename in ("add_document", "choose_document"):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission("wagtaildocs", codename)
        )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
