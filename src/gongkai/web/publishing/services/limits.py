"""How often strangers may send something in: counted per sender, the sender kept only as a digest."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def within_limit(act: str, sender: str, *, most: int, seconds: int) -> bool:
    """Count one more `act` of the sender; whether it is within `most` in `seconds` from the first one."""
    digest = salted_hmac("gongkai.limits", f"{act} {sender}", algorithm="sha256").hexdigest()
    key = f"limit:{act}:{digest[:32]}"
    if cache.add(key, 1, seconds):
        return most >= 1
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # It expired in between.
        cache.set(key, 1, seconds)
        return most >= 1
