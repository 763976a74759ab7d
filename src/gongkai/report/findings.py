"""What an audit says: findings, what could not be assessed, and the whole of both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gongkai.report.frames import Kind, Library, Record, frame
from gongkai.report.schema import CellId, SectionCode

Fact = str | int


class Level(StrEnum):
    """How grave a finding is: a contradiction or a breach; a thing to check; a thing to tidy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


LEVEL_NAMES: Mapping[Level, str] = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words of the report: offsets into the section's text, and the spans inside them to be marked.

    `marks` are offsets relative to `start`.
    """

    section: SectionCode
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing wrong, or to be checked: which rule, where, on which facts, said how."""

    code: str
    level: Level
    message: str
    where: tuple[CellId, ...] = ()
    quote: Quote | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name that survives the next run: same rule, same cells, same words and facts, same key."""
        parts = [self.code, *map(str, self.where), self.quote.text if self.quote else ""]
        parts += [f"{name}={value}" for name, value in sorted(self.facts.items())]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class NotAssessed:
    """A check that could not be made, and why, so that silence means "checked and right"."""

    code: str
    why: str
    where: tuple[CellId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The result of all rules on one report."""

    findings: tuple[Finding, ...]
    not_assessed: tuple[NotAssessed, ...] = ()

    def records(self) -> list[Record]:
        """Return each finding, then each check not made (`level` None), as a record of `COLUMNS`."""
        found = [
            {
                "code": each.code,
                "level": each.level.value,
                "message": each.message,
                "cells": " ".join(map(str, each.where)),
                "section": each.quote.section.value if each.quote else None,
                "quote": each.quote.text if each.quote else None,
                "key": each.key,
            }
            for each in self.findings
        ]
        skipped = [
            dict.fromkeys(COLUMNS)
            | {"code": each.code, "message": each.why, "cells": " ".join(map(str, each.where))}
            for each in self.not_assessed
        ]
        return [*found, *skipped]

    def to_frame(self, library: Library | None = None) -> Any:
        """Return `records()` as a data frame of pandas or polars; see `frames.frame`."""
        return frame(self.records(), COLUMNS, library)


COLUMNS: Mapping[str, Kind] = dict.fromkeys(
    ("code", "level", "message", "cells", "section", "quote", "key"), Kind.TEXT
)
