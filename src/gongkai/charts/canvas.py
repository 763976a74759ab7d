"""What every drawing shares: the type, the colours, the widths, and the rows altair is given.

Colours hold 3 : 1 against white or have an outline that does, and stand apart in grey: dark and middling ones
take turns. Text is dark on white or on the middling ones, white on the dark ones, at 4.5 : 1 at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gongkai.charts.chart import Chart, Figure, Series, figure

INK, SOFT, LINE = "#1d2630", "#5c6773", "#d5dbe1"
FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif'
MAIN = "#1b4f8a"
SMALL, LARGE = 12, 16
_PHONE = 480  # pixels
_HEADROOM = 1.15

Row = dict[str, Any]


class Canvas(NamedTuple):
    """altair, and how many pixels wide the drawing may be."""

    alt: Any
    width: int

    @property
    def is_narrow(self) -> bool:
        """Whether it is a phone's."""
        return self.width < _PHONE

    def chart(self, rows: Iterable[Row]) -> Any:
        """Return altair's chart of some rows."""
        return self.alt.Chart(self.alt.Data(values=list(rows)))


def finished(plan: Any) -> dict[str, Any]:
    """Return altair's chart as Vega-Lite, in our type and colours."""
    quiet = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": SMALL, "titleFontSize": SMALL}
    axis = quiet | {"domainColor": SOFT, "gridColor": LINE, "ticks": False, "title": None, "labelPadding": 6}
    legend = quiet | {"symbolStrokeWidth": 1.5, "symbolSize": 130, "labelLimit": 320, "columnPadding": 14}
    configured = (
        plan.configure(font=FONT, background="white", padding=6)
        .configure_view(stroke=None)
        .configure_axis(**axis)
        .configure_legend(orient="top", title=None, offset=8, **legend)
        .configure_title(fontSize=SMALL + 1, fontWeight=600, color=INK, anchor="start", offset=4)
        .configure_text(fontSize=SMALL, color=INK)
    )
    # Our own plans, which the tests draw: to check them against the schema takes as long as to draw them.
    made: dict[str, Any] = configured.to_dict(validate=False)
    return made


def known(chart: Chart, series: Sequence[Series] | None = None) -> list[Row]:
    """Return a row for each number there is, with its label as it is written beside the mark."""
    sign = "%" if chart.unit == "%" else ""
    return [
        {"category": category, "series": each.name, "value": float(value), "label": f"{figure(value)}{sign}"}
        for each in series or chart.series
        for category, value in zip(chart.categories, each.values, strict=True)
        if value is not None
    ]


def gaps(chart: Chart, series: Sequence[Series] | None = None) -> list[Row]:
    """Return a row for each number that is not there, with the chart's word for it."""
    return [
        {"category": category, "series": each.name, "value": None, "label": chart.gap}
        for each in series or chart.series
        for category, value in zip(chart.categories, each.values, strict=True)
        if value is None
    ]


def top(numbers: Iterable[Figure]) -> float:
    """Return where a scale ends: above the highest, so that its label has room."""
    return max((float(each) for each in numbers if each is not None), default=0.0) * _HEADROOM or 1.0
