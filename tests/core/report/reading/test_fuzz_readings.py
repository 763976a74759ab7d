"""Files changed at random: whatever comes, a reading or a sentence; and no number that is not in the file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from fuzz.mutating import changed
from fuzz.promises import outcome
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.report.cells import Cell, How
from gongkai.report.numerals import Illegible
from gongkai.report.reading import Reading, read_bytes
from gongkai.report.schema import Report
from gongkai.samples import LAYOUTS, make_report, render

CRASHES = Path(__file__).parents[3] / "samples" / "crashes"
# Reading a PDF takes long, a picture much longer.
QUICK = sorted(TARGETS.keys() - {"pdf", "pdf_page", "picture"})
# The digits of fused layouts are read by what the sums prove, which a wrong number may mislead.
SEPARATED = sorted(
    name
    for name, layout in LAYOUTS.items()
    if layout.suffix in ("txt", "md", "html", "docx") and not layout.gaps
)
ordinary = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    return tuple(TARGETS[target].seeds())


@cache
def report() -> Report:
    return make_report(3, "霁川县人民政府", 2023)


@pytest.mark.parametrize("target", QUICK)
@given(seed=st.integers(0, 2**32))
@settings(ordinary, max_examples=25)
def test_a_file_changed_at_random_keeps_the_promises(target: str, seed: int) -> None:
    dice = Random(seed)
    TARGETS[target].run(changed(dice.choice(seeds(target)), dice))


@pytest.mark.parametrize("target", ["pdf", "pdf_page"])
@given(seed=st.integers(0, 2**32))
@settings(ordinary, max_examples=8)
def test_a_pdf_changed_at_random_keeps_the_promises(target: str, seed: int) -> None:
    dice = Random(seed)
    TARGETS[target].run(changed(dice.choice(seeds(target)[:2]), dice))


@given(data=st.binary(max_size=300), name=st.text(max_size=20))
@settings(ordinary, max_examples=150)
def test_any_bytes_under_any_name_keep_the_promises(data: bytes, name: str) -> None:
    assert outcome(data, name)


@pytest.mark.parametrize("layout", SEPARATED)
@given(place=st.integers(0, 10_000), number=st.integers(0, 99_999))
@settings(ordinary, max_examples=12)
def test_one_number_changed_changes_no_other_cell(layout: str, place: int, number: int) -> None:
    names = sorted(report().cells, key=str)
    name = names[place % len(names)]
    one_off = replace(report(), cells={**report().cells, name: Cell(number)})
    shown = render(one_off, layout, 5)
    read = read_bytes(shown.data, shown.name).report
    wrong = {
        str(cell): (found.value, shown.report.value(cell))
        for cell, found in read.cells.items()
        if found.how is not How.SOLVED
        and not isinstance(found.value, Illegible)
        and found.value != shown.report.value(cell)
    }
    assert wrong == {}


@pytest.mark.parametrize("path", sorted(CRASHES.glob("*")), ids=lambda path: path.name)
def test_what_once_broke_a_reader_does_not_again(path: Path) -> None:
    """Files are named `target-what happened`; the target says how its bytes become a file."""
    target = path.name.partition("-")[0]
    assert isinstance(TARGETS[target].run(path.read_bytes()), Reading | str | None)
