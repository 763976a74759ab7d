"""Audits as one self-contained page: each report as read, findings in the margin beside their matter.

No script, no font and no picture from anywhere; every word of a stranger's file is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from gongkai.cli.checked import Checked, section_title, source_of, tally
from gongkai.cli.inputs import Failure
from gongkai.cli.shown import cells_read, shown_value
from gongkai.cli.styles import style_of
from gongkai.cli.wide import clean
from gongkai.report.cells import How
from gongkai.report.findings import LEVEL_NAMES, Finding, Quote
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import SECTION_TITLES, CellId, Report, Section, SectionCode
from gongkai.report.writing.html import Attributes, cell_id, table_html

_MOST_CELLS = 12
_TABLE_OF = {SectionCode.PROACTIVE: 2, SectionCode.REQUESTS: 3, SectionCode.REMEDIES: 4}
_WHOLE = "whole"
_KINDS = {
    How.GRID.value: "从表格中读出",
    How.STREAM.value: "从文字中按次序读出",
    How.SOLVED.value: "连写的数字，按勾稽关系唯一拆出",
    How.COUNTED.value: "由记录统计得出",
    How.SUMMED.value: "由各单位报告相加得出",
    "blank": "空白",
    "illegible": "读不准",
    "missing": "文件中没有找到",
}


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A finding with its number on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One report on the page: what was checked, the prefix of its ids, its findings numbered."""

    checked: Checked
    prefix: str
    findings: tuple[Numbered, ...]

    @property
    def report(self) -> Report:
        """The report shown."""
        return self.checked.report

    def anchor(self, number: int) -> str:
        """Return the id of a finding."""
        return f"{self.prefix}n{number}"


def as_html(checked: Sequence[Checked], failures: Sequence[Failure]) -> str:
    """Return the page."""
    sheets = [
        Sheet(
            checked=each,
            prefix=f"f{i}-",
            findings=tuple(Numbered(number=n, finding=f) for n, f in enumerate(each.findings, 1)),
        )
        for i, each in enumerate(checked, 1)
    ]
    style = style_of("audit.css")
    body = "\n".join([*_opening(sheets, failures), *(_sheet(sheet) for sheet in sheets)])
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>年度报告审核结果</title>\n<style>\n{style}</style></head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body></html>\n"
    )


def _opening(sheets: Sequence[Sheet], failures: Sequence[Failure]) -> Iterator[str]:
    yield "<h1>政府信息公开工作年度报告审核结果</h1>"
    yield f'<p class="tally">共 {len(sheets)} 份报告：{tally([sheet.checked for sheet in sheets])}。</p>'
    if len(sheets) > 1:
        items = "".join(
            f'<li><a href="#{sheet.prefix}top">{_name(sheet.report)}</a>'
            f"（{_say(sheet.checked.name)}）：{tally([sheet.checked])}</li>"
            for sheet in sheets
        )
        yield f'<nav aria-label="报告"><ol>{items}</ol></nav>'
    if failures:
        items = "".join(f"<li>{_say(each.name)}：{_say(each.why)}</li>" for each in failures)
        yield f'<section class="failures"><h2>未能读取</h2><ul>{items}</ul></section>'


def _say(text: str) -> str:
    return escape(clean(text))


def _name(report: Report) -> str:
    agency = report.agency or "（未写明机关）"
    return _say(f"{agency} {report.year}年" if report.year else f"{agency}（未写明年度）")


def _sheet(sheet: Sheet) -> str:
    report = sheet.report
    placed = _places(sheet)
    rows = [_row(_head(sheet), placed.pop(_WHOLE, []), sheet)]
    shown_tables = set()
    for section in report.sections:
        number = _TABLE_OF.get(section.code)
        table = _table(sheet, number) if number and number not in shown_tables else ""
        shown_tables.add(number)
        rows.append(_row(_section(sheet, section) + table, placed.pop(section.code.value, []), sheet))
    for number in (2, 3, 4):
        if number not in shown_tables:
            rows.append(_row(_table(sheet, number), placed.pop(f"table{number}", []), sheet))
    left = [each for findings in placed.values() for each in findings]
    if left:
        rows.append(_row("", left, sheet))
    return f'<article class="sheet" id="{sheet.prefix}top">\n' + "\n".join(rows) + "\n</article>"


