"""Two reports side by side: cells, chain, prose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.auditing import audit
from gongkai.report.cells import Cell
from gongkai.report.compare import Turn, change, compare, compare_prose, word_by_word
from gongkai.report.numerals import BLANK, Illegible, Number, Value
from gongkai.report.schema import CellId, Edition, Section, SectionCode, form
from gongkai.samples import make_report, make_series

NEW = CellId(3, "new", "total")
AGENCY = "霁川县自然资源局"


@pytest.mark.parametrize(
    ("before", "after", "difference", "percent"),
    [
        (4, 5, 1, "25.00"),
        (8, 5, -3, "-37.50"),
        (3, 4, 1, "33.33"),
        (16, 17, 1, "6.25"),
        (1600, 1601, 1, "0.06"),
        (800, 801, 1, "0.13"),  # 0.125: halves go up
        (800, 799, -1, "-0.13"),
        (Decimal("0.3"), Decimal("0.1"), Decimal("-0.2"), "-66.67"),
        (5, 5, 0, "0.00"),
        (0, 5, 5, None),
        (-8, 2, 10, None),
        (BLANK, 5, None, None),
        (5, BLANK, None, None),
        (Illegible("?"), 5, None, None),
    ],
)
def test_a_change_is_exact_and_has_no_percentage_without_a_base(
    before: Value, after: Value, difference: Number | None, percent: str | None
) -> None:
    found = change(NEW, before, after)
    assert found.difference == difference
    assert (None if found.percent is None else str(found.percent)) == percent


def test_successive_years_of_a_body_are_chained_by_column() -> None:
    last, this = make_series(5, AGENCY, (2023, 2024))
    assert [link.holds for link in compare(last, this).chain] == [True] * 7
    column = CellId(3, "carried_in", "business")
    number = this.number(column)
    assert number is not None
    moved = replace(this, cells=dict(this.cells) | {column: Cell(number + 1)})
    broken = [link.column.code for link in compare(last, moved).chain if link.holds is False]
    found = [finding.where[0].column for finding in audit(moved, last=last, select=("YR01",)).findings]
    assert broken == found == ["business"]


def test_what_cannot_be_read_breaks_no_chain() -> None:
    last, this = make_series(5, AGENCY, (2023, 2024))
    blank = replace(this, cells=dict(this.cells) | {CellId(3, "carried_in", "other"): Cell(BLANK)})
    links = {link.column.code: link.holds for link in compare(last, blank).chain}
    assert links.pop("other") is None
    assert set(links.values()) == {True}


def test_two_bodies_or_distant_years_have_no_chain() -> None:
    one, other = make_report(1, AGENCY, 2024), make_report(1, "霁川县教育局", 2024)
    assert compare(one, other).chain == ()
    assert compare(make_report(1, AGENCY, 2022), one).chain == ()
    assert compare(make_report(1, "霁川县教育局", 2023), one).chain == ()


def test_every_cell_of_both_forms_is_compared_or_named() -> None:
    old, new = make_report(1, AGENCY, 2020), make_report(1, AGENCY, 2021)
    found = compare(old, new)
    compared = {each.cell for each in found.changes}
    here, there = (set(form(edition).cells()) for edition in Edition)
    assert compared == here & there
    assert set(found.unlike) == here ^ there
    assert CellId(3, "other", "total") in found.unlike


def test_a_report_beside_itself_shows_no_change() -> None:
    report = make_report(2, AGENCY, 2024)
    found = compare(report, report)
    assert not any(each.is_change for each in found.changes)
    assert {p.turn for section in found.sections for p in section.passages} == {Turn.SAME}
    assert found.likeness == 1.0


def test_sentences_are_same_changed_removed_or_added() -> None:
    before = "全年公开信息20条。召开会议三次。\n办理建议5件。"
    after = "全年公开信息35条。办理建议5件。\n新设查阅点一处，方便群众。"
    assert list(compare_prose(before, after)) == [
        (Turn.CHANGED, "全年公开信息20条。", "全年公开信息35条。"),
        (Turn.REMOVED, "召开会议三次。", ""),
        (Turn.SAME, "办理建议5件。", "办理建议5件。"),
        (Turn.ADDED, "", "新设查阅点一处，方便群众。"),
    ]


def test_a_number_changes_as_one_word() -> None:
    assert word_by_word("公开120条，", "公开1,520条，") == [
        (Turn.SAME, "公开", "公开"),
        (Turn.CHANGED, "120", "1,520"),
        (Turn.SAME, "条，", "条，"),
    ]


PROSE = st.text(alphabet="公开信息条件一二12。；\n", max_size=60)


@given(PROSE, PROSE)
def test_nothing_of_either_text_is_lost(before: str, after: str) -> None:
    passages = list(compare_prose(before, after))

    def words(text: str) -> str:
        return "".join(text.split()).replace("\n", "")

    assert "".join(each.before for each in passages) == words(before)
    assert "".join(each.after for each in passages) == words(after)
    for each in passages:
        pieces = word_by_word(each.before, each.after)
        assert "".join(piece.before for piece in pieces) == each.before
        assert "".join(piece.after for piece in pieces) == each.after


def test_very_long_prose_is_compared_as_a_whole() -> None:
    long = "".join(f"第{n}句。" for n in range(3_000))
    assert [each.turn for each in compare_prose(long, "短句。")] == [Turn.REMOVED, Turn.ADDED]


def test_likeness_leaves_out_preamble_headings_and_numbers() -> None:
    report = make_report(2, AGENCY, 2024)
    renumbered = tuple(
        Section(code=s.code, heading=f"{s.heading}情况", text=s.text.translate(str.maketrans("123", "456")))
        if s.code is not SectionCode.PREAMBLE
        else Section(code=s.code, text="另起一段完全不同的导语。")
        for s in report.sections
    )
    assert compare(report, replace(report, sections=renumbered)).likeness == 1.0
