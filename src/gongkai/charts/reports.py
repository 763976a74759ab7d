"""The charts of annual reports: of a body over the years, of many bodies in one year.

All are drawn from the tables of the reports alone. A cell that is blank or that nobody could read is a gap,
and so is whatever would have to be counted from it; so is a year of which there is no report. One thing can
be said of a blank: where the numbers beside it make up their total alone, it adds nothing to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from gongkai.charts.chart import Chart, Figure, Kind, Series, share_of
from gongkai.report.numerals import BLANK, Number
from gongkai.report.schema import (
    CARRIED_OUT,
    DENIED,
    NEW,
    OUTCOME_GROUPS,
    OUTCOME_NAMES,
    OUTCOMES_OF_REMEDY,
    TABLE4,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Report,
)

MOST_YEARS = 10
RECONSIDERATION = ("reconsideration",)
SUITS = tuple(row.code for row in TABLE4.rows if row.code not in RECONSIDERATION)
_BLANK = "表中空白、而其余各项之和等于总计的，按0计。"
_RATE = "纠正率为结果纠正数与审结数（总计减尚未审结）之比，四舍五入到0.1个百分点；当年没有审结的不计算。"
Measured = Callable[[Report], Figure]


class Measure(NamedTuple):
    """A number of a report that bodies can be set side by side by."""

    name: str
    unit: str
    of: Measured


def requests(report: Report, row: str) -> Figure:
    """Return the total of a row of Table 3."""
    return report.number(CellId(3, row, TOTAL))


def outcome(report: Report, group: str) -> Figure:
    """Return how many requests ended in a group of outcomes; None where one of its rows is unknown."""
    return _sum(_ended(report, row) for row in OUTCOME_GROUPS[report.edition][group])


def _ended(report: Report, row: str) -> Figure:
    """Return how many requests ended as a row of Table 3 says; 0 for a blank beside which nothing is wanting.

    Source: FORM2021 table 3, （七）总计 is the sum of （一） to （六）.
    """
    rows = [CellId(3, each, TOTAL) for group in OUTCOME_GROUPS[report.edition].values() for each in group]
    return _number(report, CellId(3, row, TOTAL), rows, CellId(3, TOTAL_DONE, TOTAL))


def _number(report: Report, cell: CellId, addends: Sequence[CellId], total: CellId) -> Figure:
    """Return a cell's number, or 0 where it is blank and the other addends make up the total alone."""
    if report.value(cell) is not BLANK:
        return report.number(cell)
    whole, known = report.number(total), [report.number(each) for each in addends]
    there = [each for each in known if each is not None]
    return 0 if whole is not None and min(there, default=-1) >= 0 and sum(there) == whole else None


def corrected_rate(report: Report, rows: Sequence[str]) -> Decimal | None:
    """Return the corrected in per cent of the decided, over rows of Table 4; None where none was decided.

    Source: FORM2021 table 4; those 尚未审结 are not decided.
    """
    corrected, total, pending = (
        _sum(_remedies(report, row, column) for row in rows) for column in ("corrected", TOTAL, "pending")
    )
    if corrected is None or total is None or pending is None:
        return None
    decided = total - pending
    return share_of(corrected, decided) if 0 <= corrected <= decided and decided else None


def _remedies(report: Report, row: str, column: str) -> Figure:
    """Return a number of Table 4; 0 for a blank beside which nothing is wanting to its row's total."""
    parts = [CellId(4, row, each.code) for each in OUTCOMES_OF_REMEDY if each.code != TOTAL]
    return _number(report, CellId(4, row, column), parts, CellId(4, row, TOTAL))


def _sum(numbers: Iterable[Figure]) -> Figure:
    total: Number = 0
    for each in numbers:
        if each is None:
            return None
        total += each
    return total


MEASURES: Mapping[str, Measure] = {
    "new": Measure("新收申请", "件", partial(requests, row=NEW)),
    "done": Measure("办理结果总计", "件", partial(requests, row=TOTAL_DONE)),
    "carried": Measure("结转下年度", "件", partial(requests, row=CARRIED_OUT)),
    "denied": Measure("不予公开", "件", partial(outcome, group="denied")),
    "remedies": Measure(
        "行政复议和诉讼",
        "件",
        lambda report: _sum(report.number(CellId(4, row.code, TOTAL)) for row in TABLE4.rows),
    ),
    "corrected": Measure("行政复议纠正率", "%", partial(corrected_rate, rows=RECONSIDERATION)),
}


def charts_of_body(agency: str, reports: Iterable[Report]) -> dict[str, Chart]:
    """Return by name the charts of a body's reports over the years; those without any number are left out."""
    by_year = _by_year(reports)
    if not by_year:
        return {}
    made = {
        "requests": requests_over_years(agency, by_year),
        "outcomes": outcomes_over_years(agency, by_year),
        "reasons": reasons(agency, by_year),
        "corrected": corrected_over_years(agency, by_year),
    }
    return {name: chart for name, chart in made.items() if not chart.is_empty}


Years = Mapping[int, Report | None]


def _by_year(reports: Iterable[Report]) -> Years:
    """Return the latest years without a hole: a year of which there is no report has None."""
    known = {report.year: report for report in reports if report.year is not None}
    if not known:
        return {}
    last = max(known)
    first = max(min(known), last - MOST_YEARS + 1)
    return {year: known.get(year) for year in range(first, last + 1)}


def _over_years(years: Years, name: str, measured: Measured) -> Series:
    return Series(name=name, values=tuple(measured(report) if report else None for report in years.values()))


