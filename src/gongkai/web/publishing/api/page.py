"""The interface described for people, from the same description that programs read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.publishing.api.operations import api


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """List the operations with their parameters and the fields of their answers."""
    described: Any = api.get_openapi_schema()
    models = described["components"]["schemas"]
    operations = [
        {
            "path": path,
            "name": path.removeprefix(api.get_root_path({})),
            "is_list": "{" not in path,
            "summary": operation["summary"],
            "paragraphs": operation["description"].split("\n\n"),
            "parameters": operation["parameters"],
            "fields": _fields(models, operation["responses"][200]),
        }
        for path, methods in described["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "publishing/api.html", {"about": described["info"], "operations": operations})


def _fields(models: dict[str, Any], answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the names and descriptions of what an answer holds: of its items, where it is a list."""
    model = _model(models, answer["content"]["application/json"]["schema"])
    if "items" in model["properties"]:
        model = _model(models, model["properties"]["items"]["items"])
    return [(name, field.get("description", "")) for name, field in model["properties"].items()]


def _model(models: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    model: dict[str, Any] = models[reference["$ref"].rpartition("/")[2]]
    return model
