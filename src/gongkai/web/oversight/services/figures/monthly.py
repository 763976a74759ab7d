"""Decisions and fees month by month (R711 art. 20(5), (6) and (8)), which Table 2 is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.fact_sources import asked_for
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.models import FigureFile, MonthlyFigure
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures.access import check_may_enter, last_row

MONTHS = range(1, 13)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A row of Table 2 that is entered month by month."""

    code: str
    name: str
    unit: str
    is_whole: bool = True

    @property
    def heading(self) -> str:
        """Its name with the unit."""
        return f"{self.name}（{self.unit}）"


ITEMS: Mapping[str, Item] = {
    item.code: item
    for item in (
        Item(code="permits", name="行政许可", unit="件"),
        Item(code="penalties", name="行政处罚", unit="件"),
        Item(code="coercion", name="行政强制", unit="件"),
        Item(code="fees_10k_yuan", name="行政事业性收费", unit="万元", is_whole=False),
    )
}
Place = tuple[str, int]
"""An item's code and a month."""
Values = Mapping[Place, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A body's months without a figure."""

    agency: Agency
    months: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class YearFigure:
    """A row of Table 2 over some bodies and a year.

    `months` are twelve sums over the bodies, None where one of them has no figure; `total` is None unless
    every body has all twelve; `missing` names what is wanting; `sources` are what the numbers were taken
    from, each once.
    """

    item: Item
    months: tuple[Decimal | None, ...]
    total: Decimal | None
    missing: tuple[Missing, ...]
    sources: tuple[str, ...]


def figures_of(agencies: Sequence[Agency], year: int) -> Mapping[str, YearFigure]:
    """Return what is known of each item by its code (those of `ITEMS`), in one query.

    Nothing is filled in: a month without a figure leaves its sum, and the year's, unknown.
    """
    latest = _latest(agencies, year)
    return {code: _year_figure(item, agencies, latest) for code, item in ITEMS.items()}


def page(agencies: Sequence[Agency], year: int, item: str) -> str:
    """Return where an item's figures stand: the year of the body, or what each of several bodies adds."""
    if len(agencies) == 1:
        return f"{reverse('annual_reports:figures')}?{asked_for(agencies, year)}"
    return f"{reverse('annual_reports:addends')}?{asked_for(agencies, year)}&xiang={item}"


def figures_by_body(agencies: Sequence[Agency], year: int, item: str) -> list[tuple[Agency, YearFigure]]:
    """Return an item's year of each body, in one query."""
    latest = _latest(agencies, year)
    return [(agency, _year_figure(ITEMS[item], [agency], latest)) for agency in agencies]


def _latest(agencies: Iterable[Agency], year: int) -> dict[tuple[int, str, int], tuple[Decimal | None, str]]:
    rows = MonthlyFigure.objects.filter(agency__in=[each.pk for each in agencies], year=year).order_by("pk")
    columns = ("agency_id", "item", "month", "value", "source", "file__name")
    return {
        (agency, item, month): (value, file or source)
        for agency, item, month, value, source, file in rows.values_list(*columns)
    }


def _year_figure(
    item: Item,
    agencies: Sequence[Agency],
    latest: Mapping[tuple[int, str, int], tuple[Decimal | None, str]],
) -> YearFigure:
    nothing = (None, "")
    known = {
        agency: [latest.get((agency.pk, item.code, month), nothing) for month in MONTHS]
        for agency in agencies
    }
    months = tuple(_sum([of_body[month - 1][0] for of_body in known.values()]) for month in MONTHS)
    missing = tuple(
        Missing(agency=agency, months=gaps)
        for agency, of_body in known.items()
        if (gaps := tuple(month for month in MONTHS if of_body[month - 1][0] is None))
    )
    sources = (
        source for of_body in known.values() for value, source in of_body if value is not None and source
    )
    return YearFigure(
        item=item,
        months=months,
        total=_sum(months),
        missing=missing,
        sources=tuple(dict.fromkeys(sources)),
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def values_of(agency: Agency, year: int) -> dict[Place, MonthlyFigure]:
    """Return the rows that count, by item and month; one that says "not known" too."""
    rows = MonthlyFigure.objects.filter(agency=agency, year=year).select_related("by", "file").order_by("pk")
    return {(row.item, row.month): row for row in rows}


def history(agency: Agency, year: int, item: str, month: int) -> QuerySet[MonthlyFigure]:
    """Return every row of a cell, the newest first."""
    rows = MonthlyFigure.objects.filter(agency=agency, year=year, item=item, month=month)
    return rows.select_related("by", "file").order_by("-pk")


def open_months(year: int, today: date) -> range:
    """Return the months of a year that figures can be entered for: those that have begun."""
    if year == today.year:
        return range(1, today.month + 1)
    return MONTHS if year < today.year else range(0)


def changes(agency: Agency, year: int, values: Values) -> dict[Place, tuple[Decimal | None, Decimal | None]]:
    """Return what saving these values would change: place to the value that counts now and the new one."""
    now = {place: row.value for place, row in values_of(agency, year).items()}
    return {place: (now.get(place), value) for place, value in values.items() if now.get(place) != value}


@transaction.atomic
def save_figures(
    *,
    agency: Agency,
    year: int,
    values: Values,
    by: User,
    now: datetime,
    seen: int,
    source: str = "",
    file: FigureFile | None = None,
) -> int:
    """Write the values that differ from what counts, and return how many those were.

    Args:
        values: by item and month; None says that it is not known.
        seen: the last row the person had seen, `access.last_row`.
        source: where the numbers come from, for all of them.
    Raises:
        PermissionDenied: the person does not enter the body's numbers.
        Refused: somebody has saved meanwhile, a month is still to come, or a value fits no item.
    """
    check_may_enter(by, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if last_row(MonthlyFigure, agency, year) != seen:
        raise Refused("您打开页面以后，有人修改了这一年的数据。请重新打开页面，核对后再填。")
    _check(values, year, timezone.localdate(now))
    rows = [
        MonthlyFigure(
            agency=agency,
            year=year,
            item=item,
            month=month,
            value=new,
            source=source,
            file=file,
            by=by,
            at=now,
        )
        for (item, month), (_, new) in changes(agency, year, values).items()
    ]
    MonthlyFigure.objects.bulk_create(rows)
    return len(rows)


def _check(values: Values, year: int, today: date) -> None:
    begun = open_months(year, today)
    for (code, month), value in values.items():
        item = ITEMS.get(code)
        if item is None:
            raise Refused("没有这样的项目。")
        if value is not None and month not in begun:
            raise Refused(f"{year} 年 {month} 月还没有到，不能填报。")
        if value is not None and (value < 0 or (item.is_whole and value != value.to_integral_value())):
            raise Refused(f"{month} 月的{item.name}应当是{'非负整数' if item.is_whole else '非负数'}。")
