"""Tiles of bodies: a map without borders, read in the order of the list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.charts.canvas import INK, LARGE, SMALL, SOFT, Canvas, Row
from gongkai.charts.chart import Chart, Figure, figure
from gongkai.report.numerals import Number

# From least to most, and what is written on each.
_STEPS = ("#eef3f9", "#c5d7ea", "#8fb1d6", "#3f74ad", "#1b4f8a")
_WRITTEN = (INK, INK, INK, "#ffffff", "#ffffff")
_WIDEST = 115  # pixels of a tile, about
_TALL, _BETWEEN, _NAME_AT, _NUMBER_AT = 56, 4, 17, 37
_LETTER = 13  # pixels


def tiles(canvas: Canvas, chart: Chart) -> Any:
    """A tile for each category, its name over its number, darker for a higher place; white where none is."""
    alt = canvas.alt
    width = canvas.width - 12
    rows = list(_tiles(chart, width))
    height = max((row["foot"] for row in rows), default=_TALL)
    across = {"scale": alt.Scale(domain=[0, width], nice=False), "axis": None}
    down = {"scale": alt.Scale(domain=[height, 0], nice=False), "axis": None}

    def written(text: str, size: int) -> Any:
        return (
            canvas.chart(rows)
            .mark_text(fontSize=size)
            .encode(
                x=alt.X("middle:Q", **across),
                y=alt.Y(f"{text}_at:Q", **down),
                text=f"{text}:N",
                color=alt.Color("ink:N", scale=None),
            )
        )

    tile = canvas.chart(rows).mark_rect(stroke=SOFT, strokeWidth=1, cornerRadius=3)
    drawn = tile.encode(
        x=alt.X("left:Q", **across),
        x2="right:Q",
        y=alt.Y("head:Q", **down),
        y2="foot:Q",
        fill=alt.Fill("fill:N", scale=None),
    )
    return alt.layer(drawn, written("name", SMALL), written("label", LARGE)).properties(
        width=width, height=height
    )


def _tiles(chart: Chart, width: int) -> Iterator[Row]:
    values = chart.series[0].values
    known = sorted(each for each in values if each is not None)
    count = max(3, width // _WIDEST)
    wide = width / count
    for at, (name, value) in enumerate(zip(chart.categories, values, strict=True)):
        left, head = at % count * wide, at // count * _TALL
        yield {
            "left": left,
            "right": left + wide - _BETWEEN,
            "middle": left + (wide - _BETWEEN) / 2,
            "head": head,
            "foot": head + _TALL - _BETWEEN,
            "name": _clipped(name, int(wide / _LETTER)),
            "name_at": head + _NAME_AT,
            "label": _label(chart, value),
            "label_at": head + _NUMBER_AT,
            **_shade(value, known),
        }


def _label(chart: Chart, value: Figure) -> str:
    return chart.gap if value is None else f"{figure(value)}{'%' if chart.unit == '%' else ''}"


def _shade(value: Figure, known: Sequence[Number]) -> Row:
    """Return a tile's colours by its place among the numbers: one giant would leave all others pale."""
    if value is None:
        return {"fill": "#ffffff", "ink": SOFT}
    step = bisect_left(known, value) * len(_STEPS) // len(known)
    return {"fill": _STEPS[step], "ink": _WRITTEN[step]}


def _clipped(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
