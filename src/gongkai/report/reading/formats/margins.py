"""What stands beside a table on a worksheet: row numbers, checks, remarks, figures under no heading."""

from __future__ import annotations

import re
from collections import defaultdict

from gongkai.report.reading.formats.grids import Area

FIGURE = re.compile(
    r"\s*[增减+\-]?[\d０-９][\d０-９,，.]*\s*(?:亿元|万元|元|件|条|个|项|宗|份|[%％])?\s*(?:[（(].{1,30}[)）])?\s*"
)
WORDS = re.compile(r"[\u3400-\u9fff]{2}")
_SERIAL = re.compile(r"(?:序|编|行|栏)(?:号|次)|代码|项次")
_HELPER = re.compile(r"(?:合计[/／（(]?)?(?:校验|核对|检查|复核|勾稽|审核|差异|备注|说明|上年|去年|同比)")
_TOTAL = frozenset(("总计", "合计"))
_FEWEST, _MOST, _WIDEST = 2, 3, 64

Row = list[Area]
Heads = dict[int, list[str]]


def filled(row: Row) -> Row:
    """The areas of a row that hold something."""
    return [area for area in row if area.blocks]


def serial_columns(rows: list[Row]) -> set[int]:
    """The columns headed as row numbers (序号, 行次) that hold no other words."""
    headed, worded = set[int](), set[int]()
    for area in (area for row in rows for area in row):
        if _SERIAL.fullmatch("".join(area.text.split())):
            headed.add(area.column)
        elif WORDS.search(area.text):
            worded.add(area.column)
    return headed - worded


def headings(rows: list[Row]) -> Heads:
    """The headings over each column, from the top.

    Headings stand in rows of words; a row with a single cell is a title.
    """
    heads: Heads = defaultdict(list)
    for row in rows:
        if len(filled(row)) > 1 and not any(FIGURE.fullmatch(area.text) for area in row):
            for area in filled(row):
                for column in range(area.column, area.column + min(area.width, _WIDEST)):
                    heads[column].append("".join(area.text.split()))
    return heads


def extra_columns(rows: list[Row], heads: Heads) -> dict[int, str]:
    """The columns that are not the table's own, with their names for a note.

    At the right those kept for checks and remarks, those beyond the total of a table of requests, and a few
    under no heading, which are also left out before the labels. Without headings over figures there are none.
    """
    used = sorted({area.column for row in rows for area in filled(row)})
    counted = {area.column for row in rows for area in row if FIGURE.fullmatch(area.text)}
    if len(counted & heads.keys()) < _FEWEST:
        return {}
    extra: dict[int, str] = {}
    end = _end(heads)
    for column in reversed(used):
        head = heads[column][-1] if column in heads else ""
        if head and (column > end or _HELPER.match(head) or _is_second_total(head, heads)):
            extra[column] = f"“{head[:20]}”一列不是表内的数"
        elif column > max(heads):
            extra[column] = f"{_letters(column)}列没有表头"
        else:
            break
    if len(extra) > _MOST:
        return {}
    labels = min((a.column for row in rows for a in filled(row) if WORDS.search(a.text)), default=0)
    before = (column for column in used if column < labels and column not in heads)
    return extra | {column: f"{_letters(column)}列没有表头" for column in before}


def _end(heads: Heads) -> int:
    """The last column of a table of requests, headed by the total; of another table, the last there is."""
    everywhere = max(heads, default=0)
    if not any("自然人" in texts for texts in heads.values()):
        return everywhere
    return max((column for column, texts in heads.items() if _TOTAL.intersection(texts)), default=everywhere)


def _is_second_total(head: str, heads: Heads) -> bool:
    """Whether a column headed 合计 stands beside the form's own 总计."""
    others = [texts[-1] for texts in heads.values() if texts]
    return head == "合计" and "总计" in others and others.count("合计") == 1


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        column, letter = column // 26 - 1, chr(65 + column % 26)
        letters = letter + letters
    return letters
