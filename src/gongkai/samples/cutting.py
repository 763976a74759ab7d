"""Tables cut in two where a page ends, and prose cut into lines where a line ends."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from gongkai.report.writing.boxes import Box, BoxTable


class Rest(StrEnum):
    """What stands in the lower part of a merged label that was cut."""

    REPEATED = "repeated"
    EMPTY = "empty"
    SPLIT = "split"


def cut(table: BoxTable, at: int, *, rest: Rest, repeat_head: int = 0) -> tuple[BoxTable, BoxTable]:
    """Return the table as the rows before `at` and the rows from `at` on.

    Args:
        table: the table to cut.
        at: the first row of the second part.
        rest: what a merged label cut in two says in the second part.
        repeat_head: how many head rows the second part begins with again.
    """
    top: dict[int, int] = {}
    for r, row in enumerate(table.rows):
        for box in row:
            top[id(box)] = r
    upper = tuple(tuple(_upper(box, at - r, rest) for box in row) for r, row in enumerate(table.rows[:at]))
    lower = []
    for r, line in enumerate(table.lines()[at:], at):
        shown = [
            box if begins else _lower(box, top[id(box)] + box.down - at, rest)
            for box, begins in line
            if begins or r == at
        ]
        lower.append(tuple(shown))
    return replace(table, rows=upper), replace(table, rows=(*table.rows[:repeat_head], *lower))


def columns(table: BoxTable, first: int, end: int) -> BoxTable:
    """Return the part of a table from column `first` to before `end`; no box may reach across the cut."""
    inside = {id(box) for row in table.matrix() for box in row[first:end]}
    rows = tuple(tuple(box for box in row if id(box) in inside) for row in table.rows)
    return replace(table, rows=rows, widths=table.widths[first:end])


def _upper(box: Box, left: int, rest: Rest) -> Box:
    if box.down <= left:
        return box
    half = (len(box.text) + 3) // 2
    return replace(box, down=left, text=box.text[:half] if rest is Rest.SPLIT else box.text)


def _lower(box: Box, down: int, rest: Rest) -> Box:
    half = (len(box.text) + 3) // 2
    text = {Rest.REPEATED: box.text, Rest.EMPTY: "", Rest.SPLIT: box.text[half:]}[rest]
    return replace(box, down=down, text=text)


def width(text: str) -> int:
    """Return how many columns a text takes where a Chinese character takes two."""
    return sum(1 if char.isascii() else 2 for char in text)


def wrap(text: str, room: int) -> list[str]:
    """Return the text in lines of at most `room` columns; no number is cut, no line begins with a stop."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece) > room and piece not in "，。；：、）”":
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    """Return the characters, those of a word or number in one piece, whatever their width."""
    pieces: list[str] = []
    for char in text:
        if pieces and _joins(char) and _joins(pieces[-1][-1]):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _joins(char: str) -> bool:
    return char.isdigit() or (char.isascii() and (char.isalnum() or char in ".,"))
