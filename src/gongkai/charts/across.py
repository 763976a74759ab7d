"""Bars that lie: shares of a whole, and one series over names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gongkai.charts.canvas import INK, MAIN, SOFT, Canvas, Row, gaps, known, top
from gongkai.charts.chart import Chart

# Dark and middling in turn, and what is written on each.
_COLOURS = (MAIN, "#c4801f", "#6b2f57", "#5b9e94", "#4a3b2a", "#8a919b", "#0f5c4a", "#c77f6a")
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩"
_SHARE_WIDE, _MARK_WIDE = 50, 18  # pixels that a part needs for its share, for its number
_COLUMNS = 3
_SHARE_ROW, _ROW, _LINE = 38, 30, 17
_AXIS = 70  # pixels left for the categories
_LETTERS, _LETTERS_NARROW = 18, 9
_HANGING = "”’）》、，。"


def shares(canvas: Canvas, chart: Chart) -> Any:
    """A bar of 100 % for each category, its parts in the legend's order, numbered, with their shares."""
    alt = canvas.alt
    names = [f"{_MARKS[at]}{each.name}" for at, each in enumerate(chart.series)]
    colours = [_COLOURS[at % len(_COLOURS)] for at in range(len(names))]
    y = alt.Y(
        "category:N",
        scale=alt.Scale(domain=list(chart.categories), paddingInner=0.25),
        axis=alt.Axis(domain=False, labelLimit=150),
    )
    x = {"scale": alt.Scale(domain=[0, 100]), "axis": None}
    legend = alt.Legend(columns=_COLUMNS, symbolType="square")
    fill = alt.Fill("series:N", scale=alt.Scale(domain=names, range=colours), legend=legend)
    room = canvas.width - _AXIS
    parts = list(_parts(room, chart, names))
    bar = canvas.chart(parts).mark_bar(stroke="white", strokeWidth=2)
    label = canvas.chart(parts).mark_text()
    empty = canvas.chart(_without_shares(chart)).mark_text(align="left", color=SOFT, dx=4)
    return alt.layer(
        bar.encode(y=y, x=alt.X("from:Q", **x), x2="to:Q", fill=fill),
        label.encode(y=y, x=alt.X("middle:Q", **x), text="label:N", color=alt.Color("written:N", scale=None)),
        empty.encode(y=y, x=alt.datum(0, **x), text="label:N"),
    ).properties(width=room, height=alt.Step(_SHARE_ROW))


def _parts(room: int, chart: Chart, names: list[str]) -> Iterator[Row]:
    for at, category in enumerate(chart.categories):
        done = 0.0
        for number, share in enumerate(chart.shares(at)):
            if share is None:
                break
            end = min(done + float(share), 100.0)
            yield {
                "category": category,
                "series": names[number],
                "from": done,
                "to": end,
                "middle": (done + end) / 2,
                "label": _label(room, number, share),
                "written": "#ffffff" if number % 2 == 0 else INK,
            }
            done = end


def _label(room: int, number: int, share: Decimal) -> str:
    """Return what there is room for within a part: its number and share, its number, or nothing."""
    wide = float(share) * room / 100
    if wide >= _SHARE_WIDE:
        return f"{_MARKS[number]}{share}%"
    return _MARKS[number] if wide >= _MARK_WIDE else ""


def _without_shares(chart: Chart) -> list[Row]:
    """Return the categories that have no shares: a number is not there, or the whole is nothing."""
    return [
        {
            "category": category,
            "label": chart.gap if any(each.values[at] is None for each in chart.series) else f"0{chart.unit}",
        }
        for at, category in enumerate(chart.categories)
        if chart.shares(at)[0] is None
    ]


def ranked(canvas: Canvas, chart: Chart) -> Any:
    """A bar across for each category with its number at the end; long names in two lines or three."""
    alt = canvas.alt
    names = [folded(each, _LETTERS_NARROW if canvas.is_narrow else _LETTERS) for each in chart.categories]
    fold = dict(zip(chart.categories, names, strict=True))
    there, absent = ([row | {"category": fold[row["category"]]} for row in f(chart)] for f in (known, gaps))
    labels = {"labelExpr": "split(datum.label, '\\n')", "labelLineHeight": 15, "labelLimit": 400}
    y = alt.Y("category:N", scale=alt.Scale(domain=names, paddingInner=0.3), axis=alt.Axis(**labels))
    x = {"scale": alt.Scale(domain=[0, top(chart.series[0].values)]), "axis": None}
    text = {"align": "left", "dx": 4}
    bar, number = canvas.chart(there).mark_bar(color=MAIN), canvas.chart(there).mark_text(**text)
    missing = canvas.chart(absent).mark_text(color=SOFT, **text)
    lines = [line for name in names for line in name.split("\n")]
    room = canvas.width - 13 * max(map(len, lines), default=1) - 30
    return alt.layer(
        bar.encode(y=y, x=alt.X("value:Q", **x)),
        number.encode(y=y, x=alt.X("value:Q", **x), text="label:N"),
        missing.encode(y=y, x=alt.datum(0, **x), text="label:N"),
    ).properties(width=room, height=alt.Step(_step(names)))


def _step(names: list[str]) -> int:
    return max(_ROW, _LINE * max((name.count("\n") + 1 for name in names), default=1) + 8)


def folded(text: str, letters: int) -> str:
    """Return a name in lines about equally long, none much longer than so many characters."""
    count = -(-len(text) // letters)
    if count < 2:
        return text
    size = -(-len(text) // count)
    lines = [text[at : at + size] for at in range(0, len(text), size)]
    for at in range(1, len(lines)):
        while lines[at][:1] and lines[at][0] in _HANGING:
            lines[at - 1], lines[at] = lines[at - 1] + lines[at][0], lines[at][1:]
    return "\n".join(filter(None, lines))
