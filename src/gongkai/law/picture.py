"""A count of days as a calendar: as SVG for a page, as text for a terminal."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from html import escape

from gongkai.law.calendar import DayKind
from gongkai.law.clock import Ledger, LedgerDay

_WEEK = "一二三四五六日"
_SIZE, _GAP, _HEAD = 44, 4, 46


class Look(Enum):
    """How a day is shown: fill, ink, sign."""

    START = ("#1f3a5f", "#ffffff", "收")
    DUE = ("#9b1c1c", "#ffffff", "止")
    COUNTED = ("#dcebdc", "#1d3b1d", "")
    MAKEUP = ("#b9d8b9", "#1d3b1d", "班")
    REST = ("#fdf0cf", "#5c4300", "停")
    HOLIDAY = ("#f7dada", "#7a1414", "休")
    WEEKEND = ("#eeeeee", "#555555", "")
    OUTSIDE = ("#ffffff", "#8a8a8a", "")


LEGEND: Mapping[Look, str] = {
    Look.START: "起算日（不计入）",
    Look.COUNTED: "计入的工作日，下为第几日",
    Look.MAKEUP: "调休上班，计入",
    Look.HOLIDAY: "放假，不计入",
    Look.WEEKEND: "周末，不计入",
    Look.REST: "期限中止，不计入",
    Look.DUE: "最后一日",
}


@dataclass(frozen=True, kw_only=True)
class _Cell:
    on: date
    look: Look
    number: int | None
    why: str


def _cells(ledgers: Sequence[Ledger]) -> dict[date, _Cell]:
    """Return each day of the counts by its date; the counts follow one another."""
    start, due = ledgers[0].start, ledgers[-1].due.on
    cells = {start: _Cell(on=start, look=Look.START, number=None, why="起算日，不计入")}
    before = 0
    for ledger in ledgers:
        for day in ledger.days:
            look = Look.DUE if day.on == due else _look(day)
            number = None if day.number is None else before + day.number
            cells[day.on] = _Cell(on=day.on, look=look, number=number, why=day.why)
        before += sum(day.number is not None for day in ledger.days)
    return cells


def _look(day: LedgerDay) -> Look:
    if day.rest and day.status.is_working:
        return Look.REST
    return {
        DayKind.WORKING: Look.COUNTED,
        DayKind.MAKEUP: Look.MAKEUP,
        DayKind.WEEKEND: Look.WEEKEND,
        DayKind.HOLIDAY: Look.HOLIDAY,
    }[day.status.kind]


def _months(cells: Mapping[date, _Cell]) -> Iterator[tuple[int, int]]:
    year, month = min(cells).year, min(cells).month
    while (year, month) <= (max(cells).year, max(cells).month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _weeks(year: int, month: int) -> list[list[int]]:
    return gregorian.monthcalendar(year, month)


def as_text(ledgers: Sequence[Ledger]) -> str:
    """Return the counts as months of text, each day with its number in the count or a sign.

    Args:
        ledgers: counts that follow one another, as a reply period and its extension.
    """
    cells = _cells(ledgers)
    blocks = []
    for year, month in _months(cells):
        lines = [f"{year}年{month}月", (" " * 6).join(_WEEK)]
        for week in _weeks(year, month):
            lines.append("".join(_text_cell(cells, year, month, day) for day in week).rstrip())
        blocks.append("\n".join(lines))
    used = {cell.look for cell in cells.values()}
    signs = "　".join(
        f"{look.value[2]} {words}" for look, words in LEGEND.items() if look in used and look.value[2]
    )
    return "\n\n".join([*blocks, f"数字为第几个工作日　{signs}"]) + "\n"


def _text_cell(cells: Mapping[date, _Cell], year: int, month: int, day: int) -> str:
    cell = cells.get(date(year, month, day)) if day else None
    if cell is None:
        return f"{day or '':>2}" + " " * 6
    sign = cell.look.value[2] or ("" if cell.number else "·")
    number = str(cell.number or "")
    width = sum(2 if ord(char) > 0x2E7F else 1 for char in sign) + len(number)
    return f"{day:>2} {number}{sign}" + " " * max(5 - width, 0)


def as_svg(ledgers: Sequence[Ledger], title: str, *, columns: int = 3) -> str:
    """Return the counts as an SVG picture, for a page to hold as it stands.

    Every day has a title that says what it is; colours never speak alone. No script, no style sheet and
    nothing from outside, so that any content security policy lets it be.

    Args:
        ledgers: counts that follow one another.
        title: what the picture shows, for those who do not see it.
        columns: how many months stand side by side; 1 for a phone.
    """
    cells = _cells(ledgers)
    months = list(_months(cells))
    across = min(columns, len(months))
    width = 7 * (_SIZE + _GAP) + 2 * _GAP
    height = _HEAD + 6 * (_SIZE + _GAP) + 3 * _GAP
    rows = -(-len(months) // across)
    looks = [look for look in LEGEND if any(cell.look is look for cell in cells.values())]
    legend_rows = -(-len(looks) // across)
    total = rows * height + legend_rows * 26 + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {across * width} {total}" '
        f'width="{across * width}" height="{total}" font-family="sans-serif" text-anchor="middle">',
        f"<title>{escape(title)}</title>",
    ]
    for at, (year, month) in enumerate(months):
        x, y = at % across * width, at // across * height
        parts += _svg_month(cells, year, month, x, y)
    parts += _svg_legend(looks, across, width, rows * height)
    return "".join([*parts, "</svg>"])


def _svg_month(cells: Mapping[date, _Cell], year: int, month: int, x: int, y: int) -> Iterator[str]:
    middle = x + (7 * (_SIZE + _GAP)) // 2
    yield f'<text x="{middle}" y="{y + 16}" font-size="14" font-weight="bold">{year}年{month}月</text>'
    for column, name in enumerate(_WEEK):
        at = x + _GAP + column * (_SIZE + _GAP) + _SIZE // 2
        yield f'<text x="{at}" y="{y + 36}" font-size="12" fill="#555555">{name}</text>'
    for row, week in enumerate(_weeks(year, month)):
        for column, day in enumerate(week):
            if day:
                left = x + _GAP + column * (_SIZE + _GAP)
                top = y + _HEAD + row * (_SIZE + _GAP)
                yield _svg_day(cells, date(year, month, day), left, top)


def _svg_day(cells: Mapping[date, _Cell], day: date, x: int, y: int) -> str:
    cell = cells.get(day) or _Cell(on=day, look=Look.OUTSIDE, number=None, why="")
    fill, ink, sign = cell.look.value
    count = f"第{cell.number}个工作日" if cell.number else "不计入"
    about = f"{day.month}月{day.day}日 星期{_WEEK[day.weekday()]} {cell.why} {count}" if cell.why else ""
    name = f"<title>{escape(about)}</title>" if about else ""
    low = f"{cell.number or ''}{sign}"
    middle = x + _SIZE // 2
    return (
        f'<g fill="{ink}">{name}<rect x="{x}" y="{y}" width="{_SIZE}" height="{_SIZE}" rx="4" fill="{fill}"/>'
        f'<text x="{middle}" y="{y + 18}" font-size="14">{day.day}</text>'
        f'<text x="{middle}" y="{y + 36}" font-size="11">{low}</text></g>'
    )


def _svg_legend(looks: Sequence[Look], across: int, width: int, top: int) -> Iterator[str]:
    for at, look in enumerate(looks):
        fill, ink, sign = look.value
        x, y = at % across * width + _GAP, top + at // across * 26
        yield f'<rect x="{x}" y="{y}" width="20" height="20" rx="3" fill="{fill}"/>'
        yield f'<text x="{x + 10}" y="{y + 14}" font-size="11" fill="{ink}">{sign}</text>'
        yield f'<text x="{x + 28}" y="{y + 15}" font-size="12" text-anchor="start">{LEGEND[look]}</text>'
