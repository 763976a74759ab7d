"""Spans are resolved as browsers resolve them, and every place of the grid is taken once."""

import pytest

from gongkai.papers.grids import grid_of
from gongkai.papers.paper import Cell, Table, plain


def cell(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(plain(text), colspan, rowspan)


def drawn(table: Table) -> list[str]:
    """The grid as rows of letters, a dot for a blank."""
    grid = grid_of(table)
    rows = [["?"] * grid.columns for _ in grid.rows]
    for place in (place for row in grid.rows for place in row):
        for r in range(place.row, place.row + place.rowspan):
            for c in range(place.column, place.column + place.colspan):
                assert rows[r][c] == "?"
                rows[r][c] = place.runs[0][0] if place.runs else "."
    return ["".join(row) for row in rows]


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        (((cell("a"), cell("b")), (cell("c"), cell("d"))), ["ab", "cd"]),
        (((cell("a", rowspan=2), cell("b")), (cell("c"),)), ["ab", "ac"]),
        (((cell("a", rowspan=9), cell("b")), (cell("c"),)), ["ab", "ac"]),
        (((cell("a"), cell("b"), cell("c")), (cell("d"),)), ["abc", "d.."]),
        (((cell("a", colspan=63),), (cell("b"), cell("c"))), ["aa", "bc"]),
        (((cell("a"), cell("b", rowspan=2)), (cell("c", colspan=2), cell("d"))), ["ab.", "cbd"]),
        (((cell("a", rowspan=2), cell("b", rowspan=2)), (), (cell("c"), cell("d"))), ["ab", "ab", "cd"]),
        ((), []),
    ],
)
def test_cells_stand_where_browsers_put_them(rows: tuple[tuple[Cell, ...], ...], grid: list[str]) -> None:
    assert drawn(Table(rows)) == grid


@pytest.mark.parametrize(
    ("rows", "wanted", "header_rows"),
    [
        (((cell("a"),), (cell("b"),)), 1, 1),
        (((cell("a", rowspan=2), cell("b")), (cell("c"),), (cell("d"),)), 1, 2),
        (((cell("a"),), (cell("b"),)), 2, 0),
        (((cell("a"),),) * 20, 9, 0),
    ],
)
def test_a_head_is_repeated_when_it_is_whole_and_leaves_room(
    rows: tuple[tuple[Cell, ...], ...], wanted: int, header_rows: int
) -> None:
    assert grid_of(Table(rows, wanted)).header_rows == header_rows


def test_a_column_is_as_wide_as_its_longest_line_asks_up_to_a_limit() -> None:
    table = Table(((cell("序号"), cell("一\n二三"), cell("长" * 500)),))
    assert grid_of(table).widths() == (6, 6, 24)
