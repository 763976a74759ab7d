"""Printed samples, however they are ruled, turned or tricked out: read right or left open, never wrong."""

import pytest
from tests.core.needs import NEEDS_TYPST

from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading import read_bytes
from gongkai.samples import BODIES, LAYOUTS, make_report, render

pytestmark = NEEDS_TYPST

WHOLE = (
    "pdf_three_rules",
    "pdf_dashed",
    "pdf_banded",
    "pdf_white_rules",
    "pdf_sideways",
    "pdf_rotated",
    "pdf_two_columns",
    "pdf_watermark",
    "pdf_bold_twice",
    "pdf_shadows",
    "pdf_heads",
)
DOUBTFUL = ("pdf_white_text", "pdf_wrapped", "pdf_footnotes")


@pytest.mark.parametrize("layout", [*WHOLE, *DOUBTFUL])
def test_no_printed_number_is_read_as_another(layout: str) -> None:
    rendered = render(make_report(3, BODIES[1].name, 2024), layout, 3)
    read = read_bytes(rendered.data, rendered.name).report
    assert read.edition == rendered.report.edition
    values = {cell: (rendered.report.value(cell), read.value(cell)) for cell in rendered.report.form.cells()}
    settled = {cell: pair for cell, pair in values.items() if not isinstance(pair[1], Illegible)}
    if layout in WHOLE:
        assert len(settled) == len(values)
        assert all(truth == found for truth, found in settled.values())
    assert all(truth == found or found is BLANK for truth, found in settled.values())


def test_every_printed_layout_is_looked_at_here_or_among_the_readers_tests() -> None:
    elsewhere = {"pdf_ruled", "pdf_unruled", "pdf_narrow", "pdf_pages"}
    assert {name for name in LAYOUTS if name.startswith("pdf_")} == {*WHOLE, *DOUBTFUL, *elsewhere}