def _labels(years: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{year}年" for year in years)


def requests_over_years(agency: str, years: Years) -> Chart:
    """Return requests received, dealt with and carried out, year by year."""
    rows = (("新收申请", NEW), ("办理结果总计", TOTAL_DONE), ("结转下年度", CARRIED_OUT))
    return Chart(
        kind=Kind.BARS,
        title=f"{agency}历年政府信息公开申请",
        axis="年度",
        categories=_labels(years),
        series=tuple(_over_years(years, name, partial(requests, row=row)) for name, row in rows),
    )


def outcomes_over_years(agency: str, years: Years) -> Chart:
    """Return what became of the requests, as shares of each year's."""
    return Chart(
        kind=Kind.SHARES,
        title=f"{agency}历年申请办理结果构成",
        note=_BLANK,
        axis="年度",
        categories=_labels(years),
        series=tuple(
            _over_years(years, name, partial(outcome, group=group)) for group, name in OUTCOME_NAMES.items()
        ),
    )


def reasons(agency: str, years: Years) -> Chart:
    """Return why requests were denied, all the years together."""
    kept = [report for report in years.values() if report]
    when = f"{min(years)}—{max(years)}年" if len(years) > 1 else "".join(_labels(years))
    return Chart(
        kind=Kind.RANKED,
        title=f"{agency}{when}不予公开的理由",
        axis="理由",
        categories=tuple(label.partition(".")[2] for _, label in DENIED),
        series=(
            Series(
                name="不予公开",
                values=tuple(_sum(_ended(report, row) for report in kept) for row, _ in DENIED),
            ),
        ),
        note=f"各年度相加；有一年没有数字的，不相加。{_BLANK}" if len(kept) > 1 else _BLANK,
    )


def corrected_over_years(agency: str, years: Years) -> Chart:
    """Return how many of the decided remedies ended with a correction, year by year."""
    return Chart(
        kind=Kind.LINES,
        title=f"{agency}历年行政复议、行政诉讼纠正率",
        axis="年度",
        categories=_labels(years),
        series=(
            _over_years(years, "行政复议纠正率", partial(corrected_rate, rows=RECONSIDERATION)),
            _over_years(years, "行政诉讼纠正率", partial(corrected_rate, rows=SUITS)),
        ),
        unit="%",
        gap="无",
        note=_RATE,
    )


def timeliness(agency: str, answered: Mapping[int, tuple[int, int] | None]) -> Chart:
    """Return the share of requests answered in time, year by year.

    Args:
        agency: the body.
        answered: by year those answered in time and all that were answered; None where nobody knows.
    """
    years = range(min(answered), max(answered) + 1) if answered else range(0)
    pairs = [answered.get(year) for year in years]
    values = tuple(share_of(pair[0], pair[1]) if pair and pair[1] else None for pair in pairs)
    return Chart(
        kind=Kind.LINES,
        title=f"{agency}历年按期答复率",
        axis="年度",
        categories=_labels(years),
        series=(Series(name="按期答复率", values=values),),
        unit="%",
        gap="无",
    )


Bodies = Sequence[tuple[str, Report | None]]


def by_body(year: int, bodies: Bodies, measure: str, kind: Kind = Kind.TILES) -> Chart:
    """Return bodies side by side by one of `MEASURES`; bars are in the order of the numbers.

    Args:
        year: the year of the reports.
        bodies: each body's short name and its report, None where it has none.
        measure: a key of `MEASURES`.
        kind: TILES, in the order given, or RANKED.

    Raises:
        KeyError: no such measure.
    """
    chosen = MEASURES[measure]
    placed = [(name, chosen.of(report) if report else None) for name, report in _told_apart(bodies)]
    if kind is Kind.RANKED:
        placed.sort(key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    return Chart(
        kind=kind,
        title=f"{year}年各机关{chosen.name}",
        axis="机关",
        categories=tuple(name for name, _ in placed),
        series=(Series(name=chosen.name, values=tuple(value for _, value in placed)),),
        unit=chosen.unit,
        gap="无" if chosen.unit == "%" else "缺",
        note=_RATE if chosen.unit == "%" else "",
        adds_up=False,
    )


def _told_apart(bodies: Bodies) -> Iterator[tuple[str, Report | None]]:
    """Yield the bodies, a name that another has before with a number: a chart needs each name once."""
    seen: dict[str, int] = {}
    for name, report in bodies:
        seen[name] = seen.get(name, 0) + 1
        yield (f"{name}（{seen[name]}）" if seen[name] > 1 else name), report


def outcomes_of_bodies(year: int, bodies: Bodies) -> Chart:
    """Return what became of the requests of many bodies together; of reports that lack a number, none."""
    kept = [report for _, report in bodies if report]
    whole = [report for report in kept if all(outcome(report, group) is not None for group in OUTCOME_NAMES)]
    left_out = len(kept) - len(whole)
    return Chart(
        kind=Kind.RANKED,
        title=f"{year}年{len(whole)}个机关申请办理结果合计",
        axis="结果",
        categories=tuple(OUTCOME_NAMES.values()),
        series=(
            Series(
                name="合计",
                values=tuple(
                    _sum(outcome(report, group) for report in whole) if whole else None
                    for group in OUTCOME_NAMES
                ),
            ),
        ),
        note=f"另有{left_out}个机关的报告缺少数字，没有计入。{_BLANK}" if left_out else _BLANK,
    )
