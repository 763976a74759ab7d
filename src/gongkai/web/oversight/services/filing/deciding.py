"""What the superior decides on a filing: returned with a letter, or accepted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.papers.docx import write_docx
from gongkai.report.findings import LEVEL_NAMES, Level
from gongkai.report.schema import SECTION_TITLES, CellId, Edition, form
from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.services.notifying import holders, notify
from gongkai.web.oversight.choices import Act, Filed, Standing
from gongkai.web.oversight.models import AnnualReport, Filing
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused, plain_reason
from gongkai.web.oversight.services.filing.access import FILERS, check_may_collect, locked_filing
from gongkai.web.oversight.services.filing.letters import letter_of
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.auditing import latest_reviews, latest_run, standing

_MOST_NAMED = 3


def findings_to_name(report: AnnualReport) -> list[dict[str, Any]]:
    """Return the findings of the latest audit that nobody dismissed, as a letter names them.

    Each is `{"code", "title", "level", "place", "message", "standing"}`, the confirmed ones first.
    """
    run, reviews = latest_run(report), latest_reviews(report)
    named = []
    for finding in run.findings if run else ():
        stands = standing(reviews.get(finding["key"]))
        if stands != Standing.DISMISSED:
            named.append(
                {
                    "code": finding["code"],
                    "title": finding["title"],
                    "level": LEVEL_NAMES[Level(finding["level"])],
                    "place": _place(finding, report.edition),
                    "message": finding["message"],
                    "standing": str(stands),
                }
            )
    return sorted(named, key=lambda each: each["standing"] != Standing.CONFIRMED)


def _place(finding: dict[str, Any], edition: int) -> str:
    """Where a finding stands, in words: the cells it names, else the section it quotes, else the whole."""
    cells = [CellId.parse(each) for each in finding["where"]]
    if cells:
        filled = form(Edition(edition))
        names = "、".join(filled.name(each) for each in cells[:_MOST_NAMED])
        return names + (f"等 {len(cells)} 格" if len(cells) > _MOST_NAMED else "")
    quote = finding["quote"]
    return SECTION_TITLES.get(quote["section"], "正文") if quote else "全文"


@transaction.atomic
def return_filing(
    *, filing: Filing, reason: str, due_on: date, by: User, now: datetime, seen: str = ""
) -> Filing:
    """Return a filing with a letter that names the findings; so is an acceptance taken back.

    Args:
        due_on: by when the member is to file anew.
        seen: the state in which the person saw it.
    Raises:
        PermissionDenied: `by` does not run the collection.
        Refused: no reason, the day is past, returned already, or as `locked_filing`.
    """
    check_may_collect(by, filing.member.collection)
    reason = plain_reason(reason)
    if not reason:
        raise Refused("请写明退回的意见。")
    if due_on < timezone.localtime(now).date():
        raise Refused("改正期限不能早于今天。")
    filing = locked_filing(filing, seen)
    if filing.state == Filed.RETURNED:
        raise Refused("这份报送已经退回，正在等对方修改。")
    was = filing.state
    filing.state, filing.reason, filing.due_on = Filed.RETURNED, reason, due_on
    filing.decided_by, filing.decided_at = by, now
    filing.findings = findings_to_name(filing.report)
    letter = ContentFile(write_docx(letter_of(filing, timezone.localtime(now).date())))
    filing.letter.save(f"filing-letters/{filing.pk}-{now:%Y%m%d%H%M%S}.docx", letter, save=False)
    filing.save()
    _record(filing, Act.RETURNED, by, now, reason=reason, due_on=str(due_on), before=was,
            findings=len(filing.findings))  # fmt: skip
    _tell(
        filing,
        NotificationKind.RETURNED,
        f"{filing.report.year} 年度报告被退回，请于 {due_on:%Y-%m-%d} 前修改后重新报送",
    )
    return filing


@transaction.atomic
def accept_filing(
    *, filing: Filing, by: User, now: datetime, despite_errors: bool = False, seen: str = ""
) -> Filing:
    """Accept a filing: its version is the one that is added up.

    Raises:
        PermissionDenied: `by` does not run the collection.
        NeedsConfirmation: errors are open and `despite_errors` is not said.
        Refused: accepted already, or as `locked_filing`.
    """
    check_may_collect(by, filing.member.collection)
    filing = locked_filing(filing, seen)
    if filing.state == Filed.ACCEPTED:
        raise Refused("这份报送已经接收，无需再次接收。")
    errors = filing.report.errors_open
    if errors and not despite_errors:
        raise NeedsConfirmation(f"报告还有 {errors} 个错误没有处理，确认仍要接收吗？")
    was = filing.state
    filing.state, filing.decided_by, filing.decided_at = Filed.ACCEPTED, by, now
    filing.save(update_fields=["state", "decided_by", "decided_at"])
    _record(filing, Act.ACCEPTED, by, now, before=was, errors_open=errors)
    _tell(filing, NotificationKind.DONE, f"{filing.report.year} 年度报告已被接收")
    return filing


def _record(filing: Filing, act: Act, by: User, now: datetime, **details: Any) -> None:
    append_event(
        act=act,
        by=by,
        at=now,
        report=filing.report,
        collection=filing.member.collection,
        version=filing.report.version,
        **details,
    )


def _tell(filing: Filing, kind: NotificationKind, title: str) -> None:
    for role in FILERS:
        notify(
            to=holders(filing.member.agency, role),
            kind=kind,
            key=f"filing-{filing.pk}-{filing.state}-{filing.decided_at:%Y%m%d%H%M%S}",
            title=title,
            path=reverse("annual_reports:member", args=[filing.member_id]),
            about=filing.member.collection,
            due_on=filing.due_on if filing.state == Filed.RETURNED else None,
        )
