"""What oversight keeps."""

from gongkai.web.oversight.models.reports import (
    AnnualReport,
    AnnualReportQuerySet,
    AppendOnly,
    AuditRun,
    CellDecision,
    FindingReview,
    LedgerHead,
    PastReading,
    ReportEvent,
    StagedUpload,
    report_storage,
)

__all__ = [
    "AnnualReport",
    "AnnualReportQuerySet",
    "AppendOnly",
    "AuditRun",
    "CellDecision",
    "FindingReview",
    "LedgerHead",
    "PastReading",
    "ReportEvent",
    "StagedUpload",
    "report_storage",
]
