"""Entries that other apps place in a statutory column.

Annual reports are not pages, yet their column and the portal's front page list them. The app that keeps
them names its feed in `AppConfig.ready`; publishing asks the feed and never learns who answers.

    feeds.register(ColumnKind.ANNUAL_REPORTS, "gongkai.web.oversight.services.published_reports")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from gongkai.web.publishing.choices import ColumnKind

if TYPE_CHECKING:
    from gongkai.web.agencies.models import Agency


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a column: what it is, where it is, whose, since when; `note` is a short mark beside it."""

    title: str
    url: str
    agency_name: str
    published_on: date | None = None
    note: str = ""


Feed = Callable[["Agency | None", int], Sequence[Entry]]
"""Called with a body (None: all bodies) and how many entries at most; newest first."""

_feeds: dict[ColumnKind, str] = {}


def register(kind: ColumnKind, dotted_path: str) -> None:
    """Let the `Feed` at `dotted_path` fill the column `kind` of every body; imported when first asked."""
    _feeds[kind] = dotted_path


def entries(kind: ColumnKind, agency: Agency | None = None, limit: int = 100) -> Sequence[Entry]:
    """Return what the feed of `kind` holds; nothing when no app feeds it."""
    if kind not in _feeds:
        return ()
    feed: Feed = import_string(_feeds[kind])
    return feed(agency, limit)
