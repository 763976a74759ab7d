"""What may be done with the portal, and asked of it: one room per subject."""

from __future__ import annotations

from gongkai.web.publishing.services.tree import (
    files_of,
    is_disclosed_file,
    open_portal,
    open_section,
    pages_offered,
)

__all__ = ["files_of", "is_disclosed_file", "open_portal", "open_section", "pages_offered"]
