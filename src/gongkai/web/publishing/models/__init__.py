"""The portal's tree, the documents in it, and what is recorded about them."""

from __future__ import annotations

from gongkai.web.publishing.models.benefits import Benefit, Subscription
from gongkai.web.publishing.models.catalogue import CatalogueChange, CatalogueItem
from gongkai.web.publishing.models.documents import (
    DocumentAttachment,
    DocumentPage,
    DocumentQuerySet,
    next_index_number,
)
from gongkai.web.publishing.models.explaining import (
    AgendaItem,
    GazetteEntry,
    GazettePage,
    InterpretationPage,
    InterpretedDocument,
    MeetingDocument,
    MeetingPage,
)
from gongkai.web.publishing.models.faults import PageFault
from gongkai.web.publishing.models.lists import PER_PAGE, KeptPaginator, PublicChange
from gongkai.web.publishing.models.reviewing import ReviewedPage, ReviewRecord, ReviewTask
from gongkai.web.publishing.models.searching import AttachmentText, EntryKind, SearchEntry
from gongkai.web.publishing.models.tree import BodyPage, ColumnPage, PortalPage
from gongkai.web.publishing.models.validity import Cleaning, CleaningDecision, ValidityChange

__all__ = [
    "PER_PAGE",
    "AgendaItem",
    "AttachmentText",
    "Benefit",
    "BodyPage",
    "CatalogueChange",
    "CatalogueItem",
    "Cleaning",
    "CleaningDecision",
    "ColumnPage",
    "DocumentAttachment",
    "DocumentPage",
    "DocumentQuerySet",
    "EntryKind",
    "GazetteEntry",
    "GazettePage",
    "InterpretationPage",
    "InterpretedDocument",
    "KeptPaginator",
    "MeetingDocument",
    "MeetingPage",
    "PageFault",
    "PortalPage",
    "PublicChange",
    "ReviewRecord",
    "ReviewTask",
    "ReviewedPage",
    "SearchEntry",
    "Subscription",
    "ValidityChange",
    "next_index_number",
]
