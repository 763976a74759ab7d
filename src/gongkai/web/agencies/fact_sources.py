"""The facts of a year that an annual report may tell, each from one named source.

An app names in `AppConfig.ready` what it can count; who writes a report asks for facts by name and never
learns who answers:

    fact_sources.register(
        Fact(
            code="publishing.documents",
            name="主动公开信息",
            unit="条",
            group="主动公开",
            count="gongkai.web.publishing.services.telling_facts.documents",
            opens="gongkai.web.publishing.services.telling_facts.documents_page",
        )
    )
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.http import urlencode
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from gongkai.web.agencies.models import Agency

Number = int | Decimal
Parts = Sequence[tuple[str, Number]]
"""A number by kinds: each kind's name with its number, kinds without any left out."""

Count = Callable[[Sequence["Agency"], int], Number | Parts | None]
"""Called with the bodies and the year; None where it is not known, which is not zero."""

Opens = Callable[[Sequence["Agency"], int], str | None]
"""Called with the same; returns the path of this site where the records counted stand, if there is one."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact: what it is called in a report, in which unit, and who counts it.

    `code` is ours and never changes; `name` is what an editor writes and no two facts share; `group` is the
    heading it is listed under; `count` and `opens` are dotted names of functions.
    """

    code: str
    name: str
    unit: str
    group: str
    count: str
    opens: str = ""

    def counted(self, agencies: Sequence[Agency], year: int) -> Number | Parts | None:
        """Return the fact for some bodies and a year, None where it is not known."""
        count: Count = import_string(self.count)
        return count(agencies, year)

    def path(self, agencies: Sequence[Agency], year: int) -> str | None:
        """Return where the records behind it stand."""
        opens: Opens | None = import_string(self.opens) if self.opens else None
        return opens(agencies, year) if opens else None


_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def facts_of(app: str, module: str, *rows: tuple[str, str, str, str]) -> tuple[Fact, ...]:
    """Return facts counted in one module, each of a row of code, name, unit and group.

    The module has a function of each code, and one that ends in `_page` for where it opens.
    """
    return tuple(
        Fact(
            code=f"{app}.{code}",
            name=name,
            unit=unit,
            group=group,
            count=f"{module}.{code}",
            opens=f"{module}.{code}_page",
        )
        for code, name, unit, group in rows
    )


_facts: dict[str, Fact] = {}


def register(*facts: Fact) -> None:
    """Offer facts to whoever writes a report.

    Raises:
        ValueError: another fact has the name already.
    """
    for fact in facts:
        if any(each.name == fact.name and each.code != fact.code for each in _facts.values()):
            raise ValueError(f"two facts are called {fact.name}")
        _facts[fact.code] = fact


def asked_for(agencies: Sequence[Agency], year: int) -> str:
    """Return bodies and year as the pages behind facts are asked for them: `jiguan=…&jiguan=…&nian=…`."""
    return urlencode([*(("jiguan", agency.slug) for agency in agencies), ("nian", year)])


def year_named(text: str) -> int | None:
    """Return the year an address names; None where it names none that a record could be of."""
    return int(text) if _YEAR.fullmatch(text) else None


def facts() -> Mapping[str, Fact]:
    """Return every fact by its name, in the order of registration."""
    return {fact.name: fact for fact in _facts.values()}
