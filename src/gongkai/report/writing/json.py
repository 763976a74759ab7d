"""A report as JSON text: the published machine-readable form, whose values `report.codec` describes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai.report.codec import dump
from gongkai.report.schema import Report


def write_json(report: Report, notes: Iterable[str] = (), *, provenance: bool = False) -> bytes:
    """Return the report as UTF-8 JSON; `provenance` adds how and where each cell was read."""
    shown = dump(report, notes, provenance=provenance)
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()
