"""A document as JSON keeps it, word for word, so that what was signed can be shown as it was."""

from __future__ import annotations

import base64
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from gongkai.papers.paper import (
    Cell,
    Heading,
    ListBlock,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Rule,
    Seal,
    Table,
)

_PARTS = (Paper, Heading, Paragraph, ListBlock, Cell, Table, Picture, Rule, PageBreak, Seal)
_BY_NAME = {part.__name__: part for part in _PARTS}
_IS = "is"


def kept(paper: Paper) -> dict[str, Any]:
    """Return a document fit for JSON."""
    return _record(paper)


def told(data: dict[str, Any]) -> Paper:
    """Return the document that `kept` wrote down.

    Raises:
        ValueError: it is no document.
    """
    try:
        paper = _value(data)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no document: {error}") from error
    if not isinstance(paper, Paper):
        raise ValueError("no document")
    return paper


def _record(part: Any) -> dict[str, Any]:
    return {_IS: type(part).__name__} | {each.name: _plain(getattr(part, each.name)) for each in fields(part)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _record(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return {_IS: "day", "day": value.isoformat()}
    if isinstance(value, bytes):
        return {_IS: "data", "data": base64.b64encode(value).decode()}
    return value


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(each) for each in value)
    if not isinstance(value, dict):
        return value
    if value[_IS] == "day":
        return date.fromisoformat(value["day"])
    if value[_IS] == "data":
        return base64.b64decode(value["data"])
    return _BY_NAME[value[_IS]](**{name: _value(each) for name, each in value.items() if name != _IS})
