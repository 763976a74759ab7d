"""What the back office adds for requests: one room per subject, each registered by being imported."""

from __future__ import annotations

from gongkai.web.inforequests.wagtail_hooks import desk

__all__ = ["desk"]
