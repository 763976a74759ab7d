"""The ways a file can fail to give a report."""

from __future__ import annotations


class ReadingError(Exception):
    """A file that gives no report; `str()` is one Chinese sentence that says why and what to do."""


class Unreadable(ReadingError):
    """The file cannot be opened: empty, cut short, encrypted, unsupported, or beyond the limits."""


class Scanned(Unreadable):
    """Pages hold pictures instead of text, so that only recognition can read them; `pages` count from 1."""

    def __init__(self, message: str, pages: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.pages = pages


class NotAReport(ReadingError):
    """The file opens, but holds none of the statutory tables."""
