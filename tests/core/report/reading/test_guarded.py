"""Strangers' files are read in a child process that ends at its limits."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
    os.kill(guarded._pool.waiting[-1].process.pid, signal.SIGSTOP)
    with pytest.raises(Unreadable, match="已停止"):
        read_guarded(page().encode(), "a.txt", Limits(seconds=0.2))
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_a_child_that_dies_is_replaced() -> None:
    read_guarded(page().encode(), "a.txt")
    os.kill(guarded._pool.waiting[-1].process.pid, signal.SIGKILL)
    guarded._pool.waiting[-1].process.wait()
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_a_child_that_dies_over_a_file_makes_that_file_unreadable() -> None:
    read_guarded(page().encode(), "a.txt")
    pid = guarded._pool.waiting[-1].process.pid
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


def test_several_threads_read_at_once_and_each_gets_its_own_answer() -> None:
    years = [2019 + i % 6 for i in range(24)]
    files = [page(title=f"霁川县人民政府{year}年政府信息公开工作年度报告").encode() for year in years]
    with ThreadPoolExecutor(6) as threads:
        readings = list(threads.map(lambda data: read_guarded(data, "a.txt"), files))
    assert [reading.report.year for reading in readings] == years
    assert len(guarded._pool.waiting) <= guarded.MAX_CHILDREN


def test_stopping_ends_what_is_being_read_at_once() -> None:
    read_guarded(page().encode(), "a.txt")
    os.kill(guarded._pool.waiting[-1].process.pid, signal.SIGSTOP)
    threading.Timer(0.2, guarded.stop).start()
    with pytest.raises(Unreadable, match="中断"):
        read_guarded(page().encode(), "a.txt")
    assert read_guarded(page().encode(), "a.txt").report.year == 2023


def test_an_answer_without_measure_is_refused() -> None:
    shown = dump(read_bytes(page().encode(), "a.txt").report)
    shown["sections"] = [{"code": "overview", "heading": "", "text": "字" * 3_000_000}]
    with pytest.raises(Unreadable, match="过多"):
        read_guarded(json.dumps(shown, ensure_ascii=False).encode(), "a.json")


def test_modules_lying_beside_the_files_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit")
    (tmp_path / "selectolax.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    guarded.stop()
    with pytest.raises(NotAReport):
        read_guarded(b"<html><p>x</p></html>", "a.html")


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel about the child")
def test_the_child_knows_no_secrets_and_heads_a_group_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    guarded.stop()
    read_guarded(page().encode(), "a.txt")
    child = guarded._pool.waiting[-1].process.pid
    assert b"SECRET_KEY" not in Path(f"/proc/{child}/environ").read_bytes()
    assert os.getpgid(child) == child
    limits = Path(f"/proc/{child}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)
    assert re.search(rf"Max address space +{2048 * 2**20} ", limits)
