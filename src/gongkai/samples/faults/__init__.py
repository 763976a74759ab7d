"""Faults to plant in a clean sample, one at a time, each with what a good audit says of it.

A fault names the rules that must find it. Its wordings are those of careless writers, not those of the
rules' own examples: what a rule does not find is a miss to be counted, not a wording to be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from gongkai.report.schema import CellId, Report
from gongkai.samples.faults import (
    claims,
    denials,
    figures,
    form,
    publication,
    shares,
    structure,
    tables,
    wording,
    years,
)
from gongkai.samples.faults.bed import FAULTS, Bed, Fault, Unplantable

__all__ = ["FAULTS", "Fault", "Planted", "Unplantable", "plant"]

# Importing a module of faults registers them.
_FAULT_MODULES = (
    claims,
    denials,
    figures,
    form,
    publication,
    shares,
    structure,
    tables,
    wording,
    years,
)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A report with one fault, the last report it is to be audited against, and what is to be found.

    `codes` are the rules each of which must find it, `also` those (or beginnings of codes) that may speak of
    its consequences, `where` the cells it touches.
    """

    fault: str
    report: Report
    last: Report | None
    expected: str
    codes: tuple[str, ...]
    also: tuple[str, ...] = ()
    where: tuple[CellId, ...] = ()

    def explains(self, code: str) -> bool:
        """Whether a finding of a rule is owed to the fault."""
        return code in self.codes or code.startswith(self.also)


def plant(report: Report, fault: str, seed: int, last: Report | None = None) -> Planted:
    """Return the report with the fault in it.

    Args:
        report: a clean report.
        fault: a key of `FAULTS`.
        seed: what decides in which words and where exactly.
        last: last year's report, for the faults between two years.

    Raises:
        KeyError: no such fault.
        Unplantable: this report has no place for it.
    """
    chosen = FAULTS[fault]
    bed = Bed(report=report, last=last, rng=Random(f"{fault}/{seed}"))
    chosen.plant(bed)
    return Planted(
        fault=fault,
        report=bed.report,
        last=bed.last,
        expected=chosen.expected,
        codes=chosen.codes,
        also=chosen.also,
        where=bed.where,
    )
