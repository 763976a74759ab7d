"""Personal data at rest: columns and files that only this installation's keys open, and digests to find by.

The keys are those of GONGKAI_SEALING_KEYS, the newest first; without it, one drawn at random on first use and
kept in the data directory beside the database. Data sealed by an older key opens as long as it is listed.
Losing every key loses the data: docs/deploy.md says to back them up apart from the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import unicodedata
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.db import models


class Unsealable(Exception):
    """What is stored does not open with any key: the keys were lost or changed; `str()` is Chinese."""


@cache
def _keys() -> tuple[bytes, ...]:
    return tuple(
        base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()) for key in settings.SEALING_KEYS
    )


@cache
def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def seal(data: bytes) -> bytes:
    """Return the data as only the keys open it."""
    return _box().encrypt(data)


def unseal(token: bytes) -> bytes:
    """Return the data.

    Raises:
        Unsealable: no key opens it.
    """
    try:
        return _box().decrypt(token)
    except InvalidToken:
        raise Unsealable("已加密的内容无法解开：密钥缺失或者不符，请联系系统管理员。") from None


def fingerprint(kind: str, text: str) -> str:
    """Return a digest by which equal texts are found without keeping them; "" for a text without content.

    Letters' width and case, spaces and hyphens make no difference. It changes with the oldest key only, which
    stays in the list while anything sealed by it is kept.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split()).replace("-", "")
    if not plain:
        return ""
    return hmac.new(_keys()[-1], f"{kind} {plain}".encode(), hashlib.sha256).hexdigest()


def signature(text: str) -> str:
    """Return what proves that a text was written by this installation and not changed since."""
    return _signed(_keys()[0], text)


def is_signed(text: str, given: str) -> bool:
    """Whether a signature is of this text, by any key still listed."""
    return any(hmac.compare_digest(_signed(key, text), given) for key in _keys())


def _signed(key: bytes, text: str) -> str:
    return hmac.new(key, f"signature {text}".encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):
    """A text that the database keeps sealed; it cannot be searched or sorted by."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Return what was sealed."""
        return unseal(value.encode()).decode() if value else value

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text as the database keeps it; blank stays blank."""
        text = super().get_prep_value(value)
        return seal(text.encode()).decode() if text else text

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Name the field as migrations should import it."""
        name, _, args, kwargs = super().deconstruct()
        return name, "gongkai.web.agencies.sealing.SealedTextField", args, kwargs


class SealedStorage(FileSystemStorage):
    """Files kept sealed, read whole: for uploads of limited size."""

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        return super()._save(name, ContentFile(seal(content.read())))

    def _open(self, name: str, mode: str = "rb") -> File:
        with super()._open(name, mode) as kept:
            return File(io.BytesIO(unseal(kept.read())), name=name)
