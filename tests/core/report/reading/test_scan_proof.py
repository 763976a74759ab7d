"""What the sums prove of a scan: cells as a recogniser might see them, right and wrong; none wrong read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest

from gongkai.report.cells import Box, Cell, How, Place
from gongkai.report.numerals import BLANK, Illegible, read_cell
from gongkai.report.reading.scan.confirm import confirm
from gongkai.report.reading.scan.digit_proof import equation, pinned
from gongkai.report.reading.scan.evidence import Candidate, Evidence, Look, Sight
from gongkai.report.schema import CellId, Edition, Report, form
from gongkai.samples import BODIES, make_report

FORM = form(Edition.FORM_2021)
CELLS = {cell: number for number, cell in enumerate(FORM.cells())}
NEW, GRANTED, DONE = (CellId(3, row, "natural_person") for row in ("new", "granted", "total_done"))
Seen = tuple[Look, str, tuple[Candidate, ...]]


def sure(text: str) -> Seen:
    return (Look.SURE if text else Look.BLANK, text, ((text, 0.99),) if text else ())


def doubtful(*texts: str) -> Seen:
    return Look.UNSURE, texts[0], tuple((text, 0.4) for text in texts)


def few(**numbers: int) -> dict[CellId, str]:
    """A table of a single applicant's requests, granted unless said otherwise, zeros elsewhere."""
    texts = dict.fromkeys(CELLS, "0")
    for row, number in numbers.items():
        for column in ("natural_person", "total"):
            texts[CellId(3, row, column)] = str(number)
    return texts


def many(seed: int = 1) -> dict[CellId, str]:
    truth = make_report(seed, BODIES[seed % len(BODIES)].name, 2024)
    return {cell: str(truth.number(cell)) for cell in CELLS}


def scanned(
    texts: Mapping[CellId, str],
    changed: Mapping[CellId, Seen] | None = None,
    label: Callable[[str], str] = str,
    truth: Mapping[CellId, str] | None = None,
) -> Report:
    """The report that comes of cells seen surely as `texts`, but for those changed; printed is `truth`."""
    seen = {cell: sure(text) for cell, text in texts.items()} | dict(changed or {})
    boxes = {cell: Box(0.0, at / 1000, 1.0, (at + 1) / 1000) for cell, at in CELLS.items()}
    shaped = {cell: truth is None or truth[cell] == texts[cell] for cell in CELLS}
    sights = [Sight(1, boxes[cell], boxes[cell], *seen[cell], shaped[cell]) for cell in CELLS]
    cells = {
        cell: Cell(read_cell(text), text, How.GRID, Place(0, at, 0, 1, boxes[cell]))
        for at, (cell, (_, text, _)) in enumerate(seen.items())
    }
    labels = {f"row.3.{row.code}": label(row.label) for row in FORM.table(3).rows}
    report = Report(agency=None, year=2024, edition=Edition.FORM_2021, cells=cells, labels=labels)
    return confirm(report, Evidence(sights, [1]))


def read(report: Report) -> dict[CellId, object]:
    return {cell: report.value(cell) for cell in CELLS if not isinstance(report.value(cell), Illegible)}


def _translated(mistaken: dict[int, int], label: str) -> str:
    return label.translate(mistaken)


def test_what_balances_is_read_and_table_2_never() -> None:
    texts = many()
    report = scanned(texts)
    assert read(report) == {cell: int(text) for cell, text in texts.items() if cell.table != 2}
    assert all(report.cell(cell).how is How.SCANNED for cell in read(report))
    permits = report.value(CellId(2, "permits", "decisions"))
    assert permits == Illegible(texts[CellId(2, "permits", "decisions")], (int(permits.raw),))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "cell", [NEW, GRANTED, DONE, CellId(3, "carried_in", "total"), CellId(4, "direct_suit", "total")]
)
def test_a_cell_misread_takes_its_sums_with_it_and_no_more(cell: CellId) -> None:
    texts = many()
    report = scanned(texts, {cell: sure(str(int(texts[cell]) + 6))})
    assert isinstance(report.value(cell), Illegible)
    assert all(str(value) == texts[name] for name, value in read(report).items())
    assert len(read(report)) > 100


@pytest.mark.parametrize("number", [None, 1, 9])
def test_no_digit_taken_for_another_throughout_is_read(number: int | None) -> None:
    texts = few(new=number, granted=number, total_done=number) if number else many()
    for true, shown in ((str(a), str(b)) for a in range(10) for b in range(10) if a != b):
        mistaken = str.maketrans(true, shown)
        seen = {cell: text.translate(mistaken) for cell, text in texts.items()}
        report = scanned(seen, label=partial(_translated, mistaken), truth=texts)
        assert all(str(value) == texts[name] for name, value in read(report).items()), (true, shown)


