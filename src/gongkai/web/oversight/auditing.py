"""The core's audit as the database keeps it, and the decisions laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import gongkai
from gongkai.report import codec
from gongkai.report.auditing import RULES, audit
from gongkai.report.findings import Audit, Finding, NotAssessed
from gongkai.report.numerals import Illegible
from gongkai.report.schema import Report
from gongkai.web.oversight.choices import Decision, Standing
from gongkai.web.oversight.models import AnnualReport, AuditRun, FindingReview

Json = dict[str, Any]

STANDING_AFTER = {
    Decision.CONFIRMED: Standing.CONFIRMED,
    Decision.DISMISSED: Standing.DISMISSED,
    Decision.REOPENED: Standing.OPEN,
}


def as_registered(report: AnnualReport) -> Report:
    """Return the report as read, under the body and year it was registered for."""
    return replace(codec.load(report.reading), agency=report.agency.name, year=report.year)


def last_years(report: AnnualReport) -> AnnualReport | None:
    """Return the report of the year before to compare with: the published, else the latest."""
    earlier = AnnualReport.objects.filter(agency=report.agency, year=report.year - 1)
    return earlier.published().first() or earlier.current().first()


def audit_of(report: AnnualReport, last: AnnualReport | None) -> Audit:
    """Run every rule over the report."""
    return audit(as_registered(report), last=as_registered(last) if last else None)


@cache
def rules_version() -> str:
    """Return a name for the set of rules now in force: our version and a digest of the catalogue."""
    catalogue = "\n".join(f"{code} {rule.title} {rule.message}" for code, rule in sorted(RULES.items()))
    return f"{gongkai.__version__}+{hashlib.sha256(catalogue.encode()).hexdigest()[:12]}"


def dump_finding(finding: Finding) -> Json:
    """Return a finding as JSON values, with its rule's title and source, so that old runs stay readable."""
    rule = RULES.get(finding.code)
    quote = finding.quote
    return {
        "key": finding.key,
        "code": finding.code,
        "title": rule.title if rule else "",
        "source": str(rule.source) if rule else "",
        "level": finding.level.value,
        "message": finding.message,
        "where": [str(cell) for cell in finding.where],
        "quote": quote
        and {
            "section": quote.section.value,
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
            "marks": [list(mark) for mark in quote.marks],
        },
        "facts": dict(finding.facts),
    }


def dump_not_assessed(skipped: NotAssessed) -> Json:
    """Return a check that could not be made as JSON values."""
    rule = RULES.get(skipped.code)
    return {
        "code": skipped.code,
        "title": rule.title if rule else "",
        "why": skipped.why,
        "where": [str(cell) for cell in skipped.where],
    }


def illegible_cells(report: Report) -> int:
    """Return how many cells hold something no reading proves."""
    return sum(isinstance(cell.value, Illegible) for cell in report.cells.values())


def latest_run(report: AnnualReport) -> AuditRun | None:
    """Return the newest audit of this version."""
    return report.audits.select_related("by", "last_report").first()


def latest_reviews(report: AnnualReport) -> dict[str, FindingReview]:
    """Return the decision in force on each finding of that body's report of that year."""
    rows = FindingReview.objects.filter(report__agency=report.agency_id, report__year=report.year)
    return {row.finding_key: row for row in rows.select_related("by").order_by("pk")}


def standing(review: FindingReview | None) -> Standing:
    """Return where a finding stands after its latest decision."""
    return STANDING_AFTER[Decision(review.decision)] if review else Standing.OPEN


def counted(findings: Iterable[Json], reviews: dict[str, FindingReview]) -> dict[str, int]:
    """Return the derived columns of a report: how many findings stand where."""
    stands = [(standing(reviews.get(f["key"])), f["level"]) for f in findings]
    return {
        "findings_open": sum(s == Standing.OPEN for s, _ in stands),
        "errors_open": sum(s == Standing.OPEN and level == "error" for s, level in stands),
        "findings_confirmed": sum(s == Standing.CONFIRMED for s, _ in stands),
        "findings_dismissed": sum(s == Standing.DISMISSED for s, _ in stands),
    }
