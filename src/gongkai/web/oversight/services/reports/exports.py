"""A report as files to take away: DOCX, PDF, XLSX, JSON, CSV, its audit as JSON. The same figures in all."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from django.core.cache import caches

from gongkai import __version__
from gongkai.papers.paper import PaperError
from gongkai.papers.pdf import can_set
from gongkai.report.schema import CellId
from gongkai.report.writing import write
from gongkai.report.writing.docx import write_docx
from gongkai.report.writing.json import write_json
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports.auditing import latest_reviews, latest_run, standing
from gongkai.web.oversight.services.reports.settled import report_of, state_of
from gongkai.web.oversight.services.reports.tables import cell_text

_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
# A dash for nothing, or a negative number.
_NO_FORMULA = re.compile(r"-[0-9.,]*", re.ASCII)


def docx_of(record: AnnualReport) -> bytes:
    """Return the report as DOCX in the statutory form."""
    return write_docx(report_of(record))


def can_set_pdf() -> bool:
    """Whether this machine can make PDF files at all."""
    return can_set()


def pdf_of(record: AnnualReport) -> bytes | None:
    """Return the report as PDF in the statutory form; None where it cannot be set on this machine."""
    try:
        return _kept(record, "pdf")
    except PaperError:
        return None


def xlsx_of(record: AnnualReport) -> bytes:
    """Return the report as a workbook: its prose on one sheet, each table, cells merged, on another."""
    return _kept(record, "xlsx")


def _kept(record: AnnualReport, kind: str) -> bytes:
    """Return a file made once for each state of a version: decisions on its cells make it another."""
    decided, reread = state_of(record)
    key = f"{__version__}.{kind}.{record.pk}.{decided}.{reread}"
    data: bytes | None = caches["files"].get(key)
    if data is None:
        data = write(report_of(record), kind)
        caches["files"].set(key, data)
    return data


def json_of(record: AnnualReport) -> bytes:
    """Return the report as the published machine-readable form; of a decided cell it says so, not by whom."""
    return write_json(report_of(record), record.reading.get("notes", ()), provenance=True)


def csv_of(record: AnnualReport) -> bytes:
    """Return every cell of the three tables as a line, in UTF-8 with the mark spreadsheets need."""
    report = report_of(record)
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("机关", "年度", "表", "组", "行", "列", "单位", "值"))
    for table in report.form.tables:
        for row in table.rows:
            for column in row.columns:
                value = cell_text(report.value(CellId(table.number, row.code, column.code)))
                where = (f"表{'零一二三四'[table.number]}", row.group or row.block, row.label, column.label)
                lines.writerow((record.agency.name, record.year, *where, column.unit.value, _harmless(value)))
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Keep a stranger's cell text from being run as a formula by whoever opens the file."""
    runs = text.startswith(_FORMULA_MARKS) and not _NO_FORMULA.fullmatch(text)
    return f"'{text}" if runs else text


def audit_of_record(record: AnnualReport) -> dict[str, Any]:
    """Return the latest audit with the decisions on its findings, as JSON values."""
    run = latest_run(record)
    reviews = latest_reviews(record)
    return {
        "agency": record.agency.name,
        "year": record.year,
        "version": record.version,
        "source": {"name": record.source_name, "sha256": record.source_sha256},
        "audited_at": run.at.isoformat() if run else None,
        "rules": run.rules_version if run else None,
        "findings": [finding | _decided(reviews.get(finding["key"])) for finding in run.findings]
        if run
        else [],
        "not_assessed": run.not_assessed if run else [],
    }


def _decided(review: Any) -> dict[str, Any]:
    return {
        "standing": str(standing(review)),
        "reason": review.reason if review else "",
        "decided_by": review.by.get_full_name() if review else None,
        "decided_at": review.at.isoformat() if review else None,
    }


def audit_json_of(record: AnnualReport) -> bytes:
    """Return `audit_of_record` as JSON text."""
    return (json.dumps(audit_of_record(record), ensure_ascii=False, indent=1) + "\n").encode()
