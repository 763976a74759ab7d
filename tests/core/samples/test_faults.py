"""Each planted fault changes what it says it changes, and only where it can be planted."""

import pytest

from gongkai.report.auditing import audit
from gongkai.report.schema import SectionCode
from gongkai.samples import BODIES, FAULTS, Planted, Unplantable, make_series, plant

PAIRS = [make_series(seed, body.name, (2023, 2024)) for seed in range(3) for body in BODIES[1:]]


def plantings(fault: str) -> list[tuple[Planted, int]]:
    planted = []
    for i, (last, report) in enumerate(PAIRS):
        try:
            planted.append((plant(report, fault, i, last), i))
        except Unplantable:
            continue
    return planted


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_can_be_planted_and_changes_the_report_or_its_predecessor(fault: str) -> None:
    planted = plantings(fault)
    assert planted
    for each, i in planted:
        assert (each.report, each.last) != (PAIRS[i][1], PAIRS[i][0])
        assert each.expected


@pytest.mark.parametrize("fault", ["cell", "row_total", "column_sum", "balance", "remedy_sum", "chain"])
def test_a_fault_in_the_numbers_is_found(fault: str) -> None:
    for each, _ in plantings(fault):
        codes = [finding.code for finding in audit(each.report, last=each.last).findings]
        assert any(code.startswith(each.families) for code in codes)


def test_a_missing_part_is_missing() -> None:
    for each, _ in plantings("missing_section"):
        codes = {section.code for section in each.report.sections}
        assert len(codes & {SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS}) == 1


def test_a_fault_between_years_needs_last_years_report() -> None:
    with pytest.raises(Unplantable):
        plant(PAIRS[0][1], "chain", 1)


def test_planting_is_the_same_for_the_same_seed() -> None:
    last, report = PAIRS[0]
    assert plant(report, "cell", 3, last) == plant(report, "cell", 3, last)
