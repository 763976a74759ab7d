"""The worker beside the site: begun anew when it dies, ended with the site, and left out when not wanted."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from gongkai.web import server
from gongkai.web.agencies.services import jobs
from gongkai.web.config import job_worker

FOREVER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)",
]


def until(is_so: Callable[[], object], seconds: float = 15) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if is_so():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def keeper() -> Iterator[job_worker._Keeper]:
    """A child that sleeps, kept."""
    made = job_worker._Keeper(FOREVER)
    made.start()
    assert until(lambda: made.child)
    yield made
    made.stop()


def test_a_worker_that_dies_is_begun_anew(keeper: job_worker._Keeper) -> None:
    first = keeper.child
    first.kill()
    assert until(lambda: keeper.child is not first and keeper.child.poll() is None)


def test_the_worker_ends_with_the_site_and_none_begins_after(keeper: job_worker._Keeper) -> None:
    child = keeper.child
    keeper.stop()
    assert child.returncode == -signal.SIGTERM
    assert not until(lambda: keeper.child is not child, 3)


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_worker, "_GRACE", 0.5)
    keeper = job_worker._Keeper(DEAF)
    keeper.start()
    assert until(lambda: keeper.child)
    time.sleep(0.5)  # it has to get deaf
    keeper.stop()
    assert keeper.child.returncode in (-signal.SIGKILL, -signal.SIGTERM)


def test_an_error_of_the_site_ends_the_worker_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[job_worker._Keeper] = []
    make = job_worker._Keeper

    def remember(_: object) -> job_worker._Keeper:
        kept.append(make(FOREVER))
        return kept[0]

    monkeypatch.setattr(job_worker, "_Keeper", remember)
    with pytest.raises(SystemExit), job_worker.worker_beside():
        assert until(lambda: kept[0].child)
        raise SystemExit(1)
    assert kept[0].child.poll() is not None


def test_none_is_run_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_worker, "_Keeper", None)
    with job_worker.worker_beside(wanted=False):
        pass
    assert server._serve_options(["--no-worker"]).no_worker and not server._demo_options([]).no_worker


def test_a_worker_whose_parent_is_gone_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(jobs.os, "_exit", ended.append)
    jobs._end_with(os.getppid() + 1)
    assert ended == [0]


def test_a_process_is_told_from_a_later_one_of_its_number() -> None:
    name = jobs.name_of(os.getpid())
    assert name == jobs.name_of(os.getpid()) and len(name) <= 64
    assert not name.endswith((":gone", ":"))
