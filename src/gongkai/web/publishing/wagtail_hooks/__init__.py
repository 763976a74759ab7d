"""What the back office adds for publishing: one room per subject, each registered by being imported."""

from __future__ import annotations

from gongkai.web.publishing.wagtail_hooks import gate

__all__ = ["gate"]
