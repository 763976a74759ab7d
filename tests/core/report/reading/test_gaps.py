"""Tables that leave numbers out without showing where: what is read there is never another number."""

import pytest
from tests.core.needs import NEEDS_TYPST

from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading import read_bytes
from gongkai.samples import BODIES, make_report, render

GAPS = ["gaps_lines", "gaps_aligned", "gaps_pdf_raw", pytest.param("gaps_pdf", marks=NEEDS_TYPST)]


# With seeds 17 and 85 a row of the trial form whose label is as short as a group's, （六） or （七）, stands
# beside an empty one.
@pytest.mark.parametrize("seed", [17, 85])
@pytest.mark.parametrize("layout", GAPS)
def test_the_numbers_of_a_row_are_not_given_to_the_empty_row_beside_it(layout: str, seed: int) -> None:
    rendered = render(make_report(seed, BODIES[seed % len(BODIES)].name, 2020), layout, seed)
    reading = read_bytes(rendered.data, rendered.name).report
    wrong = {
        str(cell): (rendered.report.value(cell), value)
        for cell in reading.form.cells()
        if not isinstance(value := reading.value(cell), Illegible)
        and value is not BLANK
        and value != rendered.report.value(cell)
    }
    assert wrong == {}
