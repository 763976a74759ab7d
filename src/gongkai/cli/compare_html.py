"""A comparison as one self-contained page; no script, every word of a stranger's file escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from gongkai.cli.compare_values import Pair, whose
from gongkai.cli.shown import shown_value
from gongkai.cli.styles import style_of
from gongkai.cli.wide import clean
from gongkai.report.compare import Change, Link, Passage, SectionChange, Turn, word_by_word
from gongkai.report.compare_words import (
    HOLDS,
    difference_text,
    likeness_text,
    percent_text,
    tally,
    title_of,
)


def as_html(pair: Pair) -> str:
    """Return the page."""
    style = style_of("compare.css")
    title = f"{whose(pair.comparison.before)}与{whose(pair.comparison.after)}比较"
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style></head>\n"
        f"<body>\n<main>\n{''.join(_body(pair))}</main>\n</body></html>\n"
    )


def _say(text: str) -> str:
    return escape(clean(text))


def _body(pair: Pair) -> Iterator[str]:
    compared = pair.comparison
    yield "<h1>政府信息公开工作年度报告比较</h1>\n<ul>\n"
    for letter, report, name in (("A", compared.before, pair.before), ("B", compared.after, pair.after)):
        yield f'<li>{letter}　{escape(whose(report))} <span class="faint">{_say(name)}</span></li>\n'
    yield "</ul>\n"
    if compared.chain:
        yield "<section><h2>结转</h2>\n"
        yield _table(("申请人", "A 结转下年度", "B 上年结转", "核对"), map(_link, compared.chain))
        yield "</section>\n"
    yield from _numbers(pair)
    yield "<section><h2>正文</h2>\n"
    yield f"<p>相似度（第一、五、六部分，不计标题、数字和标点）：{likeness_text(compared.likeness)}</p>\n"
    yield '<p class="faint">划去的只见于 A，下划线的只见于 B。</p>\n'
    for section in compared.sections:
        yield from _section(section)
    yield "</section>\n"


def _table(heads: Iterable[str], rows: Iterable[str]) -> str:
    shown = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        '<div class="table-region" role="region" tabindex="0" aria-label="数字"><table>\n'
        f"<thead><tr>{shown}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody></table></div>\n"
    )


def _row(head: str, values: Iterable[str], *, broken: bool = False) -> str:
    cells = "".join(f"<td>{_say(value)}</td>" for value in values)
    mark = ' class="broken"' if broken else ""
    return f'<tr{mark}><th scope="row">{escape(head)}</th>{cells}</tr>\n'


def _link(link: Link) -> str:
    values = (shown_value(link.carried_out), shown_value(link.carried_in), HOLDS[link.holds])
    return _row(link.column.label, values, broken=link.holds is False)


def _numbers(pair: Pair) -> Iterator[str]:
    compared = pair.comparison
    heads = ("项目", "A", "B", "增减", "幅度")

    def row(change: Change) -> str:
        values = (shown_value(change.before), shown_value(change.after))
        name = compared.after.form.name(change.cell)
        return _row(name, (*values, difference_text(change), percent_text(change)))

    yield "<section><h2>数字</h2>\n"
    changed = [each for each in compared.changes if each.is_change]
    same = [each for each in compared.changes if not each.is_change]
    if compared.unlike:
        yield f"<p>两份报告的格式版本不同，有 {len(compared.unlike)} 格只见于一份，没有比较。</p>\n"
    yield _table(heads, map(row, changed)) if changed else "<p>数字全部相同。</p>\n"
    if same and changed:
        yield f"<details><summary>另有 {len(same)} 格相同</summary>\n"
        yield f"{_table(heads, map(row, same))}</details>\n"
    yield "</section>\n"


def _section(section: SectionChange) -> Iterator[str]:
    yield f"<h3>{title_of(section.code)}</h3>\n"
    alike = "" if section.likeness is None else f"；相似度 {likeness_text(section.likeness)}"
    yield f'<p class="faint">{tally(section)}{alike}</p>\n'
    for passage in section.passages:
        yield f"<p>{_passage(passage)}</p>\n"


def _passage(passage: Passage) -> str:
    if passage.turn is Turn.CHANGED:
        return "".join(map(_piece, word_by_word(passage.before, passage.after)))
    return _piece(passage)


def _piece(piece: Passage) -> str:
    if piece.turn is Turn.SAME:
        return _say(piece.after)
    removed = f"<del>{_say(piece.before)}</del>" if piece.before else ""
    return removed + (f"<ins>{_say(piece.after)}</ins>" if piece.after else "")
