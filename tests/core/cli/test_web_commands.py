from __future__ import annotations

from importlib import metadata
from typing import Any

import pytest

from gongkai.cli import main


class Entry:
    """An entry point that loads as told."""

    def __init__(self, loaded: Any) -> None:
        self.loaded = loaded

    def load(self) -> Any:
        if isinstance(self.loaded, Exception):
            raise self.loaded
        return self.loaded


def offer(monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> None:
    monkeypatch.setattr(metadata, "entry_points", lambda **_: entries)


@pytest.mark.parametrize("name", ["serve", "demo"])
def test_the_words_go_to_the_sites_entry_point(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    offer(monkeypatch, Entry(given.append))
    assert main([name, "--port", "8000"]) == 0
    assert given == [["--port", "8000"]]


def test_the_sites_exit_code_is_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, Entry(lambda _: 3))
    assert main(["serve"]) == 3


@pytest.mark.parametrize("name", ["serve", "demo"])
def test_without_the_site_it_says_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(monkeypatch)
    assert main([name]) == 2
    assert "pip install 'gongkai[web]'" in capsys.readouterr().err
    offer(monkeypatch, Entry(ModuleNotFoundError("No module named 'django'", name="django")))
    assert main([name]) == 2
    shown = capsys.readouterr().err
    assert "没有安装网站组件" in shown and "缺少 django" in shown
