"""What a chart says, in words, for whoever does not see it: counted from its numbers, never by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.charts.chart import Chart, Figure, Kind, Series, figure, share_of
from gongkai.report.numerals import Number

_MOST_NAMED = 5
Placed = tuple[str, Number]


def alternative(chart: Chart) -> str:
    """Return the chart as a few Chinese sentences: what is shown, highest, lowest, the change, the gaps."""
    if chart.is_empty:
        return f"{chart.title}。没有可以显示的数据。"
    tell = {Kind.SHARES: _shares, Kind.RANKED: _ranked, Kind.TILES: _ranked}.get(chart.kind, _courses)
    return "".join(f"{sentence}。" for sentence in (chart.title, *tell(chart), *_gaps(chart)))


def _placed(chart: Chart, values: Sequence[Figure]) -> list[Placed]:
    pairs = zip(chart.categories, values, strict=True)
    return [(category, value) for category, value in pairs if value is not None]


def _courses(chart: Chart) -> Iterator[str]:
    """Bars and lines: each series' highest and lowest, and its change from the first to the last."""
    for series in chart.series:
        placed = _placed(chart, series.values)
        if placed:
            yield f"{series.name}：{_course(chart, placed)}"


def _course(chart: Chart, placed: list[Placed]) -> str:
    (first, start), (last, end) = placed[0], placed[-1]
    if len(placed) == 1:
        return f"只有{first}，{_said(chart, start)}"
    if len({value for _, value in placed}) == 1:
        return f"{first}至{last}均为{_said(chart, start)}"
    high, low = max(placed, key=_value), min(placed, key=_value)
    turns = f"最高{high[0]}{_said(chart, high[1])}，最低{low[0]}{_said(chart, low[1])}"
    return f"{turns}；{last}比{first}{_change(chart, start, end)}"


def _value(placed: Placed) -> Number:
    return placed[1]


def _said(chart: Chart, value: Number) -> str:
    return f"{figure(value)}{chart.unit}"


def _change(chart: Chart, start: Number, end: Number) -> str:
    if start == end:
        return "持平"
    turn, more = ("增加", end - start) if end > start else ("减少", start - end)
    if chart.unit == "%":
        return f"{'提高' if end > start else '降低'}{figure(more)}个百分点"
    percent = f"（{figure(share_of(more, start))}%）" if start > 0 else ""
    return f"{turn}{_said(chart, more)}{percent}"


def _shares(chart: Chart) -> Iterator[str]:
    """Shares: of the last category each series' share, and how the largest has changed since the first."""
    known = [
        (at, shares) for at in range(len(chart.categories)) if (shares := chart.shares(at))[0] is not None
    ]
    if not known:
        return
    (first, before), (last, now) = known[0], known[-1]
    parts = [(series, share) for series, share in zip(chart.series, now, strict=True) if share is not None]
    told = "，".join(f"{series.name}{figure(share)}%" for series, share in parts)
    yield f"{chart.categories[last]}：{told}"
    if first == last:
        return
    most = max(share for _, share in parts)
    largest = [at for at, share in enumerate(now) if share == most]
    if len(largest) > 1:
        yield f"占比最大的是{_named([chart.series[at].name for at in largest])}，均为{most}%"
    elif (was := before[largest[0]]) is not None:
        change = "持平" if was == most else f"{'提高' if most > was else '降低'}{abs(most - was)}个百分点"
        yield f"占比最大的是{chart.series[largest[0]].name}，比{chart.categories[first]}{change}"


def _ranked(chart: Chart) -> Iterator[str]:
    """One series over names: how many, the most and the least, how many are zero."""
    placed = _placed(chart, chart.series[0].values)
    some = [each for each in placed if each[1] != 0]
    nothing = len(placed) - len(some)
    yield f"共{len(chart.categories)}个{chart.axis}"
    if not some:
        yield "均为0"
        return
    high, low = max(map(_value, some)), min(map(_value, some))
    if high == low and len(placed) == len(some) > 1:
        yield f"均为{_said(chart, high)}"
        return
    yield f"最多的是{_level(chart, some, high)}{_of_all(chart, placed, high)}"
    if low != high:
        yield f"{'除0以外' if nothing else ''}最少的是{_level(chart, some, low)}"
    if nothing:
        yield f"有{nothing}个为0"


def _level(chart: Chart, placed: list[Placed], value: Number) -> str:
    """Name whoever has a number, with it."""
    names = [_oneline(name) for name, each in placed if each == value]
    return f"{_named(names)}，{'均为' if len(names) > 1 else ''}{_said(chart, value)}"


def _of_all(chart: Chart, placed: list[Placed], value: Number) -> str:
    """Say what share of all one number is, where all is known and one alone has it."""
    numbers = [each for _, each in placed]
    whole = sum(numbers, 0)
    is_share = chart.adds_up and chart.unit != "%" and len(placed) == len(chart.categories)
    return f"，占{figure(share_of(value, whole))}%" if is_share and numbers.count(value) == 1 else ""


def _oneline(text: str) -> str:
    return text.replace("\n", "")


def _gaps(chart: Chart) -> Iterator[str]:
    """Say where there is no number; of shares, also where no share can be counted."""
    if chart.kind is Kind.SHARES:
        names = [name for at, name in enumerate(chart.categories) if chart.shares(at)[0] is None]
        if names:
            yield f"没有占比可以计算的：{_named(names)}"
        return
    for series in chart.series:
        names = _missing(chart, series)
        if names:
            whose = f"{series.name}" if len(chart.series) > 1 else ""
            yield f"{whose}没有数据的：{_named(names)}"


def _missing(chart: Chart, series: Series) -> list[str]:
    pairs = zip(chart.categories, series.values, strict=True)
    return [_oneline(category) for category, value in pairs if value is None]


def _named(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return "、".join(names[:_MOST_NAMED]) + (f"等{len(names)}个" if rest > 0 else "")
