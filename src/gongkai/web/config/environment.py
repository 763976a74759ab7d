"""Settings read from environment variables, so that one build serves a laptop and a county."""

from __future__ import annotations

import os
import secrets
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_MAIL = "django.core.mail.backends"
_CACHES = "django.core.cache.backends"
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_TRUE = {"1", "true", "yes", "on"}


def flag(name: str, default: bool = False) -> bool:
    """Return the truth of variable `name`: 1, true, yes or on, in any case."""
    value = os.environ.get(name, "").strip().lower()
    return value in _TRUE if value else default


def value(name: str, default: str) -> str:
    """Return variable `name`; the default when it is absent or empty."""
    return os.environ.get(name) or default


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of variable `name`."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def data_dir() -> Path:
    """Return the directory for database, uploads and secrets, made if absent: GONGKAI_DATA_DIR or ./var."""
    path = Path(value("GONGKAI_DATA_DIR", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def own_cache(name: str, entries: int) -> dict[str, Any]:
    """Return a cache of so many entries that each process has for itself."""
    return {
        "BACKEND": f"{_CACHES}.locmem.LocMemCache",
        "LOCATION": name,
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }


def subdirectory(directory: Path, name: str) -> Path:
    """Return `directory`/`name`, made if absent."""
    path = directory / name
    path.mkdir(exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """Return GONGKAI_SECRET_KEY, or else the key kept in `directory`, drawn at random on first use."""
    return os.environ.get("GONGKAI_SECRET_KEY") or kept_key(directory, "secret.key")


def kept_key(directory: Path, name: str) -> str:
    """Return the key kept in `directory`/`name`, drawn at random on first use; only the owner may read it."""
    path = directory / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def mail(name: str, directory: Path) -> dict[str, Any]:
    """Return the settings of the mail server named by URL in `name`; without it, letters are files.

    `smtp+tls://user:password@host:587` turns to TLS, `smtps://…:465` begins with it, `smtp://` does without;
    user and password are percent-encoded where they hold special characters. Files are kept in `directory`.

    Raises:
        ImproperlyConfigured: it is no such URL.
    """
    url = _url(name, *_MAIL_PORTS)
    if url is None:
        return {"EMAIL_BACKEND": f"{_MAIL}.filebased.EmailBackend", "EMAIL_FILE_PATH": directory}
    return {
        "EMAIL_BACKEND": f"{_MAIL}.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or _MAIL_PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def cache(name: str) -> dict[str, Any]:
    """Return the cache named by URL in variable `name`; without it, each worker has its own.

    Raises:
        ImproperlyConfigured: it is no `redis://…` or `rediss://…`.
    """
    url = _url(name, "redis", "rediss")
    if url is None:
        return {"BACKEND": f"{_CACHES}.locmem.LocMemCache"}
    return {"BACKEND": f"{_CACHES}.redis.RedisCache", "LOCATION": url.geturl(), "KEY_PREFIX": "gongkai"}


def web_address(name: str) -> str:
    """Return the address in variable `name`, "" without it.

    Raises:
        ImproperlyConfigured: it is no `http://…` or `https://…`.
    """
    url = _url(name, "http", "https")
    return url.geturl() if url else ""


def hours(name: str, default: str) -> tuple[time, time] | None:
    """Return the span of the day in variable `name`, such as 21:00-08:00; None for `off`.

    Raises:
        ImproperlyConfigured: it is no such span.
    """
    given = value(name, default).strip()
    if given.lower() in {"off", "0"}:
        return None
    try:
        begin, end = (time.fromisoformat(each.strip().zfill(5)) for each in given.split("-"))
    except ValueError:
        raise ImproperlyConfigured(f"{name}: expected a span such as 21:00-08:00, or off") from None
    return begin, end


def _url(name: str, *schemes: str) -> SplitResult | None:
    """Return variable `name` as a URL of one of the schemes; a refusal does not repeat its password."""
    if not (given := value(name, "").strip()):
        return None
    try:
        url = urlsplit(given)
        is_good = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ImproperlyConfigured(f"{name}: expected {' or '.join(f'{each}://host' for each in schemes)}")
    return url
