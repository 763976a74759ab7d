"""Sums of members' reports: nobody twice, nothing wanting taken for zero, every addend named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.balances import balances
from gongkai.report.cells import Cell, How, Place
from gongkai.report.members import body_keys
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import CellId, Edition, Report, form
from gongkai.report.summing import (
    Member,
    Summed,
    Why,
    differences,
    imbalances,
    sum_reports,
)
from gongkai.samples import make_report
from gongkai.samples.collection import bodies_of_county

YEAR = 2024
COUNTY = "霁川县人民政府"
FEES = CellId(2, "fees_10k_yuan", "amount")
NEW = CellId(3, "new", "total")
NATURAL = CellId(3, "new", "natural_person")


def report_of(agency: str | None, year: int = YEAR, **values: Value) -> Report:
    """A report with zeros everywhere but in the cells named, their dots as double underscores."""
    edition = Edition.FORM_2021 if year >= 2021 else Edition.FORM_2019
    cells: dict[CellId, Value] = dict.fromkeys(form(edition).cells(), 0)
    cells |= {CellId.parse(name.replace("__", ".")): value for name, value in values.items()}
    return Report(agency=agency, year=year, edition=edition, cells={c: Cell(v) for c, v in cells.items()})


def member(agency: str | None, source: str = "", version: int | None = None, **values: Value) -> Member:
    return Member(report=report_of(agency, **values), source=source or str(agency), version=version)


def total_of(*members: Member, agency: str = COUNTY, expected: tuple[str, ...] = ()) -> Summed:
    return sum_reports(members, year=YEAR, agency=agency, expected=expected)


def why(summed: Summed) -> dict[str, Why]:
    return {each.member.source: each.why for each in summed.aside}


def test_every_cell_is_the_sum_and_names_its_addends() -> None:
    place = Place(3, 4, 5, 6)
    first = report_of("霁川县教育局", t3__new__total=2)
    first = replace(first, cells=dict(first.cells) | {NEW: Cell(2, "2", How.GRID, place)})
    members = [
        Member(report=first, source="教育局.docx", version=4),
        member("霁川县民政局", t3__new__total=3),
    ]
    summed = total_of(*members)
    assert [(a.member.source, a.member.version, a.value, a.place) for a in summed.cells[NEW].addends] == [
        ("教育局.docx", 4, 2, place),
        ("霁川县民政局", None, 3, None),
    ]
    assert summed.report.value(NEW) == 5
    assert summed.report.cell(NEW).how is How.SUMMED
    assert summed.is_whole
    assert (summed.report.agency, summed.report.year) == (COUNTY, YEAR)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(bodies_of_county()), min_size=1, max_size=9, unique=True), st.integers(0, 99))
def test_a_sum_of_balanced_reports_is_balanced_and_no_cell_is_lost(names: list[str], seed: int) -> None:
    reports = [make_report(seed, name, YEAR) for name in names]
    summed = total_of(*(Member(report=each) for each in reports))
    assert summed.is_whole
    for cell in summed.report.form.cells():
        assert summed.report.number(cell) == sum(each.number(cell) or 0 for each in reports)
    assert list(imbalances(summed)) == []
    for each in balances(summed.edition):
        left, right = ([summed.report.number(cell) for cell in side] for side in (each.left, each.right))
        assert sum(left) == sum(right)


def test_money_is_added_exactly() -> None:
    members = [
        member(f"霁川县{name}", t2__fees_10k_yuan__amount=Decimal(value))
        for name, value in (("教育局", "0.1"), ("民政局", "0.2"), ("司法局", "368.24"), ("财政局", "31.46"))
    ]
    assert total_of(*members).report.value(FEES) == 400
    assert total_of(*members[:2]).report.value(FEES) == Decimal("0.3")


def test_a_sum_of_too_many_digits_is_no_number() -> None:
    members = [
        member("霁川县教育局", t2__fees_10k_yuan__amount=999_999_999_999_999),
        member("霁川县民政局", t2__fees_10k_yuan__amount=1),
    ]
    assert total_of(*members).report.value(FEES) == Illegible("1000000000000000")


@pytest.mark.parametrize(
    ("value", "kind"), [(BLANK, "空白"), (Illegible("1O", (10,)), "读不准"), (None, "没有")]
)
def test_what_is_wanting_is_never_zero(value: Value | None, kind: str) -> None:
    short = report_of("霁川县民政局", t3__new__total=3)
    cells = dict(short.cells)
    if value is None:
        del cells[NEW]
    else:
        cells[NEW] = Cell(value)
    summed = total_of(
        member("霁川县教育局", t3__new__total=2), Member(report=replace(short, cells=cells), source=kind)
    )
    [wanting] = summed.cells[NEW].unadded
    assert (wanting.member.source, wanting.found) == (kind, value is not None)
    assert summed.cells[NEW].total == 2
    assert summed.report.value(NEW) == Illegible("2（另有1家不能相加）")
    assert summed.report.value(NATURAL) == 0
    assert not summed.is_whole


def test_another_year_and_another_form_are_refused_with_the_reason() -> None:
    wrong_form = replace(report_of("霁川县民政局", 2020), year=YEAR)
    nameless = replace(report_of("霁川县司法局"), agency=None)
    summed = total_of(
        Member(report=report_of("霁川县教育局", 2023), source="甲"),
        Member(report=wrong_form, source="乙"),
        Member(report=nameless, source="丙"),
        Member(report=replace(report_of("霁川县财政局"), year=None), source="丁"),
    )
    assert {each.member.source: each.said for each in summed.aside} == {
        "甲": "是2023年度的报告",
        "乙": "用的是2019年版格式",
        "丙": "没有写明机关，不能判断是否重复",
        "丁": "没有写明年度",
    }
    assert summed.members == ()
    assert set(summed.report.cells.values()) == {Cell(BLANK, how=How.SUMMED)}


def test_the_same_report_in_two_files_counts_once() -> None:
    whole = member("霁川县教育局", "甲.docx", t3__new__total=2)
    scan = member("霁川县教育局", "甲.pdf", t3__new__total=Illegible("2?", (2,)))
    summed = total_of(scan, whole)
    assert summed.report.value(NEW) == 2
    assert summed.members == (whole,)
    assert why(summed) == {"甲.pdf": Why.SAME}


def test_two_reports_that_contradict_each_other_are_both_left_out() -> None:
    summed = total_of(
        member("霁川县教育局", "甲", t3__new__total=2),
        member("教育局", "乙", t3__new__total=3),
        member("霁川县民政局", "丙", t3__new__total=1),
    )
    assert why(summed) == {"甲": Why.DISPUTED, "乙": Why.DISPUTED}
    assert summed.report.value(NEW) == 1


def test_a_blank_beside_a_number_contradicts_it_and_beside_zero_does_not() -> None:
    number = member("霁川县教育局", "甲", t3__new__total=2)
    assert why(total_of(number, member("霁川县教育局", "乙", t3__new__total=BLANK))) == {
        "甲": Why.DISPUTED,
        "乙": Why.DISPUTED,
    }
    blank = member("霁川县教育局", "丙", t3__new__total=2, t3__granted__total=BLANK)
    assert why(total_of(number, blank)) == {"丙": Why.SAME}


def test_of_two_versions_the_newer_counts() -> None:
    summed = total_of(
        member("霁川县教育局", "旧", 1, t3__new__total=2),
        member("霁川县教育局", "新", 2, t3__new__total=3),
    )
    assert summed.report.value(NEW) == 3
    assert why(summed) == {"旧": Why.OLDER}


def test_the_governments_own_report_is_no_addend_and_its_offices_is() -> None:
    own = member(COUNTY, t3__new__total=7)
    office = member("霁川县人民政府办公室", t3__new__total=2)
    other = member("霁川县教育局", t3__new__total=5)
    summed = total_of(own, office, other)
    assert why(summed) == {COUNTY: Why.OWN}
    assert summed.own is own
    assert summed.report.value(NEW) == 7
    assert summed.is_whole


def test_the_governments_numbers_under_its_offices_name_are_not_added_twice() -> None:
    own = member(COUNTY, t3__new__total=7)
    copy = member("霁川县人民政府办公室", t3__new__total=7)
    other = member("霁川县教育局", t3__new__total=5)
    summed = total_of(own, copy, other)
    assert why(summed)["霁川县人民政府办公室"] is Why.COPY
    assert summed.report.value(NEW) == 5
    idle = total_of(own, copy, member("霁川县教育局"))
    assert idle.report.value(NEW) == 7


def test_whoever_is_within_a_members_report_is_not_added_beside_it() -> None:
    summed = total_of(
        member("霁川县人民政府", t3__new__total=9),
        member("霁川县教育局", t3__new__total=4),
        member("霁川县栖桐镇人民政府", t3__new__total=1),
        member("泽衡市教育局", t3__new__total=3),
        member("青溪县人民政府", t3__new__total=2),
        agency="泽衡市人民政府",
    )
    assert why(summed) == {"霁川县教育局": Why.WITHIN, "霁川县栖桐镇人民政府": Why.WITHIN}
    assert summed.report.value(NEW) == 14
    assert "霁川县人民政府" in next(each.said for each in summed.aside)


def test_who_is_missing_and_who_is_unexpected_is_named() -> None:
    summed = total_of(
        member("霁川县教育局", t3__new__total=1),
        member("霁川县粮站", t3__new__total=5),
        expected=("教育局", "霁川县民政局", COUNTY),
    )
    assert summed.missing == ("霁川县民政局",)
    assert why(summed) == {"霁川县粮站": Why.UNEXPECTED}
    assert summed.report.value(NEW) == 1


def test_names_in_full_and_in_short_are_one_body() -> None:
    names = (
        "霁川县教育局",
        "教育局",
        "泽衡市霁川县教育局",
        "青溪县教育局",
        "霁川县政府",
        "霁川县人民政府办公室",
    )
    keys = body_keys(names, COUNTY)
    assert keys["霁川县教育局"] == keys["教育局"] == keys["泽衡市霁川县教育局"] == "教育局"
    assert keys["青溪县教育局"] == "青溪县教育局"
    assert keys["霁川县政府"] == ""
    assert keys["霁川县人民政府办公室"] == "政府办"


def test_without_an_area_a_bare_name_is_the_one_that_ends_in_it() -> None:
    assert len(set(body_keys(("霁川县教育局", "教育局")).values())) == 1
    assert len(set(body_keys(("霁川县教育局", "青溪县教育局", "教育局")).values())) == 3
    assert len(set(body_keys(("霁川县水利局", "霁川县农业水利局", "利局")).values())) == 3


def test_a_published_report_differs_where_it_is_not_the_sum() -> None:
    summed = total_of(
        member("霁川县教育局", t3__new__total=2, t3__granted__total=BLANK),
        member("霁川县民政局", t3__new__total=3),
    )
    published = report_of(COUNTY, t3__new__total=6, t3__granted__total=4)
    found = {each.cell: (each.published, each.more) for each in differences(summed, published)}
    assert found == {NEW: (6, 1), CellId(3, "granted", "total"): (4, None)}


@pytest.mark.parametrize(
    ("published", "says"),
    [
        (report_of(COUNTY, 2023), "2023年度"),
        (replace(report_of(COUNTY, 2020), year=YEAR), "2019年版"),
        (replace(report_of(COUNTY), year=None), "没有写明年度"),
    ],
)
def test_a_published_report_of_another_year_or_form_is_refused(published: Report, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(differences(total_of(member("霁川县教育局")), published))


def test_a_broken_balance_names_whose_it_is() -> None:
    wrong = member("霁川县教育局", t4__reconsideration__upheld=1)
    [broken] = imbalances(total_of(wrong, member("霁川县民政局")))
    assert (broken.balance.name, broken.left, broken.right, broken.members) == ("行政复议", 1, 0, (wrong,))