def _places(sheet: Sheet) -> dict[str, list[Numbered]]:
    """Return the findings by the part of the report they stand beside."""
    present = {section.code for section in sheet.report.sections}
    home = {number: code for code, number in _TABLE_OF.items() if code in present}
    placed: dict[str, list[Numbered]] = {}
    for each in sheet.findings:
        quote, where = each.finding.quote, each.finding.where
        if quote and quote.section in present:
            part = quote.section.value
        elif where:
            table = where[0].table
            part = home[table].value if table in home else f"table{table}"
        else:
            part = _WHOLE
        placed.setdefault(part, []).append(each)
    return placed


def _row(content: str, findings: Sequence[Numbered], sheet: Sheet) -> str:
    notes = "".join(_finding(sheet, each) for each in findings)
    aside = f'<aside aria-label="发现">{notes}</aside>' if notes else "<aside></aside>"
    return f'<div class="row"><div class="part">{content}</div>{aside}</div>'


def _head(sheet: Sheet) -> str:
    report = sheet.report
    read, total = cells_read(report)
    parts = [
        f"<h2>{_name(report)}</h2>",
        f'<p class="facts">{int(report.edition)}年版格式，读得数字 {read}/{total} 格；'
        f"文件：{_say(sheet.checked.name)}</p>",
        f'<p class="tally">{tally([sheet.checked])}</p>',
    ]
    if sheet.checked.last:
        parts.append(f"<p>与上年报告核对：{_say(sheet.checked.last)}</p>")
    parts += [f'<p class="note">注：{_say(note)}</p>' for note in sheet.checked.reading.notes]
    parts.append(_legend(report))
    if skipped := sheet.checked.audit.not_assessed:
        reasons = Counter(f"{each.code}　{each.why}" for each in skipped)
        items = "".join(
            f"<li>{_say(why)}{f'（{times} 处）' if times > 1 else ''}</li>" for why, times in reasons.items()
        )
        parts.append(f"<details><summary>未能核对 {len(skipped)} 项</summary><ul>{items}</ul></details>")
    if report.title and not report.section(SectionCode.PREAMBLE):
        parts.append(f'<p class="title">{_say(report.title)}</p>')
    return "".join(parts)


def _legend(report: Report) -> str:
    counted = Counter(_kind(report, cell) for cell in report.form.cells())
    items = "".join(
        f'<li><span class="swatch {kind}"></span>{words} {counted[kind]} 格</li>'
        for kind, words in _KINDS.items()
        if counted[kind]
    )
    return f'<ul class="legend">{items}</ul>'


def _kind(report: Report, name: CellId) -> str:
    cell = report.cell(name)
    if name not in report.cells:
        return "missing"
    if cell.value is BLANK:
        return "blank"
    return "illegible" if isinstance(cell.value, Illegible) else cell.how.value


def _section(sheet: Sheet, section: Section) -> str:
    heading = section.heading or SECTION_TITLES.get(section.code, "")
    quotes = [
        (each, each.finding.quote)
        for each in sheet.findings
        if each.finding.quote and each.finding.quote.section == section.code
    ]
    fitting = [(each, q) for each, q in quotes if section.text[q.start : q.end] == q.text]
    shown = f"<h3>{_say(heading)}</h3>" if heading else ""
    at = 0
    for line in section.text.split("\n"):
        if line.strip():
            shown += f"<p>{_marked(sheet, section.text, at, at + len(line), fitting)}</p>"
        at += len(line) + 1
    return shown


