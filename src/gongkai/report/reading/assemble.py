"""From a document to a report: find the three tables, then the prose round them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading.blocks import Document
from gongkai.report.reading.errors import NotAReport
from gongkai.report.reading.identity import Identity, identify, title_before
from gongkai.report.reading.radicals import with_characters
from gongkai.report.reading.sections import read_sections
from gongkai.report.reading.tables.flat import Flat
from gongkai.report.reading.tables.table2 import Table2, edition_by_heads, find_table2
from gongkai.report.reading.tables.table3 import Table3, find_table3
from gongkai.report.reading.tables.table4 import Table4, find_table4
from gongkai.report.schema import CellId, Edition, Report, Section

_TABLE3_HEAD = re.compile(r"\(?\s*本\s*列\s*数\s*据|申\s*请\s*人\s*情\s*况|自\s*然\s*人")
_FIRST_HEADING = re.compile(r"一\s*、\s*总\s*体\s*情\s*况")
_HEAD_REACH = 600


def assemble(document: Document) -> tuple[Report, tuple[str, ...]]:
    """Return the report a document holds, and notes on its reading.

    Raises:
        NotAReport: none of the three tables is in it.
    """
    document = with_characters(document)
    flat = Flat(document)
    three = find_table3(flat)
    before = three.start if three else len(flat.text)
    edition = _edition(flat, three, before)
    heads = edition_by_heads(flat, before)
    two = None
    if heads in (None, edition):
        two = find_table2(flat, before, edition, complete=three is not None and _complete(three))
    after = three.end if three else (two.end if two else 0)
    end = _end(flat, three)
    four = find_table4(flat, after, end)
    if two is None and three is None and four is None:
        raise NotAReport("没有找到年度报告的三张表，像不是政府信息公开工作年度报告。请核对文件。")
    notes = list(document.notes)
    if end < len(flat.text):
        notes.append("文件里还有一张表三，像是两份报告合在一个文件里；这里只读了第一份。")
    if heads not in (None, edition):
        notes.append(f"表二用的是{int(heads or 0)}年版格式，与表三的版式不同，表二没有读取。")
    tables = [table for table in (two, three, four) if table is not None]
    notes += [note for table in tables for note in table.notes]
    sections = read_sections(flat, [*_spans(flat, two, three, four), (end, len(flat.text))])
    report = _report(edition, tables, sections, identify(flat, sections))
    return report, (*notes, *_notes(report, two, three, four))


def _report(
    edition: Edition,
    tables: Sequence[Table2 | Table3 | Table4],
    sections: tuple[Section, ...],
    identity: Identity,
) -> Report:
    cells: dict[CellId, Cell] = {}
    labels: dict[str, str] = {}
    for table in tables:
        cells |= table.cells
        labels |= table.labels
    return Report(
        agency=identity.agency,
        year=identity.year,
        edition=edition,
        title=identity.title,
        published_on=identity.published_on,
        cells=cells,
        sections=sections,
        labels=labels,
    )


def _edition(flat: Flat, three: Table3 | None, before: int) -> Edition:
    if three is not None:
        return three.edition
    return edition_by_heads(flat, before) or Edition.FORM_2021


def _end(flat: Flat, three: Table3 | None) -> int:
    """Where the report ends: with the document, or where a second report in the same file begins.

    A second Table 3 without a heading of its own is the same table once more (for small screens, say).
    """
    if three is None or three.another is None:
        return len(flat.text)
    headings = [m.start() for m in _FIRST_HEADING.finditer(flat.text, three.end, three.another)]
    return title_before(flat, three.end, headings[-1]) if headings else len(flat.text)


def _complete(three: Table3) -> bool:
    return not any(c.value is BLANK or isinstance(c.value, Illegible) for c in three.cells.values())


def _spans(
    flat: Flat, two: Table2 | None, three: Table3 | None, four: Table4 | None
) -> Sequence[tuple[int, int]]:
    spans = [(t.start, t.end) for t in (two, three, four) if t is not None]
    if three is not None:
        floor = max(two.end if two else 0, three.start - _HEAD_REACH)
        head = _TABLE3_HEAD.search(flat.text, floor, three.start)
        spans.append((head.start() if head else three.start, three.start))
    return sorted(spans)


def _notes(report: Report, two: Table2 | None, three: Table3 | None, four: Table4 | None) -> list[str]:
    notes = [
        f"没有找到表{name}。" for name, table in (("二", two), ("三", three), ("四", four)) if table is None
    ]
    year = report.year
    if year is not None and (year >= 2021) != (report.edition == Edition.FORM_2021):
        notes.append(f"标题写{year}年度，表格却是{int(report.edition)}年版的格式；按表格本身的版式读取。")
    illegible = sum(isinstance(c.value, Illegible) for c in report.cells.values())
    if illegible:
        notes.append(f"有{illegible}格的数字连在一起或读不清，没有唯一的读法，请对照原文件确认。")
    return notes
