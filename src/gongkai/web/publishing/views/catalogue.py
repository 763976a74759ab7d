"""The catalogue for the public: as a tree, item by item, as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import HOLDS_DOCUMENTS
from gongkai.web.publishing.models import BodyPage, CatalogueItem, KeptPaginator
from gongkai.web.publishing.services import catalogue as service

_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_HEADINGS = {
    "code": "事项编码",
    "group": "上级事项",
    "title": "事项名称",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "limit": "公开时限（工作日）",
    "column": "公开栏目",
    "agency": "责任机关",
    "count": "已公开件数",
}


def _bodies() -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=BodyPage.objects.live().values("agency"))


def _asked(request: HttpRequest) -> Agency | None:
    """Return the body that the query string names; None for all, or for nonsense."""
    return _bodies().filter(slug=request.GET.get("jiguan", "")).first()


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the catalogue of a body, or of all, with counts."""
    agency = _asked(request)
    nodes = service.tree(agency)
    context = {"nodes": nodes, "agency": agency, "bodies": _bodies(), "total": sum(n.count for n in nodes)}
    return render(request, "publishing/catalogue/catalogue.html", context)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Show an item, by what law and until when it is public, and what is disclosed under it."""
    items = CatalogueItem.objects.select_related("parent", "agency")
    found = get_object_or_404(items, code=code, is_active=True)
    agency = _asked(request)
    documents = service.filed_under(found, agency)
    bodies = service.bodies_with(found)
    context = {
        "item": found,
        "children": [] if found.parent_id else service.children_of(found, agency),
        "agency": agency,
        "bodies": bodies,
        "results": KeptPaginator(documents).get_page(request.GET.get("ye", "1")),
        "columns": [] if found.column in HOLDS_DOCUMENTS else service.columns_of(found.column, agency),
    }
    return render(request, "publishing/catalogue/item.html", context)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the spreadsheet."""

    code: str
    group: str
    title: str
    content: str
    basis: str
    limit: int
    column: str
    agency: str
    count: int


def _rows(nodes: list[service.Node]) -> Iterator[Row]:
    for node in nodes:
        one = node.item
        yield Row(
            code=one.code,
            group=one.parent.title if one.parent else "",
            title=one.title,
            content=one.content,
            basis=one.legal_basis,
            limit=one.time_limit,
            column=one.get_column_display(),
            agency=one.agency.name if one.agency else "各机关",
            count=node.count,
        )
        yield from _rows(list(node.children))


class Spreadsheet(SpreadsheetExportMixin):
    """The catalogue as a workbook, or as text with the mark that spreadsheet programs need."""

    list_export = list(_HEADINGS)
    export_headings = _HEADINGS

    def csv(self, rows: Iterator[Row]) -> bytes:
        """Return the rows as CSV; what would be run as a formula is kept from it."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(_HEADINGS.values())
        for row in rows:
            cells = (str(value) for value in self.to_row_dict(row).values())
            writer.writerow(f"'{cell}" if cell.startswith(_FORMULA_MARKS) else cell for cell in cells)
        return text.getvalue().encode("utf-8-sig")

    def xlsx(self, rows: Iterator[Row]) -> bytes:
        """Return the rows as a workbook."""
        stream = io.BytesIO()
        self.write_xlsx(rows, stream)
        return stream.getvalue()


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def spreadsheet(request: HttpRequest, suffix: str) -> HttpResponse:
    """Hand out the catalogue of a body, or of all."""
    if suffix not in _TYPES:
        raise Http404
    agency = _asked(request)
    data = getattr(Spreadsheet(), suffix)(_rows(service.tree(agency)))
    name = f"{agency.name if agency else ''}政府信息主动公开目录.{suffix}"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=_TYPES[suffix], headers=headers)
