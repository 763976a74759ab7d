"""Audit a report against the form, itself and last year's."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.report.auditing import (
    borrowed,
    form,
    identities,
    publication,
    runs,
    series,
    structure,
    table2,
    wording,
    years,
)
from gongkai.report.auditing.narrative import figures, rules, tallies
from gongkai.report.auditing.registry import RULES, Dossier, run
from gongkai.report.findings import Audit
from gongkai.report.schema import Report

__all__ = ["RULES", "audit"]

# Importing a module of rules registers them.
_RULE_MODULES = (
    borrowed,
    figures,
    form,
    identities,
    publication,
    rules,
    runs,
    series,
    structure,
    table2,
    tallies,
    wording,
    years,
)


def audit(
    report: Report,
    *,
    last: Report | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Audit:
    """Return what every rule says of a report.

    Args:
        report: the report to audit.
        last: the same body's report for the year before, for the rules that compare years.
        select: codes or prefixes of codes to run; empty runs all.
        ignore: codes or prefixes of codes to leave out.

    Raises:
        ValueError: a code is no rule's, nor the beginning of one.
    """
    for code in (*select, *ignore):
        if not any(known.startswith(code) for known in RULES):
            raise ValueError(f"no rule is called {code}")
    chosen = [
        each
        for code, each in sorted(RULES.items())
        if (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore) or ("\0",))
    ]
    return run(Dossier(report=report, last=last), chosen)
