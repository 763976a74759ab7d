"""The two ways a file can fail to give a report."""

from __future__ import annotations


class ReadingError(Exception):
    """A file that gives no report; `str()` is one Chinese sentence that says why and what to do."""


class Unreadable(ReadingError):
    """The file cannot be opened: empty, cut short, encrypted, unsupported, or beyond the limits."""


class NotAReport(ReadingError):
    """The file opens, but holds none of the statutory tables."""
