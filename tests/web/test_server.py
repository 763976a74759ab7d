"""Starting the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.web import server


def test_a_directory_that_is_no_demonstration_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "letters.txt"
    kept.write_text("kept")
    server._forget(tmp_path)
    assert kept.exists()
    server._ready(tmp_path).write_text("hash")
    server._forget(tmp_path)
    assert not tmp_path.exists()


@pytest.mark.parametrize(("word", "says"), [("--nowhere", "参数有误"), ("--port=99999", "端口应为")])
def test_help_and_refusals_are_chinese(word: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], [word]):
        with pytest.raises(SystemExit):
            server._serve_options(words)
    shown = capsys.readouterr()
    assert "usage" not in shown.out + shown.err and "显示本帮助" in shown.out and says in shown.err


@pytest.mark.parametrize(("command", "workers"), [("serve", 2), ("demo", 1)])
def test_the_site_listens_to_this_machine_only_unless_told(command: str, workers: int) -> None:
    options = getattr(server, f"_{command}_options")([])
    assert (options.host, options.port, options.workers) == ("127.0.0.1", 8000, workers)


def test_a_database_that_lacks_migrations_is_not_served(tmp_path: Path) -> None:
    environment = {**os.environ, "GONGKAI_DATA_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "serve", "--port", "0"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "--migrate" in done.stderr


def test_an_earlier_demonstration_is_brought_up_to_date(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    migrated: list[str] = []
    monkeypatch.setattr(server.template_database, "migrate", lambda url, _: migrated.append(url))
    monkeypatch.setattr(server.template_database, "fingerprint", lambda: "new")
    server._ready(tmp_path).write_text("old")
    for _ in range(2):
        server._prepare(tmp_path / "gongkai.sqlite3", tmp_path)
    assert migrated == [f"sqlite:///{tmp_path / 'gongkai.sqlite3'}"]
    assert server._ready(tmp_path).read_text() == "new"
