"""Settings from the environment, and the Chinese that Wagtail lacks."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

from gongkai.web.config import environment, template_database

LOCALE = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"


@pytest.mark.parametrize("value", ["1", "true", "YES", "on"])
def test_a_flag_is_raised(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GONGKAI_X", value)
    assert environment.flag("GONGKAI_X")


@pytest.mark.parametrize("value", ["0", "false", "no", "off", "maybe"])
def test_a_flag_is_not_raised(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GONGKAI_X", value)
    assert not environment.flag("GONGKAI_X", default=True)


def test_a_flag_left_out_takes_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", "")
    assert environment.flag("GONGKAI_X", default=True)
    assert not environment.flag("GONGKAI_Y")


def test_a_value_left_out_or_empty_takes_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", "")
    assert environment.value("GONGKAI_X", "given") == "given"
    monkeypatch.setenv("GONGKAI_X", "set")
    assert environment.value("GONGKAI_X", "given") == "set"


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", "a.cn, b.cn,,")
    assert environment.items("GONGKAI_X") == ["a.cn", "b.cn"]


def test_the_secret_key_is_drawn_once_and_kept_from_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GONGKAI_SECRET_KEY")
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"


def test_nothing_asks_the_outside() -> None:
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False
    assert not settings.DEBUG


def test_the_fingerprint_follows_the_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = template_database.fingerprint()
    assert template_database.fingerprint() == before
    added = tmp_path / "0099_more.py"
    added.write_text("changed")
    files = [*template_database._migration_files(), added]
    monkeypatch.setattr(template_database, "_migration_files", lambda: files)
    assert template_database.fingerprint() != before


def test_the_compiled_chinese_is_the_written_one() -> None:
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = (LOCALE / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(
        r'^msgid (".+")\n(?:msgid_plural .+\n)?msgstr(?:\[0\])? (".*")$', written, re.MULTILINE
    )
    assert len(pairs) > 60
    for source, chinese in pairs:
        key = ast.literal_eval(source)
        held = compiled.get(key, compiled.get((key, 0)))
        assert held == ast.literal_eval(chinese)
        assert re.search(r"[一-鿿]", held)
        assert set(re.findall(r"%\(\w+\)s", held)) <= set(re.findall(r"%\(\w+\)s", key + written))
