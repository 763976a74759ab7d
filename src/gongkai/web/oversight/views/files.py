"""Files handed out: always as downloads, so that a stranger's HTML is never run under our name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import exports

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: dict[str, tuple[Callable[[AnnualReport], bytes | None], str]] = {
    "docx": (exports.docx_of, DOCX),
    "pdf": (exports.pdf_of, "application/pdf"),
    "xlsx": (exports.xlsx_of, XLSX),
    "json": (exports.json_of, "application/json"),
    "csv": (exports.csv_of, "text/csv; charset=utf-8"),
}


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """Return bytes as a download under a Chinese name."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _original(record: AnnualReport, stem: str) -> FileResponse:
    try:
        file = record.source_file.open("rb")
    except FileNotFoundError as error:
        raise Http404("原件已不在存储目录中，请联系系统管理员。") from error
    name = stem + PurePath(record.source_file.name).suffix
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def report_file(record: AnnualReport, kind: str) -> HttpResponse | FileResponse:
    """Return the report as `original`, `docx`, `pdf`, `xlsx`, `json` or `csv`.

    Raises:
        Http404: no such kind, the original is lost from the data folder, or no PDF can be set here.
    """
    stem = f"{record.agency.name}{record.year}年政府信息公开工作年度报告"
    if kind == "original":
        return _original(record, stem)
    if kind not in _KINDS:
        raise Http404
    write, content_type = _KINDS[kind]
    data = write(record)
    if data is None:
        raise Http404("本系统暂时不能生成 PDF，请下载 DOCX 或者原件。")
    return attachment(data, f"{stem}.{kind}", content_type)
