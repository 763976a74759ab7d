"""A comparison on the terminal: the chain, the cells that changed, the sentences that did."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.cli.compare_values import Pair, whose
from gongkai.cli.shown import shown_value
from gongkai.cli.wide import clean
from gongkai.report.compare import Link, SectionChange, Turn
from gongkai.report.compare_words import (
    HOLDS,
    difference_text,
    likeness_text,
    percent_text,
    tally,
    title_of,
)


def as_text(pair: Pair) -> str:
    """Return the comparison as lines."""
    return "".join(f"{line}\n" for line in _lines(pair))


def _lines(pair: Pair) -> Iterator[str]:
    compared = pair.comparison
    yield f"A  {whose(compared.before)}  {clean(pair.before)}"
    yield f"B  {whose(compared.after)}  {clean(pair.after)}"
    if compared.chain:
        yield ""
        yield "结转（A 结转下年度 → B 上年结转）："
        yield from (_link(each) for each in compared.chain)
    yield ""
    yield from _cells(pair)
    yield ""
    yield f"正文相似度（第一、五、六部分）：{likeness_text(compared.likeness)}"
    for section in compared.sections:
        yield from _section(section)


def _link(link: Link) -> str:
    out, taken = shown_value(link.carried_out), shown_value(link.carried_in)
    return f"  {link.column.label}：{out} → {taken}  {HOLDS[link.holds]}"


def _cells(pair: Pair) -> Iterator[str]:
    compared = pair.comparison
    changed = [each for each in compared.changes if each.is_change]
    yield f"数字：{len(changed)} 格不同，{len(compared.changes) - len(changed)} 格相同"
    if compared.unlike:
        yield f"  两份报告的格式版本不同，有 {len(compared.unlike)} 格只见于一份，没有比较"
    for each in changed:
        name = compared.after.form.name(each.cell)
        values = f"{shown_value(each.before)} → {shown_value(each.after)}"
        yield f"  {name}：{values}  {difference_text(each)}  {percent_text(each)}"


def _section(section: SectionChange) -> Iterator[str]:
    yield f"{title_of(section.code)}：{tally(section)}"
    for turn, before, after in section.passages:
        if turn in (Turn.REMOVED, Turn.CHANGED):
            yield f"  - {clean(before)}"
        if turn in (Turn.ADDED, Turn.CHANGED):
            yield f"  + {clean(after)}"
