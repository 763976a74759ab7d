"""A report laid out for people: what stands beside what, what ties a number in prose to its cell."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.report import codec
from gongkai.report.cells import Cell, How, Place
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import CellId, Edition, Report, Section, SectionCode, form
from gongkai.web.oversight.services.reports.presentation import report_view
from gongkai.web.oversight.services.reports.segments import Span, segmented
from gongkai.web.oversight.services.reports.tables import Mention, short_name, table_views

TEXT = "第一段没有数字。\n本年新收申请12件，办结10件。"
NEW = CellId(3, "new", "total")
DONE = CellId(3, "total_done", "total")


def report_of(edition: Edition = Edition.FORM_2021, **cells: Any) -> Report:
    """Return a report full of zeros, but for `cells` given by their names with underscores."""
    values = {cell: Cell(0) for cell in form(edition).cells()} | cells.pop("other", {})
    sections = (Section(code=SectionCode.OVERVIEW, heading="一、总体情况", text=TEXT),)
    return Report(agency="甲局", year=2024, edition=edition, cells=values, sections=sections)


def finding(key: str = "k", where: tuple[CellId, ...] = (), quote: Any = None, **more: str) -> dict[str, Any]:
    facts = {"key": key, "code": "NR01", "title": "标题", "source": "依据", "level": "error"}
    return facts | {"message": "说明", "where": [str(c) for c in where], "quote": quote, "facts": {}} | more


def quoted(text: str, *marks: str) -> dict[str, Any]:
    start = TEXT.index(text)
    spans = [[text.index(m), text.index(m) + len(m)] for m in marks]
    return {
        "section": "overview",
        "start": start,
        "end": start + len(text),
        "text": text,
        "marks": spans,
    }


def laid_out(report: Report, *findings: dict[str, Any]) -> Any:
    record = SimpleNamespace(reading=codec.dump(report, provenance=True))
    return report_view(record, SimpleNamespace(findings=findings, not_assessed=[]))


def test_words_are_cut_at_every_edge_and_lose_nothing() -> None:
    quotes = [(1, "info", Span(0, 6, ((2, 4),))), (2, "error", Span(4, 9, ()))]
    pieces = segmented("零一二三四五六七八九", 0, 10, quotes)
    assert "".join(p.text for p in pieces) == "零一二三四五六七八九"
    assert [(p.text, p.findings, p.level, p.is_marked) for p in pieces] == [
        ("零一", (1,), "info", False),
        ("二三", (1,), "info", True),
        ("四五", (1, 2), "error", False),
        ("六七八", (2,), "error", False),
        ("九", (), "", False),
    ]
    assert [p.opens for p in pieces] == [(1,), (), (2,), (), ()]
    assert [p.closes for p in pieces] == [(), (), (1,), (2,), ()]


def test_a_quotation_over_two_paragraphs_is_marked_in_both() -> None:
    quotes = [(1, "error", Span(2, 8, ()))]
    first, second = (
        segmented("零一二三\n五六七八九", 0, 4, quotes),
        segmented("零一二三\n五六七八九", 5, 10, quotes),
    )
    assert [p.text for p in first if p.findings] == ["二三"]
    assert [p.text for p in second if p.findings] == ["五六七"]


def test_a_finding_on_words_stands_beside_their_paragraph() -> None:
    view = laid_out(report_of(), finding(quote=quoted("新收申请12件", "12件"), where=(NEW,)))
    part = next(p for p in view.parts if p.code == "overview")
    assert [len(p.findings) for p in part.paragraphs] == [0, 1]
    shown = part.paragraphs[1].findings[0]
    assert shown.marked == ("12件",) and [c.id for c in shown.cells] == ["t3.new.total"]
    marked = [s for s in part.paragraphs[1].segments if s.is_marked]
    assert [(s.text, s.findings) for s in marked] == [("12件", (1,))]
    requests = next(p for p in view.parts if p.code == "requests")
    cells = [c for b in requests.table.bodies for r in b.rows for c in r.cells if c.badges]
    assert [(c.id, c.badges, c.level) for c in cells] == [("t3.new.total", (1,), "error")]


def test_a_finding_on_cells_alone_stands_beside_its_table() -> None:
    view = laid_out(report_of(), finding(where=(CellId(4, "reconsideration", "total"),)))
    remedies = next(p for p in view.parts if p.code == "remedies")
    assert [f.number for f in remedies.table_findings] == [1]
    assert view.general == []


def test_a_finding_on_neither_stands_before_the_report() -> None:
    view = laid_out(report_of(), finding())
    assert [f.number for f in view.general] == [1]


def test_findings_are_numbered_in_reading_order() -> None:
    view = laid_out(
        report_of(),
        finding("table", where=(NEW,)),
        finding("late", quote=quoted("办结10件")),
        finding("early", quote=quoted("新收申请12件")),
        finding("whole"),
    )
    assert [f.key for f in view.findings] == ["whole", "early", "late", "table"]
    assert [f.number for f in view.findings] == [1, 2, 3, 4]


def test_words_that_are_not_where_the_audit_found_them_mark_nothing() -> None:
    moved = quoted("办结10件") | {"start": 0, "end": 5}
    view = laid_out(report_of(), finding(quote=moved))
    assert view.findings[0].span is None
    assert not any(s.findings for p in view.parts for q in p.paragraphs for s in q.segments)
    assert [f.key for p in view.parts for f in p.table_findings] == ["k"]


def test_a_long_sum_shows_the_terms_that_count_and_stands_out_at_its_total() -> None:
    column = tuple(CellId(3, row.code, "total") for row in form(Edition.FORM_2021).table(3).rows[2:24])
    report = report_of(other={column[0]: Cell(5), column[-1]: Cell(6)})
    view = laid_out(report, finding(where=column))
    shown = view.findings[0]
    assert [c.text for c in shown.told] == ["5", "6"]
    assert shown.untold == len(column) - 2
    requests = next(p for p in view.parts if p.code == "requests")
    cells = [c for b in requests.table.bodies for r in b.rows for c in r.cells if c.findings]
    assert len(cells) == len(column)
    assert [c.id for c in cells if c.badges] == [str(column[-1])]


def test_blank_zero_and_illegible_are_told_apart() -> None:
    names = [CellId(2, "normative_documents", c) for c in ("made", "repealed", "in_force")]
    values = (Cell(0), Cell(BLANK), Cell(Illegible("1219", (12, 19)), "1219", How.STREAM))
    tables = table_views(report_of(other=dict(zip(names, values, strict=True))), {})
    row = next(r for b in tables[2].bodies for r in b.rows if r.id == "r2-normative_documents")
    assert [(c.how, c.text) for c in row.cells] == [("grid", "0"), ("blank", ""), ("illegible", "1219")]
    assert row.cells[2].candidates == ("12", "19")


def test_a_cell_tells_where_it_was_read_as_people_count() -> None:
    cell = Cell(Decimal("3.50"), "３．５０", How.STREAM, Place(4, row=0, column=2, page=3))
    tables = table_views(report_of(other={CellId(2, "fees_10k_yuan", "amount"): cell}), {})
    shown = next(c for b in tables[2].bodies for r in b.rows for c in r.cells if "fees" in c.id)
    assert (shown.text, shown.place) == ("3.5", "第 3 页表格第 1 行第 3 列")


@pytest.mark.parametrize("edition", list(Edition))
def test_every_cell_of_the_form_is_shown_once_in_the_forms_order(edition: Edition) -> None:
    tables = table_views(report_of(edition), {str(NEW): [Mention(1, "info", True)]})
    shown = [c for t in tables.values() for b in t.bodies for r in b.rows for c in r.cells]
    assert [c.id for c in shown] == [str(c) for c in form(edition).cells()]
    for table in tables.values():
        rows = [r for b in table.bodies for r in b.rows]
        assert {sum(c.across for c in r.cells) for r in rows} == {table.width}
        for body in table.bodies:
            assert not body.heads or sum(h.across for h in body.heads) == table.width + 1


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (NEW, "表三 本年新收·总计"),
        (CellId(3, "partial", "natural_person"), "表三 部分公开·自然人"),
        (CellId(3, "denied.third_party", "other"), "表三 保护第三方合法权益·其他"),
        (CellId(3, "other.no_correction", "total"), "表三 申请人无正当理由逾期不补正…·总计"),
        (DONE, "表三 办结·总计"),
        (CellId(4, "direct_suit", "pending"), "表四 未经复议直接起诉·尚未审结"),
    ],
)
def test_a_cells_name_is_short_in_the_margin(cell: CellId, name: str) -> None:
    assert short_name(report_of(), cell) == name


def test_a_missing_part_and_a_missing_table_are_said_to_be_missing() -> None:
    report = Report(agency=None, year=None, edition=Edition.FORM_2021, cells={NEW: Cell(1)})
    view = laid_out(report)
    assert [p.code for p in view.parts if p.is_missing] == [code.value for code in list(SectionCode)[1:]]
    assert {p.table.number: p.table.is_found for p in view.parts if p.table} == {2: False, 3: True, 4: False}
