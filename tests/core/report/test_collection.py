"""A county's sixty files in five formats: summed to the truth, the planted faults and no others flagged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.needs import NEEDS_TYPST

from gongkai.report.reading import read_bytes
from gongkai.report.summing import Member, Summed, Why, differences, sum_reports
from gongkai.samples.collection import ONE_TOO_MANY, Collection, Fault, make_collection

pytestmark = NEEDS_TYPST

SEEDS = range(4)
WHY = {Fault.TWICE: Why.DISPUTED, Fault.LAST_YEAR: Why.OTHER_YEAR, Fault.OWN: Why.OWN}


@pytest.fixture(scope="module", params=SEEDS)
def summed(request: pytest.FixtureRequest) -> tuple[Collection, Summed]:
    pile = make_collection(request.param)
    members = [
        Member(report=read_bytes(each.data, each.name).report, source=each.name) for each in pile.files
    ]
    return pile, sum_reports(members, year=pile.year, agency=pile.agency, expected=pile.expected)


def test_a_collection_is_sixty_files_in_five_formats(summed: tuple[Collection, Summed]) -> None:
    pile, _ = summed
    assert len(pile.files) == 60
    assert {Path(each.name).suffix for each in pile.files} == {".docx", ".html", ".pdf", ".xlsx", ".txt"}
    assert len(pile.faults) == 3


def test_every_cell_of_the_sum_is_the_truth(summed: tuple[Collection, Summed]) -> None:
    pile, total = summed
    numbers = {cell: total.report.number(cell) for cell in total.cells}
    assert {cell: number for cell, number in numbers.items() if number is not None} == dict(pile.sums)
    assert {cell for cell, number in numbers.items() if number is None} == pile.wanting


def test_the_three_planted_faults_are_the_three_flagged(summed: tuple[Collection, Summed]) -> None:
    pile, total = summed
    set_aside = {(each.member.source, each.why) for each in total.aside}
    wanting = {each.member.source for cell in total.cells.values() for each in cell.unadded}
    planted = {(name, WHY[each.fault]) for each in pile.faults if each.fault in WHY for name in each.files}
    assert set_aside == planted
    assert wanting == {name for each in pile.faults if each.fault is Fault.BLANK for name in each.files}
    assert total.missing == tuple(each.agency for each in pile.faults if each.fault is Fault.LAST_YEAR)


def test_addends_come_to_the_total_and_name_their_files(summed: tuple[Collection, Summed]) -> None:
    pile, total = summed
    names = {each.name for each in pile.files}
    for cell in total.cells.values():
        assert sum(each.value for each in cell.addends) == cell.total
        assert len(cell.addends) + len(cell.unadded) == len(total.members)
        assert {each.member.source for each in cell.addends} <= names
        assert all(each.place is not None for each in cell.addends)


def test_the_countys_own_report_differs_in_the_one_planted_cell() -> None:
    pile = next(each for each in map(make_collection, SEEDS) if Fault.OWN in {f.fault for f in each.faults})
    members = [
        Member(report=read_bytes(each.data, each.name).report, source=each.name) for each in pile.files
    ]
    total = sum_reports(members, year=pile.year, agency=pile.agency, expected=pile.expected)
    assert total.own is not None
    found = {each.cell: each.more for each in differences(total, total.own.report)}
    assert found == {ONE_TOO_MANY: 1} | dict.fromkeys(pile.wanting)


def test_the_same_seed_gives_the_same_files() -> None:
    assert [each.data for each in make_collection(7).files] == [
        each.data for each in make_collection(7).files
    ]
