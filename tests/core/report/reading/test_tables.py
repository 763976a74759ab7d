"""The three tables in their hardest shapes: what is read, and what is left open rather than guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pages import REMEDIES, ROWS, TABLE2, numbers, page, remedies, report_of, table3, table4

from gongkai.report.cells import How
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading import NotAReport, read_bytes
from gongkai.report.schema import CellId, Edition


def test_aligned_text_gives_every_cell() -> None:
    report = report_of(page())
    assert report.edition == Edition.FORM_2021
    assert set(report.cells) == set(report.form.cells())
    for row, values in ROWS.items():
        assert numbers(report, row) == list(values)
    assert remedies(report) == list(REMEDIES)
    assert report.value(CellId(2, "normative_documents", "in_force")) == 23
    assert report.value(CellId(2, "fees_10k_yuan", "amount")) == Decimal("15.75")


def test_one_cell_a_line() -> None:
    three = table3(row="{label}\n\n{cells}\n\n", between="\n\n")
    report = report_of(page(three=three, four=table4(between="\n\n")))
    assert numbers(report, "granted") == list(ROWS["granted"])
    assert numbers(report, "carried_out") == list(ROWS["carried_out"])
    assert remedies(report) == list(REMEDIES)
    assert report.cell(CellId(3, "granted", "total")).how is How.STREAM


def test_digits_without_separators_are_solved_and_say_so() -> None:
    three = table3(row="{label}{cells}", between="")
    report = report_of(page(three=three + "\n", four=table4(between="")))
    for row, values in ROWS.items():
        assert numbers(report, row) == list(values)
    assert report.cell(CellId(3, "new", "total")).how is How.SOLVED


def test_one_wrong_number_among_digits_without_separators_is_read_as_printed() -> None:
    rows = dict(ROWS) | {"granted": (20, 1, 0, 0, 0, 0, 22)}
    report = report_of(page(three=table3(rows, row="{label}{cells}", between="") + "\n"))
    for row, values in rows.items():
        assert numbers(report, row) == list(values)


def test_digits_without_separators_in_two_wrong_rows_stay_open() -> None:
    rows = dict(ROWS) | {"granted": (20, 1, 0, 0, 0, 0, 22), "total_done": (29, 2, 0, 0, 0, 0, 33)}
    report = report_of(page(three=table3(rows, row="{label}{cells}", between="") + "\n"))
    assert all(isinstance(v, Illegible) for v in numbers(report, "granted"))
    assert all(isinstance(v, Illegible) for v in numbers(report, "new"))
    assert numbers(report, "partial") == [0] * 7, "as many digits as cells leave one way only"


def test_a_page_number_between_rows_is_not_a_value() -> None:
    three = table3().replace("（五）", "").replace("1.信访", "-4-\n1.信访")
    assert numbers(report_of(page(three=three)), "declined.petition") == [0] * 7


def test_a_bare_number_among_the_cells_is_dropped_where_the_sums_prove_it() -> None:
    three = table3(row="{label}\n{cells}\n", between="\n").replace("（二）部分公开", "5\n（二）部分公开")
    assert numbers(report_of(page(three=three)), "granted") == list(ROWS["granted"])


def test_a_value_missing_from_a_row_leaves_that_row_open_and_no_other() -> None:
    rows = dict(ROWS) | {"granted": (20, 1, 0, 0, 0, 21)}
    report = report_of(page(three=table3(rows, row="{label}\n{cells}\n", between="\n")))
    assert all(isinstance(v, Illegible) for v in numbers(report, "granted"))
    assert numbers(report, "new") == list(ROWS["new"])
    assert numbers(report, "unable.not_held") == list(ROWS["unable.not_held"])


def test_labels_after_their_numbers_are_matched_by_count_and_sum() -> None:
    three = table3()
    granted = "（一）予以公开  20  1  0  0  0  0  21\n"
    partial = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）  0  0  0  0  0  0  0\n"
    assert granted + partial in three
    moved = "20\n1\n0\n0\n0\n0\n21\n0\n0\n0\n0\n0\n0\n0\n（一）予以公开\n（二）部分公开\n"
    report = report_of(page(three=three.replace(granted + partial, moved)))
    assert numbers(report, "granted") == list(ROWS["granted"])
    assert numbers(report, "partial") == [0] * 7


def test_blank_cells_of_a_pipe_table_stay_blank() -> None:
    rows = {"new": ("30", "", "", "", "", "", "30"), "granted": ("/", "—", "", "", "", "", "0")}
    report = report_of(page(three=table3(rows, row="| {label} | {cells} |\n", between=" | ")), "a.md")
    assert numbers(report, "new") == [30, *[BLANK] * 5, 30]
    assert numbers(report, "granted") == [*[BLANK] * 6, 0]


def test_a_cell_that_cannot_be_read_is_illegible_and_its_neighbours_are_right() -> None:
    rows = dict(ROWS) | {"granted": (20, "l", "?", 0, 0, 0, 21)}
    report = report_of(page(three=table3(rows, row="| {label} | {cells} |\n", between=" | ")), "a.md")
    read = numbers(report, "granted")
    assert read[0] == 20
    assert isinstance(read[1], Illegible)
    assert isinstance(read[2], Illegible)
    assert read[3:] == [0, 0, 0, 21]


def test_aligned_text_shows_its_blanks_by_what_stands_under_nothing() -> None:
    lines = table3().splitlines()
    aligned = [lines[0]]
    for line in lines[1:]:
        label, _, rest = line.partition("  ")
        cells = rest.split()
        if label == "（一）予以公开":
            cells = [cells[0], cells[1], "", "", "", "", cells[6]]
        room = " " * (90 - len(label.encode("gbk")))
        aligned.append(label + room + "".join(f"{cell:>6}" for cell in cells))
    report = report_of(page(three="\n".join(aligned) + "\n"))
    assert numbers(report, "granted") == [20, 1, BLANK, BLANK, BLANK, BLANK, 21]
    assert numbers(report, "new") == list(ROWS["new"])


def test_the_rows_decide_the_edition_not_the_year() -> None:
    report = report_of(page(three=table3(edition=Edition.FORM_2019), two="", other="3.其他方面：无。"))
    assert report.edition == Edition.FORM_2019
    assert report.year == 2023
    reading = read_bytes(page(three=table3(edition=Edition.FORM_2019), two="").encode())
    assert any("2019年版" in note for note in reading.notes)


def test_a_table_2_of_the_other_edition_is_not_forced_onto_this_one() -> None:
    old = TABLE2.replace("本年制发件数", "本年新制作数量").replace("本年废止件数", "本年新公开数量")
    old = old.replace("现行有效件数", "对外公开总数量")
    reading = read_bytes(page(two=old).encode())
    assert not reading.report.has_table(2)
    assert any("表二没有读取" in note for note in reading.notes)


def test_a_missing_table_is_noted_and_never_zero() -> None:
    reading = read_bytes(page(four="无。\n").encode())
    assert reading.report.value(CellId(4, "reconsideration", "total")) is BLANK
    assert any("没有找到表四" in note for note in reading.notes)


def test_a_second_report_in_the_file_is_noted_and_left_out() -> None:
    second = (
        page(title="霁川县财政局2023年政府信息公开工作年度报告")
        .replace("30  2", "77  2")
        .replace("32\n", "79\n")
    )
    reading = read_bytes((page() + second).encode())
    assert numbers(reading.report, "new") == list(ROWS["new"])
    assert any("两份报告" in note for note in reading.notes)
    assert reading.report.sections == report_of(page()).sections


def test_fused_digits_of_table_2_stay_open_with_every_cut() -> None:
    two = TABLE2.replace("行政规范性文件  4  1  23", "行政规范性文件4123")
    report = report_of(page(two=two))
    made = report.value(CellId(2, "normative_documents", "made"))
    assert isinstance(made, Illegible)
    assert set(made.candidates) == {4, 41}
    in_force = report.value(CellId(2, "normative_documents", "in_force"))
    assert isinstance(in_force, Illegible)
    assert set(in_force.candidates) == {3, 23}


def test_fused_digits_as_many_as_cells_are_those_cells() -> None:
    report = report_of(page(two=TABLE2.replace("规章  0  0  0", "规章000")))
    assert report.value(CellId(2, "government_rules", "in_force")) == 0


def test_a_note_in_a_cell_is_no_second_value() -> None:
    two = TABLE2.replace("规章  0  0  0", "规章  6（其中修订2件）  0  41")
    report = report_of(page(two=two))
    assert report.value(CellId(2, "government_rules", "made")) == 6
    assert report.value(CellId(2, "government_rules", "in_force")) == 41


def test_table_4_in_two_grids_keeps_its_blanks() -> None:
    head = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
    four = f"{head}\n| 3 | | | 1 | 4 |\n\n行政诉讼\n\n{head}{head[1:]}\n|{' |' * 10}\n"
    assert remedies(report_of(page(four=four), "a.md")) == [3, BLANK, BLANK, 1, 4, *[BLANK] * 10]


def test_table_4_pieces_out_of_order_are_put_together_when_two_witnesses_agree() -> None:
    four = (
        "行政复议\n行政诉讼\n未经复议直接起诉\n结果维持\n5\n1\n2\n1\n复议后起诉\n尚未审结\n3\n0\n4\n0\n"
        "总计\n9\n维持\n2\n0\n0\n1\n3\n总计\n7\n"
    )
    assert remedies(report_of(page(four=four))) == [5, 1, 2, 1, 9, 2, 0, 0, 1, 3, 3, 0, 4, 0, 7]


def test_table_4_pieces_whose_order_nothing_proves_stay_open() -> None:
    four = (
        "行政复议\n行政诉讼\n未经复议直接起诉\n结果维持\n5\n1\n2\n1\n尚未审结\n3\n0\n4\n0\n"
        "总计\n9\n维持\n2\n0\n0\n1\n3\n总计\n7\n"
    )
    assert all(isinstance(v, Illegible) for v in remedies(report_of(page(four=four))))


@pytest.mark.parametrize(
    "text", ["今天天气很好。", "一、总体情况\n没有表。", "本年新收政府信息公开申请数量 3"]
)
def test_text_without_the_tables_is_not_a_report(text: str) -> None:
    with pytest.raises(NotAReport):
        read_bytes(text.encode())


def test_radicals_of_printed_pages_are_the_characters_they_stand_for() -> None:
    text = (
        page().replace("自然人", "⾃然⼈").replace("行政", "⾏政").replace("人民", "⼈⺠").replace("长", "⻓")
    )
    assert "⾏" in text
    report = report_of(text)
    assert numbers(report, "granted") == list(ROWS["granted"])
    assert report.agency == "霁川县人民政府"


def test_a_word_in_a_row_of_cells_moves_no_other_cell() -> None:
    rows = dict(ROWS) | {"granted": (20, "暂无", 0, 0, 0, 0, 21)}
    text = page(three=table3(rows, row="| {label} | | | {cells} |\n", between=" | "))
    read = numbers(report_of(text, "a.md"), "granted")
    assert isinstance(read[1], Illegible)
    assert [read[0], *read[2:]] == [20, 0, 0, 0, 0, 21]


def test_a_row_on_one_line_is_read_though_its_sum_is_wrong() -> None:
    rows = dict(ROWS) | {"granted": (20, 1, 0, 0, 0, 0, 22)}
    assert numbers(report_of(page(three=table3(rows))), "granted") == [20, 1, 0, 0, 0, 0, 22]
    lines = table3(rows, row="{label}\n{cells}\n", between="\n")
    assert numbers(report_of(page(three=lines)), "granted") == [20, 1, 0, 0, 0, 0, 22]


def test_bare_page_numbers_that_count_up_with_the_pages_are_no_values() -> None:
    two = TABLE2.replace("行政事业性收费  15.75\n", "行政事业性收费\n")
    text = (
        page(two=two + "\n1\n\f").replace("四、政府信息公开行政复议", "2\n\f四、政府信息公开行政复议") + "3\n"
    )
    report = report_of(text)
    assert report.value(CellId(2, "fees_10k_yuan", "amount")) is BLANK
    assert numbers(report, "carried_out") == list(ROWS["carried_out"])


def test_a_three_before_the_end_of_a_wrapped_label_makes_no_row_of_another_edition() -> None:
    rows = {
        "new": (3, 0, 0, 0, 0, 0, 3),
        "granted": (3, 0, 0, 0, 0, 0, 3),
        "total_done": (3, 0, 0, 0, 0, 0, 3),
    }
    three = table3(rows, edition=Edition.FORM_2019).replace("（二）部分公开", "其他情形）\n（二）部分公开")
    report = report_of(page(three=three))
    assert "其他情形）" in three
    assert report.edition == Edition.FORM_2019
    assert numbers(report, "granted") == list(rows["granted"])
