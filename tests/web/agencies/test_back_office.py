"""Who sees and does what in the back office's lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from county import County
from django.test import Client

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.participation.models import Consultation

ClientOf = Callable[..., Client]
# Wagtail turns a refusal into a message on its front page.
REFUSED = (302, "/admin/")


def _answer(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_on_the_staff_reaches_the_front_page(client_of: ClientOf, role: Role) -> None:
    response = client_of(role).get("/admin/")
    assert response.status_code == 200
    assert "快捷入口" in response.content.decode()


def test_a_person_without_a_role_is_kept_out(client_of: ClientOf) -> None:
    assert client_of(None).get("/admin/").status_code == 302


def test_a_stranger_is_sent_to_the_login(client: Client, county: County) -> None:
    assert county.portal.live
    assert _answer(client, "/admin/agencies/") == (302, "/admin/login/?next=/admin/agencies/")


@pytest.mark.parametrize("role", list(Role))
def test_bodies_are_changed_by_the_administrator_alone(
    client_of: ClientOf, county: County, role: Role
) -> None:
    address = f"/admin/agencies/edit/{county.bureau.pk}/"
    expected = (200, "") if role is Role.ADMINISTRATOR else REFUSED
    assert _answer(client_of(role), address) == expected


@pytest.mark.parametrize("role", list(Role))
def test_staff_are_taken_on_by_the_administrator_alone(client_of: ClientOf, role: Role) -> None:
    expected = (200, "") if role is Role.ADMINISTRATOR else REFUSED
    assert _answer(client_of(role), "/admin/users/new/") == expected


def test_the_administrator_takes_a_clerk_on(client_of: ClientOf, county: County) -> None:
    form = client_of(Role.ADMINISTRATOR).get("/admin/users/new/").context["form"]
    roles = {str(group): group.pk for group in form.fields["groups"].queryset}
    assert set(roles) == {role.value for role in Role}
    assert "is_superuser" not in form.fields
    answer = client_of(Role.ADMINISTRATOR).post(
        "/admin/users/new/",
        {
            "username": "newclerk",
            "display_name": "新来的",
            "agency": county.bureau.pk,
            "password1": "long-enough-secret-1",
            "password2": "long-enough-secret-1",
            "groups": [roles[Role.CLERK.value]],
        },
    )
    assert answer.status_code == 302
    clerk = User.objects.get(username="newclerk")
    assert clerk.agency == county.bureau
    assert clerk.groups.filter(name=Role.CLERK.value).exists()


def test_the_administrator_cannot_touch_a_superuser(client_of: ClientOf, superuser: User) -> None:
    administrator = client_of(Role.ADMINISTRATOR)
    assert _answer(administrator, f"/admin/users/edit/{superuser.pk}/") == REFUSED
    password = {"password1": "taken-over-secret-1", "password2": "taken-over-secret-1"}
    administrator.post(f"/admin/users/edit/{superuser.pk}/", {"username": "installer", **password})
    superuser.refresh_from_db()
    assert superuser.check_password("not used to log in")


@pytest.mark.parametrize(
    ("closes_on", "reason", "is_kept"),
    [
        ("2025-07-03", "", True),
        ("2025-07-02", "", False),
        ("2025-06-10", "情况紧急", True),
        ("2025-06-02", "", False),
    ],
)
def test_a_consultation_lasts_thirty_days_or_says_why(
    client_of: ClientOf, county: County, closes_on: str, reason: str, is_kept: bool
) -> None:
    client_of(Role.CLERK, county.bureau).post(
        "/admin/consultations/new/",
        {
            "agency": county.bureau.pk,
            "title": "学区划分方案",
            "draft": "条文",
            "explanation": "说明",
            "opens_on": "2025-06-03",
            "closes_on": closes_on,
            "shortening_reason": reason,
        },
    )
    assert Consultation.objects.exists() is is_kept
