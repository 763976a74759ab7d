"""Every layout draws both editions, the same bytes for the same seed, and tells the truth about itself."""

import pytest
from tests.core.needs import NEEDS_TYPST

from gongkai.report.numerals import BLANK
from gongkai.report.schema import Edition
from gongkai.samples import BODIES, LAYOUTS, make_report, render

ALL = [pytest.param(name, marks=NEEDS_TYPST if name.startswith("pdf") else ()) for name in LAYOUTS]
TEXT = [name for name in LAYOUTS if LAYOUTS[name].suffix in ("txt", "md")]


@pytest.mark.parametrize("year", [2019, 2024])
@pytest.mark.parametrize("layout", ALL)
def test_a_layout_draws_either_edition_the_same_each_time(layout: str, year: int) -> None:
    report = make_report(2, BODIES[6].name, year)
    first, second = render(report, layout, 9), render(report, layout, 9)
    assert first.data == second.data
    assert first.name.endswith(LAYOUTS[layout].suffix)
    assert first.report.edition == (Edition.FORM_2019 if year == 2019 else Edition.FORM_2021)


@pytest.mark.parametrize("layout", TEXT)
def test_every_number_of_table_3_stands_in_a_text_layout(layout: str) -> None:
    for seed in range(5):
        rendered = render(make_report(seed, BODIES[1].name, 2024), layout, seed)
        text = (
            rendered.data.decode()
            .translate(str.maketrans("０１２３４５６７８９", "0123456789"))
            .replace(",", "")
        )
        for cell in rendered.report.form.cells():
            if cell.table == 3 and rendered.report.value(cell) is not BLANK:
                assert str(rendered.report.value(cell)) in text


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if not name.startswith("pdf")])
def test_only_blanks_are_taken_from_the_truth(layout: str) -> None:
    for seed in range(8):
        report = make_report(seed, BODIES[3].name, 2023)
        truth = render(report, layout, seed).report
        for cell in report.form.cells():
            assert truth.value(cell) in (report.value(cell), BLANK)
        assert truth.sections == report.sections


def test_some_seeds_leave_cells_blank_and_some_do_not() -> None:
    report = make_report(1, BODIES[3].name, 2023)
    truths = [render(report, "html_clean", seed).report for seed in range(12)]
    blank = [any(truth.value(cell) is BLANK for cell in truth.form.cells()) for truth in truths]
    assert any(blank) and not all(blank)


def test_fused_text_has_its_numbers_run_together() -> None:
    rendered = render(make_report(1, BODIES[1].name, 2024), "text_fused", 1)
    body = rendered.data.decode().splitlines()[-1]
    assert "0000000" in body
    assert len(rendered.data.decode().splitlines()) < 10


def test_the_portal_page_is_not_utf_8() -> None:
    data = render(make_report(1, BODIES[3].name, 2024), "html_portal", 1).data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "政府信息公开" in data.decode("gb18030")


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(KeyError):
        render(make_report(1, BODIES[3].name, 2024), "carved_in_stone", 1)
