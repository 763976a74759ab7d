"""Prose cut where quotations begin and end, so that each piece can be marked on its own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from gongkai.web.oversight.services.reports.tables import GRAVITY


class Span(NamedTuple):
    """Words of a text by their offsets; `marks` are offsets of the telling pieces inside, from `start`."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


class Segment(NamedTuple):
    """A piece of a paragraph: its text, the findings it belongs to, and the gravest of their levels.

    `opens` and `closes` number the findings whose words begin or end with this piece.
    """

    text: str
    findings: tuple[int, ...]
    level: str
    is_marked: bool
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    @property
    def numbers(self) -> str:
        """The numbers of its findings, for an attribute."""
        return " ".join(map(str, self.findings))


def segmented(text: str, start: int, end: int, quotes: Iterable[tuple[int, str, Span]]) -> list[Segment]:
    """Cut `text[start:end]` at every edge of the quotes `(number, level, span)` and their marks."""
    inside = [q for q in quotes if q[2].start < end and q[2].end > start]
    edges = {start, end}
    for _, _, span in inside:
        edges.update((span.start, span.end))
        edges.update(span.start + offset for mark in span.marks for offset in mark)
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    return [_segment(text, low, high, end, inside) for low, high in pairwise(cuts)]


def _segment(text: str, low: int, high: int, end: int, quotes: list[tuple[int, str, Span]]) -> Segment:
    over = [q for q in quotes if q[2].start <= low and q[2].end >= high]
    return Segment(
        text=text[low:high],
        findings=tuple(number for number, _, _ in over),
        level=max((level for _, level, _ in over), key=lambda level: GRAVITY[level], default=""),
        is_marked=any(
            span.start + first <= low and high <= span.start + last
            for _, _, span in over
            for first, last in span.marks
        ),
        opens=tuple(number for number, _, span in over if span.start == low),
        closes=tuple(
            number for number, _, span in over if span.end == high or (high == end and span.end > end)
        ),
    )
