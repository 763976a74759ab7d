"""A report in its order as the writers take it: lines of prose by their style, and the tables as boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from gongkai.papers.paper import printable
from gongkai.report.schema import SECTION_TITLES, Report, Section
from gongkai.report.writing.boxes import TABLE_OF, BoxTable, draw, long_date

_SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；，]{1,30}$")


class Style(StrEnum):
    """What a line is; the names are those of Word's own styles."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    HEADING = "Heading 1"
    SUBHEADING = "Heading 2"
    TEXT = "Normal"


class Line(NamedTuple):
    """A line or paragraph, without characters that cannot be printed."""

    style: Style
    text: str


def outline(report: Report) -> Iterator[Line | BoxTable]:
    """Yield title, day of publication, and each section with its prose and its table."""
    if report.title:
        yield _line(Style.TITLE, report.title)
    if report.published_on:
        yield Line(Style.SUBTITLE, f"发布日期：{long_date(report.published_on)}")
    for section in report.sections:
        yield from _section(report, section)
    placed = {TABLE_OF.get(section.code) for section in report.sections}
    for number in (2, 3, 4):  # a part that is not there cannot hold its table: better at the end than lost
        if number not in placed and report.has_table(number):
            yield draw(report, number)


def _section(report: Report, section: Section) -> Iterator[Line | BoxTable]:
    heading = section.heading or SECTION_TITLES.get(section.code, "")
    if heading:
        yield _line(Style.HEADING, heading)
    for text in filter(None, map(str.strip, section.text.split("\n"))):
        yield _line(Style.SUBHEADING if _SUBHEADING.match(text) else Style.TEXT, text)
    number = TABLE_OF.get(section.code)
    if number and report.has_table(number):
        yield draw(report, number)


def _line(style: Style, text: str) -> Line:
    return Line(style, printable(text))
