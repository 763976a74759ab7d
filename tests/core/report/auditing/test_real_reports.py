"""Real published reports: what the rules on tables, form and wording say of each, and nothing more."""

from __future__ import annotations

import pytest
from tests.core.needs import NEEDS_REPORTS, REPORTS

from gongkai.report.auditing import audit
from gongkai.report.reading import read

FAMILIES = ("ST", "PD", "RQ", "RM", "YR", "FM", "PB")
EXPECTED = {
    "huaian-2024.pdf": ["ST07"],
    "huaian-2024.layout.txt": ["ST07"],
    "huaian-2024.raw.txt": ["ST07"],
    "laishan-office-2023.txt": ["FM01", "FM03", "FM04", "FM06", "FM08"],
    "pingtan-2019.txt": ["FM08", "FM10", "FM11", "ST07"],
    "pingtan-2021.txt": ["FM08", "FM10", "ST07"],
    "pingtan-2022.txt": ["FM04", "FM10"],
    "rushan-2024.txt": ["FM05", "PD06", "ST07"],
    "shanghai-office-2019.html": ["FM08", "ST05", "ST05"],
    "shanghai-office-2025.md": ["ST01"],
    "shuyang-development-bureau-2023.html": ["FM02", "FM04", "ST05", "ST11"],
    "suizhong-2024.txt": ["FM01", "FM12", "FM13", "ST07", "ST08"],
    "suqian-2023.txt": ["FM02"],
    "template-2021.docx": ["ST05", "ST05", "ST05", "ST12", "ST12", "ST12"],
}

pytestmark = NEEDS_REPORTS


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_real_report_gets_these_findings_and_no_other(name: str) -> None:
    report = read(REPORTS / name).report
    assert [finding.code for finding in audit(report, select=FAMILIES).findings] == EXPECTED[name]


def test_two_consecutive_real_reports_of_one_body_follow_from_each_other() -> None:
    last = read(REPORTS / "pingtan-2021.txt").report
    result = audit(read(REPORTS / "pingtan-2022.txt").report, last=last, select=["YR"])
    assert result.findings == ()
    assert [skip.code for skip in result.not_assessed if "不是上一年度" in skip.why] == []


def test_real_reports_of_two_bodies_are_not_compared() -> None:
    last = read(REPORTS / "suizhong-2024.txt").report
    result = audit(read(REPORTS / "shanghai-office-2025.md").report, last=last, select=["YR"])
    assert result.findings == ()
    assert {skip.code for skip in result.not_assessed} == {"YR01", "YR02", "YR04"}
