"""Markdown: well made, and as converters make it of a PDF, labels apart from their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from gongkai.report.writing.boxes import BoxTable
from gongkai.samples.cutting import wrap
from gongkai.samples.sheets import Line, Sheet


def clean(sheet: Sheet) -> str:
    """Headings by marks, one pipe table for each table, merged cells by repeated or empty cells."""
    repeat = sheet.rng.random() < 0.5
    shown = [f"# {sheet.title}", "", f"发布日期：{sheet.published}", ""]
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown += [
                "#" * (block.level + 1) + " " * bool(block.level) + block.text if block.level else block.text,
                "",
            ]
        else:
            shown += [*_pipes(_full_rows(block, repeat)), ""]
    return "\n".join(shown)


def _full_rows(table: BoxTable, repeat: bool) -> list[list[str]]:
    seen: set[int] = set()
    rows = []
    for line in table.matrix():
        row = []
        for box in line:
            row.append(box.text if repeat or id(box) not in seen else "")
            seen.add(id(box))
        rows.append(row)
    return rows


def _pipes(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for i, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if i == 0:
            yield "|---" * len(row) + "|"


def converted(sheet: Sheet) -> str:
    """A PDF turned into Markdown: tables in pieces, merged labels between them, page numbers, short lines."""
    rng = sheet.rng
    shown = ["正文", *wrap(sheet.title, 44)]
    page = 1
    for block in sheet.blocks:
        if isinstance(block, Line):
            shown += wrap(block.text, 56)
            if rng.random() < 0.15:
                shown.append(f"— {page} —")
                page += 1
            continue
        pieces = {2: _table2, 3: _table3, 4: _table4}[block.number]
        shown += ["", *pieces(block, rng), ""]
    return "\n".join(shown)


def _values_and_labels(table: BoxTable) -> Iterator[tuple[list[str], list[str]]]:
    for line in table.lines():
        yield (
            [box.text for box, begins in line if begins and box.cell is None],
            [box.text for box, _ in line if box.cell is not None],
        )


def _table2(table: BoxTable, rng: Random) -> Iterator[str]:
    """Yield the blocks' one-number rows as text, the rows of three as pipe tables of their own."""
    later: list[list[str]] = []
    for labels, values in _values_and_labels(table):
        if len(values) > 1 or (not values and len(labels) > 2):
            later.append([*labels, *values])
        else:
            yield (" " if values else "").join([*labels, *values])
    yield f"— {rng.randint(3, 6)} —"
    for row in later:
        yield from (*_pipes([row]), "## 表二：主动公开政府信息情况")


def _table3(table: BoxTable, rng: Random) -> Iterator[str]:
    yield from ("申请人情况", "法人或其他组织", "（本列数据的勾稽关系为：第一项加第二项之和，", "社会法律")
    yield from ("公益服务其他", "企业机构", "组织机构", "## 表三：收到和处理政府信息公开申请情况")
    yield from _pipes([["等于第三项加第四项之和）", "自然人", "商业", "科研", "总计"]])
    yield "## 表三：收到和处理政府信息公开申请情况"
    held: list[list[str]] = []
    for labels, values in _values_and_labels(table):
        if not values:
            continue
        *groups, own = labels
        lines = wrap(own, 36)
        if len(lines) > 1 or rng.random() < 0.12 or len(held) > 7:
            yield from _flush(held, rng)
            yield from ["", *(line for group in groups for line in wrap(group, 8))]
            if len(lines) > 1:
                yield from (*lines, *_pipes([values]))
                continue
        held.append([*(groups if rng.random() < 0.4 else []), own, *values])
    yield from _flush(held, rng)


def _flush(rows: list[list[str]], rng: Random) -> Iterator[str]:
    """Yield the rows held back as one table, short rows filled up at their end."""
    longest = max(map(len, rows), default=0)
    yield from _pipes([row + [""] * (longest - len(row)) for row in rows])
    rows.clear()
    if rng.random() < 0.15:
        yield "— 5 —"


def _table4(table: BoxTable, _: Random) -> Iterator[str]:
    values = [box.text for box in table.rows[-1]]
    yield from ("行政复议行政诉讼", "未经复议直接起诉复议后起诉", "结果结果其他尚未")
    yield from ("总计结果结果其他尚未结果结果其他尚未", "维持纠正结果审结维持纠正结果审结")
    yield "注：行政复议、行政诉讼数量含上年度结转数量。"
    yield from _pipes([["维持", "纠正", "结果", "审结", "总计", "总计"]])
    yield from ("", *_pipes([values]))
