"""What the site does of itself, once a day or every few minutes.

An app names its management commands in `AppConfig.ready`; the worker runs them when they are due:

    schedule.daily("freeze_year", at=time(0, 20))
    schedule.every_minutes("publish_scheduled", 5)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Chore:
    """A management command without arguments that may be run again at any time, and how often it is run.

    `begins` is the moment of the day from which the first turn counts.
    """

    command: str
    every: timedelta
    begins: time = time(0)

    def turn(self, now: datetime) -> datetime:
        """Return the latest turn that has come by a local moment, aware as that is."""
        first = now.replace(hour=self.begins.hour, minute=self.begins.minute, second=0, microsecond=0)
        if first > now:
            first -= _DAY
        return first + (now - first) // self.every * self.every


_chores: dict[str, Chore] = {}


def daily(command: str, *, at: time) -> None:
    """Run a command once a day, from a local time on: later that day if no worker ran then."""
    _chores[command] = Chore(command=command, every=_DAY, begins=at)


def every_minutes(command: str, minutes: int) -> None:
    """Run a command every so many minutes."""
    _chores[command] = Chore(command=command, every=timedelta(minutes=minutes))


def chores() -> Sequence[Chore]:
    """Return what is run, in the order of registration."""
    return tuple(_chores.values())
