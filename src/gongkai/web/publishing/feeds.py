"""Entries that other apps place in a statutory column.

Annual reports are not pages, yet their column and the portal's front page list them. The app that keeps
them names its feed in `AppConfig.ready`; publishing asks the feed and never learns who answers.

    feeds.register(ColumnKind.ANNUAL_REPORTS, "gongkai.web.oversight.services….published_entries")

An app that also names the model its entries are made from lets search follow them: `changed` is sent whenever
one is saved or deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from django.utils.module_loading import import_string

from gongkai.web.publishing.choices import ColumnKind

if TYPE_CHECKING:
    from gongkai.web.agencies.models import Agency


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a column: what it is, where it is, whose, since when.

    `year` is the year it is about; `note` is a short mark beside it.
    """

    title: str
    url: str
    agency_name: str
    published_on: date | None = None
    year: int | None = None
    note: str = ""


Feed = Callable[["Agency | None", int | None], Sequence[Entry]]
"""Called with a body (None: all bodies) and how many entries at most (None: every one); newest first."""

_feeds: dict[ColumnKind, str] = {}
changed = Signal()
"""A feed may give other entries now; sent with the `kind` of its column."""


def register(kind: ColumnKind, dotted_path: str, model: str = "") -> None:
    """Let the `Feed` at `dotted_path` fill the column `kind` of every body; imported when first asked.

    `model` is the label of what the entries are made from, such as "oversight.AnnualReport".
    """
    _feeds[kind] = dotted_path
    if model:
        for signal in (post_save, post_delete):
            signal.connect(
                partial(_tell, kind), sender=model, weak=False, dispatch_uid=f"gongkai.feeds.{kind}"
            )


def _tell(kind: ColumnKind, **_: Any) -> None:
    changed.send(sender=None, kind=kind)


def entries(kind: ColumnKind, agency: Agency | None = None, limit: int | None = 100) -> Sequence[Entry]:
    """Return what the feed of `kind` holds; nothing when no app feeds it."""
    if kind not in _feeds:
        return ()
    feed: Feed = import_string(_feeds[kind])
    return feed(agency, limit)
