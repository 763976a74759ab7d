"""What the back office adds for publishing: one room per subject, each registered by being imported."""

from __future__ import annotations

from gongkai.web.publishing.wagtail_hooks import (
    benefits,
    catalogue,
    faults,
    gate,
    importing,
    reviewing,
    validity,
)

__all__ = ["benefits", "catalogue", "faults", "gate", "importing", "reviewing", "validity"]
