"""Bars and lines over years."""

from __future__ import annotations

from typing import Any

from gongkai.charts.canvas import MAIN, SMALL, SOFT, Canvas, gaps, known, top
from gongkai.charts.chart import Chart, Series

# All outlined by the first, so that the light ones hold against white.
_FILLS = (MAIN, "#9db8d6", "#ffffff", "#5c6773")
_HEIGHT, _PANEL, _BAR = 230, 110, 18
_AXIS = 60  # pixels left for the axis
_WIDEST = 130  # pixels of a year
_WHOLE = 115  # per cent, with room for the label above 100


def bars(canvas: Canvas, chart: Chart) -> Any:
    """Bars side by side, standing on a wide canvas, lying on a narrow one; each with its number."""
    names = [each.name for each in chart.series]
    fills = [_FILLS[at % len(_FILLS)] for at in range(len(names))]
    place, value, zero = _lying(canvas, chart) if canvas.is_narrow else _standing(canvas, chart)
    fill = canvas.alt.Fill("series:N", scale=canvas.alt.Scale(domain=names, range=fills))
    text: dict[str, Any] = (
        {"align": "left", "dx": 4} if canvas.is_narrow else {"baseline": "bottom", "dy": -4}
    )
    drawn = canvas.chart(known(chart)).mark_bar(stroke=MAIN, strokeWidth=1)
    numbers = canvas.chart(known(chart)).mark_text(**text)
    missing = canvas.chart(gaps(chart)).mark_text(color=SOFT, **text)
    height = canvas.alt.Step(_BAR) if canvas.is_narrow else _HEIGHT
    width = canvas.width - 90 if canvas.is_narrow else _room(canvas, chart)
    return canvas.alt.layer(
        drawn.encode(**place, **value, fill=fill),
        numbers.encode(**place, **value, text="label:N"),
        missing.encode(**place, **zero, text="label:N"),
    ).properties(width=width, height=height)


def _room(canvas: Canvas, chart: Chart) -> int:
    """Return the width of a chart over years: two years are not stretched over the whole canvas."""
    return min(canvas.width - _AXIS, _WIDEST * max(len(chart.categories), 2))


def _standing(canvas: Canvas, chart: Chart) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    alt = canvas.alt
    place = {
        "x": alt.X("category:N", scale=_bands(canvas, chart), axis=alt.Axis(labelAngle=0)),
        "xOffset": alt.XOffset("series:N", scale=_places(canvas, chart)),
    }
    axis = alt.Axis(tickCount=4, format=",~f", domain=False)
    return place, {"y": alt.Y("value:Q", scale=_scale(canvas, chart), axis=axis)}, {"y": alt.datum(0)}


def _lying(canvas: Canvas, chart: Chart) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    alt = canvas.alt
    place = {
        "y": alt.Y("category:N", scale=_bands(canvas, chart)),
        "yOffset": alt.YOffset("series:N", scale=_places(canvas, chart)),
    }
    return place, {"x": alt.X("value:Q", scale=_scale(canvas, chart), axis=None)}, {"x": alt.datum(0)}


def _bands(canvas: Canvas, chart: Chart) -> Any:
    return canvas.alt.Scale(domain=list(chart.categories), paddingInner=0.25)


def _places(canvas: Canvas, chart: Chart) -> Any:
    return canvas.alt.Scale(domain=[each.name for each in chart.series], paddingInner=0.08)


def _scale(canvas: Canvas, chart: Chart) -> Any:
    return canvas.alt.Scale(domain=[0, top(value for each in chart.series for value in each.values)])


def lines(canvas: Canvas, chart: Chart) -> Any:
    """A line for each series on a panel of its own, so that no label hides another; broken at a gap.

    A series without any number has no panel: its gaps are told in the words and the table.
    """
    some = [each for each in chart.series if any(value is not None for value in each.values)]
    panels = [_panel(canvas, chart, each) for each in some or chart.series]
    return canvas.alt.vconcat(*panels, spacing=18)


def _panel(canvas: Canvas, chart: Chart, series: Series) -> Any:
    alt = canvas.alt
    scale = alt.Scale(domain=list(chart.categories), type="point", padding=0.5)
    most = _WHOLE if chart.unit == "%" else top(series.values)
    x = alt.X("category:N", scale=scale, axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, most]), axis=alt.Axis(values=_rules(chart), domain=False))
    there, absent = known(chart, [series]), gaps(chart, [series])
    rows = sorted([*there, *absent], key=lambda row: chart.categories.index(row["category"]))
    text = {"baseline": "bottom", "dy": -8, "fontSize": SMALL - canvas.is_narrow}
    order = alt.Order("at:Q")
    line = canvas.chart({**row, "at": at} for at, row in enumerate(rows)).mark_line(
        stroke=MAIN, strokeWidth=2
    )
    points = canvas.chart(there).mark_point(size=60, fill="white", stroke=MAIN, opacity=1, strokeWidth=2)
    numbers = canvas.chart(there).mark_text(**text)
    missing = canvas.chart(absent).mark_text(color=SOFT, **text)
    return alt.layer(
        line.encode(x=x, y=y, order=order),
        points.encode(x=x, y=y),
        numbers.encode(x=x, y=y, text="label:N"),
        missing.encode(x=x, y=alt.datum(0), text="label:N"),
    ).properties(title=series.name, width=_room(canvas, chart), height=_PANEL)


def _rules(chart: Chart) -> list[int] | Any:
    return [0, 50, 100] if chart.unit == "%" else [0]
