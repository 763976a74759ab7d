"""The narrative rules on real published reports: what their truth lists is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.needs import NEEDS_REPORTS, REPORTS

from gongkai.report.auditing import audit
from gongkai.report.auditing.narrative.ledger import numbers
from gongkai.report.auditing.narrative.rules import claims_of, open_accounts
from gongkai.report.cells import Cell
from gongkai.report.reading import read
from gongkai.report.schema import Report

pytestmark = NEEDS_REPORTS

FOUND = {
    "huaian-2024.pdf": [],
    "huaian-2024.raw.txt": [],
    "laishan-office-2023.txt": ["NR19", "NR20"],
    "pingtan-2019.txt": ["NR14"],
    "pingtan-2021.txt": ["NR19"],
    "pingtan-2022.txt": ["NR02"],
    "rushan-2024.txt": ["NR12"],
    "shanghai-office-2019.html": ["NR04", "NR04", "NR09", "NR15", "NR16", "NR17"],
    "shanghai-office-2025.md": [],
    "shuyang-development-bureau-2023.html": ["NR19"],
    "suizhong-2024.txt": ["NR08", "NR14"],
    "suqian-2023.txt": ["NR19"],
}


def report_of(name: str) -> Report:
    return read(REPORTS / name).report


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_the_truth_lists_is_found_and_nothing_else(name: str) -> None:
    assert [f.code for f in audit(report_of(name), select=["NR"]).findings] == FOUND[name]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_cell_the_prose_speaks_of_may_not_change_by_one(name: str) -> None:
    report = report_of(name)
    known = numbers(report)
    before = {f.key for f in audit(report).findings}
    for claim in claims_of(report):
        values = ((account, account.value(known)) for account in open_accounts(claim, known))
        right = [account for account, value in values if value is not None and claim.mention.fits(value)]
        cells = [cell for account in right[:1] for cell in account.cells]
        for cell in cells:
            value = report.number(cell)
            if value is None or claim.mention.bound.value != "exact":
                continue
            for step in (1, -1):
                mutant = replace(report, cells={**report.cells, cell: Cell(value + step)})
                assert {f.key for f in audit(mutant).findings} - before, (str(cell), step)
