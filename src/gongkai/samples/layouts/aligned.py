"""Text out of a PDF: columns aligned by spaces as `pdftotext -layout` does, or cells in drawing order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.cutting import Rest, cut, width, wrap
from gongkai.samples.sheets import Line, Sheet

_WIDTHS: Mapping[int, tuple[int, ...]] = {
    2: (20, 16, 16, 16),
    3: (5, 10, 30, 9, 8, 8, 10, 10, 7, 8),
    4: (9,) * 15,
}


def aligned(sheet: Sheet) -> str:
    """Columns aligned by spaces: labels wrapped round their numbers, merged labels down the side, pages."""
    rng = sheet.rng
    shown = [" " * 12 + sheet.title[:-14], " " * 5 + sheet.title[-14:], ""] if rng.random() < 0.8 else []
    pages = _Pages(rng)
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown += pages.prose(block)
        elif block.number == 3:
            halves = cut(block, rng.randint(9, 24), rest=Rest.EMPTY, repeat_head=rng.choice((0, 3)))
            shown += [*_canvas(halves[0], rng), *pages.turn(), *_canvas(halves[1], rng), ""]
        else:
            shown += [*_canvas(block, rng), ""]
    return "\n".join(shown) + "\n"


class _Pages:
    """Page numbers, and prose lines broken by them."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.page = rng, 0
        self.style = rng.choice((" " * 40 + "-{}-", "-{}-", "— {} —", "\f"))

    def turn(self) -> list[str]:
        self.page += 1
        return ["", self.style.format(self.page), ""]

    def prose(self, line: Line) -> Iterator[str]:
        indent = "  " if line.level else self.rng.choice(("", "   "))
        lines = wrap(line.text, 64)
        for i, text in enumerate(lines):
            yield (indent if i == 0 else "") + text
            if 0 < i < len(lines) - 1 and self.rng.random() < 0.06:
                yield from self.turn()


def _canvas(table: BoxTable, rng: Random) -> list[str]:
    """Return the table drawn on a page of fixed-width characters."""
    widths = _widths(table)
    left = [sum(widths[:c]) for c in range(len(widths) + 1)]
    matrix, lines = table.matrix(), table.lines()
    wrapped = {id(box): _wrapped(box, widths, matrix) for line in lines for box, _ in line}
    heights = [max(_height(box, wrapped[id(box)], rng) for box, _ in line if box.down == 1) for line in lines]
    tops = [sum(heights[:r]) for r in range(len(heights) + 1)]
    page: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for r, line in enumerate(lines):
        for box, begins in line:
            if begins:
                c = next(c for c, other in enumerate(matrix[r]) if other is box)
                room = left[c + box.across] - left[c]
                _place(page, box, wrapped[id(box)], (tops[r], tops[r + box.down]), (left[c], room))
    shown = [_joined(line) for line in page]
    return _spaced(shown, heights, rng.choice((0.0, 0.5, 1.0)), rng)


def _widths(table: BoxTable) -> tuple[int, ...]:
    """Return the columns' widths, made wide enough for the longest number."""
    known = _WIDTHS[table.number]
    if len(known) != len(table.widths):
        known = (24, *[9] * (len(table.widths) - 1))
    longest = max(
        (width(box.text) + 2 for row in table.rows for box in row if box.text[:1].isdigit() and box.cell),
        default=0,
    )
    return tuple(
        max(each, min(longest, 20)) if c > 2 or table.number != 3 else each for c, each in enumerate(known)
    )


def _wrapped(box: Box, widths: Sequence[int], matrix: list[list[Box]]) -> list[str]:
    column = next(c for line in matrix for c, other in enumerate(line) if other is box)
    return wrap(box.text, sum(widths[column : column + box.across]) - 2)


def _height(box: Box, lines: list[str], rng: Random) -> int:
    """Return the rows a box takes; a label of two lines may stand round its row's numbers."""
    return 3 if len(lines) == 2 and box.part is Part.ROW and rng.random() < 0.5 else max(1, len(lines))


