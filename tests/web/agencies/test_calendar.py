"""A person's deadlines in their calendar program: a secret address, theirs alone, withdrawn at will."""

from __future__ import annotations

import re
from datetime import date

import pytest
from county import County
from django.test import Client
from django.utils import timezone

from gongkai.web.agencies import calendar_sources
from gongkai.web.agencies.calendar_sources import Entry
from gongkai.web.agencies.models import CalendarAddress, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import calendars

FORM = "/admin/tongzhi/rili/"


def source(user: User, today: date) -> list[Entry]:
    """Two entries of a person, later one first."""
    assert today == timezone.localdate()
    long = "依申请公开答复期限，编号；" * 5
    return [
        Entry(uid="case-2", day=date(2025, 4, 2), title=long, url="/admin/b/"),
        Entry(uid="case-1", day=date(2025, 4, 1), title=f"{user.username}\n的期限, 一", url="/admin/a/"),
    ]


@pytest.fixture
def clerk(county: County, monkeypatch: pytest.MonkeyPatch) -> User:
    """A clerk who has two deadlines."""
    monkeypatch.setattr(calendar_sources, "_sources", [f"{__name__}.source"])
    return county.person(Role.CLERK, county.bureau)


def address_shown(client: Client) -> str:
    text = client.get("/admin/tongzhi/").content.decode()
    found = re.search(r'value="http://testserver(/rili/\S+\.ics)"', text)
    return found[1] if found else ""


@pytest.fixture
def desk(clerk: User) -> Client:
    """The clerk's browser, with an address."""
    client = Client()
    client.force_login(clerk)
    assert address_shown(client) == ""
    client.post(FORM, {"act": "open"})
    return client


def test_whoever_knows_the_address_sees_the_deadlines(client: Client, desk: Client, clerk: User) -> None:
    answer = client.get(address_shown(desk))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert [line for line in lines if line.startswith(("UID", "DTSTART"))] == [
        "UID:case-1@localhost:8000",
        "DTSTART;VALUE=DATE:20250401",
        "UID:case-2@localhost:8000",
        "DTSTART;VALUE=DATE:20250402",
    ]
    assert f"SUMMARY:{clerk.username} 的期限\\, 一" in lines
    assert "URL:http://localhost:8000/admin/a/" in lines


def test_no_line_is_too_long_and_no_character_cut(clerk: User) -> None:
    lines = calendars.calendar_of(clerk, timezone.now()).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert any(line.startswith(b" ") for line in lines)


def test_a_new_address_ends_the_old_and_closing_ends_all(client: Client, desk: Client) -> None:
    first = address_shown(desk)
    desk.post(FORM, {"act": "open"})
    second = address_shown(desk)
    assert first != second
    assert [client.get(one).status_code for one in (first, second)] == [404, 200]
    desk.post(FORM, {"act": "close"})
    assert client.get(second).status_code == 404
    assert address_shown(desk) == "" and not CalendarAddress.objects.exists()


def test_the_address_ends_with_the_person(client: Client, desk: Client, clerk: User) -> None:
    address = address_shown(desk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(address).status_code == 404
    assert client.get("/rili/guess.ics").status_code == 404
