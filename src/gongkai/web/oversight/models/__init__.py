"""What oversight keeps."""

from gongkai.web.oversight.models.collections import Batch, BatchFile, Collection, Filing, Member
from gongkai.web.oversight.models.drafts import CellOverride, Draft, DraftText, Explanation
from gongkai.web.oversight.models.figures import FigureFile, MonthlyFigure, SheetFact
from gongkai.web.oversight.models.history import AppendOnly, AppendOnlyQuerySet, LedgerHead, ReportEvent
from gongkai.web.oversight.models.reports import (
    AnnualReport,
    AnnualReportQuerySet,
    AuditRun,
    CellDecision,
    FindingReview,
    PastReading,
    StagedUpload,
    report_storage,
)

__all__ = [
    "AnnualReport",
    "AnnualReportQuerySet",
    "AppendOnly",
    "AppendOnlyQuerySet",
    "AuditRun",
    "Batch",
    "BatchFile",
    "CellDecision",
    "CellOverride",
    "Collection",
    "Draft",
    "DraftText",
    "Explanation",
    "FigureFile",
    "Filing",
    "FindingReview",
    "LedgerHead",
    "Member",
    "MonthlyFigure",
    "PastReading",
    "ReportEvent",
    "SheetFact",
    "StagedUpload",
    "report_storage",
]
