"""Strangers' files are read in a child process that ends at its limits."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from pages import ROWS, numbers, page

from gongkai.report.codec import dump
from gongkai.report.reading import NotAReport, Unreadable, guarded, read_bytes
from gongkai.report.reading.guarded import Limits, read_guarded


def test_a_report_reads_the_same_as_without_the_guard() -> None:
    data = page().encode()
    guarded_, plain = read_guarded(data, "a.txt"), read_bytes(data, "a.txt")
    assert numbers(guarded_.report, "new") == list(ROWS["new"])
    assert dump(guarded_.report, guarded_.notes, provenance=True) == dump(
        plain.report, plain.notes, provenance=True
    )


def test_errors_come_through_by_their_names() -> None:
    with pytest.raises(NotAReport):
        read_guarded("没有表。".encode(), "a.txt")
    with pytest.raises(Unreadable, match="空"):
        read_guarded(b"", "a.txt")


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    read_guarded(page().encode(), "a.txt")
    os.kill(guarded._running[0].process.pid, signal.SIGSTOP)
    with pytest.raises(Unreadable, match="已停止"):
        read_guarded(page().encode(), "a.txt", Limits(seconds=0.2))
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_a_child_that_dies_is_replaced() -> None:
    read_guarded(page().encode(), "a.txt")
    os.kill(guarded._running[0].process.pid, signal.SIGKILL)
    guarded._running[0].process.wait()
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_a_child_that_dies_over_a_file_makes_that_file_unreadable() -> None:
    read_guarded(page().encode(), "a.txt")
    pid = guarded._running[0].process.pid
    os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(Unreadable, match="中断"):
        read_guarded(page().encode(), "a.txt")
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_memory_beyond_the_limit_is_refused() -> None:
    huge = b"0 " * 20_000_000
    with pytest.raises((Unreadable, NotAReport)):
        read_guarded(huge, "a.txt", Limits(seconds=20, memory_mb=256))
    assert read_guarded(page().encode(), "a.txt").report.year == 2023