def _place(
    page: list[list[tuple[int, str]]], box: Box, lines: list[str], rows: tuple[int, int], at: tuple[int, int]
) -> None:
    top, bottom = rows
    x, room = at
    height = bottom - top
    if len(lines) == 2 and height == 3 and box.part is Part.ROW:
        places = [top, top + 2]
    else:
        lines = _squeezed(lines, height)
        places = [top + (height - len(lines)) // 2 + i for i in range(len(lines))]
    for y, text in zip(places, lines, strict=True):
        shift = (room - width(text)) // 2 if box.part in (Part.VALUE, Part.COLUMN, Part.COLUMN_GROUP) else 0
        if text:
            page[y].append((x + max(0, shift), text))


def _squeezed(lines: list[str], height: int) -> list[str]:
    """Return the lines as at most `height`, two to a line where they are too many."""
    while len(lines) > height:
        lines = [lines[0] + lines[1], *lines[2:]]
    return lines


def _joined(parts: list[tuple[int, str]]) -> str:
    shown = ""
    for x, text in sorted(parts):
        gap = x - width(shown)
        shown += " " * max(gap, 1 if shown else 0) + text
    return shown


def _spaced(lines: list[str], heights: list[int], chance: float, rng: Random) -> list[str]:
    """Return the lines with blank ones between some of the table's rows."""
    shown: list[str] = []
    start = 0
    for height in heights:
        shown += lines[start : start + height]
        start += height
        if rng.random() < chance:
            shown.append("")
    return shown


def in_drawing_order(sheet: Sheet) -> str:
    """One cell a line in the order a PDF draws: merged and wrapped labels after the numbers they name."""
    rng = sheet.rng
    pages = _Pages(rng)
    shown = [sheet.title[:-14], sheet.title[-14:], ""]
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown += pages.prose(block)
        elif block.number == 3:
            shown += ["", *_raw_table3(block, pages)]
        elif block.number == 4:
            shown += ["", *_raw_table4(block, rng.random() < 0.5)]
        else:
            for row in block.rows:
                for box in row:
                    shown += [box.text, ""]
                if rng.random() < 0.06:
                    shown += [pages.turn()[1], ""]
    return "\n".join(shown) + "\n"


def _raw_table3(table: BoxTable, pages: _Pages) -> Iterator[str]:
    """Yield Table 3: of some rows the numbers come first and the labels some rows later."""
    rng = pages.rng
    yield from ("申请人情况", "（本列数据的勾稽关系为：第一项加第二项之和，", "等于第三项加第四项之和）", "")
    yield from (
        "法人或其他组织",
        "自然人",
        "",
        "商业企",
        "业",
        "",
        "科研机",
        "构",
        "",
        "社会公益",
        "组织",
        "",
    )
    yield from ("总计", "", "法律服务", "其他", "", "机构", "")
    held: list[str] = []
    turns = set(rng.sample(range(8, 24), 2))
    for r, line in enumerate(table.lines()[3:], 3):
        labels = [box for box, begins in line if begins and box.cell is None]
        values = [box for box, _ in line if box.cell is not None]
        groups = [box for box in labels if box.part is Part.ROW_GROUP]
        own = next(box for box in labels if box.part is Part.ROW)
        held += [text for box in groups for text in wrap(box.text, 8)]
        lines = wrap(own.text, 30 if own.across == 1 else 40)
        late = len(lines) > 1 or (groups and rng.random() < 0.3 and not own.text[0].isdigit())
        if late:
            held += lines
        else:
            yield from (*lines, "")
        for box in values:
            yield from (box.text, "")
        if r in turns:
            yield from (pages.turn()[1], "")
        if held and not late and rng.random() < 0.5:
            yield from (*held, "")
            held = []
    yield from held


def _raw_table4(table: BoxTable, scrambled: bool) -> Iterator[str]:
    """Yield Table 4, its totals after the head they stand under where `scrambled`."""
    values = [box.text for box in table.rows[-1]]
    yield from ("行政复议", "", "行政诉讼", "", "未经复议直接起诉", "")
    heads = ("结果", "结果", "其他结", "尚未", "", "维持", "纠正", "果", "审结", "")
    if not scrambled:
        for _ in range(3):
            yield from (*heads, "总计", "")
        yield from ("复议后起诉", "", *_parted(values))
        return
    yield from (*heads, "总计", "", *_parted(values[:4]))
    yield from ("结 果", "结果", "其他", "", "复议后起诉", "", "尚未", *heads, *_parted(values[10:14]))
    yield from ("总计", "", values[4], "", *heads[:9], "", *_parted(values[5:10]), "总计", "", values[14], "")


def _parted(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from (value, "")
