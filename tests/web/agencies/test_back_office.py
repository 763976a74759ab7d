"""Who sees and does what in the back office's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.test import Client

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest
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


def _request_for(agency: object, number: str) -> InfoRequest:
    return InfoRequest.objects.create(
        agency=agency,
        number=number,
        channel="in_person",
        submitted_on=date(2025, 6, 3),
        received_on=date(2025, 6, 3),
        wanted="供水水质检测结果",
    )


def test_a_clerk_sees_the_requests_of_their_own_body_only(client_of: ClientOf, county: County) -> None:
    _request_for(county.bureau, "教〔2025〕1号")
    other = _request_for(county.township, "石桥〔2025〕1号")
    clerk = client_of(Role.CLERK, county.bureau)
    page = clerk.get("/admin/inforequests/").content.decode()
    assert "教〔2025〕1号" in page
    assert "石桥〔2025〕1号" not in page
    for part in ("edit", "history", "usage"):
        assert _answer(clerk, f"/admin/inforequests/{part}/{other.pk}/") == REFUSED


def test_a_clerk_cannot_register_a_request_for_another_body(client_of: ClientOf, county: County) -> None:
    values = {
        "number": "假〔2025〕1号",
        "channel": "internet",
        "submitted_on": "2025-06-03",
        "received_on": "2025-06-03",
        "wanted": "预算",
    }
    clerk = client_of(Role.CLERK, county.bureau)
    offered = clerk.get("/admin/inforequests/new/").context["form"]["agency"]
    assert list(offered.field.queryset) == [county.bureau]
    assert offered.value() == county.bureau.pk
    clerk.post("/admin/inforequests/new/", {**values, "agency": county.township.pk})
    assert not InfoRequest.objects.exists()
    clerk.post("/admin/inforequests/new/", {**values, "agency": county.bureau.pk})
    assert InfoRequest.objects.get().agency == county.bureau


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
