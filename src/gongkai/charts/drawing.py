"""A chart as SVG or PNG, by altair and vl-convert, which are loaded when the first chart is drawn.

Nothing is fetched and no browser is needed; the same chart and fonts give the same bytes. What is told by
colour is told without it too: by the order, by the number before a name, by the shape of a point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib import import_module
from typing import Any, NamedTuple

from gongkai.charts.across import ranked, shares
from gongkai.charts.canvas import Canvas, finished
from gongkai.charts.chart import Chart, Kind
from gongkai.charts.columns import bars, lines
from gongkai.charts.telling import alternative
from gongkai.charts.tiles import tiles

WIDE, NARROW = 540, 350
_DRAWN: Mapping[Kind, Callable[[Canvas, Chart], Any]] = {
    Kind.BARS: bars,
    Kind.SHARES: shares,
    Kind.RANKED: ranked,
    Kind.LINES: lines,
    Kind.TILES: tiles,
}


class ChartError(Exception):
    """A chart cannot be drawn; the message, in Chinese, says why and is fit to be shown."""


class _Tools(NamedTuple):
    altair: Any
    convert: Any


@cache
def _tools() -> _Tools:
    try:
        return _Tools(import_module("altair"), import_module("vl_convert"))
    except ImportError as missing:
        raise ChartError("没有安装 altair 和 vl-convert-python，不能画图。") from missing


def svg(chart: Chart, width: int = WIDE) -> bytes:
    """Return the chart as an SVG picture, about so many pixels wide, with its title and words in it.

    Raises:
        ChartError: altair or vl-convert is missing, or gives up.
    """
    tools = _tools()
    plan = _DRAWN[chart.kind](Canvas(tools.altair, width), chart)
    try:
        drawn: str = tools.convert.vegalite_to_svg(finished(plan), allowed_base_urls=[])
    except ValueError as failure:
        raise ChartError("这张图画不出来，请看数据表。") from failure
    head, rest = drawn.split(">", 1)
    words = f"<title>{escape(chart.title)}</title><desc>{escape(alternative(chart))}</desc>"
    return f'{head} role="img">{words}{rest}'.encode()


def png(chart: Chart, scale: float = 2, width: int = WIDE) -> bytes:
    """Return the chart as a PNG picture, `scale` dots to a pixel of the SVG.

    Raises:
        ChartError: as `svg`.
    """
    drawn = svg(chart, width).decode()
    made: bytes = _tools().convert.svg_to_png(drawn, scale=scale)
    return made
