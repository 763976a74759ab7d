"""The core's audit as the database keeps it, and the decisions laid over it."""

from __future__ import annotations

import hashlib
import json
import subprocess  # nosec B404: runs this package's own module, no shell
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import gongkai
from gongkai.report import codec
from gongkai.report.auditing import RULES
from gongkai.report.numerals import Illegible
from gongkai.report.schema import Report
from gongkai.web.oversight.choices import Decision, Standing
from gongkai.web.oversight.models import AnnualReport, AuditRun, FindingReview
from gongkai.web.oversight.services.reports.audit_worker import Json, result_of
from gongkai.web.oversight.services.reports.settled import report_of

# No report read so far has half as many characters, last year's included.
ORDINARY_PROSE = 30_000
# Stands before our version where else the reader is named.
DRAFTED = "起草"
SECONDS, MEMORY = 30, 1 << 30

STANDING_AFTER = {
    Decision.CONFIRMED: Standing.CONFIRMED,
    Decision.DISMISSED: Standing.DISMISSED,
    Decision.REOPENED: Standing.OPEN,
}


class TooLong(Exception):
    """The rules did not come to an end on this report."""


def as_registered(report: AnnualReport) -> Report:
    """Return the report as it stands, under the body and year it was registered for."""
    return replace(report_of(report), agency=report.agency.name, year=report.year)


def last_years(report: AnnualReport) -> AnnualReport | None:
    """Return the report of the year before to compare with: the published, else the latest."""
    earlier = AnnualReport.objects.filter(agency=report.agency, year=report.year - 1)
    return earlier.published().first() or earlier.current().first()


def audit_of(report: AnnualReport, last: AnnualReport | None) -> Json:
    """Return what every rule says of the report: `findings` and `not_assessed`.

    Raises:
        TooLong: the rules did not come to an end in time.
    """
    return audit_pair(as_registered(report), as_registered(last) if last else None)


def audit_pair(report: Report, last: Report | None) -> Json:
    """Return the same of a report and last year's, wherever they come from.

    Raises:
        TooLong: as `audit_of`.
    """
    pair = [codec.dump(each, provenance=True) if each else None for each in (report, last)]
    prose = sum(len(section["text"]) for each in pair if each for section in each["sections"])
    return result_of(*pair) if prose <= ORDINARY_PROSE else _in_a_child(*pair)


def _in_a_child(report: Json, last: Json | None) -> Json:
    """Run the rules in a process that can be killed: prose of any length comes from strangers."""
    command = [sys.executable, "-m", "gongkai.web.oversight.services.reports.audit_worker", str(MEMORY)]
    asked = json.dumps({"report": report, "last": last}).encode()
    try:
        child = subprocess.run(command, input=asked, capture_output=True, timeout=SECONDS, check=True)  # nosec B603
        return json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise TooLong from error


@cache
def rules_version() -> str:
    """Return a name for the set of rules now in force: our version and a digest of the catalogue."""
    catalogue = "\n".join(f"{code} {rule.title} {rule.message}" for code, rule in sorted(RULES.items()))
    return f"{gongkai.__version__}+{hashlib.sha256(catalogue.encode()).hexdigest()[:12]}"


@cache
def reader_version() -> str:
    """Return a name for the reader now at work: our version and a digest of its code."""
    core = Path(codec.__file__).parent
    sources = [*core.glob("*.py"), *(core / "reading").rglob("*.py")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(sources)))
    return f"{gongkai.__version__}+{digest.hexdigest()[:12]}"


def is_drafted(report: AnnualReport) -> bool:
    """Whether the version was written here, so that its cells were never read from the file made of it."""
    return report.reader.startswith(DRAFTED)


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
