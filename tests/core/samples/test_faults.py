"""Each planted fault changes what it says it changes, and there is one for every rule."""

import re

import pytest

from gongkai.report.auditing import RULES, audit
from gongkai.report.schema import SectionCode
from gongkai.samples import BODIES, FAULTS, Planted, Unplantable, make_series, plant

YEARS = ((2023, 2024), (2019, 2020), (2020, 2021))
PAIRS = [make_series(seed, body.name, YEARS[seed]) for seed in range(3) for body in BODIES[1:]]
EVIDENT = [
    "balance",
    "blank_cells",
    "cell",
    "chain",
    "column_sum",
    "early",
    "fused_row",
    "item_chain",
    "late",
    "missing_section",
    "missing_table",
    "remedy_sum",
    "row_total",
    "rule_making",
    "wrong_edition",
]


def plantings(fault: str) -> list[tuple[Planted, int]]:
    planted = []
    for i, (last, report) in enumerate(PAIRS):
        try:
            planted.append((plant(report, fault, i, last), i))
        except Unplantable:
            continue
    return planted


def test_every_rule_has_a_fault_that_it_must_find() -> None:
    assert {code for fault in FAULTS.values() for code in fault.codes} == set(RULES)


def test_what_a_fault_may_cause_besides_names_rules_there_are() -> None:
    for fault in FAULTS.values():
        assert [each for each in fault.also if not any(code.startswith(each) for code in RULES)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_can_be_planted_and_changes_the_report_or_its_predecessor(fault: str) -> None:
    planted = plantings(fault)
    assert planted
    for each, i in planted:
        assert (each.report, each.last) != (PAIRS[i][1], PAIRS[i][0])
        assert re.search(r"[\u4e00-\u9fff]", each.expected)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rule_a_fault_names_finds_it_somewhere(fault: str) -> None:
    wanted, found = set(FAULTS[fault].codes), set()
    for each, _ in plantings(fault):
        found |= {finding.code for finding in audit(each.report, last=each.last, select=wanted).findings}
        if found >= wanted:
            return
    assert found >= wanted


@pytest.mark.parametrize("fault", EVIDENT)
def test_a_fault_that_leaves_no_room_for_wording_is_always_found(fault: str) -> None:
    for each, _ in plantings(fault):
        codes = {finding.code for finding in audit(each.report, last=each.last).findings}
        assert set(each.codes) <= codes


def test_the_same_fault_is_told_in_several_ways() -> None:
    texts = set()
    for each, i in plantings("all_closed"):
        old = PAIRS[i][1].section(SectionCode.OVERVIEW)
        new = each.report.section(SectionCode.OVERVIEW)
        assert old and new
        said = set(re.split("[。\n]", new.text)) - set(re.split("[。\n]", old.text))
        texts |= {re.sub(r"\d+", "", sentence) for sentence in said}
    assert len(texts) >= 4


def test_a_missing_part_is_missing() -> None:
    prose = {SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS}
    for each, _ in plantings("missing_section"):
        assert len({section.code for section in each.report.sections} & prose) == 2


def test_a_planted_fault_explains_the_rules_it_names_and_their_families() -> None:
    planted = plantings("column_sum")[0][0]
    assert planted.explains("RQ02") and planted.explains("NR01")
    assert not planted.explains("RM01")


def test_a_fault_between_years_needs_last_years_report() -> None:
    with pytest.raises(Unplantable):
        plant(PAIRS[0][1], "chain", 1)


def test_planting_is_the_same_for_the_same_seed() -> None:
    last, report = PAIRS[0]
    assert plant(report, "cell", 3, last) == plant(report, "cell", 3, last)
