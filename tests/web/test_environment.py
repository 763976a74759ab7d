"""Settings from the environment, and the Chinese that Wagtail lacks."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.config import environment, template_database

LOCALE = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"


def _mail(name: str) -> object:
    return environment.mail(name, Path("mail"))


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


@pytest.mark.parametrize(
    ("given", "port", "tls", "ssl"),
    [
        ("smtp://relay.cexi.example", 25, False, False),
        ("smtp+tls://post%40cexi:a%2Fb@relay.cexi.example", 587, True, False),
        ("smtps://relay.cexi.example:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_named_by_one_url(
    monkeypatch: pytest.MonkeyPatch, given: str, port: int, tls: bool, ssl: bool
) -> None:
    monkeypatch.setenv("GONGKAI_X", given)
    mail = environment.mail("GONGKAI_X", Path("mail"))
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("relay.cexi.example", port)
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == (
        ("post@cexi", "a/b") if tls else ("", "")
    )


def test_without_servers_letters_are_files_and_each_worker_keeps_its_own_cache(tmp_path: Path) -> None:
    mail = environment.mail("GONGKAI_Y", tmp_path)
    assert mail["EMAIL_BACKEND"].endswith("filebased.EmailBackend") and mail["EMAIL_FILE_PATH"] == tmp_path
    assert environment.cache("GONGKAI_Y")["BACKEND"].endswith("LocMemCache")
    assert environment.web_address("GONGKAI_Y") == ""


def test_a_shared_cache_is_named_by_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", "redis://:secret@10.0.0.5:6379/1")
    kept = environment.cache("GONGKAI_X")
    assert kept["BACKEND"].endswith("RedisCache") and kept["LOCATION"] == "redis://:secret@10.0.0.5:6379/1"


@pytest.mark.parametrize(
    ("read", "given"),
    [
        (_mail, "relay.cexi.example"),
        (_mail, "http://user:secret@relay.cexi.example"),
        (_mail, "smtp://user:secret@relay:port"),
        (environment.cache, "memcached://secret@10.0.0.5"),
        (environment.web_address, "file:///etc/secret"),
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[str], object], given: str
) -> None:
    monkeypatch.setenv("GONGKAI_X", given)
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_X") as refused:
        read("GONGKAI_X")
    assert "secret" not in str(refused.value)


def test_quiet_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.hours("GONGKAI_Y", "21:00-08:00") == (time(21), time(8))
    monkeypatch.setenv("GONGKAI_X", "9:30-17:05")
    assert environment.hours("GONGKAI_X", "") == (time(9, 30), time(17, 5))
    monkeypatch.setenv("GONGKAI_X", "off")
    assert environment.hours("GONGKAI_X", "21:00-08:00") is None
    for wrong in ("21-8", "25:00-08:00", "always"):
        monkeypatch.setenv("GONGKAI_X", wrong)
        with pytest.raises(ImproperlyConfigured, match="GONGKAI_X"):
            environment.hours("GONGKAI_X", "")


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


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_chinese_is_the_written_one(domain: str) -> None:
    with (LOCALE / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = (LOCALE / f"{domain}.po").read_text(encoding="utf-8")
    pairs = re.findall(
        r'^msgid (".+")\n(?:msgid_plural .+\n)?msgstr(?:\[0\])? (".*")$', written, re.MULTILINE
    )
    assert len(pairs) > 15
    for source, chinese in pairs:
        key = ast.literal_eval(source)
        held = compiled.get(key, compiled.get((key, 0)))
        assert held == ast.literal_eval(chinese)
        assert re.search(r"[一-鿿]", held)
        assert set(re.findall(r"%\(\w+\)s", held)) <= set(re.findall(r"%\(\w+\)s", key + written))
