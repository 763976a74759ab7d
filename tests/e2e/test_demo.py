"""The demonstration keeps what was done in it, until asked to begin anew."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path


def _title(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        (title,) = connection.execute("SELECT title FROM wagtailcore_page WHERE slug = 'jiaoyuju'").fetchone()
    return title


def test_a_second_start_keeps_the_data_and_a_fresh_one_does_not(
    start_demo: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> None:
    database = tmp_path / "data" / "gongkai.sqlite3"
    with start_demo():
        assert _title(database) == "教育局"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE wagtailcore_page SET title = '改过的' WHERE slug = 'jiaoyuju'")
    with start_demo():
        assert _title(database) == "改过的"
    with start_demo("--fresh"):
        assert _title(database) == "教育局"


def test_a_taken_port_is_refused_in_words(demo: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gongkai.cli", "demo", "--port", demo.rsplit(":", 1)[1]]
    done = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "已被占用" in done.stderr
    assert list(tmp_path.iterdir()) == []
