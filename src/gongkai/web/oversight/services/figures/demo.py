"""Invented figures and facts for the demonstration: the last whole year, and this year's months so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from random import Random

from django.utils import timezone

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import MonthlyFigure, SheetFact
from gongkai.web.oversight.services.figures import monthly
from gongkai.web.oversight.services.figures.sheet_lines import LINES

SEED = 711
SOURCES = {"fees_10k_yuan": "县财政局收费月报"}
_USUAL_SOURCE = "行政执法统计台账"
# How many a month, at most, of permits, penalties and coercion, and fees in 元, by what a body is called.
_BUSY = {
    "公安局": (320, 140, 12, 90_000),
    "自然资源局": (95, 18, 3, 260_000),
    "市场监督管理局": (410, 60, 6, 30_000),
    "卫生健康局": (70, 12, 2, 8_000),
    "发展和改革局": (30, 2, 0, 0),
    "教育局": (9, 1, 0, 0),
    "栖桐镇人民政府": (14, 5, 2, 0),
    "映荷街道办事处": (11, 6, 1, 0),
}
_IDLE = (0, 0, 0, 0)
# The most a small body tells of a line; what is not among them is a small number.
_MOST = {
    "sites": 1, "accounts": 3, "accounts_opened": 1, "accounts_closed": 1, "mail_received": 60, "calls": 180,
    "trainees": 160, "accountable": 0, "enterprises": 12, "enterprise_items": 90, "concerns_answered": 6,
}  # fmt: skip
_SMALL = 4
# What a body has not yet found out, so that the sheet shows a gap.
_NOT_YET = {"教育局": ("score", "public_reviews"), "财政局": ("calls",)}


def load_demo_figures(*, agencies: Iterable[Agency], otherwise: User, now: datetime) -> int:
    """Enter figures and facts for the bodies; return how many rows those are.

    Args:
        agencies: the bodies.
        otherwise: who is shown to have entered those of a body without a clerk.
        now: today's moment; nothing is entered for later.
    """
    today = timezone.localdate(now)
    figures: list[MonthlyFigure] = []
    facts: list[SheetFact] = []
    clerks = {
        clerk.agency_id: clerk for clerk in User.objects.filter(groups__name=Role.CLERK.value).order_by("-pk")
    }
    for agency in agencies:
        by = clerks.get(agency.pk, otherwise)
        for year in (today.year - 2, today.year - 1, today.year):
            random = Random(f"{SEED} {agency.slug} {year}")
            common = {"agency": agency, "year": year, "by": by}
            # The month that runs is not over, so nothing is known of it.
            months = range(1, today.month) if year == today.year else monthly.MONTHS
            for (item, month), value in _figures(agency, months, random).items():
                source, at = SOURCES.get(item, _USUAL_SOURCE), min(_after(year, month), now)
                row = MonthlyFigure(**common, item=item, month=month, value=value, source=source, at=at)
                figures.append(row)
            if year < today.year:
                at = min(_after(year, 12), now)
                told = _facts(agency, random).items()
                facts += [SheetFact(**common, code=code, value=value, at=at) for code, value in told]
    MonthlyFigure.objects.bulk_create(figures)
    SheetFact.objects.bulk_create(facts)
    return len(figures) + len(facts)


def _after(year: int, month: int) -> datetime:
    """The morning of the eighth of the month after one."""
    turn, month = divmod(month, 12)
    return datetime(year + turn, month + 1, 8, 9, 40, tzinfo=timezone.get_default_timezone())


def _figures(agency: Agency, months: range, random: Random) -> dict[tuple[str, int], Decimal]:
    most = next((busy for name, busy in _BUSY.items() if agency.name.endswith(name)), _IDLE)
    found: dict[tuple[str, int], Decimal] = {}
    for month in months:
        for item, limit in zip(monthly.ITEMS, most, strict=True):
            number = Decimal(random.randint(limit // 2, limit))
            found[item, month] = number if monthly.ITEMS[item].is_whole else number / 10_000
    return found


def _facts(agency: Agency, random: Random) -> dict[str, Decimal]:
    unknown = next((codes for name, codes in _NOT_YET.items() if agency.name.endswith(name)), ())
    found = {code: Decimal(random.randint(0, _MOST.get(code, _SMALL))) for code in LINES}
    found["score"] = Decimal(random.randint(820, 985)) / 10
    # As many are done as came in, but for a few; not all of those in time.
    found["mail_done"] = max(found["mail_received"] - random.randint(0, 2), Decimal(0))
    found["mail_in_time"] = max(found["mail_done"] - random.randint(0, 1), Decimal(0))
    found["trainees"] = found["trainees"] if found["trainings"] else Decimal(0)
    proposals = sum(found[code] for code in LINES if code.startswith(("congress_", "cppcc_")))
    found["proposals_public"] = Decimal(random.randint(0, int(proposals)))
    return {code: value for code, value in found.items() if code not in unknown}
