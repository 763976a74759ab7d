"""The page on proofing lists the checks as they are registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.proofing import CHECKS, LEVEL_NAMES
from gongkai.proofing.registry import Check

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "proofing.md").read_text(encoding="utf-8")


def row(check: Check) -> str:
    cells = (check.code, check.title, LEVEL_NAMES[check.level], check.duty, str(check.source or "—"))
    return f"| {' | '.join(cells)} |"


def test_the_table_of_checks_is_the_registry_s() -> None:
    rows = [line for line in PAGE.splitlines() if line[:4].strip("| ").isalpha() and line[4:6].isdigit()]
    assert rows == [row(check) for _, check in sorted(CHECKS.items())]


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_a_check_says_what_must_hold(check: Check) -> None:
    assert check.duty.endswith("。")
