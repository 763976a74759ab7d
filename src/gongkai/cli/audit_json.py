"""An audit as JSON values."""

from __future__ import annotations

from typing import Any

from gongkai.cli.checked import Checked, source_of
from gongkai.cli.shown import cells_read
from gongkai.report.findings import Finding
from gongkai.report.schema import Report

Json = dict[str, Any]


def as_json(checked: Checked) -> Json:
    """Return one file's audit: what was read of it, its findings, and what could not be assessed."""
    report = checked.report
    read, total = cells_read(report)
    return {
        "file": checked.name,
        "agency": report.agency,
        "year": report.year,
        "edition": int(report.edition),
        "cells": {"read": read, "total": total},
        "last": checked.last,
        "notes": list(checked.reading.notes),
        "findings": [_finding(report, each) for each in checked.findings],
        "not_assessed": [
            {"code": each.code, "why": each.why, "where": [str(cell) for cell in each.where]}
            for each in checked.audit.not_assessed
        ],
    }


def _finding(report: Report, finding: Finding) -> Json:
    source = source_of(finding.code)
    quote = finding.quote
    return {
        "key": finding.key,
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "where": [{"cell": str(cell), "name": report.form.name(cell)} for cell in finding.where],
        "quote": {
            "section": quote.section.value,
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
            "marks": [list(mark) for mark in quote.marks],
        }
        if quote
        else None,
        "facts": dict(finding.facts),
        "source": str(source) if source else None,
    }
