"""A sum on the terminal: what was added and what was not, then the three tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from gongkai.cli.shown import shown_value
from gongkai.cli.tables import print_tables, table_console
from gongkai.cli.wide import clean
from gongkai.report.numerals import Illegible
from gongkai.report.reading import Reading
from gongkai.report.summing import Difference, Imbalance, Member, Summed

_MOST = 20  # lines of one kind


def print_sum(summed: Summed, unlike: Sequence[Difference], unbalanced: Sequence[Imbalance]) -> None:
    """Print the sum."""
    console = table_console()
    console.print(Text(f"计入 {len(summed.members)} 份报告", style="bold"))
    groups = (
        (f"未计入 {len(summed.aside)} 份", list(_aside(summed))),
        (f"缺报 {len(summed.missing)} 家", [f"{clean(name)}" for name in summed.missing]),
        ("不能相加的格，汇总表里写作（？）", list(_unadded(summed))),
        (f"勾稽不平 {len(unbalanced)} 处", list(_unbalanced(unbalanced))),
        (f"与政府报告不一致 {len(unlike)} 格", list(_unlike(summed, unlike))),
    )
    for head, lines in groups:
        if lines:
            console.print(Text(f"{head}："))
        for line in lines[:_MOST]:
            console.print(Text(f"  {line}"))
        if len(lines) > _MOST:
            console.print(Text(f"  ……另有 {len(lines) - _MOST} 条，见 --json"))
    print_tables(Reading(report=summed.report), "各单位之和", console)


def _named(member: Member) -> str:
    return clean(f"{member.name or '（未写明机关）'}（{member.source}）")


def _aside(summed: Summed) -> Iterator[str]:
    for each in summed.aside:
        yield f"{_named(each.member)}：{clean(each.said)}"


def _unadded(summed: Summed) -> Iterator[str]:
    """Yield for each member how many of its cells are wanting, by table and kind."""
    wanting: dict[int, Counter[tuple[int, str]]] = {}
    members = {id(each): each for each in summed.members}
    for name, cell in summed.cells.items():
        for each in cell.unadded:
            kind = "读不准" if isinstance(each.value, Illegible) else "空白" if each.found else "没有找到"
            wanting.setdefault(id(each.member), Counter())[name.table, kind] += 1
    for member, counts in wanting.items():
        told = "，".join(
            f"表{'零一二三四'[table]} {count} 格{kind}" for (table, kind), count in counts.items()
        )
        yield f"{_named(members[member])}：{told}"


def _unbalanced(unbalanced: Sequence[Imbalance]) -> Iterator[str]:
    for each in unbalanced:
        whose = "、".join(_named(member) for member in each.members)
        yield f"“{each.balance.name}”：{each.left} ≠ {each.right}，见{whose}"


def _unlike(summed: Summed, unlike: Sequence[Difference]) -> Iterator[str]:
    for each in unlike:
        more = "不能比较"
        if each.more is not None:
            more = f"多 {shown_value(each.more)}" if each.more > 0 else f"少 {shown_value(-each.more)}"
        yield (
            f"{summed.report.form.name(each.cell)}：各单位之和 {shown_value(each.summed)}，"
            f"政府报告 {shown_value(each.published)}，{more}"
        )
