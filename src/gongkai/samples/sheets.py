"""A sample ready to be drawn: its lines and tables in order, labels and numbers as they are to stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

from gongkai.report.schema import SECTION_TITLES, Report
from gongkai.report.writing.boxes import TABLE_OF, BoxTable, draw
from gongkai.samples.variations import Variation, vary


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the report: level 0 prose, 1 a statutory heading, 2 a heading of the body's own."""

    text: str
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a layout draws; `report` is the truth a perfect reader gives back."""

    report: Report
    blocks: tuple[Line | BoxTable, ...]
    rng: Random = field(repr=False)

    @property
    def title(self) -> str:
        """The report's title."""
        return self.report.title or ""

    @property
    def published(self) -> str:
        """The day of publication, ISO."""
        return str(self.report.published_on)


def lay_out(report: Report, rng: Random, allowed: Collection[Variation], *, gaps: bool = False) -> Sheet:
    """Return the report as a sheet, with some of the allowed variations; with `gaps`, numbers left out."""
    draft = vary(report, rng, allowed, gaps=gaps)
    blocks: list[Line | BoxTable] = []
    for section in draft.report.sections:
        heading = section.heading or SECTION_TITLES.get(section.code, "")
        if heading:
            blocks.append(Line(text=heading, level=1))
        for text in filter(None, section.text.split("\n")):
            own = text.startswith("（") and len(text) < 20 and not text.endswith("。")
            blocks.append(Line(text=text, level=2 if own else 0))
        if number := TABLE_OF.get(section.code):
            blocks.append(draw(draft.report, number, labels=draft.labels, values=draft.values))
    return Sheet(report=draft.report, blocks=tuple(blocks), rng=rng)
