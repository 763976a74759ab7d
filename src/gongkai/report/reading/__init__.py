"""Read a report from any layout: a file to blocks, blocks to tables and prose, all on the statutory form."""

from __future__ import annotations

from gongkai.report.reading.errors import NotAReport, ReadingError, Unreadable
from gongkai.report.reading.opening import Reading, read, read_all, read_bytes

__all__ = ["NotAReport", "Reading", "ReadingError", "Unreadable", "read", "read_all", "read_bytes"]
