"""Binary Word files: text as with every change accepted, tables with their spans, damage in one sentence."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from gongkai.report.reading import Unreadable
from gongkai.report.reading.blocks import Grid, Paragraph
from gongkai.report.reading.formats import doc, word97
from gongkai.report.reading.formats.doc import read_doc
from gongkai.report.reading.formats.sniff import Format, sniff
from gongkai.report.reading.formats.word97 import End, Line, Shape

KEPT = (Path(__file__).resolve().parents[3] / "samples" / "doc_revised-13.doc").read_bytes()


def stream_at(data: bytes) -> int:
    """Where the main stream begins in the kept file."""
    return data.index(struct.pack("<H", 0xA5EC), 512)


def with_flags(flags: int, version: int | None = None) -> bytes:
    data, at = bytearray(KEPT), stream_at(KEPT)
    if version is not None:
        struct.pack_into("<H", data, at + 2, version)
    struct.pack_into("<H", data, at + 0x0A, struct.unpack_from("<H", data, at + 0x0A)[0] | flags)
    return bytes(data)


def test_a_word_file_is_known_by_its_content() -> None:
    assert sniff(KEPT, "年报.wps") is Format.DOC


def test_words_that_were_deleted_are_gone_and_those_put_in_are_there() -> None:
    shown = "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join("|".join(row) for row in block.rows)
        for block in read_doc(KEPT).blocks
    )
    assert "旧称" in KEPT.decode("utf-16-le", "replace") and "9999" in KEPT.decode("utf-16-le", "replace")
    assert "旧称" not in shown and "9999" not in shown


def test_tables_keep_their_merged_cells() -> None:
    grids = [block for block in read_doc(KEPT).blocks if isinstance(block, Grid)]
    assert [(len(grid.rows), len(grid.rows[0])) for grid in grids] == [(14, 4), (28, 10), (4, 15)]
    heads = grids[1].rows
    assert heads[0][3:] == ["申请人情况"] * 7 and heads[2][3] == heads[1][3] == "自然人"
    assert grids[1].origin[2][3] == (1, 3)


def test_a_locked_file_and_one_of_an_early_word_are_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="密码"):
        read_doc(with_flags(0x0100))
    with pytest.raises(Unreadable, match="很早的 Word"):
        read_doc(with_flags(0, version=0x65))


def test_a_damaged_file_gives_a_sentence_or_a_document() -> None:
    rng = random.Random(97)
    for size in (600, 5_000, 20_000, 60_000):
        with pytest.raises(Unreadable):
            read_doc(KEPT[:size])
    for _ in range(60):
        data = bytearray(KEPT)
        start = rng.randrange(len(data))
        data[start : start + 64] = rng.randbytes(64)[: len(data) - start]
        try:
            read_doc(bytes(data))
        except Unreadable as error:
            assert str(error)


def row(
    *cells: str, edges: tuple[int, ...] = (), above: tuple[int, ...] = (), left: tuple[int, ...] = ()
) -> list[Line]:
    shape = Shape(edges, frozenset(left), frozenset(above))
    return [*(Line(text, 1, End.CELL) for text in cells), Line("", 1, End.ROW, shape)]


def grid_of(monkeypatch: pytest.MonkeyPatch, *lines: Line) -> Grid:
    monkeypatch.setattr(doc, "read_lines", lambda _: list(lines))
    (grid,) = [block for block in read_doc(b"").blocks if isinstance(block, Grid)]
    return grid


def test_cells_stand_where_their_edges_are(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = grid_of(
        monkeypatch,
        *row("项目", "数量", edges=(0, 100, 400)),
        *row("甲", "1", "2", "3", edges=(10, 110, 200, 300, 390)),
        *row("乙", "", "4", edges=(0, 100, 300, 400)),
    )
    assert grid.rows == [["项目", "数量", "数量", "数量"], ["甲", "1", "2", "3"], ["乙", "", "", "4"]]


def test_cells_go_on_from_above_and_from_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = (0, 100, 200, 300)
    grid = grid_of(
        monkeypatch,
        *row("组", "甲", "1", edges=edges),
        *row("", "乙", "2", edges=edges, above=(0,)),
        *row("合计", "", "3", edges=edges, left=(1,)),
    )
    assert grid.rows == [["组", "甲", "1"], ["组", "乙", "2"], ["合计", "合计", "3"]]


def test_a_row_whose_shape_is_not_its_cells_keeps_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = grid_of(monkeypatch, *row("甲", "1", edges=(0, 100)), *row("乙", "2", edges=(0, 300, 200)))
    assert grid.rows == [["甲", "1"], ["乙", "2"]]


def test_a_deleted_row_is_gone_and_one_whose_words_stay_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = [Line("", 1, End.CELL), Line("", 1, End.CELL), Line("", 1, End.ROW, is_deleted=True)]
    kept = [Line("乙", 1, End.CELL), Line("2", 1, End.CELL), Line("", 1, End.ROW, is_deleted=True)]
    assert grid_of(monkeypatch, *row("甲", "1"), *gone, *kept).rows == [["甲", "1"], ["乙", "2"]]


def test_a_text_box_stands_before_the_paragraph_it_hangs_on() -> None:
    lines = [Line("甲", holds_box=True), Line("乙", 1, End.CELL, holds_box=True)]
    first, second = [Line("标题")], [Line("格内")]
    assert [line.text for line in word97._with_boxes(lines, [first, second])] == ["标题", "甲", "格内", "乙"]
    assert word97._with_boxes(lines, [first, second])[2].depth == 1
    assert [line.text for line in word97._with_boxes(lines, [first])] == ["甲", "乙", "标题"]


def test_modifiers_cut_short_end_the_list() -> None:
    whole = struct.pack("<HB", 0x2416, 1) + struct.pack("<HI", 0x6649, 2)
    assert list(word97.sprms(whole)) == [(0x2416, b"\x01"), (0x6649, b"\x02\0\0\0")]
    assert list(word97.sprms(whole[:-1])) == [(0x2416, b"\x01")]


@pytest.mark.parametrize(
    ("code", "operand", "look"),
    [
        (0x0800, 1, word97._DROPPED),
        (0x0837, 1, word97._DROPPED),
        (0x083C, 0x81, word97._DROPPED),
        (0x083C, 0, word97._KEPT),
        (0x2A48, 1, word97._RAISED),
        (0x2A48, 2, word97._KEPT),
    ],
)
def test_deleted_struck_and_hidden_words_are_dropped_and_raised_ones_raised(
    code: int, operand: int, look: int
) -> None:
    assert word97._look(struct.pack("<HB", code, operand)) == look


def test_a_field_shows_its_result_only() -> None:
    text = "第\x13 PAGE \x13 IF \x14x\x15\x14三\x15页"
    shown = bytearray(len(text))
    word97._drop_instructions(text, shown, 0, len(text))
    assert word97._shown(text, shown) == "第三页"
