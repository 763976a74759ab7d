"""Two invented bodies whose tables the sentences of the narrative tests are held against."""

from __future__ import annotations

from dataclasses import replace

from gongkai.report.auditing import audit
from gongkai.report.cells import Cell
from gongkai.report.findings import Audit
from gongkai.report.numerals import BLANK, Value
from gongkai.report.schema import CellId, Edition, Report, Section, SectionCode, form

# Natural persons, businesses, research bodies, public benefit bodies, legal services, others; summed below.
_BUSY = {
    "new": (52, 6, 1, 0, 2, 1),
    "carried_in": (4, 1, 0, 0, 0, 0),
    "granted": (18, 1, 0, 0, 1, 0),
    "partial": (6, 1, 0, 0, 0, 0),
    "denied.state_secret": (1, 0, 0, 0, 0, 0),
    "denied.third_party": (2, 1, 0, 0, 0, 0),
    "denied.internal_affairs": (2, 0, 0, 0, 0, 0),
    "denied.process_info": (1, 0, 0, 0, 0, 0),
    "denied.enforcement_file": (2, 0, 0, 0, 0, 0),
    "unable.not_held": (9, 1, 0, 0, 1, 0),
    "unable.needs_creation": (1, 1, 0, 0, 0, 0),
    "unable.still_unclear": (1, 0, 0, 0, 0, 0),
    "declined.petition": (3, 0, 0, 0, 0, 0),
    "declined.duplicate": (1, 0, 0, 0, 0, 0),
    "declined.excessive": (1, 0, 0, 0, 0, 0),
    "other.no_correction": (1, 1, 0, 0, 0, 0),
    "other.misc": (1, 0, 0, 0, 0, 0),
    "total_done": (50, 6, 0, 0, 2, 0),
    "carried_out": (6, 1, 1, 0, 0, 1),
}
_BUSY_REMEDIES = {
    "reconsideration": (3, 1, 2, 1),
    "direct_suit": (2, 0, 1, 1),
    "suit_after_reconsideration": (1, 0, 0, 0),
}
_BUSY_TABLE2 = {
    "normative_documents": (6, 3, 41),
    "permits": (8123,),
    "penalties": (412,),
    "coercion": (17,),
    "fees_10k_yuan": (1530,),
}
_CALM = {"new": (12, 0, 0, 0, 0, 0), "granted": (12, 0, 0, 0, 0, 0), "total_done": (12, 0, 0, 0, 0, 0)}


def _filled(
    requests: dict[str, tuple[int, ...]],
    remedies: dict[str, tuple[int, ...]],
    table2: dict[str, tuple[int, ...]],
) -> dict[CellId, Cell]:
    cells = {cell: Cell(0) for cell in form(Edition.FORM_2021).cells()}
    for table, rows in ((3, requests), (4, remedies)):
        for code, parts in rows.items():
            columns = form(Edition.FORM_2021).table(table).row(code).columns
            for column, value in zip(columns, (*parts, sum(parts)), strict=True):
                cells[CellId(table, code, column.code)] = Cell(value)
    for code, values in table2.items():
        for column, value in zip(form(Edition.FORM_2021).table(2).row(code).columns, values, strict=True):
            cells[CellId(2, code, column.code)] = Cell(value)
    return cells


COUNTY = Report(
    agency="青禾县人民政府",
    year=2024,
    edition=Edition.FORM_2021,
    cells=_filled(_BUSY, _BUSY_REMEDIES, _BUSY_TABLE2),
)
BUREAU = Report(agency="青禾县气象服务局", year=2024, edition=Edition.FORM_2021, cells=_filled(_CALM, {}, {}))
_REQUESTS_HEADING = "（二）依申请公开情况。"


def saying(report: Report, words: str, *, heading: str = _REQUESTS_HEADING) -> Report:
    """Return the report with `words` as its overview, under the heading on requests."""
    return replace(report, sections=(Section(code=SectionCode.OVERVIEW, text=heading + words),))


def changed(report: Report, **cells: Value | str) -> Report:
    """Return the report with cells changed, named with `__` for dots: `t3__new__total=5`."""
    changes = {CellId.parse(name.replace("__", ".")): Cell(value) for name, value in cells.items()}
    return replace(report, cells={**report.cells, **changes})


def blanked(report: Report, *names: str) -> Report:
    """Return the report with the cells of these names blank."""
    return replace(report, cells={**report.cells, **{CellId.parse(name): Cell(BLANK) for name in names}})


def narrative(report: Report, last: Report | None = None) -> Audit:
    """Return what the narrative rules say, without the one on remedies never told."""
    return audit(report, last=last, select=["NR"], ignore=["NR19"])


def codes(report: Report, words: str, *, heading: str = _REQUESTS_HEADING) -> list[str]:
    """Return the codes of what is found in `words`."""
    return [f.code for f in narrative(saying(report, words, heading=heading)).findings]