def _marked(sheet: Sheet, text: str, start: int, end: int, quotes: Sequence[tuple[Numbered, Quote]]) -> str:
    """Return `text[start:end]` with the quotations highlighted, their numbers bold, each with its link."""
    cuts = {start, end}
    for _, quote in quotes:
        cuts |= {quote.start, quote.end}
        cuts |= {quote.start + offset for mark in quote.marks for offset in mark}
    edges = sorted(cut for cut in cuts if start <= cut <= end)
    shown = ""
    for a, b in pairwise(edges):
        over = [(each, quote) for each, quote in quotes if quote.start <= a and b <= quote.end]
        piece = _say(text[a:b])
        if any(quote.start + m <= a and b <= quote.start + n for _, quote in over for m, n in quote.marks):
            piece = f"<b>{piece}</b>"
        if over:
            gravest = min(over, key=lambda pair: pair[0].number)[0]
            piece = f'<mark class="{gravest.finding.level.value}">{piece}</mark>'
        ending = (each for each, quote in over if quote.end == b)
        shown += piece + "".join(_reference(sheet, each) for each in ending)
    return shown


def _reference(sheet: Sheet, each: Numbered) -> str:
    return f'<a class="ref" href="#{sheet.anchor(each.number)}">{each.number}</a>'


def _table(sheet: Sheet, number: int) -> str:
    if not sheet.report.has_table(number):
        return f'<p class="absent">文件中没有找到表{"零一二三四"[number]}。</p>'
    flagged: dict[CellId, list[Numbered]] = {}
    for each in sheet.findings:
        for cell in each.finding.where:
            flagged.setdefault(cell, []).append(each)
    html = table_html(sheet.report, number, of_cell=lambda cell: _attributes(sheet, cell, flagged))
    # Ids must differ between the reports of one page. Text is escaped: a quote mark only ends an attribute.
    return re.sub(
        r' (id|headers)="([^"]*)"',
        lambda m: f' {m[1]}="{" ".join(sheet.prefix + name for name in m[2].split())}"',
        html,
    )


def _attributes(sheet: Sheet, name: CellId, flagged: Mapping[CellId, Sequence[Numbered]]) -> Attributes:
    kind = _kind(sheet.report, name)
    cell = sheet.report.cell(name)
    found = flagged.get(name, ())
    title = _KINDS[kind] + (f"，原文“{clean(cell.raw)}”" if cell.raw else "")
    if isinstance(cell.value, Illegible) and cell.value.candidates:
        title += f"，可能是 {'、'.join(map(shown_value, cell.value.candidates))}"
    if not found:
        return {"class": kind, "title": title}
    return {
        "class": f"{kind} flagged {found[0].finding.level.value}",
        "title": title,
        "data-found": " ".join(str(each.number) for each in found),
        "aria-describedby": " ".join(sheet.anchor(each.number) for each in found),
    }


def _finding(sheet: Sheet, each: Numbered) -> str:
    finding, report = each.finding, sheet.report
    parts = [
        f'<p class="kind"><span class="number">{each.number}</span> '
        f"{LEVEL_NAMES[finding.level]} <code>{escape(finding.code)}</code></p>",
        f"<p>{_say(finding.message)}</p>",
    ]
    if finding.where:
        links = "、".join(
            f'<a href="#{sheet.prefix}{cell_id(cell)}">{_say(report.form.name(cell))}</a>'
            for cell in finding.where[:_MOST_CELLS]
        )
        more = f"等 {len(finding.where)} 格" if len(finding.where) > _MOST_CELLS else ""
        parts.append(f'<p class="cells">{links}{more}</p>')
    if finding.quote:
        title = section_title(report, finding.quote.section)
        parts.append(f"<blockquote>{_quoted(finding.quote)}<footer>{_say(title)}</footer></blockquote>")
    if source := source_of(finding.code):
        parts.append(f'<p class="source">依据：{escape(str(source))}</p>')
    return (
        f'<div class="finding {finding.level.value}" id="{sheet.anchor(each.number)}">{"".join(parts)}</div>'
    )


def _quoted(quote: Quote) -> str:
    shown, at = "", 0
    for start, end in sorted(quote.marks):
        if start >= at:
            shown += f"{_say(quote.text[at:start])}<b>{_say(quote.text[start:end])}</b>"
            at = end
    return shown + _say(quote.text[at:])