def test_a_single_request_is_read_where_the_labels_vouch_for_the_print() -> None:
    texts = few(new=1, granted=1, total_done=1)
    assert scanned(texts).value(NEW) == 1
    assert isinstance(scanned(texts, label=lambda label: label.lstrip("12345678.")).value(NEW), Illegible)


def test_a_likely_confusion_is_not_settled_by_sums_that_hold_either_way() -> None:
    texts = few(new=1, granted=1, total_done=1)
    torn = {NEW: (Look.SURE, "1", (("1", 0.9), ("7", 0.08)))}
    assert isinstance(scanned(texts, torn).value(NEW), Illegible)


def test_a_doubtful_cell_is_settled_by_its_sums_if_the_picture_allows() -> None:
    texts = many()
    right, other = texts[GRANTED], str(int(texts[GRANTED]) + 2)
    report = scanned(texts, {GRANTED: doubtful(other, right)})
    assert report.value(GRANTED) == int(right)
    report = scanned(texts, {GRANTED: doubtful(other)})
    assert report.value(GRANTED) == Illegible(other, (int(other),))


def test_doubtful_cells_in_a_ring_stay_open() -> None:
    texts = many()
    ring = [
        CellId(3, row, column) for row in ("granted", "partial") for column in ("natural_person", "business")
    ]
    report = scanned(texts, {cell: doubtful(str(int(texts[cell]) + 5), texts[cell]) for cell in ring})
    assert all(isinstance(report.value(cell), Illegible) for cell in ring)


def test_table_4_is_never_settled() -> None:
    cell = CellId(4, "reconsideration", "upheld")
    texts = many()
    report = scanned(texts, {cell: doubtful(texts[cell], texts[cell] + "1")})
    assert isinstance(report.value(cell), Illegible)


def test_a_sum_wrong_in_print_is_left_to_a_person_as_printed() -> None:
    texts = many()
    printed = str(int(texts[DONE]) + 1)
    report = scanned(texts | {DONE: printed})
    assert report.value(DONE) == Illegible(printed, (int(printed),))


def test_clean_paper_is_blank_unless_two_sums_miss_the_same_number() -> None:
    texts = {cell: "" if text == "0" else text for cell, text in many().items()}
    report = scanned(texts)
    assert all(report.value(cell) is BLANK for cell, text in texts.items() if not text)
    assert report.value(GRANTED) == int(texts[GRANTED])
    faded = scanned(texts, {GRANTED: sure("")})
    assert faded.value(GRANTED) == Illegible("", (int(texts[GRANTED]),))


def test_stained_paper_is_blank_only_where_the_sums_miss_nothing() -> None:
    texts = {cell: "" if text == "0" else text for cell, text in many().items()}
    empty = next(cell for cell, text in texts.items() if cell.table == 3 and not text)
    permits = CellId(2, "permits", "decisions")
    stained: Seen = (Look.STAINED, "", ())
    assert scanned(texts, {empty: stained}).value(empty) is BLANK
    assert scanned(texts, {GRANTED: stained}).value(GRANTED) == Illegible("", (int(texts[GRANTED]),))
    assert scanned(texts, {permits: stained}).value(permits) == Illegible("")


def test_dashes_count_as_nothing_and_stay_blank() -> None:
    texts = {cell: "-" if text == "0" and cell.table != 2 else text for cell, text in many().items()}
    report = scanned(texts)
    dash = next(cell for cell, text in texts.items() if text == "-")
    assert report.value(dash) is BLANK
    assert report.cell(dash).raw == "-"
    assert report.value(GRANTED) == int(texts[GRANTED])


def test_a_value_that_is_not_what_its_place_shows_is_not_read() -> None:
    report = make_report(1, BODIES[1].name, 2024)
    box = Box(0.0, 0.0, 0.1, 0.1)
    placed = {
        cell: Cell(each.value, str(each.value), How.GRID, Place(0, 0, 0, 1, box))
        for cell, each in report.cells.items()
    }
    assert read(confirm(replace(report, cells=placed), Evidence([], [1]))) == {}
    one = Sight(1, box, box, Look.SURE, str(report.number(NEW)), ())
    assert read(confirm(replace(report, cells=placed), Evidence([one], [1]))) == {}


def test_equations_pin_digits() -> None:
    one_and_one = equation([1, 1], [2])
    anything = {1: set(range(10)), 2: set(range(10))}
    assert pinned([one_and_one], anything) == frozenset()
    assert pinned([one_and_one, equation([12], [10, 2])], anything | {0: {8}}) == {0}
    assert pinned([one_and_one], {1: {7}, 2: set(range(10))}) == {1, 2}
