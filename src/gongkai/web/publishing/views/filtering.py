"""Filters as links: what a query string asks for, and the links that ask for something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest


class _Choice(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link of a filter; `count` None for the one that lifts it."""

    label: str
    query: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter's links, the first lifting it."""

    label: str
    links: tuple[Link, ...]


def asked(request: HttpRequest, name: str, allowed: Collection[str]) -> str:
    """Return the value that the query string gives a filter; blank for none, or for nonsense."""
    value = request.GET.get(name, "")
    return value if value in allowed else ""


def links(request: HttpRequest, label: str, name: str, choices: Iterable[_Choice], chosen: str) -> Filter:
    """Return a filter as links that keep the other filters and begin at the first page again."""

    def query(value: str) -> str:
        changed = request.GET.copy()
        for gone in (name, "ye"):
            changed.pop(gone, None)
        if value:
            changed[name] = value
        return f"?{changed.urlencode()}"

    each = (
        Link(label=one.label, query=query(one.value), chosen=one.value == chosen, count=one.count)
        for one in choices
    )
    return Filter(label=label, links=(Link(label="全部", query=query(""), chosen=not chosen), *each))
