"""What the site does of itself: each turn once, late turns made up for, failures kept and told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, get_commands
from django.utils import timezone

from gongkai.web.agencies import schedule
from gongkai.web.agencies.models import ChoreRun
from gongkai.web.agencies.services import chores

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in China


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two chores of our own, and the commands in the order they were run."""
    monkeypatch.setattr(schedule, "_chores", {})
    schedule.daily("nightly", at=time(0, 20))
    schedule.every_minutes("often", 5)
    seen: list[str] = []
    monkeypatch.setattr(chores, "call_command", lambda name, **_: seen.append(name))
    return seen


def turn_of(command: str, now: datetime) -> datetime:
    chore = next(each for each in schedule.chores() if each.command == command)
    return chore.turn(now)


@pytest.mark.usefixtures("ran")
def test_a_daily_turn_is_that_of_the_local_day() -> None:
    just_before = datetime(2026, 3, 2, 0, 19, tzinfo=CHINA)
    assert turn_of("nightly", just_before) == datetime(2026, 3, 1, 0, 20, tzinfo=CHINA)
    assert turn_of("nightly", just_before + timedelta(minutes=1)).day == 2


@pytest.mark.usefixtures("ran")
def test_turns_of_minutes_count_from_midnight() -> None:
    now = datetime(2026, 3, 2, 9, 13, 42, tzinfo=CHINA)
    assert turn_of("often", now) == datetime(2026, 3, 2, 9, 10, tzinfo=CHINA)


@pytest.mark.django_db
def test_each_turn_is_taken_once(ran: list[str]) -> None:
    chores.run_due(now=NOON)
    chores.run_due(now=NOON + timedelta(minutes=1))
    assert ran == ["nightly", "often"]
    chores.run_due(now=NOON + timedelta(minutes=5))
    assert ran == ["nightly", "often", "often"]
    chores.run_due(now=NOON + timedelta(days=1))
    assert ran[3:] == ["nightly", "often"]
    assert ChoreRun.objects.filter(ended_at=None).count() == 0


@pytest.mark.django_db
def test_a_turn_that_is_being_worked_on_is_left_alone_until_its_worker_must_be_dead(ran: list[str]) -> None:
    turn = turn_of("nightly", timezone.localtime(NOON))
    ChoreRun.objects.create(command="nightly", turn=turn, begun_at=NOON - timedelta(minutes=1))
    chores.run_due(now=NOON)
    assert ran == ["often"]
    chores.run_due(now=NOON + timedelta(hours=2))
    assert ran == ["often", "nightly", "often"]
    assert ChoreRun.objects.get(command="nightly").ended_at is not None


@pytest.mark.django_db
def test_what_fails_is_told_and_waits_for_its_next_turn(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str, **_: object) -> None:
        ran.append(name)
        if name == "nightly":
            raise CommandError("没有发出")

    monkeypatch.setattr(chores, "call_command", fail)
    chores.run_due(now=NOON)
    chores.run_due(now=NOON + timedelta(minutes=1))
    assert ran == ["nightly", "often"]
    assert ChoreRun.objects.get(command="nightly").trouble == "CommandError：没有发出"


@pytest.mark.django_db
def test_old_turns_are_forgotten(ran: list[str]) -> None:
    chores.run_due(now=NOON)
    chores.forget_old(now=NOON + timedelta(days=61))
    assert ran
    assert not ChoreRun.objects.exists()


def test_every_chore_is_a_command_of_this_site() -> None:
    names = {each.command for each in schedule.chores()}
    assert {"freeze_year", "remind_of_requests", "deliver_notifications"} <= names
    assert names <= get_commands().keys()
