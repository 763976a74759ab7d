"""The published form of a report as JSON, described by JSON Schema: made from the form itself."""

from __future__ import annotations

from typing import Any

from gongkai.report.cells import How
from gongkai.report.schema import Edition, Form, Row, SectionCode, Table, form

Json = dict[str, Any]

_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_NUMBERS: Json = {"type": "array", "items": {"type": "number"}}


def schema() -> Json:
    """Return the JSON Schema of what `codec.dump` gives and `codec.load` takes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:gongkai:annual-report",
        "title": "政府信息公开工作年度报告",
        "description": "gongkai read --json 的输出，gongkai write、sum、compare 和 audit 的输入。",
        "type": "object",
        "required": ["agency", "year", "edition"],
        "properties": _properties(),
        "oneOf": [_edition(form(edition)) for edition in Edition],
        "$defs": _definitions(),
    }


def _properties() -> Json:
    return {
        "file": {"type": "string", "description": "读取的文件"},
        "agency": {**_TEXT_OR_NULL, "description": "机关名称；文件没有写明的为 null"},
        "year": {"type": ["integer", "null"], "description": "报告年度"},
        "edition": {"enum": [int(edition) for edition in Edition], "description": "格式的版本"},
        "title": {**_TEXT_OR_NULL, "description": "标题"},
        "published_on": {**_TEXT_OR_NULL, "format": "date", "description": "发布日期"},
        "sections": {
            "type": "array",
            "items": {"$ref": "#/$defs/section"},
            "description": "正文各部分，不含表格",
        },
        "labels": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "原文的行名、列名，如 row.3.new",
        },
        "notes": {"type": "array", "items": {"type": "string"}, "description": "读取时的说明"},
        "cells": {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/provenance"},
            "description": "各格如何读出、在何处读出（--provenance）；键如 t3.denied.third_party.total",
        },
    }


def _edition(its: Form) -> Json:
    names = [f"table{table.number}" for table in its.tables]
    tables = {name: _table(table) for name, table in zip(names, its.tables, strict=True)}
    return {
        "title": f"{int(its.edition)}年版格式",
        "properties": {"edition": {"const": int(its.edition)}, **tables},
        "required": names,
    }


def _table(table: Table) -> Json:
    return {
        "title": table.title,
        "type": "object",
        "properties": {row.code: _row(row) for row in table.rows},
        "required": [row.code for row in table.rows],
    }


def _row(row: Row) -> Json:
    cells = {
        column.code: {"$ref": "#/$defs/value", "description": f"{column.label}（{column.unit.value}）"}
        for column in row.columns
    }
    if len(cells) == 1:
        return {"title": row.label, **next(iter(cells.values()))}
    return {"title": row.label, "type": "object", "properties": cells, "required": list(cells)}


def _definitions() -> Json:
    whole = {"type": ["integer", "null"]}
    return {
        "value": {
            "description": "一格的值：数字；null 为空白，不是零；对象为读不准的格",
            "anyOf": [
                {"type": ["number", "null"]},
                {
                    "type": "object",
                    "properties": {"raw": {"type": "string"}, "candidates": _NUMBERS},
                    "required": ["raw", "candidates"],
                },
            ],
        },
        "section": {
            "type": "object",
            "properties": {
                "code": {"enum": [code.value for code in SectionCode]},
                "heading": {"type": "string"},
                "text": {"type": "string", "description": "段落之间为换行"},
            },
            "required": ["code", "heading", "text"],
        },
        "provenance": {
            "type": "object",
            "properties": {
                "raw": {"type": "string", "description": "原文"},
                "how": {"enum": [how.value for how in How]},
                "place": {
                    "description": "块（从 0 起）、行、列、页（从 1 起），有的还有在页上的位置",
                    "type": ["array", "null"],
                    "prefixItems": [{"type": "integer"}, whole, whole, whole, _NUMBERS],
                    "minItems": 4,
                    "maxItems": 5,
                },
            },
            "required": ["raw", "how", "place"],
        },
    }
