"""The standard catalogue: all the law's items, each with article, limit and bodies."""

from __future__ import annotations

from collections import Counter

import pytest

from gongkai.law.disclosure import Bodies, standard_catalogue, standard_entry
from gongkai.law.periods import PENALTY_WITHDRAWAL, Evidence
from gongkai.law.taxonomy import ART20_ITEMS

ENTRIES = standard_catalogue()
GROUPS = [entry for entry in ENTRIES if not entry.parent]


def test_it_has_a_group_for_every_item_of_article_20_and_two_for_article_21() -> None:
    assert [group.code for group in GROUPS] == [f"20-{item:02d}" for item in ART20_ITEMS] + ["21-01", "21-02"]


def test_every_group_has_entries_and_every_entry_a_group() -> None:
    codes = {group.code for group in GROUPS}
    assert {entry.parent for entry in ENTRIES if entry.parent} == codes


def test_codes_are_unique() -> None:
    assert max(Counter(entry.code for entry in ENTRIES).values()) == 1


def test_an_entry_is_filed_under_its_groups_item_of_article_20() -> None:
    for entry in ENTRIES:
        article, number = entry.code.split("-")[:2]
        assert entry.article20_item == (int(number) if article == "20" else 15), entry.code


def test_every_entry_cites_the_item_it_comes_from() -> None:
    for entry in ENTRIES:
        first = entry.sources[0]
        article, number = map(int, entry.code.split("-")[:2])
        assert (first.article, first.item) == (article, number if article == 20 else None), entry.code


def test_article_21_binds_counties_in_seven_matters_and_townships_in_eight() -> None:
    counts = Counter(entry.bodies for entry in ENTRIES if entry.parent in ("21-01", "21-02"))
    assert counts == {Bodies.COUNTY: 7, Bodies.TOWNSHIP: 8}


def test_a_governments_budget_binds_governments_only() -> None:
    assert [entry.title for entry in ENTRIES if entry.bodies is Bodies.GOVERNMENTS] == ["政府预算、决算"]


@pytest.mark.parametrize(
    ("code", "days", "evidence"),
    [
        ("20-01-02", 20, Evidence.READ),
        ("20-05-01", 20, Evidence.READ),
        ("20-05-02", 7, Evidence.SECOND_HAND),
        ("20-06-02", 7, Evidence.SECOND_HAND),
        ("20-15-07", 3, Evidence.SECOND_HAND),
        ("21-02-04", 20, Evidence.READ),
    ],
)
def test_its_limits_in_working_days_say_how_sure_they_are(code: str, days: int, evidence: Evidence) -> None:
    entry = standard_entry(code)
    assert entry is not None
    assert (entry.period.length, entry.evidence) == (days, evidence)


def test_only_a_penalty_decision_is_withdrawn_when_overturned() -> None:
    assert [(e.code, e.withdrawal) for e in ENTRIES if e.withdrawal] == [("20-06-02", PENALTY_WITHDRAWAL)]


def test_the_basis_names_an_instrument_once_and_marks_what_is_local() -> None:
    report, permit = standard_entry("20-15-04"), standard_entry("20-05-02")
    assert report is not None
    assert permit is not None
    assert report.basis == ("《中华人民共和国政府信息公开条例》第二十条第（十五）项、第四十九条、第五十条")
    assert permit.basis == (
        "《中华人民共和国政府信息公开条例》第二十条第（五）项；"
        "公开时限7个工作日：见于地方公开目录，全国性依据未核实"
    )


def test_a_basis_of_several_instruments_names_each() -> None:
    entry = standard_entry("20-15-05")
    assert entry is not None
    assert entry.basis.endswith("第（十五）项、《重大行政决策程序暂行条例》第三条")


def test_a_code_outside_the_standard_has_no_entry() -> None:
    assert standard_entry("jiaoyu-01") is None


def test_the_bodies_an_entry_binds_are_named_as_the_law_names_them() -> None:
    assert [bodies.words for bodies in Bodies] == [
        "各行政机关",
        "各级人民政府",
        "设区的市级、县级人民政府及其部门",
        "乡（镇）人民政府",
    ]
