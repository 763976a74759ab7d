"""Limits hold for all workers; guessing passwords is slowed down; an administrator lets somebody in."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from county import County
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gongkai.web.agencies.models import Tally, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import limits, logins

LOGIN = "/admin/login/"
PASSWORD = "a-long-enough-password"
HELD = "密码错误次数过多"


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk with a password."""
    person = county.person(Role.CLERK, county.bureau)
    person.set_password(PASSWORD)
    person.save()
    return person


def attempt(username: str, password: str, address: str = "10.0.0.1") -> str:
    """Try to log in from an address; return where it leads, or the page's text."""
    given = {"username": username, "password": password, "next": "/admin/"}
    answer = Client(REMOTE_ADDR=address).post(LOGIN, given)
    return answer.headers.get("Location", "") or answer.content.decode()


@pytest.mark.django_db
def test_a_limit_counts_per_act_and_sender_until_its_time_is_over() -> None:
    answers = [limits.within_limit("write", "10.0.0.1", most=2, seconds=60) for _ in range(3)]
    assert answers == [True, True, False]
    assert limits.within_limit("write", "10.0.0.2", most=2, seconds=60)
    assert limits.within_limit("ask", "10.0.0.1", most=2, seconds=60)
    Tally.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert limits.within_limit("write", "10.0.0.1", most=1, seconds=60)
    assert not limits.within_limit("write", "10.0.0.1", most=1, seconds=60)


@pytest.mark.django_db
def test_what_is_over_is_not_kept_and_the_sender_is_not_named() -> None:
    limits.within_limit("write", "10.0.0.1", most=2, seconds=60)
    assert "10.0.0.1" not in Tally.objects.get().key
    Tally.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    limits.within_limit("write", "10.0.0.2", most=2, seconds=60)
    assert Tally.objects.get().key.endswith(limits.digest_of("write", "10.0.0.2"))


def test_five_wrong_passwords_hold_the_name_back_where_they_came_from(clerk: User) -> None:
    for _ in range(5):
        assert HELD not in attempt(clerk.username, "wrong")
    assert HELD in attempt(clerk.username, PASSWORD)
    assert HELD in attempt(clerk.username.upper(), PASSWORD)
    assert attempt(clerk.username, PASSWORD, "10.0.0.2") == "/admin/"


def test_the_hold_ends_by_itself(clerk: User) -> None:
    for _ in range(6):
        attempt(clerk.username, "wrong")
    Tally.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert attempt(clerk.username, PASSWORD) == "/admin/"


def test_an_unknown_name_is_held_back_alike(clerk: User) -> None:
    assert clerk.is_active
    answers = [attempt("nobody", "wrong") for _ in range(6)]
    assert HELD not in answers[4] and HELD in answers[5]


def test_success_forgives_and_is_not_counted(clerk: User) -> None:
    for _ in range(3):
        for _ in range(4):
            attempt(clerk.username, "wrong")
        assert attempt(clerk.username, PASSWORD) == "/admin/"
    for _ in range(60):
        assert attempt(clerk.username, PASSWORD) == "/admin/"


def test_one_client_cannot_use_up_a_name_for_everybody(clerk: User) -> None:
    for _ in range(100):
        logins.may_try(username=clerk.username, client="10.0.0.1")
    assert attempt(clerk.username, PASSWORD, "10.0.0.2") == "/admin/"


def test_many_clients_together_do_and_so_do_many_names_from_one(clerk: User) -> None:
    tried = [logins.may_try(username=clerk.username, client=f"10.0.{n}.1") for n in range(51)]
    assert tried == [True] * 50 + [False]
    tried = [logins.may_try(username=f"name{n}", client="10.9.9.9") for n in range(51)]
    assert tried == [True] * 50 + [False]


def test_an_administrator_lets_somebody_in_at_once(clerk: User) -> None:
    for _ in range(6):
        attempt(clerk.username, "wrong")
    said = StringIO()
    call_command("unlock_login", clerk.username, stdout=said)
    assert "已解除" in said.getvalue()
    assert attempt(clerk.username, PASSWORD) == "/admin/"
    call_command("unlock_login", "nobody", stdout=said)
    assert "没有暂停" in said.getvalue()
