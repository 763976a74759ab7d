"""Drafts for the tests of oversight: a bureau with its people, its cases and figures of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from county import County

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.services import seeding
from gongkai.web.oversight.models import Draft, MonthlyFigure, SheetFact
from gongkai.web.oversight.services.drafting import workflow, writing
from gongkai.web.oversight.services.drafting.composing import drafted, texts_of
from gongkai.web.oversight.services.figures.monthly import ITEMS, MONTHS
from gongkai.web.oversight.services.figures.sheet_lines import LINES

YEAR = 2025
NOW = datetime(2026, 1, 12, 2, tzinfo=UTC)
SEEDED_ON = date(2026, 1, 10)
WORDS = "本机关本年度围绕办事群众关心的事项补齐了公开目录，逐条核对了来源和期限。"
GRANTED, DENIED, NEW = "t3.granted.total", "t3.denied.process_info.total", "t3.new.total"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A body and its people."""

    agency: Agency
    clerk: User
    reviewer: User
    approver: User


def office(county: County, agency: Agency) -> Office:
    """Return a body with one person for each step."""
    people = {
        name: county.person(role, agency)
        for name, role in (
            ("clerk", Role.CLERK),
            ("reviewer", Role.REVIEWER),
            ("approver", Role.APPROVER),
        )
    }
    return Office(agency=agency, **people)


def sow(*agencies: Agency, number: int = 60) -> None:
    """Give bodies cases over three years."""
    seeding.seed(agencies=list(agencies), number=number, years=3, seed=3, on=SEEDED_ON)


def figures(agency: Agency, by: User, year: int = YEAR, **values: Decimal) -> None:
    """Enter the months of a year: of each item what is named for it, else two a month."""
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(
            agency=agency,
            year=year,
            month=month,
            item=item,
            value=values.get(item, Decimal(2)),
            by=by,
            at=NOW,
        )
        for item in ITEMS
        for month in MONTHS
    )


def facts(agency: Agency, by: User, year: int = YEAR, **values: int) -> None:
    """Enter every line of the fact sheet: what is named for it, else nothing."""
    SheetFact.objects.bulk_create(
        SheetFact(agency=agency, year=year, code=code, value=values.get(code, 0), by=by, at=NOW)
        for code in LINES
    )


def begun(of: Office, year: int = YEAR, now: datetime = NOW) -> Draft:
    """Return a draft just begun."""
    return writing.begin(agency=of.agency, year=year, by=of.clerk, now=now)


def filled(draft: Draft, by: User, **texts: str) -> Draft:
    """Write over every cue, so that nothing is wanting but facts; `texts` replace whole sections."""
    kept: Mapping[str, str] = {code.value: text for code, text in texts_of(draft).items()}
    cues = {name for each in drafted(draft).filled.values() for name in each.gaps if name.startswith("请")}
    for cue in cues:
        kept = {code: text.replace(f"{{{cue}}}", f"{cue[3:]}：{WORDS}") for code, text in kept.items()}
    saved, _ = writing.save_texts(draft=draft, texts=kept | texts, seen=draft.saves, by=by, now=NOW)
    return saved


def ready(county: County, agency: Agency | None = None) -> tuple[Draft, Office]:
    """Return a draft with nothing wanting, of a body with cases, figures and facts."""
    of = office(county, agency or county.bureau)
    sow(of.agency)
    figures(of.agency, of.clerk)
    facts(of.agency, of.clerk)
    of.agency.phone = "0990-1234567"
    of.agency.save()
    return filled(begun(of), of.clerk), of


def step(draft: Draft, code: str, by: User, reason: str = "", days: int = 0) -> Draft:
    """Take a step."""
    draft.refresh_from_db()
    now = NOW + timedelta(days=days)
    return workflow.take_step(draft=draft, step=code, seen=draft.saves, by=by, now=now, reason=reason)


def approved(draft: Draft, of: Office) -> Draft:
    """Send a draft up, review and approve it."""
    step(draft, "songshen", of.clerk)
    step(draft, "tongguo", of.reviewer)
    return step(draft, "shending", of.approver)
