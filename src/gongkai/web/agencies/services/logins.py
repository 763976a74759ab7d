"""Guessing passwords is slowed down: failures are counted per name, per client, and for the two together.

A name is held back for the client that fails before it is for everybody, so that a stranger cannot easily
keep an office out.
"""

from __future__ import annotations

from gongkai.web.agencies.services.limits import digest_of, forget, take_back, within_limit

MINUTES = 15
_HERE, _CLIENT, _NAME = 5, 50, 50
_SECONDS = MINUTES * 60


def may_try(*, username: str, client: str) -> bool:
    """Count an attempt; whether it may be made."""
    # What one count refuses goes on no further: one client alone does not use up a name for everybody.
    return all(
        within_limit(act, sender, most=most, seconds=_SECONDS)
        for act, sender, most in _counts(username, client)
    )


def succeeded(*, username: str, client: str) -> None:
    """Take the attempt back: only failures count. The name's own failures from this client are forgiven."""
    for act, sender, _ in _counts(username, client):
        take_back(act, sender)
    forget(f"{_act(username)}-here")


def unlock(username: str) -> bool:
    """Forget a name's failures, wherever they came from; whether there were any."""
    return bool(forget(f"{_act(username)}-here") + forget(_act(username)))


def _counts(username: str, client: str) -> tuple[tuple[str, str, int], ...]:
    act = _act(username)
    return (f"{act}-here", client, _HERE), ("login", client, _CLIENT), (act, "", _NAME)


def _act(username: str) -> str:
    return f"login-{digest_of('login', username.strip().casefold())}"
