"""Who sends a request, as far as limits need to know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """Return the client's network address; behind our own proxy, the one the proxy saw."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return seen
    return request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or seen
