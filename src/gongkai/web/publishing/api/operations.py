"""The operations of the interface, and what it answers to nonsense."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.api import schemas, shapes
from gongkai.web.publishing.services import harvesting

_DESCRIPTION = (
    "本站已公开的政府信息，供程序读取。只读，不需要登记或者密钥；内容与网页相同，网页上撤下的这里同时撤下。"
    "日期为 ISO 8601 格式，文字为 UTF-8。"
)


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class _Interface(NinjaAPI):
    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name an operation as its function is named."""
        return str(operation.view_func.__name__)


api = _Interface(
    title="政府信息公开数据接口",
    version="1",
    description=_DESCRIPTION,
    docs_url=None,
    urls_namespace="publishing:api",
    renderer=_Renderer(),
)
_REFUSALS = {400: schemas.Problem}


class Nonsense(Exception):
    """A parameter that makes no sense: which, and why in one Chinese sentence."""

    def __init__(self, parameter: str, why: str) -> None:
        super().__init__(why)
        self.parameter = parameter


@api.exception_handler(Nonsense)
def nonsense(request: HttpRequest, refused: Nonsense) -> HttpResponse:
    """Say which parameter is wrong and why."""
    return api.create_response(request, {"error": str(refused), "parameter": refused.parameter}, status=400)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, refused: ValidationError) -> HttpResponse:
    """Say what the first wrong parameter should be."""
    of_reports = request.path_info.endswith("/annual-reports")
    fields = (schemas.ReportsWanted if of_reports else schemas.DocumentsWanted).model_fields
    name = next(str(part) for part in refused.errors[0]["loc"] if part in fields)
    why = f"参数 {name} 有误。{name}：{fields[name].description}。"
    return nonsense(request, Nonsense(name, why))


@api.exception_handler(Http404)
def not_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    """Say what is not there."""
    return api.create_response(request, {"error": str(missing), "parameter": ""}, status=404)


def _check_names(request: HttpRequest, known: type[Schema] | None = None) -> None:
    fields = known.model_fields if known else {}
    for name in request.GET:
        if name not in fields:
            allowed = f"可用的参数：{'、'.join(fields)}" if fields else "这里没有参数"
            raise Nonsense(name, f"没有名为 {name} 的参数。{allowed}。")


def _check_body(slug: str) -> None:
    if slug and not Agency.objects.filter(slug=slug).exists():
        raise Nonsense("body", f"参数 body 有误。没有网址标识为 {slug} 的机关，取值见 bodies 的 slug。")


@api.get("/documents", response={200: schemas.Documents, **_REFUSALS}, summary="公开信息")
def documents(request: HttpRequest, wanted: Query[schemas.DocumentsWanted]) -> Any:
    """按条件分批列出公开信息，条件可以同时使用。

    没有 q 时从新到旧排列：先按发布日期，同一天的后入库的在前；翻页途中有新的信息公开，不会重复也不会遗漏。

    有 q 时与检索页面的次序相同，先出最相关的。
    """
    _check_names(request, schemas.DocumentsWanted)
    _check_body(wanted.body)
    if wanted.cursor and wanted.page > 1:
        raise Nonsense("page", "page 和 cursor 只能用一个。接连翻页用 cursor，直接取某一批用 page。")
    asked = harvesting.Wanted(
        query=wanted.q.strip(),
        body=wanted.body,
        column=wanted.column or "",
        year=wanted.year,
        topic=wanted.topic or "",
        validity=wanted.validity or "",
    )
    try:
        found = harvesting.slice_of(
            asked,
            wanted.cursor,
            wanted.size,
            timezone.localdate(),
            skip=(wanted.page - 1) * wanted.size,
        )
    except harvesting.BadCursor as error:
        raise _bad_cursor() from error
    columns = harvesting.columns_above(found.documents)
    return {
        "count": found.count,
        "next": found.following,
        "instead": {word: list(others) for word, others in found.instead},
        "items": [shapes.document(request, page, columns) for page in found.documents],
    }


def _bad_cursor() -> Nonsense:
    return Nonsense("cursor", "参数 cursor 有误。请原样使用上一次应答中 next 的值，其他条件保持不变。")


@api.get(
    "/documents/{path:index_number}",
    response={200: schemas.FullDocument, 404: schemas.Problem, **_REFUSALS},
    summary="一件公开信息的全文和全部元数据",
)
def document(request: HttpRequest, index_number: str) -> Any:
    """按索引号取得一件公开信息。索引号中的斜线可以原样书写，也可以写成 %2F。"""
    _check_names(request)
    page = harvesting.document_of(index_number)
    if page is None:
        raise Http404(f"没有索引号为 {index_number} 的公开信息，或者已经撤下。")
    return shapes.full_document(request, page)


@api.get("/annual-reports", response={200: schemas.Reports, **_REFUSALS}, summary="政府信息公开工作年度报告")
def annual_reports(request: HttpRequest, wanted: Query[schemas.ReportsWanted]) -> Any:
    """分批列出已公开的年度报告，先按年度从新到旧，再按机关的网址标识。"""
    _check_names(request, schemas.ReportsWanted)
    _check_body(wanted.body)
    try:
        found, count, following = harvesting.reports(wanted.body, wanted.year, wanted.cursor, wanted.size)
    except harvesting.BadCursor as error:
        raise _bad_cursor() from error
    return {"count": count, "next": following, "items": [shapes.report(request, each) for each in found]}


@api.get("/bodies", response={200: schemas.Bodies, **_REFUSALS}, summary="公开机关")
def bodies(request: HttpRequest) -> Any:
    """列出设有专栏的全部机关、联系方式和栏目，按网站上的次序。"""
    _check_names(request)
    items = [shapes.body(request, page, columns) for page, columns in harvesting.sections()]
    return {"count": len(items), "items": items}


@api.get("/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> Any:  # noqa: ARG001
    """Answer in JSON where there is no operation."""
    raise Http404(f"接口中没有 {rest}，说明见 {reverse('publishing:api_page')}。")
