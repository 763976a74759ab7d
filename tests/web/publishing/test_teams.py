"""Who may edit and publish which section."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from county import County
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models import BodyPage

MAY_EDIT = {Role.CLERK, Role.REVIEWER, Role.APPROVER}
MAY_PUBLISH = {Role.APPROVER}


@pytest.mark.parametrize("role", [*Role, None])
def test_a_role_edits_and_publishes_in_its_own_section_only(county: County, role: Role | None) -> None:
    person = county.person(role, county.bureau)
    own = county.column(county.bureau, ColumnKind.CONTENT).permissions_for_user(person)
    other = county.column(county.township, ColumnKind.CONTENT).permissions_for_user(person)
    is_administrator = role is Role.ADMINISTRATOR
    assert own.can_edit() is (role in MAY_EDIT or is_administrator)
    assert own.can_add_subpage() is (role in MAY_EDIT or is_administrator)
    assert own.can_publish_subpage() is (role in MAY_PUBLISH or is_administrator)
    assert other.can_edit() is is_administrator
    assert other.can_publish_subpage() is is_administrator


def test_a_person_who_moves_to_another_body_moves_section(county: County) -> None:
    person = county.person(Role.CLERK, county.bureau)
    person.agency = county.township
    person.save()
    assert not county.column(county.bureau, ColumnKind.CONTENT).permissions_for_user(person).can_edit()
    person = type(person).objects.get(pk=person.pk)
    assert county.column(county.township, ColumnKind.CONTENT).permissions_for_user(person).can_edit()


def test_a_person_who_loses_the_role_loses_the_section(county: County) -> None:
    person = county.person(Role.APPROVER, county.bureau)
    person.groups.remove(Group.objects.get(name=Role.APPROVER.value))
    person = type(person).objects.get(pk=person.pk)
    assert not county.column(county.bureau, ColumnKind.CONTENT).permissions_for_user(person).can_edit()
    assert not person.groups.exists()


@pytest.mark.parametrize("part", ["edit/", "history/", "unpublish/", "delete/", "copy/", "privacy/", "lock/"])
def test_another_bodys_pages_are_closed(client_of: Callable[..., Client], county: County, part: str) -> None:
    document = county.document(county.township, "别家的文件")
    response = client_of(Role.APPROVER, county.bureau).get(f"/admin/pages/{document.pk}/{part}")
    assert response.status_code in {302, 403, 405}
    assert "别家的文件" not in response.content.decode()


def test_the_clerk_starts_in_their_own_section(client_of: Callable[..., Client], county: County) -> None:
    page = client_of(Role.CLERK, county.bureau).get("/admin/pages/", follow=True).content.decode()
    section = BodyPage.objects.get(agency=county.bureau)
    assert f"/admin/pages/{section.pk}/" in page
    assert "石桥镇" not in page
