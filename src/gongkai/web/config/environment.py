"""Settings read from environment variables, so that one build serves a laptop and a county."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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


def subdirectory(directory: Path, name: str) -> Path:
    """Return `directory`/`name`, made if absent."""
    path = directory / name
    path.mkdir(exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """Return GONGKAI_SECRET_KEY, or else the key kept in `directory`, drawn at random on first use."""
    if given := os.environ.get("GONGKAI_SECRET_KEY"):
        return given
    path = directory / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")
