"""A comparison of two reports as a workbook: the numbers, the chain, the prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.papers.sheets import Drawn, DrawnTable, Prose, write_drawn
from gongkai.web.oversight.services.comparing import ComparisonView, PassageView

_WIDTHS = (44, 18, 14, 14, 12, 12)


def workbook_of(view: ComparisonView) -> bytes:
    """Return a comparison as a workbook: the numbers, the chain if there is one, the prose."""
    sheets: list[DrawnTable | Prose] = [_numbers(view)]
    if view.chain:
        sheets.append(_chain(view))
    sheets.append(Prose(name="正文", lines=list(_lines(view))))
    return write_drawn(sheets)


def _numbers(view: ComparisonView) -> DrawnTable:
    rows: list[Sequence[str]] = [("项目", "列", *view.names, "增减", "幅度")]
    for table in view.tables:
        for row in table.rows:
            label = f"{table.title[:2]} {row.group}{'：' if row.group else ''}{row.label}"
            rows += [
                (label, each.column, each.before, each.after, each.difference, each.percent)
                for each in row.cells
            ]
    return _sheet("数字", _title(view), rows, _WIDTHS)


def _chain(view: ComparisonView) -> DrawnTable:
    first, second = view.names
    rows: list[Sequence[str]] = [("申请人", f"{first}结转下年度", f"{second}上年结转", "核对")]
    rows += [(each.name, each.carried_out, each.carried_in, each.verdict) for each in view.chain]
    return _sheet("结转", _title(view), rows, (20, 22, 22, 14))


def _sheet(name: str, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> DrawnTable:
    cells = [
        Drawn(row=r, column=c, value=_number(text) if r else text, is_label=r == 0, is_left=c == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return DrawnTable(name=name, title=title, widths=widths, cells=cells)


def _number(text: str) -> str | float:
    """Return a cell's text as a number where it is one; a change keeps its sign, as text."""
    try:
        return text if text[:1] in "+-" else float(text)
    except ValueError:
        return text


def _title(view: ComparisonView) -> str:
    return f"{view.before}与{view.after}比较" if not view.are_versions else f"{view.after}前后两版比较"


def _lines(view: ComparisonView) -> Iterator[tuple[str, bool]]:
    yield f"相似度（第一、五、六部分，不计标题、数字和标点）：{view.likeness}", False
    for section in view.sections:
        yield f"{section.title}（{section.tally}）", True
        for passage in section.passages:
            yield (f"（{passage.skipped} 句相同）" if passage.skipped else _said(passage)), False


def _said(passage: PassageView) -> str:
    """Return a sentence with what went and what came between marks."""
    return "".join(
        each.kept
        + (f"【删：{each.removed}】" if each.removed else "")
        + (f"【增：{each.added}】" if each.added else "")
        for each in passage.pieces
    )
