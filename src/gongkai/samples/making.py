"""Whole reports of the invented bodies, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from gongkai.report.cells import Cell, How
from gongkai.report.schema import NEW, TOTAL, CellId, Edition, Report, edition_of
from gongkai.samples.bodies import Body, Kind, body
from gongkai.samples.counting import count_year
from gongkai.samples.facts import Facts
from gongkai.samples.prose import write_sections


def make_report(
    seed: int, agency: str, year: int, last: Report | None = None, *, edition: Edition | None = None
) -> Report:
    """Return a report that is right in every respect: balanced tables, prose that agrees with them.

    Args:
        seed: what decides; the same arguments give the same report.
        agency: the body's full name; those of `gongkai.samples.bodies` have a size of their own.
        year: the year reported on.
        last: the same body's report for the year before, whose open requests and documents carry over.
        edition: the form to fill in; by default the one in use for that year.
    """
    whose = body(agency)
    rng = Random(f"{seed}/{agency}/{year}")
    used = edition or edition_of(year)
    numbers = count_year(rng, whose, used, last)
    told = last.number(CellId(3, NEW, TOTAL)) if last is not None else None
    facts = Facts(
        body=whose, year=year, edition=used, numbers=numbers, last_new=None if told is None else int(told)
    )
    return Report(
        agency=whose.name,
        year=year,
        edition=used,
        title=f"{whose.name}{year}年政府信息公开工作年度报告",
        published_on=_published_on(rng, whose, year),
        cells={cell: Cell(value, how=How.COUNTED) for cell, value in numbers.items()},
        sections=write_sections(rng, facts),
    )


def make_series(seed: int, agency: str, years: Iterable[int]) -> list[Report]:
    """Return one body's reports for successive years, each carrying over from the one before."""
    reports: list[Report] = []
    for year in years:
        reports.append(make_report(seed, agency, year, reports[-1] if reports else None))
    return reports


def _published_on(rng: Random, whose: Body, year: int) -> date:
    """Return a day within the term of R711 art. 49: departments 31 January, governments 31 March."""
    if whose.kind is Kind.GOVERNMENT:
        return date(year + 1, rng.choice((2, 3)), rng.randint(1, 28))
    return date(year + 1, 1, rng.randint(6, 30))
