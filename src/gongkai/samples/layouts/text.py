"""Text as word processors and crawlers leave it: tabs, one cell a line, rows, everything in one line."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongkai.report.schema import Edition
from gongkai.report.writing.boxes import Box, BoxTable, Part
from gongkai.samples.sheets import Line, Sheet

_HALF_WIDTH = str.maketrans("，（）：；", ",():;")


def tabbed(sheet: Sheet) -> str:
    """A word processor's text: each cell indented by a tab, rows parted by blank lines, bookmarks left in."""
    rng = sheet.rng
    shown = [_two_lines(sheet.title)]
    for block in sheet.blocks:
        if isinstance(block, Line):
            mark = _bookmark(rng) if rng.random() < 0.1 else ""
            shown.append(mark + _careless_ordinal(block, rng))
            continue
        for row in block.lines():
            shown += ["\t" + (_tabbed_cell(box, rng) if begins else "") for box, begins in row]
            shown.append("")
        shown.append("")
    return "\n".join(shown)


def _two_lines(title: str) -> str:
    return "\n" + title.replace("政府2", "政府\n2", 1)


def _careless_ordinal(line: Line, rng: Random) -> str:
    if line.level == 1 and line.text.startswith("五、") and rng.random() < 0.5:
        return "5、 " + line.text[2:]
    return line.text


def _bookmark(rng: Random) -> str:
    return rng.choice(("[bookmark: _GoBack]", f"[bookmark: _Hlk{rng.randrange(10**7, 10**8)}]"))


def _tabbed_cell(box: Box, rng: Random) -> str:
    if box.cell is not None:
        return box.text
    text = box.text
    if rng.random() < 0.25 and len(text) >= 4:
        cut = rng.randint(2, len(text) - 2)
        text = text[:cut] + "\n" + text[cut:]
    return (_bookmark(rng) if rng.random() < 0.2 else "") + text


def one_cell_a_line(sheet: Sheet) -> str:
    """A page copied as text: every cell a line of its own, merged cells once, half-width punctuation."""
    rng = sheet.rng
    lost = rng.random() < 0.5
    shown = [sheet.title, f"发布时间:{sheet.published} 10:{rng.randint(10, 59)}:26"]
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown.append(block.text)
        else:
            shown += list(_cells(block, rng, lost))
    shown.append(f"{sheet.title}.docx")
    return "\n\n".join(shown).translate(_HALF_WIDTH)


def _cells(table: BoxTable, rng: Random, lost: bool) -> Iterator[str]:
    for row in table.rows:
        for box in row:
            if lost and box.label == "column.4.reconsideration.total":
                continue
            if table.number == 4 and box.part is Part.COLUMN and len(box.text) == 4 and rng.random() < 0.6:
                yield box.text[:2]
                yield box.text[2:]
            elif box.cell is None and len(box.text) > 16 and rng.random() < 0.3:
                yield box.text[:11]
                yield box.text[11:]
            else:
                yield box.text


def rows_by_tabs(sheet: Sheet) -> str:
    """Rows by tabs out of a PDF: labels damaged, rows parted by the page's end, some shifted to the left."""
    rng = sheet.rng
    shown = ["", "", *_two_lines(sheet.title).split("\n"), ""]
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown += _broken_prose(block, rng)
        else:
            shown += [*_tab_rows(block, rng), ""]
    return "\n".join(shown)


def _broken_prose(line: Line, rng: Random) -> list[str]:
    text = line.text
    if line.level == 0 and len(text) > 60 and rng.random() < 0.3:
        cut = rng.randint(20, len(text) - 20)
        while text[cut - 1].isdigit() or text[cut].isdigit():
            cut -= 1
        return [text[:cut], "", text[cut:], ""]
    return [text, ""]


def _tab_rows(table: BoxTable, rng: Random) -> Iterator[str]:
    broken = rng.choice((*range(11, 22), None)) if table.number == 3 else None
    shifted = set(rng.sample(range(8, 22), 2)) if table.number == 3 and rng.random() < 0.6 else set()
    for r, row in enumerate(table.lines()):
        cells = []
        for box, begins in row:
            cells.append(_damaged(box.text, rng) if begins else "")
            cells += [""] * (box.across - 1 if box.part in (Part.COLUMN, Part.COLUMN_GROUP) else 0)
        if r in shifted and not cells[0] and not cells[1]:
            cells = cells[2:]
        if r == broken:
            yield ""
        yield "\t".join(cells)


def _damaged(label: str, rng: Random) -> str:
    if label == "本年废止件数" and rng.random() < 0.3:
        return "本年度止件数"
    return (
        label.replace("（", "(", 1).replace("）", ") ", 1)
        if rng.random() < 0.3 and label[:1] == "（"
        else label
    )


def fused(sheet: Sheet) -> str:
    """A crawler's text: the whole body in one line, cells without anything between them."""
    rng = sheet.rng
    parts = [sheet.title + " "] if rng.random() < 0.5 else []
    for block in sheet.blocks:
        if isinstance(block, Line):
            parts.append((" " if rng.random() < 0.4 else "") + block.text)
        else:
            parts.append(_fused_table(block, rng, sheet.report.edition))
    head = [
        f"标题: {sheet.title}",
        f"发布时间: {sheet.published} 15:{rng.randint(10, 59)}",
        "文号: ",
        "发布机构: ",
        "栏目: 政府信息公开年报",
        "==================== 正文 ====================",
    ]
    return "\n".join([*head, "".join(parts)])


def _fused_table(table: BoxTable, rng: Random, edition: Edition) -> str:
    """Return a table's text run together; Tables 2 and 4 keep their cells apart now and then."""
    apart = rng.random() < {2: 0.4, 3: 0.0, 4: 0.4}[table.number]
    loose = 0.04 if edition == Edition.FORM_2021 else 0.12
    parts: list[str] = []
    for row in table.rows:
        for box in row:
            gap = " " if (apart and box.cell) or (not box.cell and rng.random() < 0.3) else ""
            stray = " " if box.cell and rng.random() < loose else ""
            parts.append(box.text + gap + stray)
    return "".join(parts)
