"""A workbook or CSV as plain grids of texts, in the process itself and in a guarded child."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.spreadsheets import MAX_ROWS, grids_guarded, read_grids


def workbook(*sheets: list[tuple[object, ...]], merged: tuple[str, ...] = ()) -> bytes:
    """Return sheets as a workbook; a text that begins with = is a formula without a result."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for number, rows in enumerate(sheets, 1):
            sheet = book.add_worksheet(f"表{number}")
            for place in merged:
                sheet.merge_range(place, None)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(at, column, value, None, "")
                    elif value is not None:
                        sheet.write(at, column, value)
    return stream.getvalue()


def rows_of(data: bytes, name: str = "") -> list[list[str]]:
    (grid,) = read_grids(data, name)
    return [list(row) for row in grid.rows]


def test_a_sheet_is_a_rectangle_of_texts() -> None:
    assert rows_of(workbook([("月份", "件"), ("1月", 5), ("2月",), (None, 0.1 + 0.2)])) == [
        ["月份", "件"], ["1月", "5"], ["2月", ""], ["", "0.3"],
    ]  # fmt: skip


def test_every_sheet_that_holds_anything_is_given_under_its_name() -> None:
    grids = read_grids(workbook([("甲",)], [], [("乙",)]))
    assert [(grid.name, grid.rows[0][0]) for grid in grids] == [("表1", "甲"), ("表3", "乙")]


def test_a_heading_over_several_columns_stands_over_each_but_a_title_and_a_number_do_not() -> None:
    rows = [("情况表",), ("月份", "许可"), (None, "受理", "决定"), ("1月", 5)]
    data = workbook(rows, merged=("A1:C1", "A2:A3", "B2:C2", "B4:C4"))
    assert rows_of(data) == [
        ["情况表", "", ""], ["月份", "许可", "许可"], ["月份", "受理", "决定"], ["1月", "5", ""],
    ]  # fmt: skip


def test_a_formula_without_a_result_is_not_taken_for_a_blank() -> None:
    assert rows_of(workbook([("合计", "=1+1")])) == [["合计", "=?"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_with_marks_between_is_a_sheet(encoding: str, mark: str) -> None:
    text = mark.join(("月份", "行政许可")) + "\r\n" + mark.join(("1月", '"1 234"'))
    assert rows_of(text.encode(encoding), "数据.csv") == [["月份", "行政许可"], ["1月", "1 234"]]


def test_commas_inside_quotes_part_nothing() -> None:
    assert rows_of('月份,金额\n1月,"1,234.5"\n'.encode()) == [["月份", "金额"], ["1月", "1,234.5"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空的"),
        (b"%PDF-1.7\n", "不是电子表格"),
        (b"PK\x03\x04", "损坏"),
        (workbook([]), "空的"),
        (("月份,件\n" * (MAX_ROWS + 1)).encode(), "表格过大"),
        (workbook([(None,) * 300 + ("远",)]), "表格过大"),
    ],
)
def test_what_is_no_table_or_too_large_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_grids(data)


def test_the_guarded_child_gives_the_same() -> None:
    data = workbook([("月份", "件"), ("1月", 5)])
    assert grids_guarded(data, "数据.xlsx") == [
        type(grid)(name=grid.name, rows=[list(row) for row in grid.rows]) for grid in read_grids(data)
    ]


def test_the_guarded_child_refuses_as_the_reader_does() -> None:
    with pytest.raises(Unreadable, match="不是电子表格"):
        grids_guarded(b"%PDF-1.7\n")
