"""A notification for the tests of notifications."""

from __future__ import annotations

from datetime import date

from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.services.notifying import Holders, notify


def tell(to: User | Holders, key: str = "case-1-due", **more: object) -> int:
    """Tell of a request that falls due; return how many were told."""
    given = {
        "kind": NotificationKind.DUE,
        "title": "申请应当在 2025-04-01 前答复",
        "number": "教〔2025〕1号",
        "path": "/admin/",
        "due_on": date(2025, 4, 1),
    }
    return notify(to=to, key=key, **(given | more))
