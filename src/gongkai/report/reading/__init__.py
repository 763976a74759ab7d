"""Read a report from any layout."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.report.reading.errors import NotAReport, ReadingError, Unreadable
from gongkai.report.schema import Report

__all__ = ["NotAReport", "Reading", "ReadingError", "Unreadable"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A report as read, and what the reader has to say about it, one Chinese sentence a note."""

    report: Report
    notes: tuple[str, ...] = ()
