"""What every act on a report has in common: how it is refused, what it locks, what it refreshes."""

from __future__ import annotations

from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports.auditing import (
    counted,
    illegible_cells,
    latest_reviews,
    latest_run,
)
from gongkai.web.oversight.services.reports.settled import report_of


class Refused(Exception):
    """An act the rules do not allow; `str()` is one Chinese sentence that says why."""


class NeedsConfirmation(Refused):
    """An act that is allowed, once the person has said that they mean it."""


def locked(report: AnnualReport) -> AnnualReport:
    """Return the report as it is now, kept from others until the transaction ends."""
    return AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)


def check_current(report: AnnualReport) -> None:
    """Raise Refused where a newer version has taken this one's place."""
    if not report.is_current:
        raise Refused("该版本已有更新的版本，请在最新版本上办理。")


def plain_reason(reason: str) -> str:
    """Return the reason without characters that do not print; lines stay."""
    return "".join(c for c in reason if c.isprintable() or c == "\n").strip()


def refresh(report: AnnualReport) -> None:
    """Save the report with its derived counts as the latest audit and the latest decisions give them."""
    run = latest_run(report)
    for name, value in counted(run.findings if run else [], latest_reviews(report)).items():
        setattr(report, name, value)
    report.cells_illegible = illegible_cells(report_of(report))
    report.save()
