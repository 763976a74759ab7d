"""From a report to a file: DOCX, HTML, JSON, PDF and XLSX of the same figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from gongkai.report.schema import Report

# Writers bring heavy libraries with them, so each is loaded when it is first asked for.
FORMATS: Mapping[str, str] = {
    "docx": "gongkai.report.writing.docx:write_docx",
    "html": "gongkai.report.writing.html:write_html",
    "json": "gongkai.report.writing.json:write_json",
    "pdf": "gongkai.report.writing.pdf:write_pdf",
    "xlsx": "gongkai.report.writing.xlsx:write_xlsx",
}


def write(report: Report, format_: str) -> bytes:
    """Return the report as a file of one of `FORMATS`; the same report gives the same bytes.

    Raises:
        KeyError: no such format.
        PaperError: a PDF was asked for, and typst or any Chinese face is missing.
    """
    module, _, name = FORMATS[format_].partition(":")
    writer: Callable[[Report], bytes] = getattr(import_module(module), name)
    return writer(report)
