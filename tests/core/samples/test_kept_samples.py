"""The samples kept in the repository read as their truth says: what was readable once stays readable."""

import json
from pathlib import Path

import pytest

from gongkai.report.codec import load
from gongkai.report.numerals import Illegible
from gongkai.report.reading import read_bytes

FOLDER = Path(__file__).resolve().parents[2] / "samples"
KEPT = sorted(path for path in FOLDER.glob("*-*") if not path.name.endswith(".truth.json"))


def test_there_are_samples() -> None:
    assert len(KEPT) >= 8


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_kept_sample_reads_right_or_says_that_it_cannot(path: Path) -> None:
    truth = load(json.loads(path.with_suffix(".truth.json").read_text()))
    reading = read_bytes(path.read_bytes(), path.name).report
    assert (reading.agency, reading.year, reading.edition) == (truth.agency, truth.year, truth.edition)
    illegible = 0
    for cell in truth.form.cells():
        value = reading.value(cell)
        if isinstance(value, Illegible):
            assert truth.value(cell) in value.candidates
            illegible += 1
        else:
            assert value == truth.value(cell)
    assert illegible <= (3 if "fused" in path.name else 0)
