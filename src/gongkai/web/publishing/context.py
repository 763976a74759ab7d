"""What every public template may ask: whose portal this is, in what type size, demonstration or not."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongkai.web.publishing.models import PortalPage

TYPE_COOKIE = "zihao"
LARGE = "da"


STYLE_SHEET = Path(__file__).resolve().parent.parent / "static" / "gongkai" / "portal.css"


@cache
def style_version() -> str:
    """Return a mark that changes with the style sheet, so that browsers may keep it long."""
    return hashlib.sha256(STYLE_SHEET.read_bytes()).hexdigest()[:8]


def _portal() -> PortalPage | None:
    return PortalPage.objects.live().select_related("agency").first()


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the portal page, read only where a template uses it, and the reader's choices."""
    return {
        "portal": SimpleLazyObject(_portal),
        "origin": SimpleLazyObject(lambda: f"{request.scheme}://{request.get_host()}"),
        "style_version": style_version(),
        "demo": settings.DEMO,
        "large_type": request.COOKIES.get(TYPE_COOKIE) == LARGE,
    }
